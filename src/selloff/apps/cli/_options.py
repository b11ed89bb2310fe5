"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._completing import PRESETS
from selloff.apps.cli._places import given_by, new_file, new_folder, saved_result
from selloff.vocab.errors import InputError, Problem, near_miss

if TYPE_CHECKING:
    from selloff.data import Snapshot

MOST_DRAWS: Final = 100_000
_MOST_STREAMED: Final = 10**9
_LARGEST_SEED: Final = 2**63 - 1
"""The largest whole number a result file can hold."""

ScenarioSource = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A preset, a YAML or JSON file, or - for standard input.",
        autocompletion=PRESETS,
    ),
]
Result = Annotated[
    Path, typer.Argument(metavar="RESULT", help="A saved result (.nc).", parser=saved_result)
]
Draws = Annotated[int, typer.Option(min=1, max=MOST_DRAWS, help="Random draws.")]
ManyDraws = Annotated[
    int,
    typer.Option(min=1, max=_MOST_STREAMED, help=f"Random draws; above {MOST_DRAWS:,} streamed."),
]
Stream = Annotated[
    bool, typer.Option("--stream", help="Save quantiles of all draws, and not the draws.")
]
KeepDraws = Annotated[
    bool, typer.Option("--keep-draws", help="Streamed: also write the draws, as Zarr.")
]
Workers = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="local|ADDRESS",
        help="Work in processes of this machine, or of a Dask scheduler.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=_LARGEST_SEED, help="Seed of the random numbers.")]
Horizon = Annotated[
    float | None,
    typer.Option("--horizon-years", help="Years to run, 0.25 to 50.", show_default="scenario's"),
]
VintageId = Annotated[
    str | None,
    typer.Option(
        "--vintage", help="Opening books: YYYY-MM, or fetched tables.", show_default="scenario's"
    ),
]
BooksAt = Annotated[
    str | None,
    typer.Option(
        "--vintage",
        help="Opening books: YYYY-MM, or fetched tables.",
        show_default="latest packaged",
    ),
]
LatestVintage = Annotated[
    str | None,
    typer.Option(
        "--vintage", help="Month YYYY-MM, or fetched tables.", show_default="latest packaged"
    ),
]
FetchedTables = Annotated[
    str | None,
    typer.Option("--vintage", help="Fetched tables, as 2026-11-27.", show_default="packaged"),
]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Also write it as JSON.", parser=new_file),
]
Resume = Annotated[
    Path | None,
    typer.Option(
        "--resume",
        metavar="FOLDER",
        help="Keep answers there, and go on from those already there.",
        parser=given_by("--resume", new_folder),
    ),
]
Attribution = Annotated[
    bool,
    typer.Option("--attribution/--no-attribution", help="Split headline numbers by mechanism."),
]
Attributed = Annotated[
    int | None,
    typer.Option(
        "--attribution-draws",
        metavar="N",
        min=1,
        help="Split those of the first N draws.",
        show_default="400",
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="Print every number, not a dozen.")]
Levels = Annotated[
    bool, typer.Option("--levels", help="Also write levels by quarter, as CSV and Excel.")
]
Small = Annotated[
    bool,
    typer.Option("--small", help="Halve result.nc: paths rounded to the dollar and to 1/4096 bp."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Show = Annotated[str | None, typer.Option("--show", metavar="NAME", help="Print this one as YAML.")]


def as_day(text: str) -> date:
    """Read the day of `--as-of`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = "Write the day as 2026-08-19."
        problem = Problem(where="--as-of", given=f"'{text}'", allowed="a day", remedy=remedy)
        raise InputError([problem]) from None


def tables_of(vintage: str | None) -> "Snapshot":
    """Find the tables that `--vintage` names; a month alone names books, and no tables."""
    from selloff import data

    snapshot = data.snapshot_of(vintage) if vintage else data.PACKAGED
    if vintage and not snapshot.name:
        remedy = "A past day is asked with --as-of."
        allowed = f"fetched so far: {', '.join(data.user_vintages()) or 'none'}"
        problem = Problem(where="vintage", given=f"'{vintage}'", allowed=allowed, remedy=remedy)
        raise InputError([problem])
    return snapshot


def out_folder(default: str) -> Any:
    """Make the option that names a folder to write to."""
    return typer.Option(
        "--out",
        metavar="FOLDER",
        help="Folder for the files.",
        show_default=default,
        parser=new_folder,
    )


def chosen(where: str, given: str, among: tuple[str, ...], *, allowed: str = "") -> str:
    """Pass a word on if it is one of those allowed; offer the nearest one if not."""
    if given in among:
        return given
    remedy, allowed = near_miss(given, among), allowed or ", ".join(among)
    raise InputError([Problem(where=where, given=f"'{given}'", allowed=allowed, remedy=remedy)])
