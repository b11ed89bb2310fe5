"""Charts in a real browser: quiet, no word over another, drawn where the numbers are."""

from itertools import product
from pathlib import Path
from typing import Any

import gallery
import numpy as np
import pytest

from map_classes import classes
from marks import nightly_but
from odd_charts import odd
from reading import OVERLAPS, chart, points, scales, shapes
from watched import Watched

pytestmark = pytest.mark.slow
LOOKS = list(product((320, 390, 768, 1280), ("light", "dark")))
OFTEN = [(320, "light"), (390, "dark"), (1280, "light")]
"""Widths and schemes that are looked at each time."""
HALF = 0.11
"""Pixels a point may be off: positions are written to a tenth, the words of ticks too."""


@pytest.mark.parametrize("look", nightly_but(OFTEN, LOOKS), ids=str)
def test_every_kind_is_drawn_quiet_and_no_word_covers_another(
    browser: Any, gallery_file: Path, made: dict[str, Any], look: tuple[int, str]
) -> None:
    width, scheme = look
    context: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    watched = Watched(browser, gallery_file.as_uri(), **context)
    page = watched.page
    assert page.locator("svg.picture, svg.spark").count() == len(made)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 25, 31)"
    )
    assert watched.complaints == []
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_odd_is_drawn_too(browser: Any, tmp_path: Path, width: int) -> None:
    file = tmp_path / "odd.html"
    file.write_text(gallery.render(odd()), encoding="utf-8")
    watched = Watched(browser, file.as_uri(), viewport={"width": width, "height": 900})
    page = watched.page
    drawn = page.evaluate(
        "Array.from(document.querySelectorAll('svg')).map((one) => one.outerHTML)"
    )
    assert len(drawn) == len(odd())
    assert not [one for one in drawn for word in ("NaN", "undefined", "Infinity") if word in one]
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for plot in page.locator(".plot").all():
        plot.focus()
        for key in ("ArrowRight", "End", "ArrowRight"):
            page.keyboard.press(key)
        assert plot.locator(".readout").is_visible()
        box = plot.locator(".readout").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert watched.complaints == []
    page.close()


@pytest.mark.parametrize("name", ["us_10y", "usdjpy"])
def test_lines_and_bands_lie_where_the_axes_say(page: Any, made: Any, name: str) -> None:
    x, y = scales(chart(page, name), days=True)
    spec = made[name]
    drawn = {
        (one["series"], one["part"]): points(one["d"])
        for one in shapes(chart(page, name), "path[data-series]")
    }
    assert len(drawn) == 3 * len(spec.series)
    for one in spec.series:
        days = np.array(spec.x.values)
        line = drawn[one.name, "p50"]
        np.testing.assert_allclose(line, np.c_[x(days), y(np.array(one.p50))], atol=HALF)
        for low, high in (("p05", "p95"), ("p25", "p75")):
            upper = np.c_[x(days), y(np.array(getattr(one, high)))]
            lower = np.c_[x(days), y(np.array(getattr(one, low)))][::-1]
            np.testing.assert_allclose(drawn[one.name, low + high], np.r_[upper, lower], atol=HALF)


def test_marks_and_records_lie_where_the_axes_say(page: Any, made: Any) -> None:
    place, spec = chart(page, "us_10y"), made["us_10y"]
    x, y = scales(place, days=True)
    (diamond,) = shapes(place, "path.diamond")
    left, top = points(diamond["d"].split("l")[0])[0]
    np.testing.assert_allclose([left, top + 6], [x(spec.marks[0].x), y(spec.marks[0].y)], atol=HALF)
    (record,) = shapes(place, "line.record")
    assert float(record["y1"]) == pytest.approx(float(y(spec.records[0].y)), abs=HALF)
    assert spec.records[0].label in place.locator("svg.picture").text_content()


def test_areas_of_the_relay_stand_on_each_other(page: Any, made: Any) -> None:
    place, spec = chart(page, "relay"), made["relay"]
    x, y = scales(place, days=True)
    values = np.array([one.values for one in spec.parts])
    tops = np.cumsum(np.maximum(values, 0.0), axis=0)
    feet = np.cumsum(np.minimum(values, 0.0), axis=0)
    found = shapes(place, "path[data-series]")
    at = np.array(spec.x.values)
    wanted = []
    for index, one in enumerate(spec.parts):
        for sums, part in ((tops, np.maximum(values, 0.0)), (feet, np.minimum(values, 0.0))):
            if np.any(part[index]):
                ends = y(sums[index]), y(sums[index] - part[index])
                wanted.append((one.name, np.r_[np.c_[x(at), ends[0]], np.c_[x(at), ends[1]][::-1]]))
    assert [one["series"] for one in found] == [name for name, _ in wanted]
    for one, (_, outline) in zip(found, wanted, strict=True):
        np.testing.assert_allclose(points(one["d"]), outline, atol=HALF)


