"""The room as one file: a grid of questions worked out beforehand, for any static host or disk."""

import base64
import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any, Final

from selloff import charts
from selloff.apps.room._story import cards
from selloff.vocab.files import write_file

Plain = dict[str, Any]
Ask = Callable[[Plain], Plain]
"""From a question to the payload of a draft: its first view."""
Progress = Callable[[int, int], None]
AXES: Final[Mapping[str, tuple[Any, ...]]] = {
    "usd": (100, 300, 600, "all"),
    "days": (1, 21, 63, 252, 1260, 2520),
    "into": ("jpy", "usd", "eur", "gold"),
    "fed": ("on", "off"),
}
"""Values of the controls that can be moved: 192 questions."""
START: Final[Plain] = {"who": "jpn", "usd": "all", "days": 1, "into": "jpy", "fed": "on"}
EVERY: Final = 2
"""Of the places along a time axis one in so many is kept; a chart of a snapshot is small."""
SHARED: Final = ("version", "month", "seed", "years", "draws")
"""What is the same in every answer."""
KEPT: Final = ("title", "copy", "failed", "sentences", "headline", "chances", "caveats")
ABOUT: Final = ("definition", "pages", "note", "label", "unit")
"""What is said of a number whatever the question."""


@dataclass(frozen=True)
class GridSource:
    """Who answers the questions of the grid, and what the controls are."""

    ask: Ask
    schema: Plain
    axes: Mapping[str, tuple[Any, ...]] = field(default_factory=lambda: dict(AXES))
    start: Plain = field(default_factory=lambda: dict(START))


def write_snapshot(file: Path, asked: GridSource, *, progress: Progress | None = None) -> Path:
    """Work out the grid and write the file."""
    return write_file(file, page(grid(asked, progress)))


def grid(asked: GridSource, progress: Progress | None = None) -> Plain:
    """Ask every question of the grid."""
    points = list(product(*asked.axes.values()))
    answers: dict[str, Plain] = {}
    first: Plain = {}
    for done, point in enumerate(points, start=1):
        found = asked.ask(asked.start | dict(zip(asked.axes, point, strict=True)))
        first = first or found
        answers["|".join(map(str, point))] = _small(found)
        if progress is not None:
            progress(done, len(points))
    named = {one["name"]: one for one in first["numbers"]}
    return {
        "schema": asked.schema,
        "axes": asked.axes,
        "start": asked.start,
        "answers": answers,
        "shared": {name: first[name] for name in SHARED},
        "ruler": _ruler(first),
        "told": {name: {key: one.get(key) for key in ABOUT} for name, one in named.items()},
        "story": cards(),
    }


def page(held: Plain) -> str:
    """Write the page: its modules as one script, the grid as data."""
    style = charts.stylesheet() + _read("room/room.css")
    script = charts.joined("room/page.js", _read)
    packed = gzip.compress(json.dumps(held, separators=(",", ":")).encode(), mtime=0)
    policy = (
        f"default-src 'none'; script-src {charts.csp_hash(script)}; "
        f"style-src {charts.csp_hash(style)}; img-src data: blob:; base-uri 'none'; "
        "form-action 'none'"
    )
    return _read("room/snapshot.html").format_map(
        {
            "policy": policy,
            "style": style,
            "script": script,
            "grid": base64.b64encode(packed).decode("ascii"),
        }
    )


def _small(found: Plain) -> Plain:
    """Keep what the first view shows, its time axes thinned."""
    charted = [{**one, "charts": list(map(_thin, one["charts"]))} for one in found["views"]]
    numbers = [{key: each for key, each in one.items() if key not in ABOUT} for one in _few(found)]
    return {name: found[name] for name in KEPT} | {"views": charted, "numbers": numbers}


def _few(found: Plain) -> Iterable[Plain]:
    """The numbers on top; the others would make the file three times as large."""
    wanted = {one["name"] for one in found["headline"]}
    return (one for one in found["numbers"] if one["name"] in wanted)


def _ruler(found: Plain) -> Plain:
    """The axis of days that all charts of the snapshot share."""
    held = (one["x"] for view in found["views"] for one in view["charts"] if _is_timed(one))
    axis = next(held)
    return {**axis, "values": _every(axis["values"])}


def _is_timed(chart: Plain) -> bool:
    return bool(chart.get("x", {}).get("kind") == "days")


def _thin(chart: Plain) -> Plain:
    if not _is_timed(chart):
        return chart
    n = len(chart["x"]["values"])
    lines = {"series": chart.get("series", []), "parts": chart.get("parts", [])}
    thinned = {name: [_thinned(one, n) for one in rows] for name, rows in lines.items() if rows}
    return {**chart, **thinned, "x": "days"}


def _thinned(line: Plain, n: int) -> Plain:
    is_long = {name: isinstance(one, list) and len(one) == n for name, one in line.items()}
    return {name: _every(one) if is_long[name] else one for name, one in line.items()}


def _every(values: list[Any]) -> list[Any]:
    """One place in so many, and the last."""
    kept = values[::EVERY]
    return kept if (len(values) - 1) % EVERY == 0 else [*kept, values[-1]]


def _read(name: str) -> str:
    room, _, inner = name.partition("/")
    folder = charts.folder() if room == "charts" else files("selloff.apps.room").joinpath("static")
    return folder.joinpath(inner).read_text(encoding="utf-8")
