"""Results on disk: written whole or not at all."""

import io
import json
import math
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.results.schema import check_schema
from selloff.results.soundness import check_fans, check_soundness
from selloff.vocab import OutputError, SelloffError, write_file

_PATHS: Final = ("draw", "step")
_PACKED: Final = {"zlib": True, "complevel": 1, "shuffle": True}
_FLAT: Final = 0.5
"""A path that stays as it is on more of its steps than this packs well and fast."""
_PARTS: Final = {"USD bn": 2.0**30, "bp": 2.0**12, "percent": 2.0**12, "index points": 2.0**12}
"""A small file keeps a path to one part in so many of its unit: money to the dollar."""
_AT_ONCE: Final = 1 << 20
"""Read in parts of it [bytes]."""


def save(ds: xr.Dataset, file: Path, *, small: bool = False) -> Path:
    """Write a result as netCDF."""
    return write_file(file, as_netcdf(ds, small=small))


def as_netcdf(ds: xr.Dataset, *, small: bool = False) -> memoryview:
    """Make the netCDF file in memory: on a disk that fills, HDF5 would bring the process down.

    Paths of prices are in single precision, everything in USD bn in double; a small file is
    rounded and packed, which halves it and takes longer.
    """
    if small:
        ds = ds.assign({name: _rounded(path) for name, path in ds.items() if _is_path(path)})
    encoding = {name: _encoding(each, small=small) for name, each in ds.data_vars.items()}
    memory = io.BytesIO()
    ds.to_netcdf(memory, engine="h5netcdf", encoding=encoding)
    seal = _seal(zlib.crc32(memory.getbuffer()))
    memory.seek(0, io.SEEK_END)
    memory.write(seal)
    return memory.getbuffer()


def as_json(summary: Mapping[str, Any]) -> str:
    """Write a summary out as JSON; what is not a number becomes null."""
    return json.dumps(_plain(summary), indent=2, allow_nan=False) + "\n"


def load(file: Path | str) -> xr.Dataset:
    """Read a saved result; whatever is wrong with it is said here, before anybody uses it."""
    ds = load_any(file)
    if is_streamed(ds):
        raise OutputError(
            f"{file}: holds quantiles of a streamed run, and this needs whole paths. "
            "Run the scenario without --stream, with up to 100,000 --draws."
        )
    return ds


def is_streamed(ds: xr.Dataset) -> bool:
    """Tell quantiles of a streamed run from a result that holds its draws."""
    return "streamed" in ds.attrs


def load_any(file: Path | str) -> xr.Dataset:
    """Read a saved result, or the quantiles of a streamed run."""
    try:
        _check_seal(Path(file))
        with xr.open_dataset(file, engine="h5netcdf") as opened:
            ds = opened.load()
            return check_fans(ds) if is_streamed(ds) else check_soundness(check_schema(ds))
    except Exception as error:  # a damaged file makes HDF5 and its readers raise anything
        reason = str(error) or type(error).__name__
        if not isinstance(error, (SelloffError, OSError)):
            reason = f"it is damaged ({reason})"
        first, *others = reason.split("; ")
        more = f" (and {len(others)} more)" if others else ""
        raise OutputError(
            f"{file}: cannot be read as a result: {first}{more}. "
            "Run the scenario again if an older version saved it or the file is damaged."
        ) from error


def _seal(checksum: int) -> bytes:
    """End of a file of ours; readers of HDF5 do not look beyond the end of their own."""
    return b"\nselloff %08x\n" % checksum


def _check_seal(file: Path) -> None:
    """Refuse a file that is not as it was written; HDF5 may crash on one."""
    length = len(_seal(0))
    with file.open("rb") as stream:
        left, checksum = max(file.stat().st_size - length, 0), 0
        while left and (part := stream.read(min(left, _AT_ONCE))):
            checksum, left = zlib.crc32(part, checksum), left - len(part)
        end = stream.read()
    if end.startswith(_seal(0)[:8]) and end != _seal(checksum):
        raise SelloffError("it is damaged: not as it was written")


def _is_path(variable: xr.DataArray) -> bool:
    return variable.dtype.kind == "f" and variable.dims[:2] == _PATHS


def _rounded(path: xr.DataArray) -> xr.DataArray:
    """Round a path to what a small file keeps, and say so beside it."""
    parts = _PARTS.get(path.attrs.get("units", ""))
    if parts is None:
        return path
    rounded = path.copy(data=np.round(path.values * parts) / parts)
    return rounded.assign_attrs(rounded_to=1.0 / parts)


def _encoding(variable: xr.DataArray, *, small: bool) -> dict[str, Any]:
    """Halve price paths; pack books, what is flat, and in a small file everything.

    Elsewhere packing costs more time than it saves room.
    """
    if variable.dtype.kind != "f":
        return {}
    precision = {"dtype": "float32"} if in_single(variable) else {}
    is_packed = small or "bucket" in variable.dims or (_is_path(variable) and _is_flat(variable))
    return precision | (_PACKED if is_packed and variable.ndim else {})


def in_single(variable: xr.DataArray) -> bool:
    """Tell paths of prices, for which single precision is enough."""
    return _is_path(variable) and variable.attrs.get("units") != "USD bn"


def _is_flat(path: xr.DataArray) -> bool:
    steps = path.values
    return bool(np.mean(steps[:, 1:] == steps[:, :-1]) > _FLAT)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
