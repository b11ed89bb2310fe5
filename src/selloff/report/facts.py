"""The numbers of one run: each by its formula and worked out once, so it has one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import (
    Estimate,
    alone,
    beyond,
    from_draws,
    from_metric,
    in_time,
)
from selloff.report.prescribed import is_quiet
from selloff.report.question import is_nothing_sold, listed
from selloff.report.told import (
    LEVEL_UNITS,
    YEN,
    Told,
    at_level,
    farther,
    level_unit,
    levels_by_series,
    series_of,
)
from selloff.results import baseline_of, horizon, is_priced, metric_draws, read_path, reckon
from selloff.vocab import metrics, metrics_at, percents, variables

Draws = NDArray[np.float64]

POINTS: Final = "percentage points"


@dataclass(frozen=True, eq=False)
class Facts:
    """One run: dataset, summary, and every number read from them."""

    dataset: xr.Dataset
    summary: Mapping[str, Any]
    side: str = "A"
    is_draft: bool = False
    """Whether it has few draws, so that its fans are narrower."""
    known: Mapping[str, Draws] | None = field(default=None, repr=False)
    """Headline numbers by draw, where they are worked out already."""
    _kept: dict[str, Told] = field(default_factory=dict, repr=False)
    _openings: dict[str, float] = field(default_factory=dict, repr=False)

    @cached_property
    def years(self) -> float:
        """Length of the run."""
        return horizon(self.dataset)

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """The simulations with an answer."""
        return np.asarray(is_priced(self.dataset))

    def ended(self, outcome: str) -> float:
        """Share of the simulations with an answer that ended so."""
        return int(self.summary["outcomes"].get(outcome, 0)) / max(int(self.alive.sum()), 1)

    @cached_property
    def room_for_all(self) -> float:
        """Share of the simulations in which dealers had room for all that was put up."""
        counts: Mapping[str, int] = self.summary["capacity"]
        return counts.get("room_for_all", 0) / max(sum(counts.values()), 1)

    @cached_property
    def is_sale(self) -> bool:
        """Whether anything is to be sold."""
        return not is_nothing_sold(self.dataset)

    @cached_property
    def is_told(self) -> bool:
        """Whether anything happens, and any simulation has an answer."""
        return bool(self.alive.any()) and not is_quiet(self.dataset)

    @cached_property
    def draws(self) -> Mapping[str, Draws]:
        """Every headline number, draw by draw."""
        return metric_draws(self.dataset) if self.known is None else self.known

    @cached_property
    def parameters(self) -> list[Mapping[str, Any]]:
        """The parameters behind the run, one row each."""
        return [one for one in listed(self.dataset, "parameters") if isinstance(one, dict)]

    @cached_property
    def moved(self) -> list[frozenset[str]]:
        """What each of them moves: metrics and variables."""
        return [frozenset(str(one.get("moves", "")).split()) for one in self.parameters]

    @cached_property
    def _named(self) -> dict[str, str]:
        """Metrics by formula."""
        return {one.formula: name for name, one in metrics_at(self.years).items()}

    def told(self, formula: str) -> Told:
        """Read a number by the name of a metric or by a recipe."""
        if formula not in self._kept:
            name = self._named.get(formula, formula)
            text = beyond(self.summary, name)
            self._kept[formula] = Told(self._estimate(name), name, self.side, beyond=text)
        return self._kept[formula]

    def has_level(self, series: str) -> bool:
        """Say whether a series has a level of its own that is known."""
        row = levels_by_series().get(series)
        is_told = row is not None and row.unit in LEVEL_UNITS
        return is_told and bool(np.isfinite(self.opening(series)))

    def raised(self, series: str, change: Any) -> Draws:
        """Put changes of a series on the level of the opening."""
        change = np.asarray(change, dtype=np.float64)
        return np.asarray(levels_by_series()[series].add(self.opening(series), change))

    def level(self, formula: str) -> Told:
        """Read the level that a number of a series stands for: opening and effect."""
        series = series_of(metrics()[formula].formula if formula in metrics() else formula)
        return at_level(self.told(formula), series, self.opening(series))

    def start(self, series: str) -> str:
        """Write the level at the opening."""
        return alone(self.opening(series), level_unit(series))

    def opening(self, series: str) -> float:
        """Read the level at the opening; not a number where none is known."""
        if series not in self._openings:
            self._openings[series] = self._read_opening(series)
        return self._openings[series]

    def path(self, series: str) -> Draws:
        """Read a series draw by draw, in the precision it is kept in: shares in percent."""
        values, times = read_path(self.dataset, series), scale(series)
        return values if times == 1.0 else times * values

    def count(self, name: str) -> int:
        """In how many simulations somebody answered."""
        return int((self.summary.get("reactions") or {}).get(name, 0))

    def often(self, name: str) -> str:
        """Say it in words."""
        return self.share(self.count(name) / max(int(self.alive.sum()), 1))

    @staticmethod
    def share(frac: float) -> str:
        """Say in how many simulations something is so."""
        return shares((frac,))[0]

    def _read_opening(self, series: str) -> float:
        try:
            return float(baseline_of(self.dataset, levels_by_series()[series])[0])
        except KeyError:
            return float("nan")

    def _estimate(self, name: str) -> Estimate:
        if name in metrics():
            return in_time(from_metric(self.summary, name))
        series, years = series_of(name), _until(name)
        if years > self.years + 1e-6 or not has(self.dataset, series):
            return Estimate(np.nan, np.nan, np.nan, unit(series))
        draws = np.asarray(reckon(self.dataset, name), dtype=np.float64) * scale(series)
        if name.startswith("day_of_"):
            return in_time(from_draws(draws, "business days"))
        is_count = name.startswith("total:") and unit(series) == "fraction"
        return from_draws(draws, "count" if is_count else unit(series))


def farthest(facts: Facts, series: str) -> Told:
    """Read the highest or the lowest point, whichever lies farther out in the median."""
    return farther(*(facts.told(f"{way}:{series}") for way in ("highest", "lowest")))


def shares(fracs: Sequence[float]) -> list[str]:
    """Say in how many simulations each of several things is so, of which one alone can be."""
    ends = {0.0: "in no simulation", 1.0: "in every simulation"}
    told = zip(fracs, percents(fracs), strict=True)
    return [ends.get(frac, f"in {percent} of simulations") for frac, percent in told]


def has(dataset: xr.Dataset, series: str) -> bool:
    """Say whether a dataset holds a series."""
    named = [one.split("[")[0] for one in series.split(" less ")]
    return all(one == YEN or one in dataset for one in named)


def unit(series: str) -> str:
    """Name the unit a series is told in: two levels apart are points."""
    if series == YEN:
        return "percent"
    found = variables()[series.split("[")[0].split(" ")[0]].unit
    return POINTS if " less " in series and found in ("percent", "fraction") else found


def scale(series: str) -> float:
    """What brings a series to the unit it is told in."""
    named = series.split("[")[0].split(" ")[0]
    is_share = named in variables() and variables()[named].unit == "fraction"
    return 100.0 if is_share and " less " in series else 1.0


def _until(formula: str) -> float:
    parts = formula.split(":")
    return float(parts[2]) if len(parts) > 2 else 0.0
