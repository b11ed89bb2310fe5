"""`selloff backtest`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from selloff.apps.cli._console import number, plain_table, say, say_json, say_table
from selloff.apps.cli._mechanisms import show_mechanisms
from selloff.apps.cli._options import MOST_DRAWS, AsJson, OutFile, Seed
from selloff.apps.cli._progress import SAVING, progress
from selloff.vocab.axes import EPISODE_LABELS

_HEADS: Final = ("Model", "5-95%", "Flows alone", "5-95%", "Observed", "CRPS")


def backtest(
    episode: Annotated[
        str,
        typer.Argument(metavar="[EPISODE]", help="An episode, a YAML file, all, or mechanisms."),
    ] = "all",
    *,
    draws: Annotated[int, typer.Option(min=1, max=MOST_DRAWS, help="Draws of each episode.")] = 512,
    seed: Seed = 0,
    json: AsJson = False,
    out: OutFile = None,
) -> None:
    """Hold the model against episodes of the past."""
    with progress("episodes", is_quiet=json) as work:
        from selloff.apps import backtesting

        how: dict[str, Any] = {"draws": draws, "seed": seed, "progress": work.count}
        found = (
            backtesting.Backtest(backtesting.mechanisms(**how))
            if episode == backtesting.MECHANISMS
            else backtesting.backtest(episode, **how)
        )
        if out is not None:
            work.now(SAVING)
            found.save(out)
    if json:
        say_json(found.summary)
        return
    if episode == backtesting.MECHANISMS:
        show_mechanisms(found.summary)
    else:
        _show(found.summary)
    if out is not None:
        say(f"Written: {out}")


def _show(found: Mapping[str, Any]) -> None:
    for case in found["episodes"]:
        _show_case(case)
    if "scores" in found:
        _show_scores(found)
    say(
        "Model: effect of the flows and noise of the day's volatility, enlarged as in other "
        "episodes.",
        "Flows alone: what the flows did, by the model. Other news is stated, not fitted.",
        "CRPS: continuous ranked probability score, smaller is better; below 1 beats the walk "
        "(no effect) or the flat rule (6 bp per 100 USD bn).",
    )


def _label(variable: str) -> str:
    unit = "percent" if variable.endswith("_pct") else "bp"
    return f"{EPISODE_LABELS[variable]}, {unit}"


def _show_case(case: Mapping[str, Any]) -> None:
    say(f"{case['name']}: {case['title']}")
    say(
        f"  {case['start']} to {case['end']}, {case['days']} trading days, books of "
        f"{case['vintage']}; net sales {case['net_face_usd_bn']:,.1f} USD bn, "
        f"{case['net_equivalents_usd_bn']:,.1f} in 10-year equivalents"
    )
    for flow in case["flows"]:
        say(f"  flow: {_flow(flow)}")
    for news in case["other_news"]:
        say(f"  also: {news}")
    table = plain_table(["", *_HEADS[:-1], "Verdict", _HEADS[-1]])
    for row in case["rows"]:
        table.add_row(f"  {_label(row['variable'])}", *_cells(row))
    say_table(table)
    say()


def _flow(flow: Mapping[str, Any]) -> str:
    days = f"{flow.get('first_day', 'start')} to {flow.get('last_day', 'end')}"
    announced = f", {flow['announced_frac']:.0%} announced" if flow["announced_frac"] else ""
    if "currency_usd_bn" in flow:
        what = f"{flow['currency_usd_bn']:,.1f} USD bn exchanged for {flow['currency']}"
    elif "purchase_usd_bn" in flow:
        what = f"{flow['holder']} buys {flow['purchase_usd_bn']:,.1f} USD bn"
    else:
        what = f"{flow['holder']} sells {flow['sale_usd_bn']:,.1f} USD bn"
    return f"{what}, {days}{announced} ({flow['standing']}: {flow['source']})"


def _cells(row: Mapping[str, Any]) -> list[str]:
    places = 1 if row["variable"].endswith("_pct") else 0
    low, mid, high = (number(x, places) for x in row["model"])
    least, effect, most = (number(x, places + 1) for x in row["effect"])
    ranges = f"{low} to {high}", f"{least} to {most}"
    seen, score = number(row["observed"], places), number(row["crps"], 2)
    return [mid, ranges[0], effect, ranges[1], seen, row["verdict"], score]


def _show_scores(found: Mapping[str, Any]) -> None:
    cases: Sequence[Mapping[str, Any]] = found["episodes"]
    say(f"All {len(cases)} episodes, each scored without what it taught")
    table = plain_table(
        ["", "Rows", "Inside 5-95%", "CRPS / walk", "CRPS / flat rule", "Signs right"]
    )
    scores = found["scores"]
    for name, score in scores["variables"].items():
        table.add_row(_label(name), *_scored(score))
    table.add_section()
    table.add_row("All, variables alike", *_scored(scores["all"]))
    table.add_row("Episodes with flows", *_scored(scores["with_flows"]))
    table.add_row("The same, learned", *_scored(found["scores_learned"]["with_flows"]))
    say_table(table)
    say()


def _scored(score: Mapping[str, Any]) -> list[str]:
    walk, rule = (_ratio(score, name) for name in ("against_walk", "against_rule"))
    coverage = "-" if score["coverage"] is None else f"{score['coverage']:.0%}"
    signs = f"{score['signs_right']} of {score['signs_claimed']}"
    return [f"{score['n']}", coverage, walk, rule, signs]


def _ratio(score: Mapping[str, Any], name: str) -> str:
    if score[name] is None:
        return "-"
    if f"{name}_range" not in score:
        return f"{score[name]:.3f}"
    low, high = score[f"{name}_range"]
    return f"{score[name]:.3f} ({low:.3f} to {high:.3f})"
