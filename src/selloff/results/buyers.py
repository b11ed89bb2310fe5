"""The relay: who holds what was sold at the peak, after a year and at the end."""

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.quantiles import quantiles
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, MOMENTS

Array = NDArray[np.float64]


def holdings(ds: xr.Dataset) -> dict[str, Array]:
    """What each group has bought by each moment, by draw and group; a year only where there is one.

    The peak is that of the US 10-year yield in the same draw.
    """
    held = ds["absorbed_face"].transpose("draw", "step", "group").values
    ten = ds["delta_par_yield"].sel(tenor="10Y").transpose("draw", "step").values
    top = np.where(np.isfinite(ten), ten, -np.inf).argmax(axis=1)
    found = {"peak": held[np.arange(top.size), top], "end": held[:, -1], "most": held.max(axis=1)}
    day = ds["day"].values
    if day[-1] >= BUSINESS_DAYS_PER_YEAR:
        found["after_1y"] = held[:, int(np.sum(day <= BUSINESS_DAYS_PER_YEAR)) - 1]
    return {moment: found[moment] for moment in MOMENTS if moment in found}


def relay(ds: xr.Dataset, priced: NDArray[np.bool_]) -> dict[str, Any]:
    """Name the buyers at each moment by their medians, largest first; and the day of the most."""
    groups = [str(group) for group in ds["group"].values]
    held = ds["absorbed_face"].transpose("draw", "step", "group").values[priced]
    days = quantiles(ds["day"].values[held.argmax(axis=1)], (0.5,))[0]
    found: dict[str, Any] = {}
    for moment, amounts in holdings(ds).items():
        middle = quantiles(amounts[priced], (0.5,))[0]
        order = [at for at in np.argsort(-middle, kind="stable") if middle[at] > 0.0]
        found[moment] = {groups[at]: float(middle[at]) for at in order}
    found["most_on_day"] = {groups[at]: float(days[at]) for at in order}
    return found
