"""Charts of the site: those of the gallery from a run, and the record against the past."""

from typing import Final

import gallery_charts

import selloff
from selloff import charts
from selloff.charts import AnyChart, Ruler, Spot, Unit, Words
from selloff.evidence import load_scores

DRAWS: Final = 100


def drawings(draws: int = DRAWS) -> dict[str, AnyChart]:
    """Run the founding question and draw what papers show, by the names they show it under."""
    both = selloff.compare("japan-dump", "japan-slow", draws=draws)
    shown = [*gallery_charts.drawn(*(one.dataset for one in both.runs)), record()]
    return {one.id: one for one in shown}


def record() -> AnyChart:
    """Draw what the model said of past episodes against what came."""
    found = [
        (case["name"], row["model"][1], row["observed"])
        for case in load_scores()["episodes"]
        for row in case["rows"]
        if row["variable"] == "us_10y_bp"
    ]
    farthest = sorted(found, key=lambda one: -abs(one[2]))[:5]
    farther = sum(abs(seen) > abs(said) for _, said, seen in found)
    points = [
        Spot(name=name, x=said, y=seen, named=(name, said, seen) in farthest)
        for name, said, seen in found
    ]
    unit = Unit(name="bp", after="bp", signed=True)
    words = Words(
        id="record",
        title=f"In {farther} of {len(found)} episodes the 10-year moved farther than flows explain",
        subtitle="US 10-year yield over each episode, basis points: said by the model, and seen",
        source="Selloff, backtest: each episode without what it taught",
        unit=unit,
    )
    low, high = min(one[1] for one in found), max(one[1] for one in found)
    ruler = Ruler(kind="number", title="Said by the model, median", values=(low, high), unit=unit)
    return charts.scatter(words, ruler, "Seen", points)
