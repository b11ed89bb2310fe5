"""The command that writes a saved result for other programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import xarray as xr

from selloff import results
from selloff.apps._console import plain_table, say, say_json, say_table
from selloff.apps._saved import missing_file
from selloff.export import (
    SEVERITIES,
    not_modelled,
    severity_problems,
    severity_rows,
    write_scenario_table,
)
from selloff.vocab.errors import InputError, Problem, near_miss

FORMATS: Final = ("scenario-table",)


def export(
    file: Path, *, form: str, severities: Sequence[float] | None, folder: Path | None, is_json: bool
) -> None:
    """Write a saved result as tables for the stress tests of banks."""
    asked = tuple(severities or SEVERITIES)
    problems = [*_of_format(form), *severity_problems(asked), *missing_file(file)]
    if problems:
        raise InputError(problems)
    ds = results.load(file)
    place = folder or file.parent / form
    files, paths = write_scenario_table(ds, place, asked)
    rows = severity_rows(paths)
    if is_json:
        say_json(_as_json(ds, files, rows))
        return
    _show(ds, rows)
    for each in files:
        say(f"Written: {each}")


def _of_format(form: str) -> list[Problem]:
    if form in FORMATS:
        return []
    return [
        Problem(
            where="--format",
            given=f"'{form}'",
            allowed=", ".join(FORMATS),
            remedy=near_miss(form, FORMATS),
        )
    ]


def _show(ds: xr.Dataset, rows: Sequence[dict[str, Any]]) -> None:
    attrs = ds.attrs
    told = f"{int(attrs['draws']):,} draws, seed {int(attrs['seed'])}, books of {attrs['vintage']}"
    say(f"{attrs['scenario_name']}: {told}")
    say("Each severity is one whole draw; numbers are its worst, against the baseline.")
    say("")
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
    say("")


def _as_json(
    ds: xr.Dataset, files: Sequence[Path], rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "format": FORMATS[0],
        "scenario": ds.attrs["scenario_name"],
        "vintage": ds.attrs["vintage"],
        "draws": int(ds.attrs["draws"]),
        "seed": int(ds.attrs["seed"]),
        "severities": list(rows),
        "not_modelled": not_modelled().to_dict("records"),
        "files": [str(each) for each in files],
    }
