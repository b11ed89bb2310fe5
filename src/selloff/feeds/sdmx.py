"""SDMX answers: observations with the codes of their series, in JSON or in CSV."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from selloff.feeds.answers import Record, count, figure, opened, part, records, word
from selloff.feeds.reading import number, refuse, text_of
from selloff.feeds.tables import cells_of, named_rows

Codes = dict[str, str]
Observation = tuple[Codes, str, float]
"""Codes of the dimensions, the period as written, the value."""
_TIME: Final = "TIME_PERIOD"


def json_observations(content: bytes, dimensions: Sequence[str]) -> Iterator[Observation]:
    """Read SDMX-JSON 2 as the IMF writes it; a set without series is refused."""
    data = part(opened(content), "data")
    axes, time = _axes(part(data, "structures", 0, "dimensions"), dimensions)
    found = part(data, "dataSets", 0)
    if not isinstance(found, dict) or not found.get("series"):
        remedy = "The set is empty though the answer says 200: check the key of the series."
        raise refuse("dataSets.0", "no series", "at least one", remedy)
    for key, one in found["series"].items():
        codes = _codes(str(key), axes)
        for period, value in _values(one, time, f"series {key}"):
            yield dict(codes), period, value


def _axes(shape: Any, dimensions: Sequence[str]) -> tuple[list[Record], Any]:
    """Take the dimensions of the series, and that of time."""
    axes = records(shape, ("id", "values"), "series")
    if [axis["id"] for axis in axes] != list(dimensions):
        raise refuse("dimensions", ", ".join(str(axis["id"]) for axis in axes), str(dimensions))
    time = part(shape, "observation", 0)
    if part(time, "id") != _TIME:
        raise refuse("dimension of observations", part(time, "id"), _TIME)
    return axes, time


def _codes(key: str, axes: Sequence[Record]) -> Codes:
    """Read a key such as 0:3:1, the place of a code in each dimension."""
    places = [count(place, f"series {key}") for place in key.split(":")]
    if len(places) != len(axes):
        raise refuse("series key", key, f"{len(axes)} numbers")
    return {
        str(axis["id"]): word(part(axis, "values", place, "id"), f"series {key}")
        for axis, place in zip(axes, places, strict=True)
    }


def _values(one: Any, time: Any, where: str) -> Iterator[tuple[str, float]]:
    observations = part(one, "observations")
    if not isinstance(observations, dict):
        raise refuse(where, "no observations", "an object of them")
    for at, value in observations.items():
        period = part(time, "values", count(at, where))
        label = period.get("value", period.get("id")) if isinstance(period, dict) else None
        place = f"{where}, observation {at}"
        yield word(label, place), figure(part(value, 0), place)


def csv_observations(content: bytes, dimensions: Sequence[str]) -> Iterator[Observation]:
    """Read SDMX-CSV by the names of its columns; 'JP:Japan' counts as 'JP'."""
    table = cells_of(text_of(content))
    if table and ":" in ",".join(table[0]):
        table = [[cell.split(":")[0] for cell in row] for row in table]
    for at, row in enumerate(named_rows(table, (*dimensions, _TIME, "OBS_VALUE"))):
        where = f"observation {at}"
        value = number(row["OBS_VALUE"], where)
        if row.get("OBS_STATUS") == "M" and value == value:
            raise refuse(where, "a number marked missing", "no number where the status is M")
        yield {name: row[name] for name in dimensions}, row[_TIME], value
