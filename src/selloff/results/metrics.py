"""Headline numbers, path by path before they are summarised: a loop over vocab/metrics.csv."""

from collections.abc import Callable
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.vocab import BUSINESS_DAYS_PER_YEAR, QUARTERS_PER_YEAR, SHARE_PARTS, metrics_at
from selloff.vocab.units import other_way_round

Array = NDArray[np.float64]

_SHARES: Final = ("reserve_share", "reserve_share_base")


def metric_draws(ds: xr.Dataset) -> dict[str, Array]:
    """Take every metric that has a meaning at the run's horizon from every path.

    All are against the baseline of the same draw, in which nobody sells and no shock comes.
    """
    return {name: reckon(ds, row.formula) for name, row in metrics_at(horizon(ds)).items()}


def variables_of(series: str) -> frozenset[str]:
    """Name the variables that a series reads."""
    return frozenset(_read_by(one)[0] for one in series.split(" less "))


def variables_of_metrics(years: float) -> frozenset[str]:
    """Name the variables that the metrics of a run of some length read."""
    found: set[str] = set()
    for row in metrics_at(years).values():
        series = row.formula.split(":")[1:2]
        found |= variables_of(series[0]) if series else READ[row.formula]
    return frozenset(found)


def reckon(ds: xr.Dataset, formula: str) -> Array:
    """Work out one formula: a function of this module, or `statistic:series`, and `:years` where
    only the first years of the series count."""
    if formula in FORMULAS:
        return FORMULAS[formula](ds)
    how, series, *until = formula.split(":")
    path = read_path(ds, series)
    if how in DAYS_OF:
        days = ds["day"].values[DAYS_OF[how](path, axis=1)]
        return np.where(np.isfinite(path).all(axis=1), days, np.nan)
    return STATISTICS[how](path[:, : _count(ds, path, float(until[0]))] if until else path)


def horizon(ds: xr.Dataset) -> float:
    """Read the length of a run [years]."""
    return float(ds.variables["day"].values[-1]) / BUSINESS_DAYS_PER_YEAR


def highest(path: Array) -> Array:
    """Take the highest point of each path, the baseline it begins at among them."""
    return np.asarray(np.maximum(path.max(axis=1), 0.0))


def lowest(path: Array) -> Array:
    """Take the lowest point of each path, the baseline it begins at among them."""
    return np.asarray(np.minimum(path.min(axis=1), 0.0))


def largest_rise(ds: xr.Dataset, days: int) -> Array:
    """Find the largest rise of the US 10-year yield over a window, while the clock is daily.

    A window may begin before the sale, where the yield is that of the opening.
    """
    ten = read_path(ds, "delta_par_yield[tenor=10Y]")
    daily = ten[:, : _count(ds, ten, 1.0)]
    before = np.repeat(daily[:, :1], days - 1, axis=1)
    padded = np.concatenate([before, daily], axis=1)
    return np.asarray((padded[:, days:] - padded[:, :-days]).max(axis=1))


def yen_per_dollar(ds: xr.Dataset) -> xr.DataArray:
    """Yen per dollar against baseline, from dollars per yen [percent]."""
    found: xr.DataArray = other_way_round(ds["delta_fx"].sel(currency="JPY"))
    return found


def read_path(ds: xr.Dataset, series: str) -> Array:
    """Read a series draw by draw: a variable, `variable[axis=label]`, or `one less another`."""
    held, *base = (_read(ds, name) for name in series.split(" less "))
    return np.asarray(held - base[0] if base else held)


def read_series(ds: xr.Dataset, text: str) -> xr.DataArray:
    """Read `variable`, `variable[axis=label]` or `yen_per_dollar`."""
    if text == "yen_per_dollar":
        return yen_per_dollar(ds)
    name, where = _read_by(text)
    return ds[name].sel(dict([where.split("=")])) if where else ds[name]


def _read(ds: xr.Dataset, text: str) -> Array:
    """The numbers of a series alone: to label them again takes longer than to read them."""
    values = np.asarray(read_variable(ds, text).values)
    return other_way_round(values) if text == "yen_per_dollar" else values


