"""Charts read by pointer, finger, keyboard and table; saved; printed."""

import csv
import io
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reading import chart, scales, shapes
from selloff.report.estimate import digits
from watched import Watched

pytestmark = pytest.mark.slow


def test_keys_step_through_and_escape_ends(page: Any, made: Any) -> None:
    for name, spec in made.items():
        if spec.kind == "spark":
            continue
        plot, box = chart(page, name).locator(".plot"), chart(page, name).locator(".readout")
        plot.focus()
        assert box.is_hidden()
        page.keyboard.press("ArrowRight")
        first = box.inner_text()
        page.keyboard.press("ArrowRight")
        assert plot.get_attribute("aria-valuenow") == "1"
        assert box.inner_text() != first
        page.keyboard.press("End")
        assert plot.get_attribute("aria-valuenow") == plot.get_attribute("aria-valuemax")
        page.keyboard.press("Home")
        assert box.inner_text() == first
        page.keyboard.press("Escape")
        assert box.is_hidden()
        assert chart(page, name).locator(".overlay > *").count() == 0


def test_the_readout_says_every_series_at_the_pointer(page: Any, made: Any) -> None:
    place, spec = chart(page, "usdjpy"), made["usdjpy"]
    x, _ = scales(place, days=True)
    at = 20
    place.locator(".plot").scroll_into_view_if_needed()
    box = place.locator(".plot").bounding_box()
    page.mouse.move(box["x"] + float(x(spec.x.values[at])), box["y"] + 80)
    said = place.locator(".readout").inner_text()
    assert f"Day {spec.x.values[at]:.0f}" in said
    for one in spec.series:
        middle, low, high = (digits(line[at], 1) for line in (one.p50, one.p05, one.p95))
        ends = f"{low} to {high}" if low.startswith("−") else f"{low}–{high}"
        assert (
            f"{one.name}\n{middle}%" in said or f"{one.name}\n{middle}%".replace("\n", "") in said
        )
        assert f"({ends})" in said
    dots = shapes(place, ".overlay circle")
    assert len(dots) == len(spec.series)
    page.mouse.move(0, 0)
    assert place.locator(".readout").is_hidden()


def test_a_finger_reads_and_the_numbers_stay(browser: Any, gallery_file: Path) -> None:
    touch = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    watched = Watched(browser, gallery_file.as_uri(), **touch)
    place = chart(watched.page, "us_10y")
    place.locator(".plot").tap(position={"x": 200, "y": 80})
    assert place.locator(".readout").is_visible()
    assert place.locator(".overlay > *").count() == 2
    chart(watched.page, "relay").locator(".title").tap()
    assert watched.complaints == []
    watched.page.close()


