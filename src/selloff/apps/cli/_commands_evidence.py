"""Commands about what is known, and how well the model does against it."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._options import AsJson, Draws, LatestVintage, OutFile, Seed
from selloff.vocab.errors import InputError, Problem


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the command line.

    Source: assumption; the order is that of the help page.
    """
    for command in (calibrate, evidence, explain, meta, fit, backtest, episodes, factcheck):
        app.command()(command)


def calibrate(
    *,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Draws to keep.")] = 512,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the bank.", show_default="the package")
    ] = None,
) -> None:
    """Estimate every parameter again: studies, pricing core, backtest."""
    try:
        from selloff.apps.cli import calibrate as _calibrating
    except ModuleNotFoundError as missing:
        raise InputError(
            [
                Problem(
                    where="calibrate",
                    given=f"an installation without {missing.name}",
                    allowed="one with the extra bayes",
                    remedy="Run: pip install 'selloff[bayes]'",
                )
            ]
        ) from None

    _calibrating.rebuild(draws=draws, seed=seed, folder=out)


def evidence(
    word: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="A topic, a study or a row.")
    ] = None,
    *,
    json: AsJson = False,
) -> None:
    """Show published estimates in common units, or each step of one study."""
    from selloff.apps.cli import evidence as _evidence

    _evidence.show_evidence(word, is_json=json)


def explain(
    parameter: Annotated[str, typer.Argument(metavar="PARAMETER", help="Its name.")],
    *,
    json: AsJson = False,
) -> None:
    """Say what a parameter is, where it comes from and what it moves."""
    from selloff.apps.cli import explain as _explaining

    _explaining.explain(parameter, is_json=json)


def meta(*, json: AsJson = False) -> None:
    """Show what the studies say together, and how much each of them matters."""
    from selloff.apps.cli import fit as _fitting

    _fitting.show_meta(is_json=json)


def fit(*, json: AsJson = False) -> None:
    """Show how near the pricing core comes to the data."""
    from selloff.apps.cli import fit as _fitting

    _fitting.show_fit(is_json=json)


def backtest(
    episode: Annotated[
        str,
        typer.Argument(metavar="[EPISODE]", help="An episode, a YAML file, all, or mechanisms."),
    ] = "all",
    *,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Draws of each episode.")] = 512,
    seed: Seed = 0,
    json: AsJson = False,
    out: OutFile = None,
) -> None:
    """Hold the model against episodes of the past."""
    from selloff.apps.cli import _mechanisms
    from selloff.apps.cli import backtest as _backtests

    if episode == _mechanisms.MECHANISMS:
        _mechanisms.run(draws=draws, seed=seed, is_json=json, out=out)
        return
    _backtests.run(episode, draws=draws, seed=seed, is_json=json, out=out)


def episodes(
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print this one as YAML.")
    ] = None,
) -> None:
    """List the episodes that come with Selloff."""
    from selloff.apps.cli import validate as _questions

    _questions.show_episodes(show)


def factcheck(
    *,
    vintage: LatestVintage = None,
    draws: Draws = 512,
    seed: Seed = 0,
    out: OutFile = None,
    json: AsJson = False,
) -> None:
    """Hold the claims of the founding essay against the model."""
    from selloff.apps.cli import factcheck as _factcheck

    _factcheck.show_factcheck(vintage, draws=draws, seed=seed, is_json=json, out=out)
