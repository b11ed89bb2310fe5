"""The frontier as a chart: cost against risk, with named points."""

from typing import TYPE_CHECKING, Any, Final

from selloff.studies.optimal.scoring import Score
from selloff.studies.optimal.telling import RISK_WORDS

if TYPE_CHECKING:
    from selloff.studies.optimal.frontier import Frontier

_BLUE: Final = "#0b5394"
_AMBER: Final = "#b5500a"
_GREY: Final = "rgba(90,90,90,0.35)"


def draw_frontier(found: "Frontier") -> dict[str, Any]:
    """Lay out plans tried, the best of each aversion, and the two ends."""
    asked = found.question
    kept = [each for each in found.tried if not each.breach]
    best = sorted(found.best.items(), key=lambda each: each[1].risk(asked))
    traces = [
        _points("plans tried, on the draws of the search", kept, found)
        | {"mode": "markers", "marker": {"color": _GREY, "size": 5}},
        _points("best for an aversion, on fresh draws", [each for _, each in best], found)
        | {
            "mode": "lines+markers+text",
            "text": [f"{aversion:g}" for aversion, _ in best],
            "textposition": "bottom left",
            "line": {"color": _BLUE, "width": 2},
            "marker": {"size": 9},
        },
        _points("ends, on fresh draws", list(found.named.values()), found)
        | {
            "mode": "markers+text",
            "text": list(found.named),
            "textposition": "top center",
            "marker": {"color": _AMBER, "size": 10, "symbol": "diamond"},
        },
    ]
    title = f"{asked.name} sells {asked.amount_usd_bn:,.0f} USD bn: what less risk costs"
    words = RISK_WORDS[asked.objective, asked.risk]
    return {
        "data": traces,
        "layout": {
            "title": {"text": f"{title}<br><sup>Numbers beside points: aversion to risk</sup>"},
            "template": "plotly_white",
            "xaxis": {"title": {"text": f"Risk: {words}, USD bn"}, "rangemode": "tozero"},
            "yaxis": {"title": {"text": "Mean bill, USD bn"}, "rangemode": "tozero"},
        },
    }


def _points(name: str, scores: list[Score], found: "Frontier") -> dict[str, Any]:
    asked = found.question
    return {
        "type": "scatter",
        "name": name,
        "x": [each.risk(asked) for each in scores],
        "y": [each.mean for each in scores],
        "hovertext": [each.plan.words(asked) for each in scores],
        "hoverinfo": "text+x+y",
    }
