"""Summaries: medians with 5-95% ranges, outcomes counted, identities shown."""

import json
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.buyers import relay
from selloff.results.economy import economy_counts
from selloff.results.identities import worst_by_unit
from selloff.results.metrics import metric_draws
from selloff.results.per_draw import ByDraw, OfKind, by_draw
from selloff.results.quantiles import quantiles
from selloff.results.sample import effective_draws
from selloff.results.schema import is_priced, meanings
from selloff.results.worlds import conditional, sort_into_worlds
from selloff.vocab import metrics

Array = NDArray[np.float64]
_OF_WORLDS: Final = "us_10y_peak_bp"
"""What a draft tells of worlds."""


def summarise(ds: xr.Dataset, each: ByDraw | None = None) -> dict[str, Any]:
    """Summarise a result; `each` where its draws are more than the dataset holds."""
    each = by_draw(ds) if each is None else each
    priced = is_priced(ds, each["outcome"])
    rows = each["parameter_row"].astype(np.int64)
    numbers = OfKind(each, "metric")
    found = _rows(ds, numbers, priced)
    for name, values in numbers.items():
        found[name]["effective_draws"] = round(effective_draws(values[priced], rows[priced]), 1)
    bought = _middles(OfKind(each, "holder"), priced)
    flags = sort_into_worlds(each, each["fed_buys"] > 0.0, priced)
    return {
        "scenario": ds.attrs["scenario_name"],
        "vintage": ds.attrs["vintage"],
        "data": json.loads(ds.attrs.get("data", "{}")),
        "draws": int(ds.attrs["draws"]),
        "parameter_rows": int(np.unique(rows).size),
        "seed": int(ds.attrs["seed"]),
        "horizon_years": float(ds.attrs["horizon_years"]),
        "warnings": json.loads(ds.attrs["warnings"]),
        "wall_seconds": json.loads(ds.attrs["wall_seconds"]),
        "metrics": found,
        "absorbed_by": {holder: face for holder, face in bought.items() if face >= 0.0},
        "buyers": _buyers(ds, each, priced),
        "worlds": conditional(flags, priced, numbers, _row),
        "attribution": attribution(ds),
        **_counted(ds, each),
        "economy": economy_counts(ds, each, priced),
        "identities": {
            "max_abs_residual_usd_bn": worst_by_unit(OfKind(each, "identity"), priced).get(
                "USD bn", 0.0
            )
        },
    }


def brief(ds: xr.Dataset, each: ByDraw) -> dict[str, Any]:
    """Summarise what a draft tells: the keys of a summary, without parts, buyers and the economy;
    of worlds the 10-year alone."""
    priced = is_priced(ds, each["outcome"])
    numbers = OfKind(each, "metric")
    flags = sort_into_worlds(each, each["fed_buys"] > 0.0, priced)
    return {
        "draws": int(ds.attrs["draws"]),
        "seed": int(ds.attrs["seed"]),
        "horizon_years": float(ds.attrs["horizon_years"]),
        "warnings": json.loads(ds.attrs["warnings"]),
        "metrics": _rows(ds, numbers, priced),
        "worlds": conditional(flags, priced, {_OF_WORLDS: numbers[_OF_WORLDS]}, _row),
        "attribution": {},
        **_counted(ds, each),
    }


def _rows(ds: xr.Dataset, numbers: ByDraw, priced: NDArray[np.bool_]) -> dict[str, dict[str, Any]]:
    """Summarise each number; beside it what of it goes beyond its record."""
    beyond = json.loads(ds.attrs.get("beyond", "{}"))
    return {
        name: _row(name, values[priced]) | ({"beyond": beyond[name]} if name in beyond else {})
        for name, values in numbers.items()
    }


def _counted(ds: xr.Dataset, each: ByDraw) -> dict[str, dict[str, int]]:
    """Count draws by how they ended and by who answered."""
    answers = {name: int(np.sum(flags)) for name, flags in OfKind(each, "answered").items()}
    return {
        "outcomes": _outcomes(ds, each, "outcome"),
        "capacity": _outcomes(ds, each, "capacity_outcome"),
        "reactions": answers,
    }


