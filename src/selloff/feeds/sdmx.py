"""SDMX answers: observations with the codes of their series, in JSON or in CSV."""

from collections.abc import Iterator, Sequence
from typing import Final

from selloff.feeds.answers import count, figure, opened, part, records, word
from selloff.feeds.reading import number, refuse, text_of
from selloff.feeds.tables import cells_of, named_rows

Codes = dict[str, str]
Observation = tuple[Codes, str, float]
"""Codes of the dimensions, the period as written, the value."""
_TIME: Final = "TIME_PERIOD"


def json_observations(content: bytes, dimensions: Sequence[str]) -> Iterator[Observation]:
    """Read SDMX-JSON 2 as the IMF writes it; a set without series is refused."""
    data = part(opened(content), "data")
    shape = part(data, "structures", 0, "dimensions")
    axes = records(shape, ("id", "values"), "series")
    if [axis["id"] for axis in axes] != list(dimensions):
        raise refuse("dimensions", ", ".join(str(axis["id"]) for axis in axes), str(dimensions))
    time = part(shape, "observation", 0)
    if part(time, "id") != _TIME:
        raise refuse("dimension of observations", part(time, "id"), _TIME)
    found = part(data, "dataSets", 0)
    if not isinstance(found, dict) or not found.get("series"):
        remedy = "The set is empty though the answer says 200: check the key of the series."
        raise refuse("dataSets.0", "no series", "at least one", remedy)
    for key, one in found["series"].items():
        places = [count(place, f"series {key}") for place in str(key).split(":")]
        if len(places) != len(axes):
            raise refuse("series key", key, f"{len(axes)} numbers")
        codes = {
            str(axis["id"]): word(part(axis, "values", place, "id"), f"series {key}")
            for axis, place in zip(axes, places, strict=True)
        }
        observations = part(one, "observations")
        if not isinstance(observations, dict):
            raise refuse(f"series {key}", "no observations", "an object of them")
        for at, value in observations.items():
            period = part(time, "values", count(at, f"series {key}"))
            label = period.get("value", period.get("id")) if isinstance(period, dict) else None
            where = f"series {key}, observation {at}"
            yield dict(codes), word(label, where), figure(part(value, 0), where)


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
