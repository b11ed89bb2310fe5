"""`selloff complete`."""

from typing import Annotated

import typer

from selloff.apps.cli._completing import SHELLS, answer_shell
from selloff.apps.cli._options import chosen


def complete(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=f"One of {', '.join(SHELLS)}.")],
) -> None:
    """Print the script with which a shell completes names."""
    from selloff.apps.cli._app import command_line

    answer_shell(command_line(), f"source_{chosen('complete', shell, SHELLS)}")
