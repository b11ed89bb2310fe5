"""The command line: one file per command, named as the command."""

from selloff.apps.cli._app import main

__all__ = ["main"]
