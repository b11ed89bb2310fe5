"""How the draws ended: answered, finished, frozen."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

FROZEN = "frozen"


def is_answered(dataset: xr.Dataset) -> NDArray[np.bool_]:
    """Say of each draw whether it has an answer.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        One per draw; False where the draw failed, such as without an equilibrium.

    Source: variable unsold_face.
    """
    left = dataset["unsold_face"].isel(step=-1).to_numpy()
    return np.isfinite(np.asarray(left, dtype=np.float64))


def unfinished_count(dataset: xr.Dataset) -> int:
    """Count the draws that have an answer but whose sale is unfinished at the horizon.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        Draws with an answer and without a number of days, frozen ones among them [count].

    Source: variables days_to_complete and unsold_face.
    """
    endless = ~np.isfinite(np.asarray(dataset["days_to_complete"].to_numpy(), dtype=np.float64))
    return int(np.sum(endless & is_answered(dataset)))


def frozen_count(dataset: xr.Dataset) -> int:
    """Count the draws in which the United States froze what was unsold.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        Draws that ended so [count].

    Source: variable outcome and its flag_meanings.
    """
    flags = dataset["outcome"].attrs
    names = str(flags.get("flag_meanings", "")).split()
    codes = np.atleast_1d(flags.get("flag_values", []))
    frozen = [code for name, code in zip(names, codes, strict=True) if name == FROZEN]
    return int(np.isin(dataset["outcome"].to_numpy(), frozen).sum())
