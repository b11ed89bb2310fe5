"""A fan as a picture that stands still: SVG without scripts, for notebooks and printed pages."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from html import escape
from math import floor, log10
from typing import Final

from selloff.charts._kinds import Dumbbell, Fan
from selloff.charts._parts import Band, Line, Ruler, Unit
from selloff.charts._still_rows import WIDE, height_of, still_pairs

Scale = Callable[[float], float]
WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, FOOT = 64, 32, 16, 34
"""Room around the picture [pixels]."""
APART: Final = 64
"""Least distance between two words at the axis [pixels]."""
POWER: Final = 3.0
"""Business days are drawn by their cube root, as in the browser."""
DAYS: Final = {
    0: "Start", 2520: "10 years", 252: "1 year", 21: "1 month", 1260: "5 years",
    5040: "20 years", 63: "3 months", 504: "2 years", 126: "6 months", 5: "1 week",
}  # fmt: skip
"""Words at the axis, the most telling first."""
TINTS: Final = (("p05", "p95", 0.16), ("p25", "p75", 0.28))
INK, RULE, TONE, GHOST = "#1c2733", "#d5dae0", "#0b5394", "#56616d"


def still(chart: Fan) -> str:
    """Draw a fan over business days as one picture, light in every surrounding."""
    x, y = _along(chart), _up(chart)
    low, high = _ends(chart)
    inner = [
        *_ruled(chart.unit, low, high, y),
        *_days(chart.x, x),
        *(part for band in chart.series for part in _band(band, chart.x.values, x, y)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">'
        f"<title>{escape(chart.title)}</title>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(inner)}</svg>'
    )


def as_image(chart: Fan | Dumbbell) -> str:
    """Put the picture into the page itself, where no script runs and nothing is fetched."""
    drawn = still(chart) if isinstance(chart, Fan) else still_pairs(chart)
    width, height = (WIDTH, HEIGHT) if isinstance(chart, Fan) else (WIDE, height_of(chart))
    code = b64encode(drawn.encode()).decode()
    words = escape(f"{chart.title}. {chart.subtitle}", quote=True)
    return (
        f'<img alt="{words}" width="{width}" height="{height}" '
        f'src="data:image/svg+xml;base64,{code}">'
    )


def _along(chart: Fan) -> Scale:
    return _scale(chart.x.values[0], chart.x.values[-1], (LEFT, WIDTH - RIGHT), POWER)


def _up(chart: Fan) -> Scale:
    return _scale(*_ends(chart), (HEIGHT - FOOT, TOP), 1.0)


def _scale(first: float, last: float, ends: tuple[int, int], power: float) -> Scale:
    """From numbers to pixels."""
    low, high = ends
    reach = (last - first) or 1.0
    return lambda value: round(low + ((value - first) / reach) ** (1.0 / power) * (high - low), 1)


def _ends(chart: Fan) -> tuple[float, float]:
    if chart.domain is not None:
        return chart.domain
    lines = [line for band in chart.series for line in (band.p05, band.p50, band.p95) if line]
    known = [value for line in lines for value in line if value is not None]
    return min([0.0, *known]), max([0.0, *known])


def _band(band: Band, places: Sequence[float], x: Scale, y: Scale) -> Iterator[str]:
    def points(line: Line) -> list[str]:
        pairs = zip(places, line, strict=True)
        return [f"{x(at)},{y(value)}" for at, value in pairs if value is not None]

    if band.ghost:
        yield _line(points(band.p50), f'stroke="{GHOST}" stroke-dasharray="5 4"')
        return
    for low, high, opacity in TINTS:
        lower, upper = getattr(band, low), getattr(band, high)
        if lower and upper:
            outline = " ".join([*points(upper), *reversed(points(lower))])
            yield f'<polygon points="{outline}" fill="{TONE}" fill-opacity="{opacity}"/>'
    yield _line(points(band.p50), f'stroke="{TONE}"')


def _line(points: Sequence[str], stroke: str) -> str:
    return f'<polyline points="{" ".join(points)}" fill="none" {stroke} stroke-width="2"/>'


def _ruled(unit: Unit, low: float, high: float, y: Scale) -> Iterator[str]:
    step = _step(high - low)
    decimals = max(0, -floor(log10(step)))
    at = step * -(-low // step)
    while at <= high + 1e-9:
        words = f"{unit.before}{at:,.{decimals}f}".replace("-", "−")
        words += unit.after if at + step > high else ""
        yield (
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(at)}" y2="{y(at)}" stroke="{RULE}"/>'
            f'<text x="{LEFT - 6}" y="{y(at) + 4:.1f}" text-anchor="end" fill="{INK}">'
            f"{escape(words)}</text>"
        )
        at += step


def _step(reach: float) -> float:
    """A round distance between some five lines."""
    rough = (reach or 1.0) / 5.0
    size = 10.0 ** floor(log10(rough))
    return next(size * many for many in (1.0, 2.0, 2.5, 5.0, 10.0) if size * many >= rough)


def _days(axis: Ruler, x: Scale) -> Iterator[str]:
    taken: list[float] = []
    for at, words in DAYS.items():
        place = x(min(at, axis.values[-1]))
        if at <= axis.values[-1] and all(abs(place - other) >= APART for other in taken):
            taken.append(place)
            yield (
                f'<text x="{place}" y="{HEIGHT - 12}" text-anchor="middle" fill="{INK}">'
                f"{escape(words)}</text>"
            )
