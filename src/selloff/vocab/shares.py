"""Shares of one whole, written in whole percent."""

from collections.abc import Sequence
from math import floor
from typing import Final

_EDGE: Final = 0.0095
"""A share nearer than this to nobody or to all is said to be so near, and no more [fraction]."""


def percents(shares: Sequence[float]) -> list[str]:
    """Write shares of one whole in whole percent, so that these add up as the shares do.

    All are cut off, and those that lose most are rounded up; at a half, to the even number.
    """
    exact = [round(100.0 * one, 9) for one in shares]
    whole = [floor(one) for one in exact]
    by_loss = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], whole[at] % 2 == 0))
    for at in by_loss[: round(sum(exact)) - sum(whole)]:
        whole[at] += 1
    return [_written(one, percent) for one, percent in zip(shares, whole, strict=True)]


def _written(share: float, percent: int) -> str:
    if 0.0 < share < _EDGE:
        return "<1%"
    return ">99%" if 0.0 < 1.0 - share < _EDGE else f"{percent}%"
