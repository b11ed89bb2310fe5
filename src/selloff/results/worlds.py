"""Conditional worlds: the Federal Reserve buys or stays out; a squeeze leads, or doubt."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
NOTICED_USD_BN: Final = 1.0
"""Face or dollars from which an answer counts as one [USD bn]."""
WORLDS: Final = {
    "fed_buys": "The Federal Reserve buys",
    "fed_stays_out": "The Federal Reserve stays out",
    "squeeze": "A squeeze of the world leads",
    "doubt": "Doubt of the United States leads",
}
"""Worlds by name; the first two share out all draws, the others those with stress."""


def fed_buys(ds: xr.Dataset) -> Flags:
    """Tell the draws in which the Federal Reserve buys."""
    return np.asarray(ds["absorbed_face"].sel(group="fed").values.max(axis=1) > NOTICED_USD_BN)


def worlds(ds: xr.Dataset, priced: Flags) -> dict[str, Flags]:
    """Sort the draws that have prices into worlds; a world without draws is left out."""
    peaks = {name: ds[name].values for name in ("squeeze_peak", "doubt_peak")}
    return sort_into_worlds(peaks, fed_buys(ds), priced)


def sort_into_worlds(each: Mapping[str, Array], bought: Flags, priced: Flags) -> dict[str, Flags]:
    """Sort draws into worlds by their peaks of squeeze and doubt and whether the Fed bought."""
    squeeze, doubt = each["squeeze_peak"], each["doubt_peak"]
    found = dict(zip(WORLDS, (bought, ~bought, squeeze > doubt, doubt > squeeze), strict=True))
    return {name: flags & priced for name, flags in found.items() if (flags & priced).any()}


def conditional(
    sorted_in: Mapping[str, Flags],
    priced: Flags,
    numbers: Mapping[str, Array],
    describe: Callable[[str, Array], Any],
) -> dict[str, Any]:
    """Describe every metric within each world, and the world's share of the draws with prices."""
    return {
        name: {
            "label": WORLDS[name],
            "draws": int(flags.sum()),
            "share_frac": float(flags.sum() / priced.sum()),
            "metrics": {
                metric: describe(metric, values[flags]) for metric, values in numbers.items()
            },
        }
        for name, flags in sorted_in.items()
    }
