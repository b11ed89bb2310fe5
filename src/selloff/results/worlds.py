"""Conditional worlds: the Federal Reserve buys or stays out; a squeeze leads, or doubt."""

from collections.abc import Callable
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
    bought = fed_buys(ds)
    squeeze, doubt = ds["squeeze_peak"].values, ds["doubt_peak"].values
    each = dict(zip(WORLDS, (bought, ~bought, squeeze > doubt, doubt > squeeze), strict=True))
    return {name: flags & priced for name, flags in each.items() if (flags & priced).any()}


def conditional(
    ds: xr.Dataset, priced: Flags, numbers: dict[str, Array], describe: Callable[[str, Array], Any]
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
        for name, flags in worlds(ds, priced).items()
    }
