"""Draws kept as Zarr while a run streams: each process writes its own, wherever it works."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.results.files import in_single
from selloff.vocab.extras import without

_BY_RUN: Final = ("attribution_level", "metric", "part")
"""What no piece of a run has."""


def make_store(folder: Path, like: xr.Dataset, *, n_draws: int, chunk: int, piece: int) -> None:
    """Make room for so many draws like one of a dataset, cut in chunks, a piece to a file."""
    dask = _dask_arrays()
    one = _ours(like)
    template, encoding = one.drop_dims("draw"), dict[str, Any]()
    for name, held in one.data_vars.items():
        if "draw" in held.dims:
            rest = held.shape[1:]
            dtype = np.float32 if in_single(held) else held.dtype
            room = dask.zeros((n_draws, *rest), chunks=(piece, *rest), dtype=dtype)
            template[name] = held.dims, room, held.attrs
            encoding[str(name)] = {"chunks": (chunk, *rest), "shards": (piece, *rest)}
    template.to_zarr(folder, mode="w", compute=False, encoding=encoding, consolidated=False)


def keep_draws(folder: Path, ds: xr.Dataset) -> None:
    """Write the draws of a dataset where they belong."""
    first, last = ds["draw"].values[[0, -1]].tolist()
    ours = ds.drop_vars(_BY_RUN, errors="ignore").drop_vars(["draw", "parameter_row"])
    ours = ours.drop_vars(
        [name for name, held in ours.variables.items() if "draw" not in held.dims]
    )
    single = {name: held.astype(np.float32) for name, held in ours.items() if in_single(held)}
    region = {"draw": slice(first, last + 1)}
    ours.assign(single).to_zarr(folder, region=region, consolidated=False)


def _ours(ds: xr.Dataset) -> xr.Dataset:
    """What a store holds; its labels as text of any length, which the format knows."""
    ours = ds.drop_vars([*_BY_RUN, "draw", "parameter_row"], errors="ignore")
    texts = {name: axis for name, axis in ours.coords.items() if axis.dtype.kind == "U"}
    return ours.assign_coords(
        {name: (axis.dims, axis.values.astype(object)) for name, axis in texts.items()}
    )


def _dask_arrays() -> Any:
    try:
        import dask.array  # noqa: PLC0415
        import zarr  # noqa: F401, PLC0415
    except ModuleNotFoundError as missing:
        instead = ", or leave it out."
        raise without("keep_draws", missing.name, extra="cluster", instead=instead) from None
    return dask.array
