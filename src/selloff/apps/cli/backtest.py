"""The command that holds the model against history."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from selloff.apps.backtesting import ALL, backtest
from selloff.apps.cli._console import plain_table, progress_bar, say, say_json, say_table
from selloff.vocab.axes import EPISODE_LABELS

_HEADS: Final = ("Model", "5-95%", "Flows alone", "5-95%", "Observed", "CRPS")


def run(source: str, *, draws: int, seed: int, is_json: bool, out: Path | None) -> None:
    """Play an episode, or all, and print model beside history."""
    with progress_bar("episodes", is_quiet=is_json or source != ALL, unit="episodes") as progress:
        found = backtest(source, draws=draws, seed=seed, progress=progress)
    if out is not None:
        found.save(out)
    if is_json:
        say_json(found.summary)
        return
    for case in found.summary["episodes"]:
        _show_case(case)
    if "scores" in found.summary:
        _show_scores(found.summary)
    _show_legend()
    if out is not None:
        say(f"Written: {out}")


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
    say("")


def _flow(flow: Mapping[str, Any]) -> str:
    days = f"{flow.get('first_day', 'start')} to {flow.get('last_day', 'end')}"
    told = f", {flow['announced_frac']:.0%} announced" if flow["announced_frac"] else ""
    if "currency_usd_bn" in flow:
        what = f"{flow['currency_usd_bn']:,.1f} USD bn exchanged for {flow['currency']}"
    elif "purchase_usd_bn" in flow:
        what = f"{flow['holder']} buys {flow['purchase_usd_bn']:,.1f} USD bn"
    else:
        what = f"{flow['holder']} sells {flow['sale_usd_bn']:,.1f} USD bn"
    return f"{what}, {days}{told} ({flow['standing']}: {flow['source']})"


def _cells(row: Mapping[str, Any]) -> list[str]:
    places = 1 if row["variable"].endswith("_pct") else 0
    low, mid, high = (_number(x, places) for x in row["model"])
    least, effect, most = (_number(x, places + 1) for x in row["effect"])
    seen = "-" if row["observed"] is None else _number(row["observed"], places)
    score = "-" if row["crps"] is None else f"{row['crps']:.2f}"
    ranges = (f"{low} to {high}", f"{least} to {most}")
    return [mid, ranges[0], effect, ranges[1], seen, row["verdict"], score]


def _number(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0.0 else text


def _show_scores(found: Mapping[str, Any]) -> None:
    cases: Sequence[Mapping[str, Any]] = found["episodes"]
    say(f"All {len(cases)} episodes, each scored without what it taught")
    table = plain_table(
        ["", "Rows", "Inside 5-95%", "CRPS / walk", "CRPS / flat rule", "Signs right"]
    )
    scores = found["scores"]
    for name, told in scores["variables"].items():
        table.add_row(_label(name), *_scored(told))
    table.add_section()
    for label, told in (
        ("All, variables alike", scores["all"]),
        ("Episodes with flows", scores["with_flows"]),
        ("The same, learned", found["scores_learned"]["with_flows"]),
    ):
        table.add_row(label, *_scored(told))
    say_table(table)
    say("")


def _scored(told: Mapping[str, Any]) -> list[str]:
    walk, rule = (_ratio(told, name) for name in ("against_walk", "against_rule"))
    coverage = "-" if told["coverage"] is None else f"{told['coverage']:.0%}"
    signs = f"{told['signs_right']} of {told['signs_claimed']}"
    return [f"{told['n']}", coverage, walk, rule, signs]


def _ratio(told: Mapping[str, Any], name: str) -> str:
    if told[name] is None:
        return "-"
    if f"{name}_range" not in told:
        return f"{told[name]:.3f}"
    low, high = told[f"{name}_range"]
    return f"{told[name]:.3f} ({low:.3f} to {high:.3f})"


def _show_legend() -> None:
    for line in (
        "Model: effect of the flows and noise of the day's volatility, enlarged as in other "
        "episodes.",
        "Flows alone: what the flows did, by the model. Other news is stated, not fitted.",
        "CRPS: continuous ranked probability score, smaller is better; below 1 beats the walk "
        "(no effect) or the flat rule (6 bp per 100 USD bn).",
    ):
        say(line)