def read_variable(ds: xr.Dataset, text: str) -> xr.Variable:
    """Read what a series rests on, without the labels of its axes."""
    name, where = _read_by(text)
    held = ds.variables[name]
    if where:
        axis, label = where.split("=")
        held = held[{axis: ds.variables[axis].values.tolist().index(label)}]
    return held


def _read_by(text: str) -> tuple[str, str]:
    """The variable, and what is picked of it."""
    if text == "yen_per_dollar":
        return "delta_fx", "currency=JPY"
    name, _, where = text.removesuffix("]").partition("[")
    return name, where


def _count(ds: xr.Dataset, path: Array, years: float) -> int:
    """Count the points of a path by step or by quarter up to a time."""
    if path.shape[1] == ds.sizes["step"]:
        return int(np.sum(ds.variables["day"].values <= years * BUSINESS_DAYS_PER_YEAR))
    return int(years * QUARTERS_PER_YEAR)


def _farthest(path: Array) -> Array:
    """The value farthest from zero on each path, with its sign."""
    at = np.abs(path).argmax(axis=1)
    return np.asarray(path[np.arange(path.shape[0]), at])


def _fed_backstop(ds: xr.Dataset) -> Array:
    """What the Federal Reserve holds at most, of all that was sold."""
    fed = highest(read_path(ds, "absorbed_face[group=fed]"))
    planned, followed = (read_path(ds, name).sum(axis=1) for name in ("sold_face", "followed_face"))
    sold = planned + followed + highest(read_path(ds, "forced_face"))
    return np.where(sold > 0.0, fed / np.where(sold > 0.0, sold, 1.0), 0.0)


def _dollar_share(ds: xr.Dataset) -> Array:
    """Dollar's share less baseline in the year nearest the horizon [percentage points]."""
    here, base = (read_path(ds, f"{name}[reserve_asset=USD]") for name in _SHARES)
    return np.asarray((here - base)[:, _last_year(ds)])


def _among_currencies(ds: xr.Dataset) -> Array:
    """The same among currencies: s / (1 - s_gold) [percentage points]."""
    share = [
        100.0
        * read_path(ds, f"{name}[reserve_asset=USD]")
        / (100.0 - read_path(ds, f"{name}[reserve_asset=gold]"))
        for name in _SHARES
    ]
    return np.asarray((share[0] - share[1])[:, _last_year(ds)])


def _dollar_part(part: str) -> Callable[[xr.Dataset], Array]:
    """What one cause adds to the dollar's share in that year [percentage points]."""

    def read(ds: xr.Dataset) -> Array:
        found = ds["reserve_share_part"].sel(reserve_asset="USD", share_part=part)
        return np.asarray(found.transpose("draw", "year").values[:, _last_year(ds)])

    return read


def _last_year(ds: xr.Dataset) -> int:
    return min(max(round(horizon(ds)), 1), ds.sizes["year"]) - 1


STATISTICS: Final[dict[str, Callable[[Array], Array]]] = {
    "value": np.asarray,
    "highest": highest,
    "lowest": lowest,
    "farthest": _farthest,
    "end": lambda path: path[:, -1],
    "total": lambda path: path.sum(axis=1),
}
"""What a recipe can take from a path."""
DAYS_OF: Final[dict[str, Callable[..., NDArray[np.intp]]]] = {
    "day_of_highest": np.argmax,
    "day_of_lowest": np.argmin,
}
"""What a recipe can find on a path by step: a step, and so its day."""
FORMULAS: Final[dict[str, Callable[[xr.Dataset], Array]]] = {
    "rise_1d": lambda ds: largest_rise(ds, 1),
    "rise_5d": lambda ds: largest_rise(ds, 5),
    "fed_backstop": _fed_backstop,
    "dollar_share": _dollar_share,
    "dollar_among_currencies": _among_currencies,
    **{f"dollar_{part}": _dollar_part(part) for part in SHARE_PARTS},
}
"""Metrics that no recipe gives."""
READ: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("rise_1d", "rise_5d"), frozenset({"delta_par_yield"})),
    "fed_backstop": frozenset({"absorbed_face", "sold_face", "followed_face", "forced_face"}),
    **dict.fromkeys(("dollar_share", "dollar_among_currencies"), frozenset(_SHARES)),
    **{f"dollar_{part}": frozenset({"reserve_share_part"}) for part in SHARE_PARTS},
}
"""The variables that those metrics read."""
