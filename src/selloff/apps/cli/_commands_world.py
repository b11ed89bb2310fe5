"""Commands about the world as it stands before anybody sells."""

from typing import Annotated

import typer

from selloff.apps.cli._options import AsJson, Draws, LatestVintage, Seed


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the command line.

    Source: assumption; the order is that of the help page.
    """
    for command in (vintages, world, carry, triggers):
        app.command()(command)


def vintages(json: AsJson = False) -> None:
    """List the dates for which there are books."""
    from selloff.apps.cli import world as _worlds

    _worlds.show_vintages(is_json=json)


def world(
    *,
    vintage: LatestVintage = None,
    json: AsJson = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Every holder, and the source of every figure.")
    ] = False,
) -> None:
    """Show who holds what, and for each figure whether it is data or assumption."""
    from selloff.apps.cli import world as _worlds

    _worlds.show_world(vintage, is_json=json, is_detailed=detail)


def carry(
    *,
    vintage: LatestVintage = None,
    json: AsJson = False,
) -> None:
    """Show what Treasuries pay a Japanese investor, hedged and not."""
    from selloff.apps.cli import carry as _carry

    _carry.show_carry(vintage, is_json=json)


def triggers(
    *,
    vintage: LatestVintage = None,
    draws: Draws = 2000,
    seed: Seed = 0,
    intensities: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=PCT", help="Intensity of a trigger, percent a year."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what could set a large sale off, and how likely each path is."""
    from selloff.apps.cli import triggers as _triggers

    _triggers.show_triggers(
        vintage, draws=draws, seed=seed, settings=intensities or [], is_json=json
    )
