"""Rules of the CF conventions 1.11 that a file of ours must keep, read from the bytes alone.

Source: CF conventions 1.11, conformance document; sections are named in the messages. What R's
readers (ncdf4, RNetCDF, tidync) cannot take is refused too: groups, compound types, enumerations,
strings of free length.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.io import netcdf_file

UNITS = re.compile(r"(percent|1|1e-?\d+|month-1|1e\d+ year-1)")
"""Those of our units that udunits 2 was seen to read."""
TIME = re.compile(r"days since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
METHODS = {"point", "sum", "maximum", "minimum", "mean", "median"}
STANDARD_NAMES = {"time", "realization"}


def breaches(file: str) -> list[str]:
    """Name every rule that a file breaks."""
    with open(file, "rb") as stream:
        if stream.read(3) != b"CDF":
            return ["it is not in the classic format"]
    with netcdf_file(file, mmap=False) as found:
        conventions = _text(found, "Conventions")
        told = [] if conventions == "CF-1.11" else [f"2.6.1: Conventions is {conventions}"]
        bounds = {_text(each, "bounds") for each in found.variables.values()} - {""}
        for name, each in found.variables.items():
            told += [f"{name}: {words}" for words in _of_variable(found, name, each, bounds)]
        return told


def _of_variable(found: Any, name: str, each: Any, bounds: set[str]) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        yield "2.3: name"
    if len(set(each.dimensions)) != len(each.dimensions):
        yield "2.4: a dimension twice"
    if name in bounds:
        yield from _of_bounds(each)
        return
    if not _text(each, "long_name"):
        yield "3: no long_name"
    if each.typecode() == "c":
        return
    if name in each.dimensions:
        yield from _of_coordinate(found, each)
    elif not UNITS.fullmatch(_text(each, "units")):
        yield f"3.1: units '{_text(each, 'units')}'"
    yield from _of_values(found, each)


def _of_bounds(each: Any) -> Iterator[str]:
    if set(each._attributes) & {"_FillValue", "coordinates", "units"}:
        yield "7.1: attributes of a boundary variable"
    if len(each.dimensions) != 2 or each.shape[1] != 2:
        yield "7.1: shape"


def _of_coordinate(found: Any, each: Any) -> Iterator[str]:
    if {"_FillValue", "missing_value"} & set(each._attributes):
        yield "5: a coordinate with a fill value"
    if not (np.diff(each[:]) > 0).all():
        yield "5: does not rise"
    units = _text(each, "units")
    if _text(each, "standard_name") == "time":
        if not TIME.fullmatch(units) or _text(each, "calendar") != "standard":
            yield f"4.4: units '{units}' or calendar"
        cells = found.variables[_text(each, "bounds")][:]
        if not ((cells[:, 0] <= each[:]) & (each[:] <= cells[:, 1])).all():
            yield "7.1: outside its bounds"
    elif units != "1" or "axis" in each._attributes:
        yield "4: units or axis"


def _of_values(found: Any, each: Any) -> Iterator[str]:
    name = _text(each, "standard_name")
    if name and name not in STANDARD_NAMES:
        yield f"3.3: standard_name '{name}'"
    if hasattr(each, "_FillValue") and each._FillValue.dtype.kind != each.data.dtype.kind:
        yield "2.5.1: type of _FillValue"
    yield from _of_axes(found, each)
    if hasattr(each, "flag_values"):
        n_words = len(_text(each, "flag_meanings").split())
        if n_words != np.size(each.flag_values) or each.flag_values.dtype.kind != "i":
            yield "3.5: flags"


def _of_axes(found: Any, each: Any) -> Iterator[str]:
    for beside in _text(each, "coordinates").split():
        dims = found.variables[beside].dimensions if beside in found.variables else ("none",)
        if not set(dims[:1]) <= set(each.dimensions):
            yield f"5: coordinates name {beside}"
    for axis, method in re.findall(r"(\w+): (\w+)", _text(each, "cell_methods")):
        if axis not in each.dimensions or method not in METHODS:
            yield f"7.3: cell_methods '{axis}: {method}'"
    clocks = [dim in ("time", "quarter", "year") for dim in each.dimensions]
    if clocks != sorted(clocks):
        yield "2.4: time is not last"
    for dim in each.dimensions:
        if dim not in found.variables:
            yield f"5: no coordinate variable '{dim}'"


def _text(of: Any, name: str) -> str:
    return bytes(getattr(of, name, b"")).decode()
