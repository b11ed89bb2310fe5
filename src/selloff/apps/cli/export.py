"""`selloff export`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selloff.apps.cli._console import plain_table, say, say_json, say_table, say_written
from selloff.apps.cli._options import AsJson, Result, chosen, out_folder
from selloff.apps.cli._places import check_writable
from selloff.vocab.errors import InputError, Problem
from selloff.vocab.extras import without

if TYPE_CHECKING:
    import xarray as xr

_FORMATS = ("scenario-table", "levels", "parquet", "netcdf", "iamc")
_TABLE = _FORMATS[0]
_BY_DRAW = ("parquet", "netcdf")
"""Formats that can hold every draw."""


def export(
    result: Result,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="What to write: scenario-table, levels, parquet, netcdf or iamc.",
        ),
    ] = _TABLE,
    severity: Annotated[
        list[float] | None,
        typer.Option(
            metavar="PERCENTILE",
            help="Percentile of severity of a scenario table, 0 to 100; may be repeated.",
            show_default="50 75 90 95",
        ),
    ] = None,
    each_draw: Annotated[
        bool, typer.Option("--each-draw", help="Also every draw (parquet and netcdf).")
    ] = False,
    out: Annotated[Path | None, out_folder("FORMAT beside RESULT")] = None,
    json: AsJson = False,
) -> None:
    """Write a saved result for banks or other programs."""
    from selloff import export as tables
    from selloff.results import load

    asked = tuple(severity or tables.SEVERITIES)
    problems = list(tables.severity_problems(asked))
    try:
        chosen("form", form, _FORMATS)
    except InputError as wrong:
        problems = [*wrong.problems, *problems]
    if form in _FORMATS[1:] and severity:
        remedy = f"Leave it out: {form} is of all draws."
        problems.append(_useless("severity", f"{severity[0]:g}", form, remedy))
    if each_draw and form in _FORMATS and form not in _BY_DRAW:
        remedy = f"Leave it out, or write --format {' or '.join(_BY_DRAW)}."
        problems.append(_useless("each_draw", "the flag", form, remedy))
    if problems:
        raise InputError(problems)
    try:
        write = tables.write_parquet if form == "parquet" else tables.write_netcdf
    except ModuleNotFoundError as missing:
        raise without("export", missing.name, extra="tables") from None
    place = out or result.parent / form
    check_writable(place)
    ds, more = load(result), {}
    if form in _BY_DRAW:
        files = write(ds, place, each_draw=each_draw)
    elif form != _TABLE:
        files = (tables.write_levels if form == "levels" else tables.write_iamc)(ds, place)
    else:
        files, paths = tables.write_scenario_table(ds, place, asked)
        rows = tables.severity_rows(paths)
        more = {"severities": rows, "not_modelled": tables.not_modelled().to_dict("records")}
        if not json:
            _show(ds, rows)
    if json:
        say_json(_provenance(ds, form, files) | more)
        return
    say_written(files, is_apart=form == _TABLE)


def _useless(where: str, given: str, form: str, remedy: str) -> Problem:
    allowed = f"nothing beside --format {form}"
    return Problem(where=where, given=given, allowed=allowed, remedy=remedy)


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


def _provenance(ds: "xr.Dataset", form: str, files: Sequence[Path]) -> dict[str, Any]:
    return {
        "format": form,
        "scenario": ds.attrs["scenario_name"],
        "vintage": ds.attrs["vintage"],
        "draws": int(ds.attrs["draws"]),
        "seed": int(ds.attrs["seed"]),
        "files": [str(each) for each in files],
    }
