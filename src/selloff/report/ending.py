"""How the draws ended: answered, finished, frozen."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

FROZEN = "frozen"


def is_answered(dataset: xr.Dataset) -> NDArray[np.bool_]:
    """Say of each draw whether it has an answer."""
    left = dataset["unsold_face"].isel(step=-1).to_numpy()
    return np.isfinite(np.asarray(left, dtype=np.float64))


def unfinished_count(dataset: xr.Dataset) -> int:
    """Count the draws that have an answer but whose sale is unfinished at the horizon."""
    endless = ~np.isfinite(np.asarray(dataset["days_to_complete"].to_numpy(), dtype=np.float64))
    return int(np.sum(endless & is_answered(dataset)))


def frozen_count(dataset: xr.Dataset) -> int:
    """Count the draws in which the United States froze what was unsold."""
    flags = dataset["outcome"].attrs
    names = str(flags.get("flag_meanings", "")).split()
    codes = np.atleast_1d(flags.get("flag_values", []))
    frozen = [code for name, code in zip(names, codes, strict=True) if name == FROZEN]
    return int(np.isin(dataset["outcome"].to_numpy(), frozen).sum())
