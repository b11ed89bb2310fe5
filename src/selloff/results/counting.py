"""How draws spread, counted between fixed edges, some of the first draws: memory does not grow.

Counts add up in any order; the share of draws between two edges bounds the error of a quantile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.fans import LEVELS
from selloff.results.schema import is_priced
from selloff.vocab import CLOCKS, Variable, variables

Matrix = NDArray[np.float32]
Counts = NDArray[np.int64]
_EVERYWHERE: Final = 32
"""Edges equally spaced in rank over all of the first draws [count]."""
_AROUND: Final = 45
"""Edges around each quantile [count]."""
_REACH: Final = 3.5
"""How far they reach, in standard errors of the quantile's rank among the first draws."""


@dataclass(frozen=True, eq=False)
class Spread:
    """Quantiles of many numbers, and how far off they can be."""

    values: NDArray[np.float64]
    """By number and level."""
    off_by: NDArray[np.float64]
    """Share of the draws that lie between the same two edges, by number and level."""


def matrix(ds: xr.Dataset) -> Matrix:
    """Lay out all that has a fan, one row a number of the draws that have prices."""
    priced = is_priced(ds)
    parts = [ds[name].values[priced].reshape(priced.sum(), -1).T for name in _with_fans()]
    return np.concatenate(parts, dtype=np.float32, casting="same_kind")


def edges_of(first: Matrix) -> Matrix:
    """Choose edges, row by row, and room above them."""
    ranked = np.sort(first, axis=1)
    last = np.maximum(np.sum(~np.isnan(ranked), axis=1, keepdims=True) - 1, 0)
    at = np.round(_ranks(first.shape[1]) * last).astype(np.intp)
    found = np.take_along_axis(ranked, at, axis=1)
    # Draws that share a value lie between it and the next number there is.
    is_same = found[:, 1:] == found[:, :-1]
    found[:, 1:][is_same] = np.nextafter(found[:, 1:][is_same], np.float32(np.inf))
    return np.pad(found, ((0, 0), (0, 1)), constant_values=np.inf)


def _ranks(n_draws: int) -> NDArray[np.float64]:
    """Choose the ranks of edges among so many draws, from 0 to 1."""
    last = max(n_draws - 1, 1)
    errors = (_REACH * np.sqrt(level * (1.0 - level) / n_draws) for level in LEVELS)
    around = [
        np.linspace(level - error, level + error, _AROUND)
        for level, error in zip(LEVELS, errors, strict=True)
    ]
    every = np.concatenate([np.linspace(0.0, 1.0, _EVERYWHERE), *around])
    return np.unique(np.round(np.clip(every, 0.0, 1.0) * last)) / last


def tally(edges: Matrix, found: Matrix) -> Counts:
    """Count, row by row, the draws below each edge and not below the one before; NaN nowhere."""
    ranked = np.sort(found, axis=1)
    below = np.empty(edges.shape, np.int64)
    for row, (values, limits) in enumerate(zip(ranked, edges, strict=True)):
        below[row] = values.searchsorted(limits)
    return np.diff(below, axis=1, prepend=0)


def spread(edges: Matrix, counts: Counts) -> Spread:
    """Read the quantiles of a fan, by the straight line between edges."""
    total, up_to = counts.sum(axis=1), counts.cumsum(axis=1)
    values = np.full((len(edges), len(LEVELS)), np.nan)
    off_by = np.zeros_like(values)
    lower = np.pad(edges[:, :-1].astype(np.float64), ((0, 0), (1, 0)), constant_values=-np.inf)
    rows = np.arange(len(edges))
    for at, level in enumerate(LEVELS):
        rank = level * np.maximum(total - 1, 0)
        place = np.argmax(up_to > rank[:, None], axis=1)
        inside = counts[rows, place]
        low, high = lower[rows, place], edges[rows, place].astype(np.float64)
        share = (rank - up_to[rows, place] + inside) / np.maximum(inside, 1)
        # Beyond the outermost edges there is no line: the edge stands for what lies there.
        with np.errstate(invalid="ignore"):
            between = np.where(np.isinf(low), high, low + share * (high - low))
        is_value = high <= np.nextafter(low.astype(np.float32), np.float32(np.inf))
        values[:, at] = np.where(np.isinf(high) | is_value, low, between)
        off_by[:, at] = np.where(is_value, 0.0, inside / np.maximum(total, 1))
    values[total == 0] = np.nan
    return Spread(values, off_by)


def as_fans(found: Spread, like: xr.Dataset, attrs: Mapping[str, Any]) -> xr.Dataset:
    """Label quantiles, with the names and axes of a result; what has no draws comes along."""
    kept = {name: held for name, held in like.data_vars.items() if "draw" not in held.dims}
    coords = {
        name: axis for name, axis in like.coords.items() if not {"draw", "metric"} & {*axis.dims}
    }
    ds, start = xr.Dataset(kept, {"level": list(LEVELS), **coords}), 0
    for name in _with_fans():
        held = like[name]
        size = int(np.prod(held.shape[1:]))
        rows = slice(start, start := start + size)
        values = found.values[rows].T.reshape(len(LEVELS), *held.shape[1:])
        more = {"rank_error": float(np.max(found.off_by[rows], initial=0.0))}
        ds[name] = ("level", *held.dims[1:]), values, {**held.attrs, **more}
    return ds.assign_attrs({**like.attrs, **attrs})


def _with_fans() -> dict[str, Variable]:
    """Name the variables that are paths, draw by draw."""
    return {
        name: row
        for name, row in variables().items()
        if "draw" in row.dims and set(row.dims) & set(CLOCKS)
    }
