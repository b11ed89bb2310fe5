"""What people see: text on standard output, progress and remarks on standard error."""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from textwrap import wrap
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from selloff.apps.cli._printable import printable

Report = Callable[[int, int], None]
"""Called with draws done and draws in all."""

_WIDE: Final = 1000
_TEXT_WIDTH: Final = 60
_READABLE: Final = 98


def say(text: str = "") -> None:
    """Print a line of the answer.

    Source: assumption; answers go to standard output.
    """
    sys.stdout.write(f"{printable(text)}\n")


def say_wrapped(text: str, *, first: str = "", rest: str = "") -> None:
    """Print a long line of the answer as several, for terminals of a hundred columns.

    Source: assumption; words may be broken over lines, numbers in tables may not.
    """
    for line in wrap(text, _READABLE, initial_indent=first, subsequent_indent=rest):
        say(line)


def remark(text: str) -> None:
    """Print a line beside the answer.

    Source: assumption; remarks go to standard error, so that output can be piped.
    """
    sys.stderr.write(f"{printable(text)}\n")


def say_json(value: Any) -> None:
    """Print a value as JSON and nothing else."""
    text = json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False)
    sys.stdout.write(f"{text}\n")


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def say_table(table: Table) -> None:
    """Print a table as wide as its content, whether or not a terminal is that wide.

    Source: assumption; a long line can be scrolled to, a number that was cut is lost.
    """
    console = Console(file=sys.stdout, width=_WIDE, highlight=False)
    with console.capture() as captured:
        console.print(table)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def plain_table(columns: Iterable[str], *, left: int = 1) -> Table:
    """Start a table without frames: text columns left, numbers right.

    Source: assumption; the fewer lines, the more the numbers stand out.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, head in enumerate(columns):
        is_text = place < left
        table.add_column(
            head,
            justify="left" if is_text else "right",
            no_wrap=not is_text,
            max_width=_TEXT_WIDTH if is_text else None,
            header_style="bold",
        )
    return table


@contextmanager
def progress_bar(label: str, *, is_quiet: bool, unit: str = "draws") -> Iterator[Report | None]:
    """Show how many draws are done, on standard error, if that is a terminal.

    Source: assumption; logs and pipes have no use for a moving bar.
    """
    if is_quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
