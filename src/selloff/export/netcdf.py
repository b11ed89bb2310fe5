"""A result as a netCDF file by the CF conventions, for readers that know nothing of Selloff."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.export.axes import label_axes, spreadable
from selloff.export.scenario_notes import provenance
from selloff.results import LEVELS, fans, is_priced, quarter_steps
from selloff.vocab import CLOCKS, MONTHS_PER_YEAR, Variable, rows_of, variables, write_set

CONVENTIONS: Final = "CF-1.11"
_FILL: Final = 9.969209968386869e36
"""What netCDF itself fills gaps with."""
_NAMES: Final = {"step": "time", "level": "quantile", "draw": "realization"}
_DAY: Final = np.timedelta64(1, "D")


def write_netcdf(ds: xr.Dataset, folder: Path, *, each_draw: bool = False) -> list[Path]:
    """Write quantiles of every variable; with `each_draw` every draw in a file of its own."""
    asked = {"quantiles.nc": False} | ({"draws.nc": True} if each_draw else {})
    return write_set(folder, ((name, _file(cf_dataset(ds, each))) for name, each in asked.items()))


def cf_dataset(ds: xr.Dataset, each_draw: bool) -> xr.Dataset:
    """Lay a result out by the CF conventions, its draws or their quantiles."""
    chosen = [name for name in (variables() if each_draw else spreadable()) if _has_unit(name)]
    held = {name: _values(ds, name, each_draw) for name in chosen}
    axes = dict.fromkeys(str(dim) for each in held.values() for dim in each.dims)
    found = {name: _variable(ds, name, each) for name, each in held.items()}
    coords: dict[str, Any] = {}
    for axis in axes:
        coords |= _coordinates(ds, axis)
    whole = xr.Dataset(found, {name: each for name, each in coords.items() if _is_place(name)})
    bounds = {name: each for name, each in coords.items() if not _is_place(name)}
    return whole.assign(bounds).assign_attrs(_about(ds))


@cache
def cf_units() -> dict[str, dict[str, str]]:
    """Read the table of units: what udunits can read, and the currency it has no word for."""
    return {row["unit"]: row for row in rows_of("export", "cf_units")}


def _has_unit(name: str) -> bool:
    """Of a variable with a unit for each of its metrics the conventions know nothing."""
    return "metric" not in variables()[name].dims


def _values(ds: xr.Dataset, name: str, each_draw: bool) -> xr.DataArray:
    if "draw" not in ds[name].dims:
        return ds[name]
    return ds[name].isel(draw=is_priced(ds)) if each_draw else fans(ds, [name])[name]


def _variable(ds: xr.Dataset, name: str, held: xr.DataArray) -> xr.Variable:
    """Time comes last, as the conventions recommend."""
    row = variables()[name]
    order = sorted(map(str, held.dims), key=lambda dim: dim in CLOCKS)
    dims, values = [_NAMES.get(dim, dim) for dim in order], held.transpose(*order).values
    if values.dtype.kind in "iub":
        values = values.astype(np.int32)
    attrs: dict[str, Any] = {"long_name": row.description, **_unit(ds, row)}
    if "step" in row.dims:
        attrs["cell_methods"] = "time: sum" if row.kind == "flow" else "time: point"
    flags = ds[name].attrs
    if "flag_values" in flags:
        attrs["flag_values"] = np.atleast_1d(flags["flag_values"]).astype(np.int32)
        attrs["flag_meanings"] = flags["flag_meanings"]
    fill = values.dtype.type(_FILL) if values.dtype.kind == "f" else None
    return xr.Variable(dims, values, attrs, {"_FillValue": fill})


def _unit(ds: xr.Dataset, row: Variable) -> dict[str, str]:
    known = cf_units()[row.unit]
    found = {"units": known["cf"], "selloff_units": row.unit}
    if known["currency"] == "seller":
        return found | {"currency": str(ds.attrs.get("seller_currency", "USD"))}
    return found | ({"currency": known["currency"]} if known["currency"] else {})


def _coordinates(ds: xr.Dataset, axis: str) -> dict[str, Any]:
    """The coordinate of one axis, with the words of its places or the bounds of its times."""
    name = _NAMES.get(axis, axis)
    if axis == "level":
        words = "Quantile over draws, at each place by itself"
        return {name: _place(name, np.array(LEVELS), words, "1")}
    if axis == "draw":
        draws = ds["draw"].values[is_priced(ds)].astype(np.int32)
        attrs = {"standard_name": "realization"}
        return {name: _place(name, draws, "Draw of chance and of parameters", "1", **attrs)}
    if axis in label_axes():
        return _labelled(ds, axis)
    return _times(ds, axis, name)


def _labelled(ds: xr.Dataset, axis: str) -> dict[str, Any]:
    labels = np.asarray(ds[axis].values, dtype=str)
    beside = {"long_name": f"Name of each {axis.replace('_', ' ')}"}
    return {
        axis: _place(axis, np.arange(labels.size, dtype=np.int32), f"Number of the {axis}", "1"),
        f"{axis}_label": xr.Variable((axis,), labels, beside),
    }


def _times(ds: xr.Dataset, axis: str, name: str) -> dict[str, Any]:
    dates = ds["date"].values
    opening = dates[0]
    if axis == "quarter":
        dates = dates[quarter_steps(ds)]
    elif axis == "year":
        dates = np.array([_years_on(opening, int(year)) for year in ds["year"].values])
    days = (dates - opening) / _DAY
    since = f"days since {np.datetime_as_string(opening, unit='D')} 00:00:00"
    words = {
        "step": "End of the step",
        "quarter": "End of the quarter of 63 business days",
        "year": "End of the year from the opening",
    }
    attrs = {"standard_name": "time", "calendar": "standard", "axis": "T"}
    attrs |= {"units_metadata": "leap_seconds: none", "bounds": f"{name}_bounds"}
    cells = np.stack([np.concatenate([[0.0], days[:-1]]), days], axis=1)
    return {
        name: _place(name, days, words[axis], since, **attrs),
        attrs["bounds"]: xr.Variable((name, "bound"), cells, None, {"_FillValue": None}),
    }


def _years_on(opening: Any, year: int) -> Any:
    """The day of the opening in another year."""
    months = opening.astype("datetime64[M]")
    days = opening - months
    years = year - 1970 - months.astype(int) // MONTHS_PER_YEAR
    first = months + MONTHS_PER_YEAR * years
    return (first + days).astype(opening.dtype)


def _place(name: str, values: Any, words: str, units: str, **attrs: str) -> xr.Variable:
    told = {"long_name": words, "units": units, **attrs}
    return xr.Variable((name,), values, told, {"_FillValue": None})


def _is_place(name: str) -> bool:
    return not name.endswith("_bounds")


def _about(ds: xr.Dataset) -> dict[str, Any]:
    told = provenance(ds)
    version = told["Selloff version"]
    return {
        "Conventions": CONVENTIONS,
        "title": str(ds.attrs["title"]),
        "source": f"Selloff {version}",
        "history": f"selloff export --format netcdf, Selloff {version}",
        "comment": " ".join(json.loads(ds.attrs["warnings"])) or "none",
        **{name.lower().replace(" ", "_"): text for name, text in told.items()},
        "scenario": str(ds.attrs["scenario"]),
    }


def _file(laid_out: xr.Dataset) -> bytes | memoryview:
    """In the classic format, which has no groups, no compound types and no strings of free length:
    every reader of netCDF knows it."""
    memory = BytesIO()
    laid_out.to_netcdf(memory, engine="scipy", format="NETCDF3_64BIT")
    return memory.getbuffer()
