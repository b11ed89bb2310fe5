"""`selloff sensitivity`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from selloff.apps.cli._console import plain_table, say, say_table, say_wrapped
from selloff.apps.cli._options import (
    MOST_DRAWS,
    AsJson,
    Horizon,
    Resume,
    ScenarioSource,
    Seed,
    VintageId,
    Workers,
    out_folder,
)
from selloff.apps.cli._progress import SAVING, progress
from selloff.apps.cli._studies import folder_of, kept_in, tell

if TYPE_CHECKING:
    from selloff.studies.sensitivity import Sensitivity

_STUDIES: Final = 5
_WIDEST: Final = 58


def sensitivity(
    scenario: ScenarioSource,
    *,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Number to explain; may be repeated.",
            show_default="10-year peak, bill, GDP of quarter 4",
        ),
    ] = None,
    draws: Annotated[
        int, typer.Option(min=32, max=MOST_DRAWS, help="Points of the Saltelli sample.")
    ] = 512,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[Path | None, out_folder("out/NAME-sensitivity")] = None,
    cluster: Workers = None,
    resume: Resume = None,
    json: AsJson = False,
) -> None:
    """Find which unknowns matter most, and what to study."""
    with progress(scenario, is_quiet=json, kept=kept_in(resume)) as work:
        from selloff.apps._loading import load_checked
        from selloff.studies.sensitivity import METRICS, find_sensitivity

        (asked,) = load_checked([scenario], horizon_years=horizon_years, vintage=vintage)
        folder = folder_of(out, f"{asked.name}-sensitivity")
        work.now("compiling")
        found = find_sensitivity(
            asked,
            metrics=metric or METRICS,
            draws=draws,
            seed=seed,
            folder=resume,
            pool=work.pool(cluster),
            progress=work.count,
        )
        work.now(SAVING)
        files = found.save(folder)
    tell(found, files, _show, is_json=json)


def _show(found: "Sensitivity") -> None:
    say_wrapped(f"{found.scenario}: {found.title}")
    say_wrapped(found.about)
    for of in found.of.values():
        say()
        for sentence in of.sentences:
            say_wrapped(sentence)
        if not of.variance:
            continue
        table = plain_table(["", "Alone, %", "", "In all, %", "", "Slope", "", "Range left"])
        for cells in of.rows():
            table.add_row(*cells)
        say_table(table)
        head = [f"Would narrow the range, {of.unit}", "Now", "Left", "90%"]
        table = plain_table(head, text_width=_WIDEST)
        for cells in of.study_rows()[:_STUDIES]:
            table.add_row(*cells)
        say_table(table)
    say()
    say_wrapped(
        "Alone: first order. In all: total order, with what it does together with others. Slope: "
        "for one standard deviation, at the median of all, with its error; * where the two sides "
        "differ. Range left: from 5 to 95 percent, once it is known."
    )
