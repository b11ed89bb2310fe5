"""`selloff report`."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._console import say_written
from selloff.apps.cli._options import Result
from selloff.apps.cli._places import new_file, saved_result


def report(
    result: Result,
    other: Annotated[
        Path | None,
        typer.Argument(
            metavar="OTHER", help="A second one, to set beside it.", parser=saved_result
        ),
    ] = None,
    *,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print it as PDF instead; needs Chromium or Chrome.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The file to write.",
            show_default="report.html or report.pdf",
            parser=new_file,
        ),
    ] = None,
) -> None:
    """Write the report of one or two saved results."""
    from selloff.apps.printing import find_browser, print_page

    browser = find_browser() if pdf else ""
    from selloff import results
    from selloff.report import render
    from selloff.vocab import write_file

    found = [results.load(each) for each in (result, other) if each is not None]
    page = render(found, [results.summarise(each) for each in found])
    place = out or Path("report.pdf" if pdf else "report.html")
    write_file(place, print_page(page, browser) if pdf else page)
    say_written([place], is_apart=False)
