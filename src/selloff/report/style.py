"""Colours, fonts and the bare frame shared by all charts."""

from collections.abc import Container, Sequence
from html import escape
from textwrap import wrap
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

Figure = dict[str, Any]
"""A plotly figure as plain lists, numbers and text: {"data": [...], "layout": {...}}."""

FIRST: Final = "#0b5394"
"""The main scenario: a blue that stays apart from SECOND for every kind of colour blindness."""
SECOND: Final = "#c8590a"
THIRD: Final = "#00795c"
"""A green beside both, where three lines share a chart; dashes tell them apart as well."""
QUIET: Final = "#66717e"
INK: Final = "#1c2733"
GRID: Final = "#e3e7ec"
FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

SMALL: Final = 190
"""Height of one of many small charts [pixels]."""
LEGEND: Final = 36
"""Most characters in a line of the legend [count]."""
NARROW: Final = frozenset(("0", "1m", "3m", "1y", "2y", "5y", "10y", "20y", "30y"))
"""Ticks of time that fit on a phone."""
SPARSE: Final = NARROW - {"3m", "2y", "20y"}
"""Ticks of time that fit on one of many small charts."""
TICK_DAYS: Final = (0, 1, 5, 21, 63, 126, 252, 504, 1260, 2520, 5040, 7560)
TICK_WORDS: Final = ("0", "1d", "1w", "1m", "3m", "6m", "1y", "2y", "5y", "10y", "20y", "30y")


def tint(colour: str, opacity: float) -> str:
    """Thin a colour for bands."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def rounded(numbers: ArrayLike, decimals: int) -> list[float | None]:
    """Round for the page; what is not a number becomes a gap.

    Source: assumption; finer digits are noise between draws.
    """
    flat = np.asarray(numbers, dtype=np.float64).ravel()
    return [round(float(one), decimals) if np.isfinite(one) else None for one in flat]


def axis(title: str, **more: Any) -> dict[str, Any]:
    """Make an axis with its title and unit."""
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": 12, "color": QUIET}},
        "gridcolor": GRID,
        "linecolor": QUIET,
        "zerolinecolor": QUIET,
        "zerolinewidth": 1,
        "tickfont": {"size": 12, "color": INK},
        "tickangle": 0,
        "automargin": True,
        "fixedrange": True,
        **more,
    }


def frame(*, height: int = 380, **more: Any) -> dict[str, Any]:
    """Make the layout every chart starts from."""
    return {
        "height": height,
        "autosize": True,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 8, "r": 14, "t": 34, "b": 8},
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": 12}},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12},
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        **more,
    }


def bars(numbers: ArrayLike, labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """Lay out horizontal bars."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": rounded(numbers, 4),
        "y": list(labels),
        **more,
    }


def whiskers(ranges: Sequence[tuple[float, float, float]]) -> dict[str, Any]:
    """Lay out the reach of each bar to its low and high end, from low, middle and high."""
    low, middle, high = np.reshape(ranges, (-1, 3)).T
    return {
        "type": "data",
        "symmetric": False,
        "array": rounded(high - middle, 4),
        "arrayminus": rounded(middle - low, 4),
        "color": INK,
        "thickness": 1.2,
        "width": 4,
    }


def note(words: str, **where: Any) -> dict[str, Any]:
    """Write a few words into a chart, placed across it by share of its width."""
    plain_words = {"text": words, "xref": "paper", "showarrow": False}
    return {**plain_words, "font": {"size": 12, "color": INK}, **where}


def shrunk(figure: Figure) -> Figure:
    """Turn a chart into one of many small ones: no legend, no title under the time axis.

    Source: assumption; a choice of drawing.
    """
    bare = {key: value for key, value in figure["layout"]["xaxis"].items() if key != "title"}
    small: dict[str, Any] = {
        "height": SMALL,
        "showlegend": False,
        "margin": {"l": 8, "r": 14, "t": 8, "b": 8},
    }
    if "ticktext" in bare:
        small["meta"] = {"narrow": narrow_ticks(bare, SPARSE)}
    return {"data": figure["data"], "layout": {**figure["layout"], **small, "xaxis": bare}}


def time_position(days: ArrayLike) -> Any:
    """Place business days on an axis that gives the first weeks room.

    x = day^(1/3): one day, one month, one year and ten years all stay readable.

    Source: assumption; a choice of drawing, it changes no number.
    """
    return np.cbrt(np.asarray(days, dtype=np.float64))


def time_axis(last_day: float) -> dict[str, Any]:
    """Make the time axis of all charts over time.

    Source: assumption; see `time_position`.
    """
    named = zip(TICK_DAYS, TICK_WORDS, strict=True)
    ticks = [(day, word) for day, word in named if day <= last_day]
    return axis(
        "Time since the start (early days drawn wider)",
        tickmode="array",
        tickvals=rounded(time_position([day for day, _ in ticks]), 4),
        ticktext=[word for _, word in ticks],
        range=[0, round(float(time_position(last_day)), 4)],
        zeroline=False,
    )


def narrow_ticks(of_axis: dict[str, Any], keep: Container[str]) -> dict[str, Any]:
    """Thin the ticks of an axis for a phone.

    Source: assumption; a choice of drawing.
    """
    pairs = zip(of_axis["tickvals"], of_axis["ticktext"], strict=True)
    kept = [(value, word) for value, word in pairs if word in keep]
    return {
        "xaxis.tickvals": [value for value, _ in kept],
        "xaxis.ticktext": [word for _, word in kept],
    }


def plain(text: str) -> str:
    """Keep text from being read as markup by the chart library."""
    return escape(text, quote=False)


def folded(text: str, width: int) -> str:
    """Break a long label into lines.

    Source: assumption; a choice of drawing.
    """
    return "<br>".join(plain(line) for line in wrap(text, width)) if text else ""


def day_word(day: float) -> str:
    """Say when, for hover labels."""
    return f"day {day:.0f}" if day <= 252 else f"year {day / 252:.1f}"


def day_words(days: Sequence[float]) -> list[str]:
    """Say when, for each of several days."""
    return [day_word(day) for day in days]
