"""The relay: who holds what was sold at the peak, after a year and at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

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


def most_on_day(ds: xr.Dataset) -> Array:
    """Find the day on which each group holds most of what was sold, by draw and group."""
    held = ds["absorbed_face"].transpose("draw", "step", "group").values
    return np.asarray(ds["day"].values[held.argmax(axis=1)])


def relay(groups: Sequence[str], middles: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Name the buyers at each moment by their medians, largest first; and the day of the most.

    `middles` are the medians of each group by moment, those of the day among them.
    """
    found: dict[str, Any] = {}
    for moment, middle in middles.items():
        if moment == "most_on_day":
            continue
        order = [at for at in np.argsort(-np.asarray(middle), kind="stable") if middle[at] > 0.0]
        found[moment] = {groups[at]: middle[at] for at in order}
    found["most_on_day"] = {
        name: middles["most_on_day"][groups.index(name)] for name in found["most"]
    }
    return found
