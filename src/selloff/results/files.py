"""Results on disk: written whole or not at all."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from selloff.results.schema import check_schema
from selloff.vocab import OutputError, SelloffError, write_file

_PATHS = ("draw", "step")


def save(ds: xr.Dataset, file: Path) -> Path:
    """Write a result as netCDF."""
    return write_file(file, as_netcdf(ds))


def as_netcdf(ds: xr.Dataset) -> memoryview:
    """Make the netCDF file in memory: on a disk that fills, HDF5 would bring the process down.

    Paths of prices are in single precision, everything in USD bn in double.
    """
    encoding = {name: _encoding(variable) for name, variable in ds.data_vars.items()}
    return ds.to_netcdf(None, engine="h5netcdf", encoding=encoding)


def as_json(summary: Mapping[str, Any]) -> str:
    """Write a summary out as JSON; what is not a number becomes null."""
    return json.dumps(_plain(summary), indent=2, allow_nan=False) + "\n"


def load(file: Path | str) -> xr.Dataset:
    """Read a saved result."""
    try:
        with xr.open_dataset(file, engine="h5netcdf") as opened:
            return check_schema(opened.load())
    except (OSError, ValueError, SelloffError) as error:
        raise OutputError(f"{file}: cannot be read as a result: {error}") from error


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
