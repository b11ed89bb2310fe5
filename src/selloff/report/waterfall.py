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
    bars,
    folded,
    frame,
    note,
    rounded,
    tint,
    whiskers,
)

TOTAL: Final = "All together"
HOVER: Final = "%{customdata}<extra></extra>"
ROW: Final = 44
"""Height of one bar [pixels]."""
FOLD: Final = 22
"""Most characters in a line of a bar's label [count]."""


def waterfall(split: Split, whole: Estimate, *, names: Sequence[str], unit: str) -> Figure:
    """Draw the parts of one number, each from where the one before it ends."""
    steps = [one.p50 for one in split.parts.values()]
    ends = [sum(steps[: at + 1]) for at in range(len(steps))]
    rest = [tint(SECOND, 0.85) if one > 0.0 else tint(FIRST, 0.5) for one in steps[1:]]
    parts = bars(
        steps,
        [folded(name, FOLD) for name in names],
        marker={"color": [FIRST, *rest]},
        base=rounded([0.0, *ends[:-1]], 4),
        customdata=[one.text for one in split.parts.values()],
        hovertemplate=HOVER,
    )
    total = bars(
        [split.total],
        [TOTAL],
        marker={"color": [tint(INK, 0.6)]},
        customdata=[whole.text],
        hovertemplate=HOVER,
        error_x=whiskers([(whole.p05, whole.p50, whole.p95)]),
    )
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
            note(word, x=1, xanchor="left", xshift=6, y=at)
            for at, word in enumerate([*steps_words(split), total_words(split)])
        ],
        meta={"narrow": {"xaxis.nticks": 4, "yaxis.tickfont.size": 11}},
    )
    return {"data": [parts, total], "layout": layout}


def _join(row: int, at: float) -> dict[str, Any]:
    """A thin line from the end of a bar to the start of the next."""
    place = round(at, 4)
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": place, "x1": place, "y0": row, "y1": row + 1, "line": line}
