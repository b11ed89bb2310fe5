"""The command line: names, options and help; what the commands do is next door.

Everything but the option parser is imported when a command runs, so that help is instant. This
is the one module of the house that may import inside functions.
"""

import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from selloff import __version__
from selloff.vocab.errors import InputError, Problem


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

ScenarioSource = Annotated[str, typer.Argument(metavar="SCENARIO", help="A preset or YAML file.")]
Draws = Annotated[int, typer.Option(min=1, max=100_000, help="Random draws.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the random numbers.")]
Horizon = Annotated[
    float | None,
    typer.Option("--horizon-years", help="Years to run, 0.25 to 50.", show_default="scenario's"),
]
VintageId = Annotated[
    str | None,
    typer.Option("--vintage", help="Opening books, as YYYY-MM.", show_default="scenario's"),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Folder for the result.", show_default="out/NAME"),
]
Attribution = Annotated[
    bool,
    typer.Option("--attribution/--no-attribution", help="Split headline numbers by mechanism."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


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


@app.command()
def vintages(json: AsJson = False) -> None:
    """List the dates for which there are books."""
    from selloff.apps import _worlds

    _worlds.show_vintages(is_json=json)


@app.command()
def world(
    *,
    vintage: Annotated[
        str | None, typer.Option("--vintage", help="Date as YYYY-MM.", show_default="latest")
    ] = None,
    json: AsJson = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Every holder, and the source of every figure.")
    ] = False,
) -> None:
    """Show who holds what, and for each figure whether it is data or assumption."""
    from selloff.apps import _worlds

    _worlds.show_world(vintage, is_json=json, is_detailed=detail)


@app.command()
def carry(
    *,
    vintage: Annotated[
        str | None, typer.Option("--vintage", help="Date as YYYY-MM.", show_default="latest")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what Treasuries pay a Japanese investor, hedged and not."""
    from selloff.apps import _carry

    _carry.show_carry(vintage, is_json=json)


@app.command()
def triggers(
    *,
    vintage: Annotated[
        str | None, typer.Option("--vintage", help="Date as YYYY-MM.", show_default="latest")
    ] = None,
    draws: Draws = 2000,
    seed: Seed = 0,
    intensities: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=PCT", help="Intensity of a trigger, percent a year."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what could set a large sale off, and how likely each path is."""
    from selloff.apps import _triggers

    _triggers.show_triggers(
        vintage, draws=draws, seed=seed, settings=intensities or [], is_json=json
    )


@app.command()
def check(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="A saved result (.nc).")],
) -> None:
    """Check the identities of a saved result again."""
    from selloff.apps import _saved

    _saved.check(result)


@app.command()
def report(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="A saved result (.nc).")],
    other: Annotated[
        Path | None, typer.Argument(metavar="[OTHER]", help="A second one, to set beside it.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")] = Path(
        "report.html"
    ),
) -> None:
    """Write the report of one or two saved results."""
    from selloff.apps import _saved

    _saved.write_report([result] if other is None else [result, other], out)


@app.command()
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
        from selloff.apps import _calibrating
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


@app.command()
def evidence(
    word: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="A topic, a study or a row.")
    ] = None,
    *,
    json: AsJson = False,
) -> None:
    """Show published estimates in common units, or each step of one study."""
    from selloff.apps import _evidence

    _evidence.show_evidence(word, is_json=json)


@app.command()
def explain(
    parameter: Annotated[str, typer.Argument(metavar="PARAMETER", help="Its name.")],
    *,
    json: AsJson = False,
) -> None:
    """Say what a parameter is, where it comes from and what it moves."""
    from selloff.apps import _explaining

    _explaining.explain(parameter, is_json=json)


@app.command()
def meta(*, json: AsJson = False) -> None:
    """Show what the studies say together, and how much each of them matters."""
    from selloff.apps import _fitting

    _fitting.show_meta(is_json=json)


@app.command()
def fit(*, json: AsJson = False) -> None:
    """Show how near the pricing core comes to the data."""
    from selloff.apps import _fitting

    _fitting.show_fit(is_json=json)


@app.command()
def backtest(
    episode: Annotated[
        str,
        typer.Argument(metavar="[EPISODE]", help="An episode, a YAML file, all, or mechanisms."),
    ] = "all",
    *,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Draws of each episode.")] = 512,
    seed: Seed = 0,
    json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Also write the result as JSON.")
    ] = None,
) -> None:
    """Hold the model against episodes of the past."""
    from selloff.apps import _backtests, _mechanisms

    if episode == _mechanisms.MECHANISMS:
        _mechanisms.run(draws=draws, seed=seed, is_json=json, out=out)
        return
    _backtests.run(episode, draws=draws, seed=seed, is_json=json, out=out)


@app.command()
def episodes(
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print this one as YAML.")
    ] = None,
) -> None:
    """List the episodes that come with Selloff."""
    from selloff.apps import _questions

    _questions.show_episodes(show)


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
        sys.stderr.write("selloff: interrupted, nothing written\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
