"""What people see: answers on standard output, remarks on standard error."""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.table import Table

_WIDE: Final = 1000
_TEXT_WIDTH: Final = 60
READABLE: Final = 98
_PLAIN: Final = str.maketrans("−–—…▁▂▃▄▅▆▇█", "---._.-~=+*#") | str.maketrans({"¥": "JPY "})
"""Signs a terminal may not have, and what stands for them."""


def printable(text: str) -> str:
    """Make text safe for a terminal: no file may move the cursor."""
    return "".join(
        each if each.isprintable() or each == "\n" else repr(each)[1:-1] for each in text
    )


def say(*lines: str) -> None:
    """Print lines of the answer, on standard output; without any, an empty one."""
    sys.stdout.writelines(f"{_fitting(printable(line))}\n" for line in lines or ("",))


def _fitting(text: str) -> str:
    """Keep to the letters the output has: where it has few, signs and bars become plain ones."""
    letters = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(letters)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(letters, "replace").decode(letters)
    return text


def say_written(files: Sequence[object], *, is_apart: bool = True) -> None:
    """Name the files that were written, if any were, apart from the answer before them."""
    if files:
        say(*([""] if is_apart else []), "Written:", *(f"  {file}" for file in files))


def say_wrapped(text: str, *, first: str = "", rest: str = "") -> None:
    """Print a long line of the answer as several, for terminals of a hundred columns."""
    say(*wrap(text, READABLE, initial_indent=first, subsequent_indent=rest))


def remark(text: str) -> None:
    """Print a line beside the answer, on standard error, so that output can be piped."""
    sys.stderr.write(f"{printable(text)}\n")


def say_json(value: Any) -> None:
    """Print a value as JSON and nothing else; what is not a number becomes null."""
    say(json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False))


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def number(value: float | None, places: int) -> str:
    """Write a number; one that is not there is a dash, and nothing has no sign."""
    if value is None or not math.isfinite(value):
        return "-"
    text = f"{value:,.{places}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def spread(values: Sequence[float]) -> str:
    """Write the ends and the middle of a range."""
    return "  ".join(f"{value:.3g}" for value in values)


def plain_table(columns: Iterable[str], *, left: int = 1, text_width: int = _TEXT_WIDTH) -> "Table":
    """Start a table without frames: text columns left, numbers right."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, head in enumerate(columns):
        is_text = place < left
        table.add_column(
            head,
            justify="left" if is_text else "right",
            no_wrap=not is_text,
            max_width=text_width if is_text else None,
            overflow="fold",
            header_style="bold",
        )
    return table


def say_table(table: "Table") -> None:
    """Print a table as wide as its content: a number that was cut is lost."""
    from rich.console import Console

    console = Console(file=sys.stdout, width=_WIDE, highlight=False)
    with console.capture() as captured:
        console.print(table)
    say(*(line.rstrip() for line in captured.get().splitlines()))
