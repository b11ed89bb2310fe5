"""The chart of a number's parts, each beginning where the one before it ends."""

from collections.abc import Sequence
from typing import Any, Final

from selloff.report.estimate import Estimate
from selloff.report.parts import Split, steps_words, total_words
from selloff.report.style import (
    FIRST,
    INK,
    QUIET,
    SECOND,
    Figure,
    axis,
    folded,
    frame,
    rounded,
    tint,
)

TOTAL: Final = "All together"
ROW: Final = 44
"""Height of one bar [pixels]."""
FOLD: Final = 22
"""Most characters in a line of a bar's label [count]."""


def waterfall(split: Split, whole: Estimate, *, names: Sequence[str], unit: str) -> Figure:
    """Draw the parts of one number, each from where the one before it ends."""
    steps = [one.p50 for one in split.parts.values()]
    ends = [sum(steps[: at + 1]) for at in range(len(steps))]
    rest = [tint(SECOND, 0.85) if one > 0.0 else tint(FIRST, 0.5) for one in steps[1:]]
    parts = _bars(steps, [folded(name, FOLD) for name in names], colours=[FIRST, *rest])
    parts["base"] = rounded([0.0, *ends[:-1]], 4)
    parts["customdata"] = [one.text for one in split.parts.values()]
    total = _bars([split.total], [TOTAL], colours=[tint(INK, 0.6)])
    total["customdata"] = [whole.text]
    total["error_x"] = _whisker(whole)
    rows = axis("", showgrid=False, type="category", autorange="reversed", ticklabelstandoff=6)
    layout = frame(
        height=80 + ROW * (len(steps) + 1),
        margin={"l": 8, "r": 62, "t": 12, "b": 8},
        xaxis=axis(unit, rangemode="tozero"),
        yaxis=rows,
        showlegend=False,
        barmode="overlay",
        bargap=0.35,
        shapes=[_join(at, end) for at, end in enumerate(ends)],
        annotations=[
            _beside(at, word) for at, word in enumerate([*steps_words(split), total_words(split)])
        ],
        meta={"narrow": {"xaxis.nticks": 4, "yaxis.tickfont.size": 11}},
    )
    return {"data": [parts, total], "layout": layout}


def _bars(numbers: Sequence[float], labels: list[str], *, colours: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": rounded(numbers, 4),
        "y": labels,
        "marker": {"color": colours},
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _whisker(whole: Estimate) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": rounded([whole.p95 - whole.p50], 4),
        "arrayminus": rounded([whole.p50 - whole.p05], 4),
        "color": INK,
        "thickness": 1.2,
        "width": 4,
    }


def _join(row: int, at: float) -> dict[str, Any]:
    """A thin line from the end of a bar to the start of the next."""
    place = round(at, 4)
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": place, "x1": place, "y0": row, "y1": row + 1, "line": line}


def _beside(row: int, words: str) -> dict[str, Any]:
    return {
        "text": words,
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 6,
        "y": row,
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }
