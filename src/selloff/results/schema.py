"""The written schema every result meets."""

from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.vocab import SelloffError, variables

REQUIRED_ATTRS: Final = (
    "scenario",
    "scenario_name",
    "title",
    "vintage",
    "seed",
    "draws",
    "horizon_years",
    "versions",
    "sources",
    "parameters",
    "limits",
    "warnings",
    "outstanding_usd_bn",
    "wall_seconds",
    "em_dropped",
)


def meanings(held: xr.DataArray) -> dict[str, Any]:
    """Read what the codes of a variable stand for: code by meaning."""
    names = str(held.attrs["flag_meanings"]).split()
    return dict(zip(names, np.atleast_1d(held.attrs["flag_values"]).tolist(), strict=True))


def is_priced(ds: xr.Dataset, outcome: NDArray[np.generic] | None = None) -> NDArray[np.bool_]:
    """Tell the draws that have prices from those without an equilibrium; those of `outcome` if
    given, by the codes of the result."""
    codes = ds["outcome"].values if outcome is None else outcome
    return np.asarray(codes != meanings(ds["outcome"])["no_equilibrium"])


def check_schema(ds: xr.Dataset) -> xr.Dataset:
    """Refuse a dataset that is not a Selloff result."""
    faults = [f"attribute '{name}' is missing" for name in REQUIRED_ATTRS if name not in ds.attrs]
    for name, wanted in variables().items():
        if name not in ds:
            faults.append(f"variable '{name}' is missing")
        elif ds[name].dims != wanted.dims:
            faults.append(f"variable '{name}' has dimensions {ds[name].dims}, not {wanted.dims}")
        elif ds[name].attrs.get("units") != wanted.unit:
            faults.append(f"variable '{name}' is in '{ds[name].attrs.get('units')}'")
    if faults:
        raise SelloffError("not a Selloff result: " + "; ".join(faults))
    return ds
