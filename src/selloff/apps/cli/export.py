"""`selloff export`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.apps.cli._options import AsJson, Result, chosen, out_folder
from selloff.apps.cli._places import check_writable
from selloff.vocab.errors import InputError, Problem

if TYPE_CHECKING:
    import xarray as xr

_TABLE, _LEVELS = _FORMATS = ("scenario-table", "levels")


def export(
    result: Result,
    *,
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="What to write: scenario-table or levels."),
    ] = _TABLE,
    severity: Annotated[
        list[float] | None,
        typer.Option(
            metavar="PERCENTILE",
            help="Percentile of severity of a scenario table, 0 to 100; may be repeated.",
            show_default="50 75 90 95",
        ),
    ] = None,
    out: Annotated[Path | None, out_folder("FORMAT beside RESULT")] = None,
    json: AsJson = False,
) -> None:
    """Write a saved result as tables for banks, or as levels."""
    from selloff import export as tables
    from selloff.results import load

    asked = tuple(severity or tables.SEVERITIES)
    problems = list(tables.severity_problems(asked))
    try:
        chosen("form", form, _FORMATS)
    except InputError as wrong:
        problems = [*wrong.problems, *problems]
    if form == _LEVELS and severity:
        given, remedy = f"{severity[0]:g}", "Leave it out: levels are of all draws."
        allowed = "nothing beside --format levels"
        problems.append(Problem(where="severity", given=given, allowed=allowed, remedy=remedy))
    if problems:
        raise InputError(problems)
    place = out or result.parent / form
    check_writable(place)
    ds, more = load(result), {}
    if form == _LEVELS:
        files = tables.write_levels(ds, place)
    else:
        files, paths = tables.write_scenario_table(ds, place, asked)
        rows = tables.severity_rows(paths)
        more = {"severities": rows, "not_modelled": tables.not_modelled().to_dict("records")}
        if not json:
            _show(ds, rows)
    if json:
        say_json(_provenance(ds, form, files) | more)
        return
    say(*(f"Written: {each}" for each in files))


def _show(ds: "xr.Dataset", rows: Sequence[dict[str, Any]]) -> None:
    attrs = ds.attrs
    say(
        f"{attrs['scenario_name']}: {int(attrs['draws']):,} draws, seed {int(attrs['seed'])}, "
        f"books of {attrs['vintage']}",
        "Each severity is one whole draw; numbers are its worst, against the baseline.",
        "",
    )
    heads = ("Severity", "Draw", "10-year bp", "GDP %", "S&P 500 %", "High yield bp")
    table = plain_table(heads)
    for row in rows:
        table.add_row(
            str(row["severity"]),
            f"{row['draw']}",
            f"{row['us_10y_peak_bp']:+.0f}",
            f"{row['us_gdp_trough_pct']:+.2f}",
            f"{row['sp500_trough_pct']:+.1f}",
            f"{row['hy_oas_peak_bp']:+.0f}",
        )
    say_table(table)
    say()


def _provenance(ds: "xr.Dataset", form: str, files: Sequence[Path]) -> dict[str, Any]:
    return {
        "format": form,
        "scenario": ds.attrs["scenario_name"],
        "vintage": ds.attrs["vintage"],
        "draws": int(ds.attrs["draws"]),
        "seed": int(ds.attrs["seed"]),
        "files": [str(each) for each in files],
    }
