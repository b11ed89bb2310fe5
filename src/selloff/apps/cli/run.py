"""`selloff run`."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._ahead import ask_ahead
from selloff.apps.cli._asking import ask
from selloff.apps.cli._completing import PRESETS
from selloff.apps.cli._options import (
    AsJson,
    Attributed,
    Attribution,
    Draws,
    Everything,
    Horizon,
    Levels,
    Seed,
    Small,
    VintageId,
    out_folder,
)


def run(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO",
            help="A preset, a YAML or JSON file, or - for standard input.",
            autocompletion=PRESETS,
        ),
    ] = None,
    *,
    draws: Draws = 2000,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[Path | None, out_folder("out/NAME")] = None,
    attribution: Attribution = True,
    attribution_draws: Attributed = None,
    from_monitor: Annotated[
        str | None,
        typer.Option(
            metavar="HOLDER", help="Instead: what the monitor says of this holder, gone on."
        ),
    ] = None,
    everything: Everything = False,
    levels: Levels = False,
    small: Small = False,
    json: AsJson = False,
) -> None:
    """Run a scenario, save the result and print a summary."""
    if from_monitor is not None:
        if scenario is not None:
            raise typer.BadParameter("give SCENARIO or --from-monitor, and not both")
        ask_ahead(from_monitor, vintage=vintage, draws=draws, seed=seed, out=out, is_json=json)
        return
    if scenario is None:
        raise typer.BadParameter("Missing argument 'SCENARIO' (or --from-monitor HOLDER).")
    ask(
        [scenario],
        draws=draws,
        seed=seed,
        horizon_years=horizon_years,
        vintage=vintage,
        out=out,
        attribution=attribution and (attribution_draws or True),
        is_json=json,
        everything=everything,
        levels=levels,
        small=small,
    )