def _middles(numbers: ByDraw, priced: NDArray[np.bool_]) -> dict[str, float]:
    return {name: float(quantiles(values[priced], (0.5,))[0]) for name, values in numbers.items()}


def _buyers(ds: xr.Dataset, each: ByDraw, priced: NDArray[np.bool_]) -> dict[str, Any]:
    groups = [str(group) for group in ds["group"].values]
    middles: dict[str, list[float]] = {}
    for name, middle in _middles(OfKind(each, "bought"), priced).items():
        middles.setdefault(name.partition(":")[0], []).append(middle)
    return relay(groups, middles)


def headlines(ds: xr.Dataset) -> dict[str, dict[str, Any]]:
    """Summarise the headline numbers alone."""
    priced = is_priced(ds)
    return {name: _row(name, values[priced]) for name, values in metric_draws(ds).items()}


def attribution(ds: xr.Dataset) -> dict[str, Any]:
    """Split each headline number into what each part adds to it.

    part[i] = median with parts up to i - median with parts up to i - 1, of the first draws;
    `mean_error` is what sampling them leaves in a part's mean.
    """
    n_split = int(ds.attrs.get("attribution_draws", ds.sizes["draw"]))
    levels = ds["attribution_level"].values[:n_split][is_priced(ds)[:n_split]]
    order = [str(part) for part in ds["part"].values]
    if not levels.size or np.isnan(levels[:, :, 0]).all():
        return {}
    found = {}
    for m, name in enumerate(ds["metric"].values.tolist()):
        steps = np.diff(levels[:, m], axis=1, prepend=0.0)
        middles = [_spread(levels[:, m, p])["p50"] for p in range(len(order))]
        found[name] = {
            "unit": metrics()[name].unit,
            "p50": middles[-1],
            "parts": {
                part: _spread(_finite(steps[:, p]))
                | {"p50": middles[p] - (middles[p - 1] if p else 0.0)}
                | {"mean_error": _error(_finite(steps[:, p]))}
                for p, part in enumerate(order)
            },
        }
    return {"order": order, "draws": n_split, "metrics": found}


def _error(values: Array) -> float:
    """Standard error of a mean; a single draw has none."""
    return float(np.std(values, ddof=1) / np.sqrt(values.size)) if values.size > 1 else np.nan


def _finite(values: Array) -> Array:
    return np.asarray(values[np.isfinite(values)])


def difference(first: xr.Dataset, second: xr.Dataset) -> dict[str, Any]:
    """Summarise the second result less the first, draw by draw."""
    one, two = metric_draws(first), metric_draws(second)
    priced = is_priced(first) & is_priced(second)
    apart = {name: (two[name] - one[name])[priced] for name in one if name in two}
    # A sale that never ends has no number of days to take away from another.
    return {name: _row(name, _finite(gap)) for name, gap in apart.items()}


def _row(name: str, values: Array) -> dict[str, Any]:
    return {"unit": metrics()[name].unit, **_spread(values)}


def _spread(values: Array) -> dict[str, float]:
    """Quantiles; a draw that never finishes counts as later than any that does."""
    if not values.size:
        return dict.fromkeys(("p05", "p50", "p95", "mean"), np.nan)
    ended = np.where(np.isnan(values), np.inf, values)
    low, mid, high = quantiles(ended, (0.05, 0.5, 0.95)).tolist()
    return {"p05": low, "p50": mid, "p95": high, "mean": float(np.mean(np.sort(ended)))}


def _outcomes(ds: xr.Dataset, each: ByDraw, variable: str) -> dict[str, int]:
    """Count the draws of each code."""
    codes = meanings(ds[variable]).items()
    return {name: n for name, code in codes if (n := int(np.sum(each[variable] == code)))}
