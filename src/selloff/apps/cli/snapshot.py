"""`selloff snapshot`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from selloff.apps.cli._console import say_written
from selloff.apps.cli._options import Seed
from selloff.apps.cli._places import new_file
from selloff.apps.cli._progress import SAVING, progress

MOST = 2000


def snapshot(
    *,
    draws: Annotated[int, typer.Option(min=20, max=MOST, help="Draws of each question.")] = 200,
    seed: Seed = 0,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="HTML file to write.", parser=new_file)
    ] = Path("what-if.html"),
) -> None:
    """Write the what-if room as one file that works from disk."""
    with progress("snapshot", is_quiet=False) as work:
        from selloff.apps.room._snapshot import GridSource, write_snapshot

        file = write_snapshot(out, GridSource(*_desk(draws, seed)), progress=work.count)
        work.now(SAVING)
    say_written([f"{file} ({file.stat().st_size / 1e6:.1f} MB)"], is_apart=False)


def _desk(draws: int, seed: int) -> tuple[Any, dict[str, Any]]:
    """What answers the questions of the grid, and the table of controls."""
    import json

    from selloff.apps.room._engine import answer
    from selloff.apps.room._facts import schema
    from selloff.apps.room._orders import Order
    from selloff.apps.room._questions import read_question

    def ask(question: dict[str, Any]) -> Any:
        order = Order(read_question(question | {"seed": seed}), draws, is_whole=False)
        return json.loads(answer(order, _unwatched))

    return ask, schema(None)


def _unwatched(done: int, total: int) -> None:
    """Nobody counts the draws of a single question; the bar counts questions."""
    del done, total
