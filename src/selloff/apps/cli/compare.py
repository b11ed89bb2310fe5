"""`selloff compare`."""

from pathlib import Path
from typing import Annotated

import typer

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


def compare(
    first: Annotated[
        str,
        typer.Argument(metavar="A", help="A preset or YAML file.", autocompletion=PRESETS),
    ],
    second: Annotated[
        str, typer.Argument(metavar="B", help="Another one.", autocompletion=PRESETS)
    ],
    *,
    draws: Draws = 2000,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[Path | None, out_folder("out/A-vs-B")] = None,
    attribution: Attribution = True,
    attribution_draws: Attributed = None,
    everything: Everything = False,
    levels: Levels = False,
    small: Small = False,
    json: AsJson = False,
) -> None:
    """Run two scenarios on the same draws, side by side."""
    ask(
        [first, second],
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
