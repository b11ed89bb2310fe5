"""`selloff run`."""

from pathlib import Path
from typing import Annotated

from selloff.apps.cli._asking import ask
from selloff.apps.cli._options import (
    AsJson,
    Attributed,
    Attribution,
    Draws,
    Everything,
    Horizon,
    Levels,
    ScenarioSource,
    Seed,
    VintageId,
    out_folder,
)


def run(
    scenario: ScenarioSource,
    *,
    draws: Draws = 2000,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[Path | None, out_folder("out/NAME")] = None,
    attribution: Attribution = True,
    attribution_draws: Attributed = None,
    everything: Everything = False,
    levels: Levels = False,
    json: AsJson = False,
) -> None:
    """Run a scenario, save the result and print a summary."""
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
    )
