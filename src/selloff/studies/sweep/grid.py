"""The grid: every point asked of the same draws, and all answers in one dataset."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.charts import AnyChart
from selloff.data import DEFAULT_VINTAGE
from selloff.report import figure
from selloff.results import as_json, as_netcdf, quantiles
from selloff.scenario import Limits, Scenario, change_each
from selloff.studies.measuring import Measurer, Numbers, Progress
from selloff.studies.sweep.drawing import MOST_FLAT, chart, page, table
from selloff.studies.sweep.overs import Over
from selloff.studies.sweep.tables import headings, rows
from selloff.vocab import InputError, Problem, as_csv, check_metrics, metrics, write_set

Array = NDArray[np.float64]
LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_POINTS: Final = 10_000
_AT_ONCE: Final = 64
"""Points asked before their draws are made into quantiles, which bounds memory [count]."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Headline numbers at every point of a grid."""

    dataset: xr.Dataset
    """One variable a metric, along the swept fields and `level`, or `draw` if draws were kept."""
    overs: tuple[Over, ...]

    @property
    def sentence(self) -> str:
        """Say what was asked."""
        attrs, told = self.dataset.attrs, " by ".join(map(_told, self.overs))
        return (
            f"{attrs['scenario']} at {attrs['points']:,} points: {told}; {attrs['draws']:,} draws, "
            f"seed {attrs['seed']}, books of {attrs['vintage']}."
        )

    @property
    def metrics(self) -> tuple[str, ...]:
        """Name the numbers that any point has."""
        return tuple(map(str, self.dataset.data_vars))

    def medians(self, metric: str) -> xr.DataArray:
        """Take the median of one metric at every point."""
        return self.levels(metric).sel(level=0.5, drop=True)

    def levels(self, metric: str) -> xr.DataArray:
        """Take the quantiles of one metric at every point."""
        check_metrics([metric], self.metrics)
        held = self.dataset[metric]
        if "level" in held.dims:
            return held
        dims = (*(one.field for one in self.overs), "level")
        values = np.moveaxis(_ranked(np.moveaxis(held.to_numpy(), -1, 0)), 0, -1)
        return xr.DataArray(values, dims=dims, coords={"level": list(LEVELS)}, attrs=held.attrs)

    def chart(self, metric: str) -> AnyChart | None:
        """Draw one metric: a fan along one field, heat over two; nothing over more."""
        return chart(self.levels(metric), self.overs, self.dataset.attrs["draws"])

    def figure(self, metric: str) -> dict[str, Any] | None:
        """Draw the same as a plotly figure."""
        drawn = self.chart(metric)
        return None if drawn is None else figure(drawn)

    def summary(self) -> dict[str, Any]:
        """Give all numbers as plain values."""
        attrs, over = dict(self.dataset.attrs), {one.field: list(one.values) for one in self.overs}
        found = {
            name: {"unit": metrics()[name].unit, "levels": list(LEVELS)}
            | {"values": self.levels(name).to_numpy().tolist()}
            for name in self.metrics
        }
        return attrs | {"over": over, "metrics": found}

    def save(self, folder: Path, shown: Sequence[str]) -> list[Path]:
        """Write dataset, table, JSON and page; all of them or none."""
        return write_set(folder, self._contents(shown))

    def _contents(self, shown: Sequence[str]) -> Iterator[tuple[str, Any]]:
        yield "sweep.nc", as_netcdf(self.dataset)
        held = {name: self.levels(name) for name in self.metrics}
        yield "sweep.csv", as_csv(rows(self.overs, held))
        yield "sweep.json", as_json(self.summary())
        pictures = [self.chart(name) for name in shown]
        is_flat = len(self.overs) <= MOST_FLAT
        tables = [table(name, self.medians(name), self.overs) for name in shown if is_flat]
        yield "sweep.html", page(self.dataset.attrs["title"], self.sentence, pictures, tables)


def sweep(
    scenario: Scenario,
    overs: Sequence[Over],
    measurer: Measurer,
    *,
    keep_draws: bool = False,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Ask one question at every point of a grid; all that is wrong is named before the first."""
    shape = tuple(len(one.values) for one in overs)
    _check_size(overs, prod(shape))
    fields = [one.field for one in overs]
    points = [dict(zip(fields, each, strict=True)) for each in product(*(o.values for o in overs))]
    scenarios = change_each(scenario, points, limits=limits)
    if progress is not None:
        measurer.progress = lambda done, _: progress(measurer.n_asked + done, len(points))
    reduce: Callable[[Array], Array] = np.asarray if keep_draws else _ranked
    found: list[Numbers] = []
    for start in range(0, len(scenarios), _AT_ONCE):
        answers = measurer.ask(scenarios[start : start + _AT_ONCE])
        found += [{name: reduce(values) for name, values in one.items()} for one in answers]
    ds = _gathered(found, shape, overs, keep_draws=keep_draws)
    about = {
        "scenario": scenario.name, "title": scenario.title,
        "vintage": scenario.vintage or DEFAULT_VINTAGE, "draws": measurer.draws,
        "seed": measurer.seed, "points": len(points),
    }  # fmt: skip
    return Sweep(ds.assign_attrs(about), tuple(overs))


def _check_size(overs: Sequence[Over], n_points: int) -> None:
    if not overs or n_points > MOST_POINTS:
        given = f"{n_points:,} points" if overs else "nothing to sweep"
        allowed = f"1 to {MOST_POINTS:,} points"
        remedy = "Give fewer values." if overs else "Add --over sellers.0.sale_frac=0.1:1:10."
        raise InputError([Problem(where="over", given=given, allowed=allowed, remedy=remedy)])


def _gathered(
    found: Sequence[Numbers], shape: tuple[int, ...], overs: Sequence[Over], *, keep_draws: bool
) -> xr.Dataset:
    """Lay answers out along the fields; a point that lacks a number has none of it."""
    inner = "draw" if keep_draws else "level"
    names = [name for name in metrics() if any(name in one for one in found)]
    width = next(iter(found[0].values())).shape[0]
    gap = np.full(width, np.nan)
    dims = (*(one.field for one in overs), inner)
    variables = {
        name: (
            dims,
            np.stack([one.get(name, gap) for one in found]).reshape(*shape, width),
            {"units": metrics()[name].unit, "long_name": metrics()[name].label},
        )
        for name in names
    }
    coords: dict[str, Any] = {one.field: headings(one) for one in overs}
    coords[inner] = np.arange(width) if keep_draws else list(LEVELS)
    return xr.Dataset(variables, coords)


def _ranked(draws: Array) -> Array:
    """Take quantiles; a draw that never finishes counts as later than any that does."""
    return quantiles(np.where(np.isnan(draws), np.inf, draws), LEVELS)


def _told(one: Over) -> str:
    ends = f"{one.words[0]} to {one.words[-1]}" if one.is_numeric else ", ".join(one.words)
    return f"{one.field} {ends}" if len(one.words) > 1 else f"{one.field} {one.words[0]}"
