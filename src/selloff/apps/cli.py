"""The command line: names, options and help; what the commands do is next door."""

import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from selloff import __version__
from selloff.apps import _commands_evidence, _commands_saved, _commands_world
from selloff.apps._options import (
    AsJson,
    Attribution,
    Draws,
    Horizon,
    Out,
    ScenarioSource,
    Seed,
    VintageId,
)


class _Guarded(TyperGroup):
    """Ends every failed command with a plain message and its exit code."""

    def invoke(self, ctx: Any) -> Any:
        from selloff.apps._failures import FailedError, guarded

        try:
            return guarded(
                lambda: super(_Guarded, self).invoke(ctx),
                debug=bool(ctx.params.get("debug")),
                passing=(typer.Exit, typer.Abort, TyperException),
            )
        except FailedError as failure:
            raise typer.Exit(failure.exit_code) from None


app = typer.Typer(
    name="selloff",
    cls=_Guarded,
    help="What happens to the world when a large holder unwinds its U.S. Treasuries.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help="Print the version and exit."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the code it fails.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    scenario: ScenarioSource,
    *,
    draws: Draws = 2000,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Out = None,
    attribution: Attribution = True,
    json: AsJson = False,
) -> None:
    """Run a scenario, save the result and print a summary."""
    from selloff.apps._running import Options, run_one

    options = Options(
        draws=draws,
        seed=seed,
        horizon_years=horizon_years,
        vintage=vintage,
        out=out,
        is_json=json,
        attribution=attribution,
    )
    run_one(scenario, options)


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A preset or YAML file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    draws: Draws = 2000,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for the results.", show_default="out/A-vs-B"),
    ] = None,
    attribution: Attribution = True,
    json: AsJson = False,
) -> None:
    """Run two scenarios on the same draws, save both and print them side by side."""
    from selloff.apps._running import Options, run_two

    options = Options(
        draws=draws,
        seed=seed,
        horizon_years=horizon_years,
        vintage=vintage,
        out=out,
        is_json=json,
        attribution=attribution,
    )
    run_two(first, second, options)


@app.command()
def validate(
    scenario: Annotated[str, typer.Argument(metavar="FILE", help="A YAML file or preset.")],
    vintage: VintageId = None,
) -> None:
    """Check a scenario and say what it would sell."""
    from selloff.apps import _questions

    _questions.validate(scenario, vintage=vintage)


@app.command()
def schema(
    *, episode: Annotated[bool, typer.Option("--episode", help="Of episode files.")] = False
) -> None:
    """Print the JSON Schema of scenario files, or of episode files."""
    from selloff.apps import _questions

    _questions.show_schema(is_episode=episode)


@app.command()
def presets(
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print this one as YAML.")
    ] = None,
) -> None:
    """List the scenarios that come with Selloff."""
    from selloff.apps import _questions

    _questions.show_presets(show)


for _commands in (_commands_world, _commands_saved, _commands_evidence):
    _commands.register(app)


def main() -> None:
    """Run the command line, in double precision.

    Source: assumption; warnings of libraries are for developers, who use `--debug`.
    """
    os.environ.setdefault("JAX_ENABLE_X64", "1")
    if "--debug" not in sys.argv:
        warnings.simplefilter("ignore")
    try:
        app(prog_name="selloff")
    except KeyboardInterrupt:
        sys.stderr.write("selloff: interrupted; nothing is half written\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
