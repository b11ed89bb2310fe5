"""A fan that stands still: well-formed, without scripts, and where the numbers are."""

import base64
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from selloff.charts import Fan, Ruler, Unit, Words, as_image, fan, still
from selloff.charts._still import FOOT, HEIGHT, LEFT, RIGHT, TOP, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
DAYS = (0.0, 1.0, 8.0, 27.0, 64.0, 252.0, 2520.0)
TITLE = 'A <rise> & a "fall"'


@pytest.fixture
def made() -> Fan:
    words = Words(
        id="us_10y",
        title=TITLE,
        subtitle="By day.",
        source="Selloff",
        unit=Unit(name="% yield", after="%", decimals=2),
    )
    middle = np.array([4.0, 4.5, 5.0, 6.0, 5.5, 5.0, 4.5])
    spread = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])[:, None] * np.linspace(0.0, 1.0, 7)
    axis = Ruler(kind="days", title="Business day", values=DAYS)
    other = ("B", middle + spread - 0.1)
    return fan(words, axis, [("A", middle + spread)], ghost=other, domain=(3.0, 7.0))


def read(chart: Fan) -> ElementTree.Element:
    return ElementTree.fromstring(still(chart))


def test_it_is_a_picture_without_scripts_or_addresses(made: Fan) -> None:
    text = still(made)
    assert {each.tag.removeprefix(SVG) for each in read(made).iter()} <= {
        "svg", "title", "rect", "line", "text", "polygon", "polyline",
    }  # fmt: skip
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert read(made).findtext(f"{SVG}title") == TITLE


def test_medians_stand_where_their_days_and_levels_are(made: Fan) -> None:
    ghost, own = (each for each in read(made).iter(f"{SVG}polyline"))
    if own.get("stroke-dasharray"):
        ghost, own = own, ghost
    assert ghost.get("stroke-dasharray")
    points = [tuple(map(float, each.split(","))) for each in own.get("points", "").split()]
    assert points[0][0] == LEFT
    assert points[-1][0] == WIDTH - RIGHT
    share = (27.0 / 2520.0) ** (1.0 / 3.0)
    assert points[3][0] == pytest.approx(LEFT + share * (WIDTH - RIGHT - LEFT), abs=0.1)
    bottom = HEIGHT - FOOT
    assert points[3][1] == pytest.approx(bottom - 0.75 * (bottom - TOP), abs=0.1)


def test_two_ranges_lie_behind_the_median_and_none_behind_the_ghost(made: Fan) -> None:
    wide, narrow = read(made).iter(f"{SVG}polygon")

    def height(shape: ElementTree.Element) -> float:
        ends = [float(each.split(",")[1]) for each in shape.get("points", "").split()]
        return max(ends) - min(ends)

    assert height(wide) > height(narrow) > 0.0


def test_words_at_the_axes_are_apart_and_the_last_has_the_unit(made: Fan) -> None:
    words = [each.text or "" for each in read(made).iter(f"{SVG}text")]
    assert words[:5] == ["3", "4", "5", "6", "7%"]
    assert {"Start", "1 year", "10 years"} <= set(words[5:])
    places = sorted(
        float(each.get("x", "0"))
        for each in read(made).iter(f"{SVG}text")
        if each.get("text-anchor") == "middle"
    )
    assert min(np.diff(places)) >= 64.0


def test_gaps_are_passed_over(made: Fan) -> None:
    band = made.series[0]
    short = band.model_copy(update={"p50": (*band.p50[:5], None, None)})
    cut = made.model_copy(update={"series": (short,)})
    (line,) = read(cut).iter(f"{SVG}polyline")
    assert len(line.get("points", "").split()) == 5


def test_the_image_holds_the_picture_itself(made: Fan) -> None:
    tag = ElementTree.fromstring(as_image(made).replace('">', '"/>'))
    head, code = tag.get("src", "").split(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(code).decode() == still(made)
    assert tag.get("alt") == f"{TITLE}. By day."
