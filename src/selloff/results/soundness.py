"""Is what was read from a file a result that can be used? Asked once, before anybody uses it."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.results.schema import is_priced
from selloff.vocab import (
    ASSETS,
    BORROWING_RATES,
    BUCKETS,
    CURRENCIES,
    ECONOMIES,
    MARKETS,
    PARTS,
    RESERVE_ASSETS,
    SHARE_PARTS,
    TENORS,
    VOLATILITIES,
    SelloffError,
    metrics,
    variables,
)

_LABELS: Final = {
    "tenor": TENORS,
    "currency": CURRENCIES,
    "bucket": BUCKETS,
    "asset": ASSETS,
    "economy": ECONOMIES,
    "part": PARTS,
    "volatility": VOLATILITIES,
    "rate": BORROWING_RATES,
    "market": MARKETS,
    "reserve_asset": RESERVE_ASSETS,
    "share_part": SHARE_PARTS,
}
_AMONG: Final = {"group": {"fed"}, "exporter": {"toyota"}}
"""Labels that readers pick by name."""
_BESIDE: Final = {
    "day": "step",
    "years": "step",
    "date": "step",
    "tenor_years": "tenor",
    "quarter_years": "quarter",
    "quarter_label": "quarter",
    "group_of": "holder",
    "holder_name": "holder",
    "exporter_name": "exporter",
    "country_name": "country",
    "country_regime": "country",
    "parameter_row": "draw",
}
"""Coordinates that lie along a dimension."""
_RISING: Final = ("draw", "step", "day", "years", "tenor_years", "quarter_years", "year")
_GAPS: Final = (
    "baseline_par_yield_10y",
    "days_to_complete",
    "em_short_term_debt",
    "attribution_level",
)
"""Variables in which a number may be missing."""
_CODES: Final = ("outcome", "japan_branch", "capacity_outcome")
_JSON: Final[dict[str, tuple[type, type | None]]] = {
    "scenario": (dict, None),
    "versions": (dict, None),
    "wall_seconds": (dict, None),
    "beyond": (dict, None),
    "ledger_identities": (dict, None),
    "backtest": (dict, None),
    "data": (dict, None),
    "factcheck": (dict, None),
    "sources": (list, dict),
    "parameters": (list, dict),
    "em_dropped": (list, dict),
    "records": (list, dict),
    "limits": (list, str),
    "warnings": (list, str),
}
"""Attributes in JSON: what they are, and what they are lists of."""


def check_soundness(ds: xr.Dataset) -> xr.Dataset:
    """Refuse a result that meets the schema and still cannot be used."""
    for look in (_coordinates, _labels, _attributes, _codes, _numbers):
        faults = list(look(ds))
        if faults:
            raise SelloffError("not a sound result: " + "; ".join(faults))
    return ds


def check_fans(ds: xr.Dataset) -> xr.Dataset:
    """Refuse quantiles of a streamed run of which nothing can be checked."""
    residuals = ds.get("identity_residual")
    is_lost = residuals is None or residuals.dims != ("identity",) or not residuals.size
    if is_lost or "identity" not in ds.coords or ds["identity_residual"].dtype.kind != "f":
        raise SelloffError("not a sound streamed result: it has no residual for each identity")
    return ds


def _coordinates(ds: xr.Dataset) -> Iterator[str]:
    for dim in {dim for each in variables().values() for dim in each.dims}:
        if dim not in ds.coords or not ds.sizes[dim]:
            yield f"there is no {dim}"
    for name, dim in _BESIDE.items():
        if name not in ds.coords or ds[name].dims != (dim,):
            yield f"coordinate '{name}' is missing along '{dim}'"
    for name in _RISING:
        if name in ds.coords and not _rises(ds[name].values):
            yield f"coordinate '{name}' does not rise"
    if "step" in ds.coords and ds.sizes["step"] < 2:
        yield "there is one step"


def _labels(ds: xr.Dataset) -> Iterator[str]:
    for dim, wanted in _LABELS.items():
        if ds[dim].values.tolist() != list(wanted):
            yield f"coordinate '{dim}' is not {', '.join(map(str, wanted))}"
    for dim, some in _AMONG.items():
        if not some <= set(ds[dim].values.tolist()):
            yield f"coordinate '{dim}' lacks {', '.join(some)}"
    if not set(ds["metric"].values.tolist()) <= set(metrics()):
        yield "coordinate 'metric' names what is no metric"


def _rises(values: Any) -> bool:
    is_number = values.dtype.kind in "iuf" and values.ndim == 1 and np.isfinite(values).all()
    return bool(is_number and (np.diff(values.astype(float)) > 0.0).all() and values[0] >= 0)


def _attributes(ds: xr.Dataset) -> Iterator[str]:
    attrs = ds.attrs
    for name, (kind, of) in _JSON.items():
        if name in attrs and not _is_json(attrs[name], kind, of):
            yield f"attribute '{name}' cannot be read"
    if not all(isinstance(attrs[name], str) and attrs[name] for name in ("scenario_name", "title")):
        yield "it has no name"
    if not re.fullmatch(r"\d{4}-\d{2}", str(attrs["vintage"])):
        yield f"attribute 'vintage' is {str(attrs['vintage'])[:20]!r}"
    if not _is_number(attrs["draws"]) or attrs["draws"] != ds.sizes["draw"]:
        yield f"attribute 'draws' is not the number of draws, {ds.sizes['draw']}"
    if not _is_number(attrs["seed"]) or attrs["seed"] != int(attrs["seed"]) or attrs["seed"] < 0:
        yield "attribute 'seed' is no whole number"
    for name in ("horizon_years", "outstanding_usd_bn"):
        if not _is_number(attrs[name]) or attrs[name] <= 0.0:
            yield f"attribute '{name}' is no number above zero"


def _is_number(value: Any) -> bool:
    is_one = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    return is_one and math.isfinite(float(value))


def _is_json(text: Any, kind: type, of: type | None) -> bool:
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return False
    if isinstance(found, list) and of is not None:
        return kind is list and all(isinstance(each, of) for each in found)
    return isinstance(found, kind)


def _codes(ds: xr.Dataset) -> Iterator[str]:
    for name in _CODES:
        attrs = ds[name].attrs
        meanings = str(attrs.get("flag_meanings", "")).split()
        codes = np.atleast_1d(attrs.get("flag_values", [])).tolist()
        if not codes or len(codes) != len(meanings):
            yield f"the codes of '{name}' have no meaning"
        elif not np.isin(ds[name].values, codes).all():
            yield f"'{name}' holds a code that has no meaning"
        elif name == "outcome" and "no_equilibrium" not in meanings:
            yield f"no code of '{name}' stands for no equilibrium"


def _numbers(ds: xr.Dataset) -> Iterator[str]:
    priced = is_priced(ds)
    for name in variables():
        values = ds[name].values
        if values.dtype.kind not in "iufb":
            yield f"variable '{name}' holds no numbers"
        elif values.dtype.kind == "f":
            held = values[priced] if "draw" in ds[name].dims else values
            is_bad = np.isinf(held) if name in _GAPS else ~np.isfinite(held)
            if is_bad.any():
                yield f"variable '{name}' has numbers that are missing or without end"
