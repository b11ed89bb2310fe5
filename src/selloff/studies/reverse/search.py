"""From the mildest sale to the harshest: the first that brings the event about often enough."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from selloff.studies.reverse.asking import Point, Tried

Ask = Callable[[Sequence[Point]], list[Tried]]
Between = Callable[[Point, Point], Point | None]
"""A sale half way between two; none where they are near enough."""
SLACK: Final = 0.02
"""What a chance may fall by from one point to a harsher one and still count as rising."""
_MOST_STEPS: Final = 14
_PASSES: Final = 2
"""How often a grid is made finer where the chance does not rise throughout [count]."""


@dataclass(frozen=True)
class Searched:
    """What was tried, from mild to harsh, and the mildest that will do."""

    tried: tuple[Tried, ...]
    found: Tried | None
    falls: tuple[tuple[Tried, Tried], ...]
    """Neighbours on the grid where the harsher sale has clearly the smaller chance."""

    @property
    def best(self) -> Tried:
        """Give the sale that was found, or else the one with the largest chance."""
        return self.found or max(self.tried, key=lambda each: each.chance)


def search(ask: Ask, grid: Sequence[Point], between: Between, *, wanted: float) -> Searched:
    """Try a coarse grid; where the chance rises throughout, halve the gap in which it gets there.

    Where it does not, the grid is made finer before, so that an earlier crossing is not missed.
    """
    tried = ask(grid)
    falls = _falls(tried)
    is_short = all(each.chance < wanted for each in tried)
    for _ in range(_PASSES if falls else 0):
        tried = _finer(ask, tried, between, around_best=is_short)
        is_short = all(each.chance < wanted for each in tried)
    at = next((n for n, each in enumerate(tried) if each.chance >= wanted), None)
    if at is None:
        return Searched(tuple(tried), None, falls)
    steps: list[Tried] = []
    mild, harsh = tried[at - 1] if at else None, tried[at]
    while mild is not None and len(steps) < _MOST_STEPS:
        middle = between(_point(mild), _point(harsh))
        if middle is None:
            break
        (step,) = ask([middle])
        steps.append(step)
        mild, harsh = (mild, step) if step.chance >= wanted else (step, harsh)
    inner = sorted(steps, key=lambda each: (-(each.years or 0.0), each.sale_usd_bn))
    return Searched((*tried[:at], *inner, *tried[at:]), harsh, falls)


def _falls(tried: Sequence[Tried]) -> tuple[tuple[Tried, Tried], ...]:
    """Find where the harsher of two neighbours has fewer draws, by more than one and the slack."""
    least = max(1.0, SLACK * tried[0].n_draws)
    return tuple(
        (mild, harsh) for mild, harsh in pairwise(tried) if mild.n_came - harsh.n_came > least
    )


def _finer(ask: Ask, tried: Sequence[Tried], between: Between, *, around_best: bool) -> list[Tried]:
    """Try the middle of every gap, or of those beside the largest chance alone."""
    top = max(range(len(tried)), key=lambda n: tried[n].chance)
    gaps = [
        (n, middle)
        for n, (mild, harsh) in enumerate(pairwise(tried))
        if (not around_best or n in (top - 1, top))
        and (middle := between(_point(mild), _point(harsh))) is not None
    ]
    new = dict(zip((n for n, _ in gaps), ask([middle for _, middle in gaps]), strict=True))
    return [one for n, each in enumerate(tried) for one in (each, new.get(n)) if one is not None]


def _point(one: Tried) -> Point:
    return one.sale_usd_bn, one.years
