"""Charts in a real browser: drawn where the numbers are, quiet, read by every means, saved."""

import csv
import functools
import http.server
import io
import json
import struct
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import gallery
import numpy as np
import pytest

from reading import OVERLAPS, points, scales, shapes
from selloff import charts
from selloff.charts._build import keep
from selloff.report.estimate import digits, with_unit
from selloff.report.world_map import classes

pytestmark = pytest.mark.slow
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
HALF = 0.11
"""Pixels a point may be off: positions are written to a tenth, the words of ticks too."""


@pytest.fixture(scope="module")
def made(synthetic: Any) -> dict[str, Any]:
    (dump, _), (slow, _) = synthetic(draws=20, reacts=True), synthetic(draws=20, years=10.0)
    return {one.id: one for one in gallery.drawn(dump, slow)}


@pytest.fixture(scope="module")
def file(made: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gallery") / "gallery.html"
    file.write_text(gallery.render(list(made.values())), encoding="utf-8")
    return file


class Watched:
    """A page that notes every complaint and every request."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.page = browser.new_page(**context)
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)
        self.page.wait_for_selector("html[data-drawn=all]", state="attached")


@pytest.fixture(scope="module")
def page(browser: Any, file: Path) -> Iterator[Any]:
    watched = Watched(browser, file.as_uri(), viewport={"width": 1280, "height": 900})
    yield watched.page
    assert watched.complaints == []
    assert watched.asked == [file.as_uri()]
    watched.page.close()


def chart(page: Any, name: str) -> Any:
    return page.locator(f"[data-chart={name}]")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_is_drawn_quiet_and_no_word_covers_another(
    browser: Any, file: Path, made: dict[str, Any], width: int, scheme: str
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    watched = Watched(browser, file.as_uri(), **look)
    page = watched.page
    assert page.locator("svg.picture, svg.spark").count() == len(made)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 25, 31)"
    )
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


def test_a_finger_reads_and_the_numbers_stay(browser: Any, file: Path) -> None:
    touch = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    watched = Watched(browser, file.as_uri(), **touch)
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
    browser: Any, file: Path, made: Any, scheme: str
) -> None:
    look = {"viewport": {"width": 390, "height": 900}, "color_scheme": scheme}
    watched = Watched(browser, file.as_uri(), **look)
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


def test_print_is_light_and_bare(browser: Any, file: Path, tmp_path: Path) -> None:
    look = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
    watched = Watched(browser, file.as_uri(), **look)
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


def test_nothing_moves_for_those_who_asked_for_rest(browser: Any, file: Path) -> None:
    watched = Watched(browser, file.as_uri(), reduced_motion="reduce")
    moves = "getComputedStyle(document.querySelector('.readout')).transitionDuration"
    assert watched.page.evaluate(moves) == "0s"
    watched.page.close()


class Strict(http.server.SimpleHTTPRequestHandler):
    """Hand out the folder of the charts and one page, under a strict content policy."""

    pages: dict[str, str]

    def do_GET(self) -> None:
        if self.path not in self.pages:
            super().do_GET()
            return
        body = self.pages[self.path].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(made: dict[str, Any]) -> Iterator[str]:
    places = "".join(f'<section data-chart="{one}"></section>' for one in made)
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Room</title>'
        '<link rel="stylesheet" href="/charts.css"></head><body>'
        f'{places}<script type="application/json" id="charts">{charts.charts_json(made.values())}'
        f'</script><script type="application/json" id="chart-outlines">{charts.outlines_json()}'
        '</script><script type="module" src="/page.js"></script></body></html>'
    )
    with as_file(charts.folder()) as folder:
        handler = type("Handler", (Strict,), {"pages": {"/": page}})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def room(browser: Any, served: str) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', "
        "(event) => window.broken.push(event.violatedDirective + ' ' + event.blockedURI))"
    )
    page.goto(served)
    page.wait_for_selector("html[data-drawn=all]", state="attached")
    yield page
    page.close()


def test_modules_draw_and_save_under_a_strict_policy(room: Any, made: Any) -> None:
    assert room.locator("svg.picture, svg.spark").count() == len(made)
    room.locator(".plot").first.focus()
    room.keyboard.press("ArrowRight")
    box = room.locator(".readout").first
    assert box.is_visible()
    assert box.evaluate("(one) => one.style.transform").startswith("translate(")
    room.locator("summary").first.click()
    for kind in ("PNG", "SVG", "CSV"):
        with room.expect_download():
            room.get_by_role("button", name=f"Download {kind}").first.click()
    assert room.evaluate("window.broken") == []


def test_the_browser_writes_numbers_as_python_does(room: Any) -> None:
    rng = np.random.default_rng(0)
    for unit, decimals in (("bp", 0), ("percent", 1), ("USD bn", 1), ("USD bn", 0)):
        raw = np.r_[
            rng.normal(0.0, 40.0, 60), rng.normal(0.0, 0.4, 60), 0.5, 1.5, -0.5, 1234.5, 0.05
        ]
        how = gallery.unit_of(unit, decimals)
        said = room.evaluate(
            """async ([numbers, unit]) => {
                 const { say } = await import('/words.js');
                 return numbers.map((one) => say(one, unit));
               }""",
            [keep(raw, how), how.model_dump()],
        )
        assert said == [with_unit(digits(one, decimals), unit) for one in raw]


def test_a_chart_is_drawn_anew_when_its_numbers_change(room: Any, made: Any) -> None:
    first = made["us_10y"].model_dump(mode="json", exclude_none=True)
    second = json.loads(json.dumps(first))
    second["title"] = "Another finding"
    second["series"][0]["p50"] = [2 * one for one in second["series"][0]["p50"]]
    said = room.evaluate(
        """async ([first, second]) => {
             const { draw } = await import('/index.js');
             const place = document.createElement('div');
             document.body.append(place);
             const chart = draw(place, first);
             const plot = place.querySelector('.plot');
             plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
             const before = place.querySelector('.readout').innerText;
             chart.update(second);
             const after = place.querySelector('.readout').innerText;
             const kept = plot === place.querySelector('.plot');
             const title = place.querySelector('.title').textContent;
             chart.destroy();
             return { before, after, kept, title, left: place.childElementCount };
           }""",
        [first, second],
    )
    assert said["kept"]
    assert said["title"] == "Another finding"
    assert said["before"] != said["after"]
    assert said["left"] == 0
