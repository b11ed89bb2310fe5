"""Where the numbers of a series stand in the snapshot: a table of maps, and no code a table."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from selloff.vocab.rows import rows_of

LABEL: Final = "source_file"
"""A column that tells which file a row is from; it is no part of what the row is about."""
_BESIDE: Final = (LABEL, "source", "window_start")
"""Text that is no part of the name of a series."""
_ANY: Final = "*"


@dataclass(frozen=True, kw_only=True)
class TablePlace:
    """Where the numbers of a series stand in the snapshot."""

    table: str
    column: str
    keys: tuple[tuple[str, str], ...]
    """Text columns of its rows and what they say, such as country and Japan."""
    factor: float
    power: float
    """A cell is factor times the number to this power: -1 turns a rate around."""
    kind: str
    """`level`, `flow` or `rate`."""
    unit: str
    only: str
    """`weekdays` leaves weekends out; `own` leaves rows alone that another file wrote;
    `month_start` is for a table that dates a month by its first day."""


def place_of(series: str) -> TablePlace | None:
    """Find where a series stands: by its name, or by the first row that begins like it.

    A row without a table says that the series stands in none.
    """
    exact, open_ended = _rows()
    if series in exact:
        return _place(exact[series], "")
    for begin, row in open_ended:
        if series.startswith(begin):
            return _place(row, series.removeprefix(begin))
    return None


@cache
def _rows() -> tuple[dict[str, dict[str, str]], list[tuple[str, dict[str, str]]]]:
    rows = rows_of("feeds", "columns")
    exact = {row["series"]: row for row in rows if not row["series"].endswith(_ANY)}
    open_ended = [(row["series"].removesuffix(_ANY), row) for row in rows if _ANY in row["series"]]
    return exact, open_ended


def _place(row: dict[str, str], rest: str) -> TablePlace | None:
    if not row["table"]:
        return None
    pairs = (each.split("=") for each in row["keys"].split("|") if each)
    return TablePlace(
        table=row["table"],
        column=row["column"],
        keys=tuple((name, value.replace(_ANY, rest)) for name, value in pairs),
        factor=float(row["factor"] or 1.0),
        power=float(row["power"] or 1.0),
        kind=row["kind"],
        unit=row["unit"],
        only=row["only"],
    )


def name_of(place: TablePlace) -> str:
    """Name a series of the snapshot, such as `tic_table3_monthly.holdings_usd_bn.Japan.total`."""
    texts = [text for name, text in place.keys if name not in _BESIDE]
    return ".".join((place.table, place.column, *texts))
