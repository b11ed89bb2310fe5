"""A result as one tidy table: a row for each number, a column for each axis."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import xarray as xr

from selloff.export.axes import label_axes, spreadable
from selloff.results import fans, is_priced, metric_draws, quarter_steps
from selloff.vocab import metrics, variables

_AT_ONCE: Final = 2_000_000
"""Rows made at a time."""


def columns() -> pa.Schema:
    """Say what a tidy table holds; axes that a variable does not have are empty."""
    word = pa.dictionary(pa.int32(), pa.string())
    numbers = {"quantile": pa.float64(), "draw": pa.int32(), "step": pa.int32()}
    times = {"day": pa.int32(), "date": pa.date32(), "quarter": word, "year": pa.int32()}
    labels = dict.fromkeys(label_axes(), word)
    return pa.schema(
        {"variable": word, "unit": word} | numbers | times | labels | {"value": pa.float64()}
    )


def tidy_quantiles(ds: xr.Dataset) -> Iterator[pa.Table]:
    """Lay out every variable by quantile; those without draws as they are."""
    for name in spreadable():
        held = fans(ds, [name])[name] if "draw" in ds[name].dims else ds[name]
        yield _laid_out(ds, name, held)


def tidy_draws(ds: xr.Dataset) -> Iterator[pa.Table]:
    """Lay out every variable draw by draw, for the draws that have prices."""
    rows = np.flatnonzero(is_priced(ds))
    for name, row in variables().items():
        if "draw" not in row.dims:
            continue
        a_draw = max(1, int(np.prod([ds.sizes[dim] for dim in row.dims[1:]])))
        for part in np.array_split(rows, max(1, -(-rows.size * a_draw // _AT_ONCE))):
            yield _laid_out(ds, name, ds[name].isel(draw=part))


def tidy_metrics(ds: xr.Dataset) -> Iterator[pa.Table]:
    """Lay out every headline number draw by draw."""
    priced = is_priced(ds)
    draws = ds["draw"].values[priced]
    for name, values in metric_draws(ds).items():
        held = xr.DataArray(values[priced], {"draw": draws}, ("draw",))
        yield _laid_out(ds, name, held, metrics()[name].unit)


def _laid_out(ds: xr.Dataset, name: str, held: xr.DataArray, unit: str = "") -> pa.Table:
    shape, size = held.shape, held.size
    at = {
        str(dim): np.broadcast_to(index, shape).ravel()
        for dim, index in zip(held.dims, np.indices(shape, sparse=True), strict=True)
    }
    units = [unit or variables()[name].unit]
    by_unit: Any = np.zeros(size, dtype=np.int32)
    if "metric" in at:
        units = [metrics()[each].unit for each in ds["metric"].values.tolist()]
        by_unit = at["metric"]
    found: dict[str, Any] = {
        "variable": _words([name], np.zeros(size, dtype=np.int32)),
        "unit": _words(units, by_unit),
        "value": held.values.ravel(),
    }
    for dim, index in at.items():
        found |= _axis(ds, held, dim, index)
    schema = columns()
    whole = [
        pa.array(found[each.name], each.type) if each.name in found else pa.nulls(size, each.type)
        for each in schema
    ]
    return pa.Table.from_arrays(whole, schema=schema)


def _axis(ds: xr.Dataset, held: xr.DataArray, dim: str, index: Any) -> dict[str, Any]:
    """The columns of one axis."""
    labels = held[dim].values
    days, dates = ds["day"].values, ds["date"].values.astype("datetime64[D]")
    if dim == "level":
        return {"quantile": labels[index]}
    if dim == "step":
        return {"step": labels[index], "day": days[index], "date": dates[index]}
    if dim == "quarter":
        ends = quarter_steps(ds)[index]
        quarters = _words(ds["quarter_label"].values, index)
        return {"quarter": quarters, "day": days[ends], "date": dates[ends]}
    return {dim: labels[index] if dim in ("draw", "year") else _words(labels, index)}


def _words(labels: Any, index: Any) -> Any:
    names = [str(each) for each in labels]
    order = list(dict.fromkeys(names))
    places = np.array([order.index(each) for each in names], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(places[index]), pa.array(order))
