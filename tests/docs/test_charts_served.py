"""The modules of the charts as a server hands them out, under a strict content policy."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from importlib.resources import as_file
from typing import Any

import gallery_charts
import numpy as np
import pytest

from selloff import charts
from selloff.charts._build import keep
from selloff.report.estimate import digits, with_unit

pytestmark = pytest.mark.slow
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


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
        how = gallery_charts.unit_of(unit, decimals)
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
             const steps = [];
             place.addEventListener('chart-step', (event) => steps.push(event.detail.at));
             chart.update(second);
             const after = place.querySelector('.readout').innerText;
             const kept = plot === place.querySelector('.plot');
             const title = place.querySelector('.title').textContent;
             chart.show(3);
             chart.show(null);
             const last = steps.slice(-2);
             chart.destroy();
             return { before, after, kept, title, last, left: place.childElementCount };
           }""",
        [first, second],
    )
    assert said["kept"]
    assert said["title"] == "Another finding"
    assert said["before"] != said["after"]
    assert said["left"] == 0
    assert said["last"] == [3, None]


def test_a_scale_that_stands_still_stays(room: Any, made: Any) -> None:
    fixed = made["us_10y"].model_copy(update={"domain": (-100.0, 300.0)})
    ticks = room.evaluate(
        """async (spec) => {
             const { draw } = await import('/index.js');
             const place = document.createElement('div');
             document.body.append(place);
             const chart = draw(place, spec);
             const ticks = Array.from(place.querySelectorAll('text[data-tick][text-anchor=end]'));
             const place_of = (one) => Number(one.getAttribute('y')) - 4;
             const found = ticks.map((one) => [Number(one.dataset.tick), place_of(one)]);
             chart.destroy();
             return found;
           }""",
        fixed.model_dump(mode="json", exclude_none=True),
    )
    levels = dict(map(tuple, ticks))
    assert levels[300] == 0.0
    assert levels[-100] == max(levels[at] for at in levels if at <= 300)
