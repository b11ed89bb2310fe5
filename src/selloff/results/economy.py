"""What the economy's headline numbers alone do not say."""

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.schema import meanings
from selloff.vocab import QUARTERS_PER_YEAR

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
YEAR_ASKED: Final = 5
"""Year in which debt is asked to rise against GDP."""


def debt_rises(ds: xr.Dataset, year: int = YEAR_ASKED) -> tuple[Array, Array] | None:
    """Find the draws in which federal debt grows faster than GDP in a given year: in the baseline
    and here; nothing where the run ends before."""
    last = year * QUARTERS_PER_YEAR - 1
    if last >= ds.sizes["quarter"]:
        return None
    base, sale = (
        np.asarray(ratio[:, last] > ratio[:, last - QUARTERS_PER_YEAR], dtype=np.float64)
        for ratio in (ds["us_debt_ratio_base"].values, ds["us_debt_ratio"].values)
    )
    return base, sale


def economy_counts(ds: xr.Dataset, each: Mapping[str, Array], priced: Flags) -> dict[str, Any]:
    """Count what the economy's numbers alone do not say."""
    rises = {
        name: float(np.mean(each[f"debt_rises:{name}"][priced])) if priced.any() else np.nan
        for name in ("baseline", "sale")
        if f"debt_rises:{name}" in each
    }
    branches, branch = meanings(ds["japan_branch"]), each["japan_branch"][priced]
    return {
        **({"debt_rises_in_year_5_frac": rises} if rises else {}),
        "japan_branches": {name: int(np.sum(branch == code)) for name, code in branches.items()},
        "reserves_tipped": int(np.sum(each["reserve_tipped"][priced])),
        "left_out": json.loads(ds.attrs["em_dropped"]),
    }
