"""Commands about results that are already saved."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._options import AsJson, Result


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the command line.

    Source: assumption; the order is that of the help page.
    """
    for command in (check, report, export):
        app.command()(command)


def check(
    result: Result,
) -> None:
    """Check the identities of a saved result again."""
    from selloff.apps.cli import check as _saved

    _saved.check(result)


def report(
    result: Result,
    other: Annotated[
        Path | None, typer.Argument(metavar="[OTHER]", help="A second one, to set beside it.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")] = Path(
        "report.html"
    ),
) -> None:
    """Write the report of one or two saved results."""
    from selloff.apps.cli import check as _saved

    _saved.write_report([result] if other is None else [result, other], out)


def export(
    result: Result,
    *,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", help="What to write: scenario-table.")
    ] = "scenario-table",
    severity: Annotated[
        list[float] | None,
        typer.Option(
            metavar="PERCENTILE",
            help="Percentile of severity, 0 to 100; may be repeated.",
            show_default="50 75 90 95",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for the files.", show_default="FORMAT beside RESULT"),
    ] = None,
    json: AsJson = False,
) -> None:
    """Write a saved result as tables for the stress tests of banks."""
    from selloff.apps.cli import export as _exporting

    _exporting.export(result, form=format, severities=severity, folder=out, is_json=json)
