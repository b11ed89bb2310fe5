"""`selloff data`."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import plain_table, say, say_json, say_table, say_wrapped
from selloff.apps.cli._options import AsJson, FetchedTables, as_day, tables_of
from selloff.vocab.errors import InputError, Problem

if TYPE_CHECKING:
    from selloff.data import DatedSeries, Snapshot

_SHOWN: Final = 24
"""Rows on a screen; `--csv` and `--json` print all [count]."""


def data(
    series: Annotated[
        str | None,
        typer.Argument(metavar="SERIES", help="A series, or a table; lists tables without."),
    ] = None,
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As it was known on this day.", show_default="now")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV.")] = False,
    vintage: FetchedTables = None,
    json: AsJson = False,
) -> None:
    """Print a series and its source, now or as known on a day."""
    from selloff import data as room

    snapshot = tables_of(vintage)
    names = room.series_names(snapshot)
    inside = [
        name for name, table in names.items() if series is None or (table and table == series)
    ]
    if inside and (csv or as_of):
        raise _no_single_series(series)
    if inside and json:
        say_json({"series": inside})
    elif series is None:
        _show_tables(names, snapshot)
    elif inside:
        say(*inside)
    else:
        found = room.read_series(series, as_day(as_of) if as_of else None, snapshot)
        _print(found, as_of, is_csv=csv, is_json=json)


def _no_single_series(table: str | None) -> InputError:
    where = f"`selloff data{f' {table}' if table else ''}`"
    problem = Problem(
        where="series",
        given=f"{table}, a table" if table else "none",
        allowed="one series with --csv or --as-of",
        remedy=f"{where} lists those there are.",
    )
    return InputError([problem])


def _show_tables(names: Mapping[str, str], snapshot: "Snapshot") -> None:
    counts = Counter(names.values())
    say("Tables and how many series each holds; `selloff data TABLE` lists them.", "")
    table = plain_table(["Table", "Publisher", "Every", "To", "Series"], left=4, text_width=25)
    for row in snapshot.sources():
        if count := counts[row.table]:
            last = row.last_date.isoformat()
            table.add_row(row.table, row.publisher, row.frequency, last, str(count))
    say_table(table)
    kept = [name for name, where in names.items() if not where]
    if kept:
        say("", "Kept by `selloff update` beside them:", *(f"  {name}" for name in kept))


def _print(found: "DatedSeries", as_of: str | None, *, is_csv: bool, is_json: bool) -> None:
    rows = found.rows.assign(period=found.rows["period"].dt.strftime("%Y-%m-%d"))
    about = {"unit": found.unit, "source": found.source, "terms": found.licence}
    if is_json:
        say_json({"series": found.name, **about, "as_of": as_of, "rows": rows.to_dict("records")})
    elif is_csv:
        say(rows.to_csv(index=False, lineterminator="\n").rstrip())
    else:
        say(f"{found.name}{f', as known on {as_of}' if as_of else ''}")
        _show(rows, about)


def _show(rows: Any, about: Mapping[str, str]) -> None:
    for label, text in about.items():
        say_wrapped(f"{label}: {text}", rest="  ")
    say()
    if rows.empty:
        say("No number of it was out by then.")
        return
    table = plain_table(["Period", "Known from", "Values", "Value"], left=3)
    last = rows.tail(_SHOWN)
    for row in last.itertuples(index=False):
        table.add_row(row.period, row.available_at[:10], row.basis, f"{row.value:,.10g}")
    say_table(table)
    if len(rows) > len(last):
        say("", f"The last {len(last)} of {len(rows):,} rows; --csv prints all.")
