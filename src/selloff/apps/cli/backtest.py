"""`selloff backtest`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from selloff.apps.cli._completing import EPISODES
from selloff.apps.cli._console import (
    number,
    plain_table,
    say,
    say_json,
    say_table,
    say_wrapped,
    say_written,
)
from selloff.apps.cli._mechanisms import show_mechanisms
from selloff.apps.cli._options import MOST_DRAWS, AsJson, OutFile, Seed, Workers
from selloff.apps.cli._progress import SAVING, progress
from selloff.vocab.axes import BOND_LABELS, EPISODE_LABELS, RIVALS

_HEADS: Final = ("Model", "5-95%", "Flows", "5-95%", "Seen", "Sign")
_UNIT: Final = "bp"
"""Of all but what says otherwise."""
_OUTSIDE: Final = "*"
_ROUND: Final = 10.0
"""From here on an effect is written without a further digit [bp or percent]."""
_SIGNS: Final = {
    "no effect claimed": "-",
    "sign right": "right",
    "sign wrong": "wrong",
    "other news": "news",
    "too small": "small",
    "too large": "large",
    "no data": "-",
}
"""Verdicts in a word."""


def backtest(
    episode: Annotated[
        str,
        typer.Argument(
            metavar="EPISODE",
            help="An episode, a YAML file, all, or mechanisms.",
            autocompletion=EPISODES,
        ),
    ] = "all",
    of: Annotated[
        str,
        typer.Argument(
            metavar="OF",
            help="After mechanisms: an episode or a YAML file.",
            autocompletion=EPISODES,
        ),
    ] = "all",
    *,
    draws: Annotated[int, typer.Option(min=1, max=MOST_DRAWS, help="Draws of each episode.")] = 512,
    seed: Seed = 0,
    cluster: Workers = None,
    json: AsJson = False,
    out: OutFile = None,
) -> None:
    """Hold the model against episodes of the past."""
    with progress("episodes", is_quiet=json) as work:
        from selloff.apps import backtesting

        how: dict[str, Any] = {"draws": draws, "seed": seed, "progress": work.count}
        how["pool"] = work.pool(cluster)
        found = (
            backtesting.Backtest(backtesting.mechanisms(of, **how))
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
        show_backtest(found.summary)
    if out is not None:
        say_written([out])


def show_backtest(found: Mapping[str, Any]) -> None:
    """Print every episode, the scores and what they show."""
    for case in found["episodes"]:
        _show_case(case)
    if "scores" in found:
        _show_scores(found)
    from selloff.evidence import fixed

    say(
        "Model: effect of the flows and noise of the day's volatility, enlarged as in others.",
        "Flows: what the flows did, by the model. Other news is stated, not fitted.",
        f"Seen: what happened; {_OUTSIDE} outside the model's 5-95%.",
        "Sign: of the effect claimed, or why it was outside: other news, or too small an effect.",
        "Walk, Rule, Simple: CRPS (continuous ranked probability score, the error of a range) over",
        "that of a rival with the same noise; below 1 beats it. Walk: no effect. Rule: "
        f"{fixed('flat_rule'):g} bp per",
        "100 USD bn, announced programmes too. Simple: a published elasticity of purchases and",
        "one of the yen.",
    )


def _label(variable: str) -> str:
    return EPISODE_LABELS[variable] + (", %" if variable.endswith("_pct") else "")


def _show_case(case: Mapping[str, Any]) -> None:
    say(f"{case['name']}: {case['title']}")
    _say_beneath(
        f"{case['start']} to {case['end']}, {case['days']} trading days, books of "
        f"{case['vintage']}; net sales {case['net_face_usd_bn']:,.1f} USD bn, "
        f"{case['net_equivalents_usd_bn']:,.1f} in 10-year equivalents"
    )
    for flow in case["flows"]:
        _say_beneath(f"flow: {_flow(flow)}")
    for news in case["other_news"]:
        _say_beneath(f"also: {news}")
    _show_rows(case["rows"])
    for gap in case["not_known"]:
        _say_beneath(f"no data: {gap}")
    if "answered_rows" in case:
        say("  The same with the shocks of the file, and everybody else's answers by rule:")
        _show_rows(case["answered_rows"])
    say()


def _say_beneath(text: str) -> None:
    say_wrapped(text, first="  ", rest="    ")


def _show_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    table = plain_table([_UNIT, *_HEADS, *_rivals()])
    for row in rows:
        table.add_row(_label(row["variable"]), *_cells(row))
    say_table(table)


def _flow(flow: Mapping[str, Any]) -> str:
    days = f"{flow.get('first_day', 'start')} to {flow.get('last_day', 'end')}"
    shares = {"announced": flow["announced_frac"], "expected before": flow["expected_frac"]}
    announced = "".join(f", {share:.0%} {word}" for word, share in shares.items() if share)
    if "currency_usd_bn" in flow:
        what = f"{flow['currency_usd_bn']:,.1f} USD bn exchanged for {flow['currency']}"
    elif "purchase_usd_bn" in flow:
        what = f"{flow['holder']} buys {flow['purchase_usd_bn']:,.1f} USD bn"
    else:
        what = f"{flow['holder']} sells {flow['sale_usd_bn']:,.1f} USD bn"
    what += f" of {BOND_LABELS[flow['market']]}" if "market" in flow else ""
    return f"{what}, {days}{announced} ({flow['standing']}: {flow['source']})"


def _cells(row: Mapping[str, Any]) -> list[str]:
    places = 1 if row["variable"].endswith("_pct") else 0
    low, mid, high = (number(x, places) for x in row["model"])
    finer = places + (max(map(abs, row["effect"])) < _ROUND)
    least, effect, most = (number(x, finer) for x in row["effect"])
    ranges = f"{low} to {high}", f"{least} to {most}"
    where, _, why = row["verdict"].partition(", ")
    seen = number(row["observed"], places) + (_OUTSIDE if where == "outside" else "")
    own = row["crps"]
    over = [None if own is None else own / row[f"crps_{rival}"] for rival in RIVALS]
    told = mid, ranges[0], effect, ranges[1], seen, _SIGNS[why or where]
    return [*told, *(number(x, 2) for x in over)]


def _rivals() -> list[str]:
    return [name.capitalize() for name in RIVALS]


def _show_scores(found: Mapping[str, Any]) -> None:
    cases: Sequence[Mapping[str, Any]] = found["episodes"]
    say(f"All {len(cases)} episodes, each scored without what it taught")
    table = plain_table(["", "Rows", "Inside", *_rivals(), "Signs"])
    scores = found["scores"]
    for name, score in scores["variables"].items():
        table.add_row(EPISODE_LABELS[name], *_scored(score))
    table.add_section()
    table.add_row("All, variables alike", *_scored(scores["all"]))
    table.add_row("Episodes with flows", *_scored(scores["with_flows"]))
    table.add_row("The same, learned", *_scored(found["scores_learned"]["with_flows"]))
    say_table(table)
    say("What the tests show (moves of one event count as one)")
    for finding in found["findings"]:
        say_wrapped(f"  {finding}", rest="    ")
    say()


def _scored(score: Mapping[str, Any]) -> list[str]:
    over = [_ratio(score, f"against_{rival}") for rival in RIVALS]
    coverage = "-" if score["coverage"] is None else f"{score['coverage']:.0%}"
    signs = f"{score['signs_right']} of {score['signs_claimed']}"
    return [f"{score['n']}", coverage, *over, signs]


def _ratio(score: Mapping[str, Any], name: str) -> str:
    if score[name] is None:
        return "-"
    if f"{name}_range" not in score:
        return f"{score[name]:.2f}"
    low, high = score[f"{name}_range"]
    return f"{score[name]:.2f} ({low:.2f}-{high:.2f})"
