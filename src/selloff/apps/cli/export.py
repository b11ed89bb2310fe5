"""`selloff export`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.apps.cli._options import AsJson, Result, chosen, out_folder
from selloff.apps.cli._places import check_writable
from selloff.vocab.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

_FORMATS: Final = ("scenario-table",)


def export(
    result: Result,
    *,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="What to write: scenario-table.")
    ] = _FORMATS[0],
    severity: Annotated[
        list[float] | None,
        typer.Option(
            metavar="PERCENTILE",
            help="Percentile of severity, 0 to 100; may be repeated.",
            show_default="50 75 90 95",
        ),
    ] = None,
    out: Annotated[Path | None, out_folder("FORMAT beside RESULT")] = None,
    json: AsJson = False,
) -> None:
    """Write a saved result as tables for the stress tests of banks."""
    from selloff import export as tables
    from selloff.results import load

    asked = tuple(severity or tables.SEVERITIES)
    problems = list(tables.severity_problems(asked))
    try:
        chosen("form", form, _FORMATS)
    except InputError as wrong:
        problems = [*wrong.problems, *problems]
    if problems:
        raise InputError(problems)
    place = out or result.parent / form
    check_writable(place)
    ds = load(result)
    files, paths = tables.write_scenario_table(ds, place, asked)
    rows = tables.severity_rows(paths)
    if json:
        say_json(_as_json(ds, files, rows))
        return
    _show(ds, rows)
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


def _as_json(
    ds: "xr.Dataset", files: Sequence[Path], rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    from selloff.export import not_modelled

    return {
        "format": _FORMATS[0],
        "scenario": ds.attrs["scenario_name"],
        "vintage": ds.attrs["vintage"],
        "draws": int(ds.attrs["draws"]),
        "seed": int(ds.attrs["seed"]),
        "severities": list(rows),
        "not_modelled": not_modelled().to_dict("records"),
        "files": [str(each) for each in files],
    }
