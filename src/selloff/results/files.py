"""Results on disk: written whole or not at all."""

import json
import math
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from selloff.results.schema import check_schema
from selloff.vocab import OutputError, SelloffError

_PATHS = ("draw", "step")


def save(ds: xr.Dataset, file: Path) -> Path:
    """Write a result as netCDF.

    Paths of prices are kept in single precision on disk, everything in USD bn in double.
    """
    encoding = {name: _encoding(variable) for name, variable in ds.data_vars.items()}
    write_whole(file, lambda part: ds.to_netcdf(part, engine="h5netcdf", encoding=encoding))
    return file


def save_summary(summary: Mapping[str, Any], file: Path) -> Path:
    """Write a summary as JSON; what is not a number becomes null."""
    text = json.dumps(_plain(summary), indent=2, allow_nan=False) + "\n"
    write_whole(file, lambda part: part.write_text(text, encoding="utf-8"))
    return file


def load(file: Path | str) -> xr.Dataset:
    """Read a saved result."""
    try:
        with xr.open_dataset(file, engine="h5netcdf") as opened:
            return check_schema(opened.load())
    except (OSError, ValueError, SelloffError) as error:
        raise OutputError(f"{file}: cannot be read as a result: {error}") from error


def write_whole(file: Path, write: Callable[[Path], object]) -> None:
    """Write to a temporary file beside the target, then rename."""
    part: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
        os.close(handle)
        part = Path(name)
        write(part)
        part.chmod(0o644)
        part.replace(file)
    except OSError as error:
        raise OutputError(f"{file}: cannot be written: {error.strerror or error}") from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _encoding(variable: xr.DataArray) -> dict[str, Any]:
    """Halve price paths; pack books; leave the rest, where packing costs more than it saves."""
    if variable.dtype.kind != "f":
        return {}
    if "bucket" in variable.dims:
        return {"zlib": True, "complevel": 1, "shuffle": True}
    is_price_path = variable.dims[:2] == _PATHS and variable.attrs.get("units") != "USD bn"
    return {"dtype": "float32"} if is_price_path else {}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
