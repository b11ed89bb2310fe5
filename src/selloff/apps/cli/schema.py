"""`selloff schema`."""

from typing import Annotated

import typer

from selloff.apps.cli._console import say_json


def schema(
    *, episode: Annotated[bool, typer.Option("--episode", help="Of episode files.")] = False
) -> None:
    """Print the JSON Schema of scenario files, or of episode files."""
    from selloff.scenario import episode_schema, json_schema

    say_json(episode_schema() if episode else json_schema())
