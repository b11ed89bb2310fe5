"""Charts of a run, in the pieces of the charts module."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff import charts
from selloff.charts import Digits, Mark, Row, Ruler, Unit, Words, Yardstick
from selloff.report.estimate import (
    DRAFT_LEVELS,
    LEVELS,
    MONEY,
    UNIT_WORDS,
    Estimate,
    quantiles,
)
from selloff.report.facts import Facts, unit
from selloff.report.told import level_unit
from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR

Draws = NDArray[np.float64]

QUARTER: Final = BUSINESS_DAYS_PER_YEAR // 4
WEEK: Final = 5
DECIMALS: Final = {
    "bp": 0, "USD bn": 0, "% yield": 2, "yen": 0, "fraction": 0, "percentage points": 1,
    "USD a month": 0, "count": 1, "ratio": 2,
}  # fmt: skip
"""Digits of a number in a chart; one where a unit is not named."""
TALL: Final = "250 150"
"""Height of the charts of the story: wide, narrow [pixels]."""
RUN: Final = "A"
OTHER: Final = "B"


def units(name: str, *, is_signed: bool = False, decimals: int | None = None) -> Unit:
    """Say how numbers of a unit are written."""
    before, after = MONEY.get(name, ("", UNIT_WORDS.get(name, f" {name}")))
    places = DECIMALS.get(name, 1) if decimals is None else decimals
    return Unit(name=name, before=before, after=after, decimals=places, signed=is_signed)


def words(name: str, title: str, told: Unit, subtitle: str, *, source: str = "Selloff") -> Words:
    """Begin a chart."""
    return Words(id=name, title=title, subtitle=subtitle, source=source, unit=told)


def thinned(day: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pick the steps worth drawing: daily for a month, every third day for a quarter, weekly for
    a year, then quarters.

    Source: assumption; keeps a page small, changes no number it tells.
    """
    on = np.round(day)
    is_early = (on <= BUSINESS_DAYS_PER_MONTH) | (np.mod(on, 3) == 0) & (on <= QUARTER)
    is_week = (np.mod(on, WEEK) == 0) & (on > QUARTER) & (on <= BUSINESS_DAYS_PER_YEAR)
    keep = is_early | is_week | (np.mod(on, QUARTER) == 0)
    keep[-1] = True
    return np.flatnonzero(keep)


def days(facts: Facts) -> NDArray[np.float64]:
    """Read the business day of each step."""
    return np.asarray(facts.dataset.variables["day"].values, dtype=np.float64)


def along(facts: Facts, series: str) -> tuple[Ruler, Draws]:
    """The axis of a series, and its draws at the places along it."""
    values, dataset = facts.path(series), facts.dataset
    if values.shape[1] == dataset.sizes["step"]:
        stops = thinned(days(facts))
        return day_axis(facts), values[:, stops]
    years = np.asarray(dataset["quarter_years"].to_numpy(), dtype=np.float64)
    quarters = tuple(str(one).replace("-", " ") for one in dataset["quarter_label"].to_numpy())
    ends = tuple(np.round(years, 4).tolist())
    told = Unit(name="years", after=" years")
    title = "Years since the start"
    return Ruler(kind="number", title=title, values=ends, words=quarters, unit=told), values


def day_axis(facts: Facts) -> Ruler:
    """The axis of business days, thinned."""
    day = days(facts)
    return Ruler(kind="days", title="Business day", values=tuple(day[thinned(day)].tolist()))


def fan(
    name: str,
    title: str,
    runs: Sequence[Facts],
    series: str,
    *,
    how: str,
    is_level: bool = False,
    records: Sequence[Yardstick] = (),
    marks: Sequence[Mark] = (),
) -> charts.AnyChart:
    """Draw a series over time, the second run behind the first as its ghost."""
    is_on = is_level and all(each.has_level(series) for each in runs)
    bands = []
    read = [along(facts, series) for facts in runs]
    axis, _ = read[0]
    for facts, (own, values) in zip(runs, read, strict=True):
        band = quantiles(values, DRAFT_LEVELS if facts.is_draft else LEVELS)
        band = facts.raised(series, band) if is_on else scaled(band, series)
        bands.append(_onto(axis, own, band))
    told = level_unit(series) if is_on else unit(series)
    return charts.fan(
        words(name, title, units(told), how),
        axis,
        [("Median" if len(runs) == 1 else RUN, bands[0])],
        ghost=(OTHER, bands[1]) if len(runs) > 1 else None,
        records=records,
        marks=marks,
        domain=_reach(bands, marks) if is_on else None,
    )


def scaled(values: Draws, series: str) -> Draws:
    """Bring shares to percent, which is how they are drawn."""
    return 100.0 * values if unit(series) == "fraction" else values


def _onto(axis: Ruler, own: Ruler, levels: Draws) -> Draws:
    """Read levels at the places of another axis; beyond their end there is a gap."""
    if own.values == axis.values:
        return levels
    at = np.asarray(axis.values)
    return np.stack([np.interp(at, own.values, one, right=np.nan) for one in levels])


def _reach(bands: Sequence[Draws], marks: Sequence[Mark]) -> tuple[float, float]:
    """Ends of an axis of levels, which need not begin at zero."""
    ends = [float(end(one)) for one in bands for end in (np.nanmin, np.nanmax)]
    ends += [one.y for one in marks]
    room = 0.05 * (max(ends) - min(ends) or 1.0)
    return round(min(ends) - room, 4), round(max(ends) + room, 4)


def row(label: str, number: Estimate, **more: Any) -> Row:
    """One row of a chart of ranges, written as on the page; shares are drawn in percent."""
    per = 100.0 if number.unit == "fraction" else 1.0
    low, middle, high = per * number.p05, per * number.p50, per * number.p95
    told = Digits(**number.written)
    return Row(name=label, told=told, p05=low, p50=middle, p95=high, **more)
