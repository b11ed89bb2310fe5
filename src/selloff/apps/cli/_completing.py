"""Words a shell can complete, beside commands and options."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Final

from typer.core import TyperGroup

SHELLS: Final = ("bash", "zsh", "fish", "powershell")
VARIABLE: Final = "_SELLOFF_COMPLETE"
"""Where the script of a shell writes what it wants to be told."""


def words(room: str, name: str, *more: str) -> Callable[[str], list[str]]:
    """Make what completes an argument: names that a room lists, and some more words."""

    def begun(incomplete: str) -> list[str]:
        listed = getattr(import_module(f"selloff.{room}"), name)()
        return sorted(word for word in (*listed, *more) if word.startswith(incomplete))

    return begun


PRESETS: Final = words("scenario", "preset_names")
EPISODES: Final = words("scenario", "episode_names", "all", "mechanisms")
PARAMETERS: Final = words("evidence", "parameters")


def answer_shell(group: TyperGroup, instruction: str) -> int:
    """Print the script of a shell, or the words that can follow what was typed."""
    from typer._completion_classes import completion_init
    from typer.completion import shell_complete

    completion_init()
    return shell_complete(group, {}, "selloff", VARIABLE, instruction)


def asked_by_shell() -> str | None:
    """Return what a shell asks for, if it is a shell that asks."""
    return os.environ.get(VARIABLE)
