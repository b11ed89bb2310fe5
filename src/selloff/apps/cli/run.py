"""`selloff run`."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._ahead import ask_ahead
from selloff.apps.cli._asking import ask
from selloff.apps.cli._completing import PRESETS
from selloff.apps.cli._options import (
    MOST_DRAWS,
    AsJson,
    Attributed,
    Attribution,
    Everything,
    Horizon,
    KeepDraws,
    Levels,
    ManyDraws,
    Resume,
    Seed,
    Small,
    Stream,
    VintageId,
    Workers,
    out_folder,
)
from selloff.apps.cli._streaming import ask_streamed


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
    draws: ManyDraws = 2000,
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
    stream: Stream = False,
    keep_draws: KeepDraws = False,
    cluster: Workers = None,
    resume: Resume = None,
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
    split = attribution and (attribution_draws or True)
    asks_for_stream = {"--keep-draws": keep_draws, "--cluster": cluster, "--resume": resume}
    if stream or draws > MOST_DRAWS:
        if levels:
            raise typer.BadParameter("--levels reads whole paths, which a streamed run lets go")
        ask_streamed(
            scenario,
            draws=draws,
            seed=seed,
            horizon_years=horizon_years,
            vintage=vintage,
            out=out,
            attribution=split,
            workers=cluster,
            keeps=keep_draws,
            resume=resume,
            is_asked=stream,
            everything=everything,
            is_json=json,
        )
        return
    if needless := [flag for flag, given in asks_for_stream.items() if given]:
        raise typer.BadParameter(f"{needless[0]} is for a streamed run: add --stream")
    ask(
        [scenario],
        draws=draws,
        seed=seed,
        horizon_years=horizon_years,
        vintage=vintage,
        out=out,
        attribution=split,
        is_json=json,
        everything=everything,
        levels=levels,
        small=small,
    )
