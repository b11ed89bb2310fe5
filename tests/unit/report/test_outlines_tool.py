"""The tool that makes the outlines: projection, fewer points, land across the antimeridian."""

import importlib
import json
from math import pi, radians, sin
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("outlines")


def test_the_equator_is_as_long_as_promised(tool) -> None:
    left, right = tool.project(-180.0, 0.0), tool.project(180.0, 0.0)
    assert right[0] - left[0] == pytest.approx(tool.WIDTH)
    assert left[1] == right[1] == 0.0


@pytest.mark.parametrize("latitude", [0.0, 25.0, 50.0, 75.0])
def test_equal_areas_stay_equal(tool, latitude) -> None:
    step = 0.05
    corners = [(0.0, latitude), (step, latitude), (step, latitude + step), (0.0, latitude + step)]
    drawn = tool.area([tool.project(*corner) for corner in corners])
    true = radians(step) * (sin(radians(latitude + step)) - sin(radians(latitude)))
    scale = (tool.WIDTH / (4.0 * pi * 3.0**0.5 / (3.0 * tool.EQUAL_EARTH[0]))) ** 2
    assert drawn / (true * scale) == pytest.approx(1.0, rel=1e-3)


def test_points_on_a_line_are_left_out(tool) -> None:
    line = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 5.0), (2.0, 9.0)]
    assert tool.simplify(line, 0.5) == [(0.0, 0.0), (2.0, 0.0), (2.0, 9.0)]


def test_paths_close_and_count_from_point_to_point(tool) -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, -10.0), (0.0, -10.0)]
    speck = [(50.0, 0.0), (51.0, 0.0), (51.0, 1.0)]
    assert tool.path([square, speck]) == "M0 0l10 0 0-10-10 0z"
    assert tool.path([speck]) == "M50 0l1 0 0 1z"


def test_land_across_the_antimeridian_stays_in_one_piece(tool, tmp_path) -> None:
    steps = [[3590, 1200], [-3580, 0], [0, 50], [3580, 0], [0, -50]]
    shape = {"type": "Polygon", "arcs": [[0]], "id": "001", "properties": {"name": "Far"}}
    topology = {
        "transform": {"scale": [0.1, 0.05], "translate": [-180.0, 0.0]},
        "arcs": [steps],
        "objects": {"countries": {"geometries": [shape]}},
    }
    file = tmp_path / "far.json"
    file.write_text(json.dumps(topology), encoding="utf-8")
    (ring,) = tool._countries(file, {"001": "FAR"})["FAR"]
    xs = [x for x, _ in ring]
    assert max(xs) - min(xs) < 30.0
