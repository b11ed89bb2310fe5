"""Which episodes are one event: scores, noise and evidence leave a whole event out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from selloff.evidence import fixed

Window = tuple[date, date]


def window_of(case: Any) -> Window:
    """Read the window of a scored case."""
    return date.fromisoformat(case["start"]), date.fromisoformat(case["end"])


def is_near(one: Window, other: Window) -> bool:
    """Say whether two windows are so near that one piece of news can be in both."""
    gap = timedelta(days=fixed("event_gap"))
    return one[0] <= other[1] + gap and other[0] <= one[1] + gap


def events(windows: Sequence[Window]) -> list[int]:
    """Number the events that windows belong to: near windows, and what is near those."""
    number = list(range(len(windows)))
    for i, one in enumerate(windows):
        for j, other in enumerate(windows[:i]):
            if is_near(one, other) and number[i] != number[j]:
                number = [number[j] if each == number[i] else each for each in number]
    return number
