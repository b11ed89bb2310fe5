"""`selloff report`."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._console import say
from selloff.apps.cli._options import Result
from selloff.apps.cli._places import new_file, saved_result


def report(
    result: Result,
    other: Annotated[
        Path | None,
        typer.Argument(
            metavar="[OTHER]", help="A second one, to set beside it.", parser=saved_result
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The HTML to write.", parser=new_file)
    ] = Path("report.html"),
) -> None:
    """Write the report of one or two saved results."""
    from selloff import results
    from selloff.report import write_report

    found = [results.load(each) for each in (result, other) if each is not None]
    write_report(found, [results.summarise(each) for each in found], out)
    say(f"Written: {out}")