def test_the_table_is_the_twin_of_the_chart_and_the_csv_too(page: Any, made: Any) -> None:
    for name, spec in made.items():
        if spec.kind == "spark":
            continue
        place = chart(page, name)
        place.locator("summary").click()
        place.locator("tbody tr").first.wait_for()
        rows = place.locator("tbody tr").all_inner_texts()
        cells = [one.split("\t") for one in rows]
        with page.expect_download() as download:
            place.get_by_role("button", name="Download CSV").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        saved = list(csv.reader(io.StringIO(text)))
        assert download.value.suggested_filename == f"{name}.csv"
        assert len(saved) == len(cells) + 1
        assert [len(row) for row in cells] == [len(row) for row in saved[1:]]
        numbers = _numbers(spec)
        assert [float(one) for row in saved[1:] for one in row if _is_number(one)] == numbers
        place.locator("summary").click()


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _numbers(spec: Any) -> list[float]:
    """Numbers of a chart in the order of its table, from Python's own copy."""
    quantiles = ("p05", "p25", "p50", "p75", "p95")
    if spec.kind == "fan":
        columns = [getattr(one, part) for one in spec.series for part in quantiles]
        return list(np.c_[spec.x.values, np.array(columns).T].ravel())
    if spec.kind in ("relay", "heat"):
        parts = spec.parts if spec.kind == "relay" else spec.rows
        return list(np.c_[spec.x.values, np.array([one.values for one in parts]).T].ravel())
    if spec.kind == "waterfall":
        return [value for one in spec.rows for value in (one.p50, one.p05, one.p95)]
    if spec.kind == "dumbbell":
        return [
            v
            for one in spec.rows
            for side in (one.a, one.b)
            for v in (side.p05, side.p50, side.p95)
        ]
    if spec.kind == "quantiles":
        return [v for at, one in enumerate(spec.values) for v in (5.0 * (at + 0.5), one)]
    if spec.kind == "scatter":
        return [value for one in spec.points for value in (one.x, one.y)]
    if spec.kind == "sankey":
        return [one.value for one in spec.links]
    return [value for one in spec.rows for value in (one.p05, one.p50, one.p95)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_are_saved_whole_light_and_without_a_stylesheet(
    browser: Any, gallery_file: Path, made: Any, scheme: str
) -> None:
    look = {"viewport": {"width": 390, "height": 900}, "color_scheme": scheme}
    watched = Watched(browser, gallery_file.as_uri(), **look)
    for name in ("us_10y", "world"):
        saved = {}
        for kind in ("SVG", "PNG"):
            with watched.page.expect_download() as download:
                chart(watched.page, name).get_by_role("button", name=f"Download {kind}").click()
            saved[kind] = download.value.path().read_bytes()
        root = ET.fromstring(saved["SVG"])
        words = " ".join(root.itertext())
        assert made[name].title in words
        assert f"Source: {made[name].source}" in words
        every = list(root.iter())
        assert not any("class" in one.attrib or "style" in one.attrib for one in every)
        ground = next(
            one for one in every if one.tag.endswith("rect") and one.get("width") == "848"
        )
        assert ground.get("fill") == "rgb(255, 255, 255)"
        assert saved["PNG"].startswith(b"\x89PNG")
        wide, high = struct.unpack(">II", saved["PNG"][16:24])
        assert (wide, high) == (2 * 848, 2 * int(root.get("height")))
    assert watched.page.locator(".chart-export").count() == 0
    assert watched.complaints == []
    watched.page.close()


def test_print_is_light_and_bare(browser: Any, gallery_file: Path, tmp_path: Path) -> None:
    look = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
    watched = Watched(browser, gallery_file.as_uri(), **look)
    watched.page.emulate_media(media="print")
    assert watched.page.locator(".tools").first.is_hidden()
    ink = "getComputedStyle(document.querySelector('.title')).color"
    assert watched.page.evaluate(ink) == "rgb(28, 39, 51)"
    made = watched.page.pdf(format="A4", path=tmp_path / "charts.pdf")
    assert made.startswith(b"%PDF-")
    assert watched.complaints == []
    watched.page.close()


def test_names_roles_and_sizes_serve_those_who_do_not_see(page: Any, made: Any) -> None:
    for plot in page.locator(".plot").all():
        assert plot.get_attribute("role") == "slider"
        assert plot.get_attribute("tabindex") == "0"
        assert "arrow keys" in plot.get_attribute("aria-label")
        assert plot.get_attribute("aria-valuetext")
    assert page.locator("svg.picture:not([aria-hidden=true])").count() == 0
    for button in page.locator(".tools button, summary").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert button.get_attribute("aria-label")
    assert page.locator("svg.spark").get_attribute("aria-label") == made["spark"].title


def test_nothing_moves_for_those_who_asked_for_rest(browser: Any, gallery_file: Path) -> None:
    watched = Watched(browser, gallery_file.as_uri(), reduced_motion="reduce")
    moves = "getComputedStyle(document.querySelector('.readout')).transitionDuration"
    assert watched.page.evaluate(moves) == "0s"
    watched.page.close()
