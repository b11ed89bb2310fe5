import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selloff.charts import folder
from selloff.report.world_map import FALLING, RISING, Place, classes, dotted, undrawn, world_map

OUTLINES = folder().joinpath("outlines.json")
NUMBERS = st.lists(st.floats(-40.0, 80.0), min_size=1, max_size=60)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@given(NUMBERS)
def test_every_number_lies_in_the_class_it_is_shown_in(numbers) -> None:
    found = classes(numbers)
    assert found.up <= len(RISING)
    assert found.down <= len(FALLING)
    for number in numbers:
        at = found.of(number)
        steps = abs(number) / found.step
        assert -found.down <= at <= found.up
        assert abs(at) <= steps + 1e-6
        assert steps < abs(at) + 1.0 + 1e-6 or at in (found.up, -found.down)


@given(NUMBERS)
def test_the_classes_reach_as_far_as_the_numbers(numbers) -> None:
    found = classes(numbers)
    assert max(found.up, found.down) >= 1 or max(abs(one) for one in numbers) < 1e-3


def test_labels() -> None:
    rising = classes([0.2, 4.8])
    labels = [rising.label(at) for at in range(-rising.down, rising.up + 1)]
    assert labels == ["0 to 1", "1 to 2", "2 to 3", "3 to 4", "over 4"]
    both = classes([0.9, -0.3])
    labels = [both.label(at) for at in range(-both.down, both.up + 1)]
    assert labels == ["below −0.2", "−0.2 to 0.2", "0.2 to 0.4", "0.4 to 0.6", "0.6 to 0.8",
                      "over 0.8"]  # fmt: skip


def test_all_at_zero_is_one_class() -> None:
    found = classes([0.0, 0.0])
    assert (found.up, found.down, found.of(0.0), found.colour(0)) == (0, 0, 0, "#ffffff")


def test_colours_go_from_light_to_dark() -> None:
    for scale in (RISING, FALLING):
        light = [_luminance(colour) for colour in scale]
        assert all(a > 1.4 * b for a, b in pairwise(light))


def test_neighbours_in_the_legend_have_their_own_colours() -> None:
    for top in (0.5, 1.0, 2.3, 3.1, 4.4, 5.9, 7.0):
        found = classes([top, -top / 3])
        shades = [found.colour(at) for at in range(-found.down, found.up + 1)]
        assert len(set(shades)) == len(shades)


def test_words_from_outside_are_escaped() -> None:
    picture = world_map({"TUR": Place("<b>", 1.0, "&")}, unit="<u>", label='"')
    assert "<b>" not in picture
    assert "<u>" not in picture
    assert "&lt;b&gt;: &amp;" in picture


def test_land_small_economies_and_the_rest() -> None:
    places = {"TUR": Place("Turkey", 3.0, "3pp"), "SGP": Place("Singapore", 0.0, "0pp")}
    picture = world_map(places, unit="pp", label="map")
    assert picture.count("<title>") == 2
    assert picture.count('class="dot"') == 1
    assert picture.count('class="unknown"') == 1
    assert dotted(places) == ["SGP"]
    assert undrawn(["TUR", "SGP", "XXX"]) == ["XXX"]


def test_outlines_are_small_whole_and_say_where_they_are_from() -> None:
    text = OUTLINES.read_text(encoding="utf-8")
    land = json.loads(text)
    assert len(text.encode()) < 120_000
    assert "Natural Earth" in land["source"]
    assert len(land["paths"]) > 170
    for code, path in land["paths"].items():
        assert re.fullmatch(r"(M-?\d+ -?\d+l[-0-9 ]+z)+", path), code
        assert re.fullmatch("[A-Z]{3}|", code)
    assert {"HKG", "SGP", "MUS", "BHR"} <= set(land["points"])


@pytest.mark.parametrize("code", ["USA", "BRA", "IND", "ZAF", "TUR", "CHN", "RUS"])
def test_outlines_close_and_stay_inside_the_picture(code) -> None:
    land = json.loads(OUTLINES.read_text(encoding="utf-8"))
    left, top, width, height = land["view"]
    for x0, y0, steps in re.findall(r"M(-?\d+) (-?\d+)l([-0-9 ]+)z", land["paths"][code]):
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        assert len(numbers) % 2 == 0
        x = y = 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            # No line runs across the map: the antimeridian cuts no country in two.
            assert abs(dx) < 130
            assert top - 5 <= int(y0) + y <= top + height + 5
            assert int(x0) + x <= left + width
