"""`selloff completion`."""

from typing import Annotated

import typer

from selloff.apps.cli._completing import SHELLS, answer_shell
from selloff.apps.cli._options import chosen


def completion(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=f"One of {', '.join(SHELLS)}.")],
) -> None:
    """Print the script by which a shell completes commands and names."""
    from selloff.apps.cli._app import command_line

    answer_shell(command_line(), f"source_{chosen('completion', shell, SHELLS)}")
