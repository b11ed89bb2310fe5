"""The backtest: how far the model was from what happened."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from selloff import charts
from selloff.charts import Pair, Row
from selloff.report.draw import units, words
from selloff.report.facts import Facts
from selloff.report.section import Drawing, Table
from selloff.vocab import EPISODE_LABELS

RIVALS: Final = {
    "against_walk": "walk", "against_rule": "flat rule", "against_simple": "simple rule",
}  # fmt: skip
"""Scores against other forecasts, where a result has them."""
MOST: Final = 10
"""Episodes in a chart."""


def scores(facts: Facts) -> Mapping[str, Any] | None:
    """Read the backtest that a result carries."""
    raw = facts.dataset.attrs.get("backtest")
    return json.loads(str(raw)) if raw else None


def aggregates(scores: Mapping[str, Any]) -> Table:
    """List the scores by variable, beside every rival they are held against."""
    found = scores["scores"]
    rivals = [key for key in RIVALS if key in found["all"]]
    rows = [(EPISODE_LABELS[name], each) for name, each in found["variables"].items()]
    rows += [("All, variables alike", found["all"]), ("Episodes with flows", found["with_flows"])]
    heads = (f"Error / {RIVALS[key]}" for key in rivals)
    cells = tuple(
        (
            label,
            str(each["n"]),
            "–" if each["coverage"] is None else f"{each['coverage']:.0%}",
            *("–" if each[key] is None else f"{each[key]:.2f}" for key in rivals),
            f"{each['signs_right']} of {each['signs_claimed']}",
        )
        for label, each in rows
    )
    head = ("Backtest", "Outcomes", "Inside 5–95%", *heads, "Signs right")
    return Table(head=head, rows=cells, fold="Scores by variable")


def every_episode(scores: Mapping[str, Any]) -> Table:
    """List what was forecast and seen in every episode."""
    rows = []
    for case in scores["episodes"]:
        cells = [case["title"], f"{case['start']} to {case['end']}"]
        for each, places in zip(case["rows"][:2], (0, 1), strict=True):
            cells += placed(each, places)
        rows.append(tuple(cells))
    head = (
        "Episode",
        "Window",
        "US 10-year, bp: model",
        "Seen",
        "Verdict",
        "Yen per dollar, %: model",
        "Seen",
        "Verdict",
    )
    fold = f"All {len(rows)} episodes"
    return Table(head=head, rows=tuple(rows), words=(0, 1, 4, 7), fold=fold, is_sorted=True)


def placed(one: Mapping[str, Any], places: int) -> tuple[str, str, str]:
    """Write what was forecast, what was seen, and the verdict."""
    low, middle, high = (_signed(each, places) for each in one["model"])
    seen = "–" if one["observed"] is None else _signed(one["observed"], places)
    return f"{middle} ({low} to {high})", seen, str(one["verdict"])


def _signed(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text.replace("-", "−")


def episodes(scores: Mapping[str, Any]) -> list[Drawing]:
    """Draw ranges of the episodes with flows."""
    shown = (("us_10y_bp", "bp", "10-year"), ("usdjpy_pct", "percent", "yen per dollar"))
    found = [_episode_chart(scores["episodes"], *one) for one in shown]
    return [one for one in found if one is not None]


def _episode_chart(
    cases: Sequence[Mapping[str, Any]], variable: str, unit: str, label: str
) -> Drawing | None:
    held = [
        (str(case["title"]), one) for case in cases for one in case["rows"]
        if one["variable"] == variable and one["observed"] is not None and one["effect"][1] != 0.0
    ]  # fmt: skip
    held.sort(key=lambda one: -abs(one[1]["model"][1]))
    if not held:
        return None
    inside = sum(one["model"][0] <= one["observed"] <= one["model"][2] for _, one in held)
    title = f"{inside} of {len(held)} moves of the {label} in episodes with flows lay in its range"
    how = "Model: median and 5–95%. Those it expected most of."
    return moves(f"past_{variable}", title, unit, held[:MOST], how=how)


def moves(
    name: str,
    title: str,
    unit: str,
    held: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    how: str = "Model: median and 5–95%.",
) -> Drawing:
    """Draw what the model says beside what happened."""
    told = words(name, title, units(unit), how)
    rows = [_episode(label, one) for label, one in held]
    drawn = charts.dumbbell(told, ("Model", "What happened"), rows)
    return Drawing(id=name, title=title, chart=drawn, page="noise")


def _episode(name: str, one: Mapping[str, Any]) -> Pair:
    low, middle, high = map(float, one["model"])
    seen = float(one["observed"])
    model = Row(name="Model", p05=low, p50=middle, p95=high)
    return Pair(name=name, a=model, b=Row(name="What happened", p05=seen, p50=seen, p95=seen))
