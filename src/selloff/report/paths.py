"""Readings of a path, draw by draw: highest, lowest, at a time; and how to say them."""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.answer import size
from selloff.report.estimate import Estimate, from_draws
from selloff.results import highest, lowest

Draws = NDArray[np.float64]

DASH: Final = "–"
"""A cell without a number: the run ends before it, or nobody publishes it."""


def path(dataset: xr.Dataset, name: str, **where: str) -> Draws:
    """Read a variable over time."""
    held = dataset[name].sel(where)
    clock = next(str(dim) for dim in held.dims if dim != "draw")
    return np.asarray(held.transpose("draw", clock).to_numpy(), dtype=np.float64)


def at_year(dataset: xr.Dataset, values: Draws, years: float) -> Draws:
    """Take the quarter that ends at a time."""
    ends = np.asarray(dataset["quarter_years"].to_numpy(), dtype=np.float64)
    at = int(np.searchsorted(ends, years - 1e-6))
    return values[:, at] if at < ends.size else np.full(values.shape[0], np.nan)


def extremes(values: Draws, unit: str) -> tuple[Estimate, Estimate]:
    """Summarise the highest and the lowest point."""
    return from_draws(highest(values), unit), from_draws(lowest(values), unit)


def farther(values: Draws, unit: str) -> Estimate:
    """Summarise the highest or the lowest point, whichever lies farther out in the median draw."""
    up, down = extremes(values, unit)
    return up if up.p50 >= -down.p50 else down


def cell(number: Estimate) -> str:
    """Write a number for a table."""
    if not number.is_known:
        return DASH
    return number.middle if number.is_nil else number.brief


def swing(values: Draws, unit: str) -> str:
    """Say how far a path goes to either side of baseline."""
    ends = zip(("highest", "lowest"), extremes(values, unit), strict=True)
    phrase = ", ".join(f"{word} {one.brief}" for word, one in ends if not one.is_nil)
    return phrase or "it does not move"


def both_sides(values: Draws, unit: str) -> str:
    """Say in a sentence how far a path goes to either side of baseline."""
    up, down = extremes(values, unit)
    sides = [(up, "above"), (down.turned(), "below")]
    phrases = [f"up to {one.text} {word}" for one, word in sides if not one.is_nil]
    return f"{' and '.join(phrases)} baseline" if phrases else "on its baseline"


def beside(number: Estimate, low: str = "below", high: str = "above") -> str:
    """Say how far a number stands from baseline, and on which side."""
    return f"{size(number)} {low if number.p50 < 0.0 else high}"


def share(flags: NDArray[np.bool_], alive: NDArray[np.bool_]) -> str:
    """Say in how many draws something is so."""
    count, draws = int((flags & alive).sum()), int(alive.sum())
    if count in (0, draws):
        return "every draw" if count else "no draw"
    percent = 100.0 * count / draws
    return f"{percent:.1f}% of draws" if percent < 10.0 else f"{percent:.0f}% of draws"
