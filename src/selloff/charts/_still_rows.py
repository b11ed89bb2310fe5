"""Pairs of numbers as a picture that stands still: a row each, a range, a disc and a square."""

from collections.abc import Callable, Iterator
from html import escape

from selloff.charts._kinds import Dumbbell
from selloff.charts._parts import Pair

Along = Callable[[float], float]
WIDE, STEP = 720, 26
"""Width of the picture and height of a row [pixels]."""
LEFT, RIGHT, TOP, FOOT = 400, 40, 28, 28
"""Room around the rows [pixels]."""
INK, RULE, FIRST, SECOND = "#1c2733", "#d5dae0", "#0b5394", "#b5500a"


def height_of(chart: Dumbbell) -> int:
    """As high as its rows need."""
    return TOP + STEP * len(chart.rows) + FOOT


def still_pairs(chart: Dumbbell) -> str:
    """Draw pairs as one picture, light in every surrounding."""
    sides = [side for one in chart.rows for side in (one.a, one.b)]
    ends = [0.0, *(end for one in sides for end in (one.p05, one.p95))]
    low, high = min(ends), max(ends)
    per = (WIDE - LEFT - RIGHT) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return round(LEFT + (value - low) * per, 1)

    foot, height = height_of(chart) - FOOT, height_of(chart)
    inner = [*_key(chart.names), *_axis(chart, x, (low, high), foot)]
    for at, one in enumerate(chart.rows):
        inner += _pair(one, x, TOP + STEP * at + STEP / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height}" '
        f'width="{WIDE}" height="{height}" font-family="sans-serif" font-size="12">'
        f"<title>{escape(chart.title)}</title>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(inner)}</svg>'
    )


def _key(names: tuple[str, str]) -> Iterator[str]:
    for name, at, mark in zip(names, (LEFT, LEFT + 130), (_disc, _square), strict=True):
        yield mark(at, TOP / 2)
        yield _words(at + 12, TOP / 2 + 4, name, "start")


def _axis(chart: Dumbbell, x: Along, ends: tuple[float, float], foot: int) -> Iterator[str]:
    """The line of zero, and the ends in numbers."""
    unit, low, high = chart.unit, *ends
    zero = x(0.0)
    yield f'<line x1="{zero}" x2="{zero}" y1="{TOP}" y2="{foot}" stroke="{INK}"/>'
    for value in dict.fromkeys((low, 0.0, high)):
        said = f"{unit.before}{value:,.{unit.decimals}f}".replace("-", "−")
        yield _words(x(value), foot + 18, said + (unit.after if value == high else ""), "middle")


def _pair(one: Pair, x: Along, y: float) -> Iterator[str]:
    yield f'<line x1="0" x2="{WIDE}" y1="{y + STEP / 2}" y2="{y + STEP / 2}" stroke="{RULE}"/>'
    yield _words(6, y + 4, one.name, "start")
    for side, tone in ((one.a, FIRST), (one.b, SECOND)):
        yield (
            f'<line x1="{x(side.p05)}" x2="{x(side.p95)}" y1="{y}" y2="{y}" '
            f'stroke="{tone}" stroke-width="2"/>'
        )
    yield _disc(x(one.a.p50), y)
    yield _square(x(one.b.p50), y)


def _disc(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="5" fill="{FIRST}"/>'


def _square(x: float, y: float) -> str:
    return f'<rect x="{x - 4.5}" y="{y - 4.5}" width="9" height="9" fill="{SECOND}"/>'


def _words(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{INK}">{escape(said)}</text>'
