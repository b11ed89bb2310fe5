"""The command line: every file beside this one is a command, found by a loop."""

import gc
import os
import sys
import time
import warnings
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer
from typer.core import TyperGroup

from selloff import __version__
from selloff.apps.cli._completing import answer_shell, asked_by_shell
from selloff.apps.cli._failures import EPILOG, exit_code_of
from selloff.apps.cli._help import InWords
from selloff.apps.cli._sections import BySection

BEGAN: Final = time.perf_counter()
"""When the command began, but for the start of Python."""
_GARBAGE: Final = 50_000
"""Objects made, beyond those let go, before Python looks for cycles among them [count]."""


def command_names() -> list[str]:
    """List the commands: the files of this folder, but for those whose names begin with `_`."""
    names = (each.stem for each in Path(__file__).parent.glob("*.py"))
    return sorted(name for name in names if not name.startswith("_"))


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(__version__)
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "-V",
            "--version",
            is_eager=True,
            callback=_show_version,
            help="Print the version and exit.",
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the code it fails.")
    ] = False,
) -> None:
    """What happens to the world when a large holder unwinds its U.S. Treasuries."""


def command_line() -> TyperGroup:
    """Build the command line; `run.py` holds the function `run`, and so on."""
    app = typer.Typer(
        name="selloff",
        cls=BySection,
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name in command_names():
        app.command(cls=InWords)(getattr(import_module(f"{__package__}.{name}"), name))
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def answer(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    group = command_line()

    def invoke() -> int:
        if asked := asked_by_shell():
            return answer_shell(group, asked)
        try:
            with group.make_context("selloff", list(arguments)) as context:
                group.invoke(context)
        except typer.Exit as done:
            return done.exit_code
        return 0

    return exit_code_of(invoke, flags=lambda: _flags(group), is_debug="--debug" in arguments)


def _flags(group: TyperGroup) -> dict[str, str]:
    """The flag that sets each field: `horizon_years` is `--horizon-years`."""
    return {
        param.name: max(param.opts, key=len)
        for command in group.commands.values()
        for param in command.params
        if param.name and param.param_type_name == "option"
    }


def main() -> None:
    """Run the command line, in double precision; `--debug` lets warnings of libraries through."""
    # JAX looks for garbage of its own each time, and Python's pace is for programs that last.
    gc.set_threshold(_GARBAGE)
    os.environ.setdefault("JAX_ENABLE_X64", "1")
    if "--debug" not in sys.argv:
        warnings.simplefilter("ignore")
    sys.exit(answer(sys.argv[1:]))
