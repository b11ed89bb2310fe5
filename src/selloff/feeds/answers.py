"""Answers of machines: JSON opened with care, its parts named when they are not there."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from selloff.feeds.reading import AGAIN, number, refuse, text_of

Record = Mapping[str, Any]


def opened(content: bytes) -> Any:
    """Read JSON; half an answer and too deep an answer are refused."""
    text = text_of(content)
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        given = str(error) or "an answer that is too deep"
        raise refuse("content", given, "JSON", AGAIN) from None


def part(answer: Any, *path: str | int) -> Any:
    """Take a part of an answer by its path."""
    for at, step in enumerate(path):
        where = ".".join(str(each) for each in path[: at + 1])
        if isinstance(step, str):
            if not isinstance(answer, Mapping) or step not in answer:
                raise refuse(where, _kind(answer), f"an object with {step}")
        elif not isinstance(answer, Sequence) or isinstance(answer, str) or step >= len(answer):
            raise refuse(where, _kind(answer), f"a list of more than {step}")
        answer = answer[step]
    return answer


def records(answer: Any, needed: Sequence[str], *path: str | int) -> list[Record]:
    """Take a list of objects that each have the needed fields; an empty list is refused."""
    rows = part(answer, *path)
    where = ".".join(str(each) for each in path) or "content"
    if not isinstance(rows, list) or not rows:
        raise refuse(where, _kind(rows), "a list of records")
    for at, row in enumerate(rows):
        missing = [name for name in needed if not isinstance(row, Mapping) or name not in row]
        if missing:
            raise refuse(f"{where}.{at}", _kind(row), f"an object with {missing[0]}")
    return rows


def figure(value: Any, where: str) -> float:
    """Read a number, or a text that holds one; null and the words for it give NaN."""
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise refuse(where, _kind(value), "a number")
    return number(str(value), where)


def word(value: Any, where: str) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise refuse(where, _kind(value), "a text")
    return value


def count(value: Any, where: str) -> int:
    """Read a whole number, or a text that holds one."""
    found = figure(value, where)
    if not found.is_integer() or not 0 <= found <= 10**9:
        raise refuse(where, value, "a whole number")
    return int(found)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"an object with {', '.join(map(str, list(value)[:6])) or 'nothing'}"
    return f"a list of {len(value)}" if isinstance(value, list) else repr(value)[:60]