def test_bars_dots_and_ranges_lie_where_the_axes_say(page: Any, made: Any) -> None:
    place, rows = chart(page, "parts"), made["parts"].rows
    x, _ = scales(place, days=False)
    starts = np.r_[0.0, np.cumsum([one.p50 for one in rows[:-2]]), 0.0]
    for one, start, bar in zip(rows, starts, shapes(place, "rect.bar"), strict=True):
        left = float(bar["x"])
        ends = sorted([float(x(start)), float(x(start + one.p50))])
        np.testing.assert_allclose([left, left + float(bar["width"])], ends, atol=2 * HALF)
    place, rows = chart(page, "emerging"), made["emerging"].rows
    x, _ = scales(place, days=False)
    centres = [float(one["cx"]) for one in shapes(place, "circle.dot")]
    np.testing.assert_allclose(centres, x([one.p50 for one in rows]), atol=HALF)
    for one, reach in zip(rows, shapes(place, "path.reach"), strict=True):
        left, right = (float(end) for end in (reach["d"][1:].split()[0], reach["d"].split("H")[1]))
        np.testing.assert_allclose([left, right], x([one.p05, one.p95]), atol=HALF)
    place, rows = chart(page, "both"), made["both"].rows
    x, _ = scales(place, days=False)
    first = [float(one["cx"]) for one in shapes(place, "circle.dot[data-side=a]")]
    second = [float(one["x"]) + 5.5 for one in shapes(place, "rect.dot[data-side=b]")]
    np.testing.assert_allclose(first, x([one.a.p50 for one in rows]), atol=HALF)
    np.testing.assert_allclose(second, x([one.b.p50 for one in rows]), atol=HALF)


def test_points_lie_where_both_axes_say(page: Any, made: Any) -> None:
    place, spec = chart(page, "flows"), made["flows"]
    x, y = scales(place, days=False)
    found = {
        one["row"]: (float(one["cx"]), float(one["cy"])) for one in shapes(place, "circle.dot")
    }
    assert len(found) == len(spec.points)
    for one in spec.points:
        np.testing.assert_allclose(found[one.name], [x(one.x), y(one.y)], atol=HALF)


def test_twenty_dots_are_twenty_runs(page: Any, made: Any) -> None:
    place, spec = chart(page, "twenty"), made["twenty"]
    x, _ = scales(place, days=False)
    found = shapes(place, "circle.dot")
    assert [float(one["value"]) for one in found] == list(spec.values)
    assert sum("tone-2" in one["class"] for one in found) == sum(
        one > spec.beyond for one in spec.values
    )
    places = np.array([[float(one["cx"]), float(one["cy"])] for one in found])
    assert np.abs(places[:, 0] - x(np.array(spec.values))).max() <= 24.0
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + 99.0 * np.eye(20)
    assert apart.min() >= 22.0


def test_colours_are_those_of_the_classes_of_the_map(page: Any, made: Any) -> None:
    place, rows = chart(page, "world"), made["world"].rows
    scale = classes(one.p50 for one in rows)
    shown = {one["row"]: one["class"].split()[-1] for one in shapes(place, "[data-row]")}
    assert len(shown) >= 20
    for one in rows:
        if one.code in shown:
            assert shown[one.code] == _class_name(scale, scale.of(one.p50)), one.name
    assert len(shapes(place, "path.land.hatched")) == 1


def test_colours_are_those_of_the_classes_of_the_curve(page: Any, made: Any) -> None:
    place, spec = chart(page, "curve"), made["curve"]
    x, _ = scales(place, days=True)
    scale = classes(value for row in spec.rows for value in row.values)
    days = [0, 5, 12, 30, 70, len(spec.x.values) - 2]
    asked = [[float(x(spec.x.values[at])), 26.0 * row + 13.0] for row in range(9) for at in days]
    found = place.evaluate(
        """(place, asked) => asked.map(([x, y]) => {
             const cells = Array.from(place.querySelectorAll('path.cell'));
             const near = [-0.3, 0.3].map((by) => new DOMPoint(x + by, y));
             const isAt = (one) => near.some((each) => one.isPointInFill(each));
             return cells.filter(isAt).map((one) => one.dataset.class);
           })""",
        asked,
    )
    wanted = [_class_name(scale, scale.of(row.values[at])) for row in spec.rows for at in days]
    assert all(one in several for one, several in zip(wanted, found, strict=True))


def _class_name(scale: Any, at: int) -> str:
    if at == 0:
        return "still"
    most = scale.up if at > 0 else scale.down
    return f"{'up' if at > 0 else 'down'}-{(5 - most) // 2 + abs(at)}"


def test_streams_are_as_wide_as_what_went(page: Any, made: Any) -> None:
    place, links = chart(page, "sankey"), made["sankey"].links
    found = {one["link"]: float(one["stroke-width"]) for one in shapes(place, "path.stream")}
    wide = max(links, key=lambda one: one.value)
    per = found[f"{wide.source} → {wide.target}"] / wide.value
    for one in links:
        width = found[f"{one.source} → {one.target}"]
        assert width == pytest.approx(max(1.0, per * one.value), abs=0.06 + 0.01 * width)
