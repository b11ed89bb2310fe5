"""Read a drawn chart as a person does: by the words at its axes, not by its code."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

TICKS = """(chart) => Array.from(chart.querySelectorAll('text[data-tick]')).map((one) => ({
  at: Number(one.dataset.tick), x: Number(one.getAttribute('x')), y: Number(one.getAttribute('y')),
}))"""
SHAPES = """(chart, select) => Array.from(chart.querySelectorAll(select)).map((one) => ({
  ...one.dataset,
  ...Object.fromEntries(Array.from(one.attributes).map(({ name, value }) => [name, value])),
}))"""
OVERLAPS = """() => Array.from(document.querySelectorAll('svg.picture')).flatMap((picture) => {
  const id = picture.closest('[data-chart]').dataset.chart;
  const edge = picture.getBoundingClientRect();
  const words = Array.from(picture.querySelectorAll('text'));
  const boxes = words.map((one) => [one.textContent, one.getBoundingClientRect()]);
  return boxes.flatMap(([text, one], at) => {
    const isOut = one.left < edge.left - 1 || one.right > edge.right + 1;
    const out = isOut ? [`${id}: outside ${text}`] : [];
    const over = boxes.slice(at + 1).filter(([, other]) =>
      one.left < other.right - 1 && other.left < one.right - 1 &&
      one.top < other.bottom - 3 && other.top < one.bottom - 3);
    return out.concat(over.map(([other]) => `${id}: ${text} | ${other}`));
  });
})"""
NUMBER = re.compile(r"-?[\d.]+")
Scale = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def chart(page: Any, name: str) -> Any:
    return page.locator(f"[data-chart={name}]")


def shapes(chart: Any, select: str) -> list[dict[str, str]]:
    return list(chart.evaluate(SHAPES, select))


def scales(chart: Any, *, days: bool) -> tuple[Scale, Scale]:
    """Scales of both axes, each drawn through its two outermost ticks."""
    ticks = chart.evaluate(TICKS)
    bottom = max(one["y"] for one in ticks)
    along = sorted((one for one in ticks if one["y"] == bottom), key=lambda one: one["at"])
    up = sorted((one for one in ticks if one["y"] != bottom), key=lambda one: one["at"])
    bend = np.cbrt if days else np.asarray
    x = _through([(bend(one["at"]), one["x"]) for one in along])
    y = _through([(one["at"], one["y"] - 4.0) for one in up]) if up else np.asarray
    return (lambda values: x(bend(np.asarray(values)))), y


def points(d: str) -> NDArray[np.float64]:
    """Points of a path of straight lines."""
    return np.array([float(one) for one in NUMBER.findall(d)]).reshape(-1, 2)


def _through(ticks: list[tuple[float, float]]) -> Scale:
    (low, first), (high, last) = ticks[0], ticks[-1]
    slope = (last - first) / (high - low)
    return lambda values: first + slope * (np.asarray(values) - low)
