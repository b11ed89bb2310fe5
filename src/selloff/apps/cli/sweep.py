"""`selloff sweep`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import number, plain_table, say, say_table, say_wrapped
from selloff.apps.cli._options import (
    AsJson,
    Draws,
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
    from selloff.studies.sweep import Sweep

_ROWS: Final = 12
_COLUMNS: Final = 7
_WIDEST: Final = 24
_FINE: Final = 10.0
_METRIC: Final = "us_10y_peak_bp"


def sweep(
    scenario: ScenarioSource,
    *,
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUES",
            help="A field and its values: FROM:TO:COUNT[:log] or A,B,C; may be repeated.",
        ),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Number to print and draw; may be repeated.",
            show_default=_METRIC,
        ),
    ] = None,
    draws: Draws = 200,
    seed: Seed = 0,
    keep_draws: Annotated[
        bool, typer.Option("--keep-draws", help="Keep every draw, not quantiles alone.")
    ] = False,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[Path | None, out_folder("out/NAME-sweep")] = None,
    cluster: Workers = None,
    resume: Resume = None,
    json: AsJson = False,
) -> None:
    """Ask a scenario at every point of a grid of its fields."""
    with progress(scenario, is_quiet=json, kept=kept_in(resume)) as work:
        from selloff.apps._loading import books_at, load_checked
        from selloff.studies import sweep as study
        from selloff.studies.measuring import Measurer
        from selloff.vocab import check_metrics, metrics

        shown = check_metrics(metric or [_METRIC], tuple(metrics()))
        overs = study.read_overs(over or [])
        (asked,) = load_checked([scenario], horizon_years=horizon_years, vintage=vintage)
        folder = folder_of(out, f"{asked.name}-sweep")
        work.now("compiling")
        found = study.sweep(
            asked,
            overs,
            Measurer(draws=draws, seed=seed, folder=resume, pool=work.pool(cluster)),
            keep_draws=keep_draws,
            limits=books_at,
            progress=work.count,
        )
        check_metrics(shown, found.metrics)
        work.now(SAVING)
        files = found.save(folder, shown)
    tell(found, files, lambda each: _show(each, shown[0]), is_json=json)


def _show(found: "Sweep", metric: str) -> None:
    """Print medians along the first two fields, thinned to what fits a screen."""
    values, rest = found.medians(metric), [str(one.field) for one in found.overs[2:]]
    say_wrapped(found.sentence)
    at = {field: found.dataset[field].to_numpy()[0] for field in rest}
    say_wrapped(f"{metric}, {values.attrs['units']}, medians" + _where(at))
    say()
    table, *second = found.overs[:2]
    numbers = values.sel(at).to_numpy() if at else values.to_numpy()
    numbers = numbers.reshape(len(table.values), -1)
    rows, columns = _few(numbers.shape[0], _ROWS), _few(numbers.shape[1], _COLUMNS)
    heads = [second[0].words[i][:_WIDEST] for i in columns] if second else ["Median"]
    grid = plain_table([table.field, *heads], text_width=_WIDEST)
    for row in rows:
        grid.add_row(table.words[row], *(_cell(numbers[row, i]) for i in columns))
    say_table(grid)
    if second:
        say(f"Across: {second[0].field}.")
    if (len(rows), len(columns)) != numbers.shape:
        say("Some rows or columns are left out here; the files hold all.")


def _few(count: int, most: int) -> Sequence[int]:
    """Choose places evenly, both ends among them."""
    if count <= most:
        return range(count)
    return sorted({round(at * (count - 1) / (most - 1)) for at in range(most)})


def _where(at: dict[str, Any]) -> str:
    return "" if not at else " where " + ", ".join(f"{name} is {one}" for name, one in at.items())


def _cell(value: float) -> str:
    return number(float(value), 1 if abs(value) < _FINE else 0)
