"""Make charts/static/outlines.json: countries as SVG paths in the Equal Earth projection.

Run: npm pack world-atlas@2.0.2; pip download --no-deps pycountry; unpack both, then
python tools/outlines.py WORLD_ATLAS_FOLDER ISO3166_1_JSON
"""

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, cos, hypot, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

from selloff.vocab import write_file

TARGET: Final = (
    Path(__file__).resolve().parents[1] / "src" / "selloff" / "charts" / "static" / "outlines.json"
)

WIDTH: Final = 2000.0
"""Units from the antimeridian to itself along the equator."""
TOLERANCE: Final = 0.8
"""Largest distance of a point left out from the line drawn [units]."""
SMALLEST: Final = 12.0
"""Islands below this area are left out, unless they are a whole country [square units]."""
TOP: Final = 83.8
BOTTOM: Final = -56.5
WEST: Final = -137.0
EAST: Final = 181.0
LEFT: Final = -169.0
"""Where the picture ends, latitudes and, on the equator, longitudes: Antarctica is outside it, and
land west of LEFT is drawn at the right, so that eastern Siberia is whole [degrees]."""
EQUAL_EARTH: Final = (1.340264, -0.081106, 0.000893, 0.003796)
"""Šavrič, Patterson and Jenny 2018, equation 10."""
WITHOUT_CODE: Final = {"Kosovo": "XKX"}
"""Outlines the atlas gives no ISO number; the code is the World Bank's."""

Point = tuple[float, float]
Ring = list[Point]


def main(atlas: Path, codes: Path) -> None:
    letters = {
        one["numeric"]: one["alpha_3"] for one in json.loads(codes.read_text("utf-8"))["3166-1"]
    }
    small = _countries(atlas / "countries-110m.json", letters)
    medium = _countries(atlas / "countries-50m.json", letters)
    paths: dict[str, str] = {}
    for code, rings in sorted(small.items()):
        if code != "ATA":
            paths[code] = path(rings)
    made = {
        "what": "Countries as SVG paths by ISO 3166-1 letters, and points for small economies",
        "projection": "Equal Earth (Šavrič, Patterson, Jenny 2018)",
        "source": "Natural Earth 4.1.0, 1:110m and (points) 1:50m, public domain; "
        "npm package world-atlas 2.0.2 (ISC), simplified by tools/outlines.py",
        "view": _view(),
        "paths": paths,
        "points": {
            code: [round(one) for one in _middle(rings)]
            for code, rings in sorted(medium.items())
            if code not in small and code
        },
    }
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    write_file(TARGET, text.replace('","', '",\n"').replace("],", "],\n") + "\n")
    sys.stdout.write(f"{len(paths)} outlines, {len(made['points'])} points, {len(text)} bytes\n")


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth, scaled so that the equator is WIDTH long; y grows downwards."""
    a1, a2, a3, a4 = EQUAL_EARTH
    theta = asin(sqrt(3.0) / 2.0 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = a1 + 3.0 * a2 * square + sixth * (7.0 * a3 + 9.0 * a4 * square)
    x = 2.0 * sqrt(3.0) * radians(longitude) * cos(theta) / (3.0 * slope)
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    scale = WIDTH / (4.0 * pi * sqrt(3.0) / (3.0 * a1))
    return WIDTH / 2.0 + scale * x, -scale * y


def simplify(line: Sequence[Point], tolerance: float) -> Ring:
    """Douglas and Peucker 1973: leave out what lies within the tolerance of the line drawn."""
    first, last = line[0], line[-1]
    far, at = max(
        ((_off(line[i], first, last), i) for i in range(1, len(line) - 1)), default=(0, 0)
    )
    if far <= tolerance:
        return [first, last]
    return simplify(line[: at + 1], tolerance)[:-1] + simplify(line[at:], tolerance)


def path(rings: Sequence[Ring]) -> str:
    """Whole units, each point from the one before; specks are left out."""
    largest = max(rings, key=area)
    shown = [ring for ring in rings if ring is largest or area(ring) >= SMALLEST]
    return "".join(_ring(ring) for ring in shown)


def area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2.0


def _ring(ring: Ring) -> str:
    whole = [(round(x), round(y)) for x, y in ring]
    kept = [whole[0]]
    kept += [point for point in whole[1:] if point != kept[-1]]
    steps = ((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(kept))
    steps_taken = "".join(_pair(step) for step in steps if step != (0, 0))
    return f"M{kept[0][0]} {kept[0][1]}l{steps_taken.strip()}z"


def _pair(step: tuple[int, int]) -> str:
    x, y = step
    return f" {x}{'' if y < 0 else ' '}{y}" if x >= 0 else f"{x}{'' if y < 0 else ' '}{y}"


def _off(point: Point, first: Point, last: Point) -> float:
    """Distance on the map from a line; from its end where both ends meet."""
    (x0, y0), (x1, y1), (x, y) = (project(*one) for one in (first, last, point))
    dx, dy, px, py = x1 - x0, y1 - y0, x - x0, y - y0
    length = hypot(dx, dy)
    return abs(dx * py - dy * px) / length if length > 0.0 else hypot(px, py)


def _countries(file: Path, letters: dict[str, str]) -> dict[str, list[Ring]]:
    """Rings of each country; "" for land without a code."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = letters.get(shape.get("id", ""), WITHOUT_CODE.get(name, ""))
        found.setdefault(code, []).extend(_rings(shape, arcs))
    return found


def _arc(arc: Iterable[Sequence[int]], transform: dict[str, Any]) -> Ring:
    """Undo the steps and the grid of TopoJSON, then simplify; neighbours share the result."""
    (kx, ky), (x0, y0) = transform["scale"], transform["translate"]
    x = y = 0
    line: Ring = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append(_near((x0 + kx * x, y0 + ky * y), line))
    return simplify(line, TOLERANCE)


def _rings(shape: dict[str, Any], arcs: Sequence[Ring]) -> list[Ring]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [_joined(ring, arcs) for polygon in polygons for ring in polygon]


def _joined(ring: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Put arcs end to end and project; land at the left edge of the picture goes to the right."""
    line: Ring = []
    for at in ring:
        for point in arcs[at] if at >= 0 else arcs[~at][::-1]:
            line.append(_near(point, line))
        line.pop()
    turn = 360.0 if max(longitude for longitude, _ in line) < LEFT else 0.0
    return [project(longitude + turn, latitude) for longitude, latitude in line]


def _near(point: Point, line: Ring) -> Point:
    """The same place, on the side of the antimeridian where the line already is."""
    longitude, latitude = point
    turns = round((line[-1][0] - longitude) / 360.0) if line else 0
    return longitude + 360.0 * turns, latitude


def _middle(rings: Sequence[Ring]) -> Point:
    """The middle of the largest piece."""
    largest = max(rings, key=area)
    x, y = zip(*largest, strict=True)
    return (min(x) + max(x)) / 2.0, (min(y) + max(y)) / 2.0


def _view() -> list[int]:
    top, bottom = project(0.0, TOP)[1], project(0.0, BOTTOM)[1]
    left, right = project(WEST, 0.0)[0], project(EAST, 0.0)[0]
    return [round(left), round(top), round(right - left), round(bottom - top)]


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:]))
