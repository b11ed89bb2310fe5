"""A map of the world as an inline picture: no script, no network."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import floor, log10
from typing import Any, Final

from markupsafe import Markup, escape

from selloff.charts import outlines_json
from selloff.report.estimate import digits

RISING: Final = ("#fde0c5", "#f7b27a", "#e07f35", "#a94a05", "#5f2700")
"""Oranges from light to dark: apart in lightness, so apart for every kind of colour blindness."""
FALLING: Final = ("#d3e4f4", "#93bfe3", "#4a8fcb", "#1c5f9e", "#07335e")
"""Blues for the other side of zero."""
STILL: Final = "#ffffff"
UNKNOWN: Final = "#d5dbe2"
REACH: Final = 8.0
"""Most steps the farthest country may be out; beyond the last colour a class is open [steps]."""
NICE: Final = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Place:
    """What the map shows of one country."""

    name: str
    number: float
    words: str


@dataclass(frozen=True)
class Classes:
    """Classes of equal width: one around zero, others beyond, the last on each side open."""

    step: float
    up: int
    down: int

    def of(self, number: float) -> int:
        """Find the class: 0 within a step of zero, positive above, negative below."""
        steps = floor(abs(number) / self.step + 1e-9)
        return min(self.up, steps) if number > 0.0 else -min(self.down, steps)

    def label(self, at: int) -> str:
        """Write the range of a class."""
        places = max(0, -floor(log10(self.step)))
        low, high = (digits(k * self.step, places) for k in (min(at, at - 1), max(at, at + 1)))
        near = digits(at * self.step, places)
        if at == 0:
            return f"{low if self.down else '0'} to {high}"
        if at > 0:
            return f"over {near}" if at == self.up else f"{near} to {high}"
        return f"below {near}" if -at == self.down else f"{low} to {near}"

    def colour(self, at: int) -> str:
        """Pick the colour of a class."""
        if at == 0:
            return STILL
        scale, count = (RISING, self.up) if at > 0 else (FALLING, self.down)
        return scale[(len(scale) - count) // 2 + abs(at) - 1]


def classes(numbers: Iterable[float]) -> Classes:
    """Choose classes that reach as far as the numbers do.

    Source: assumption; a choice of drawing, it changes no number.
    """
    found = list(numbers)
    top, bottom = max(max(found, default=0.0), 0.0), max(-min(found, default=0.0), 0.0)
    need = max(top / REACH, bottom / REACH, 1e-4)
    power = 10.0 ** floor(log10(need))
    step = next(one * power for one in NICE if one * power >= need * (1.0 - 1e-9))
    up, down = (floor(end / step + 1e-9) for end in (top, bottom))
    return Classes(step, min(up, len(RISING)), min(down, len(FALLING)))


def world_map(places: Mapping[str, Place], *, unit: str, label: str) -> Markup:
    """Draw the map with its legend."""
    land, scale = _outlines(), classes(one.number for one in places.values())
    view = " ".join(str(one) for one in land["view"])
    rest = "".join(d for code, d in land["paths"].items() if code not in places)
    shapes = [
        f'<path d="{d}" fill="{scale.colour(scale.of(places[code].number))}">'
        f"{_title(places[code])}</path>"
        for code, d in land["paths"].items()
        if code in places
    ]
    dots = [
        _dot(land["points"][code], places[code], scale.colour(scale.of(places[code].number)))
        for code in dotted(places)
    ]
    return Markup(
        f'<svg class="map" viewBox="{view}" role="img" aria-label="{escape(label)}">'
        f'<path class="unknown" d="{rest}"/>'
        f'<g class="known">{"".join(shapes)}</g>{"".join(dots)}</svg>{_legend(scale, unit)}'
    )


def dotted(codes: Iterable[str]) -> list[str]:
    """Find countries drawn as a dot, being too small for an outline."""
    return [code for code in codes if code in _outlines()["points"]]


def undrawn(codes: Iterable[str]) -> list[str]:
    """Find countries the outlines do not have."""
    land = _outlines()
    return [code for code in codes if code not in land["paths"] and code not in land["points"]]


def _dot(at: list[int], place: Place, colour: str) -> str:
    """A dot that keeps its size on every screen."""
    x, y = at
    return (
        f'<g class="dot"><path d="M{x} {y}h0"/><path d="M{x} {y}h0" style="stroke:{colour}"/>'
        f"{_title(place)}</g>"
    )


def _title(place: Place) -> str:
    return f"<title>{escape(place.name)}: {escape(place.words)}</title>"


def _legend(scale: Classes, unit: str) -> str:
    shown = [(scale.colour(at), scale.label(at)) for at in range(-scale.down, scale.up + 1)]
    rows = [f"<li>{_swatch(colour)} {words}</li>" for colour, words in shown]
    rows.append(f"<li>{_swatch(UNKNOWN)} not in the model</li>")
    return f'<ul class="legend"><li>{escape(unit)}:</li>{"".join(rows)}</ul>'


def _swatch(colour: str) -> str:
    return (
        '<svg viewBox="0 0 26 14" width="26" height="14" aria-hidden="true">'
        f'<rect x=".5" y=".5" width="25" height="13" fill="{colour}" stroke="#1c2733"/></svg>'
    )


@cache
def _outlines() -> dict[str, Any]:
    return dict(json.loads(outlines_json()))
