"""The monitor's page in a real browser: drawn, quiet, offline, no wider than the screen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from selloff.report import monitor_page
from selloff.studies import monitor
from watched import Watched

pytestmark = pytest.mark.slow
DAY = date(2026, 9, 18)


@pytest.fixture(scope="module")
def found() -> list[Any]:
    return [monitor.nowcast(name, DAY, n_draws=5) for name in ("japan", "china")]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory, found: list[Any]) -> Path:
    page = {
        "as_of": DAY.isoformat(),
        "holders": [monitor.summarise(each) for each in found],
        "history": monitor.history(found[0]),
        "open_question": monitor.open_question(found[0]),
        "answered_question": monitor.answered_question(found[0]),
        "delays": [{"usd_bn_a_year": 50.0, "p05": 8.0, "p50": 25.0, "p95": 76.0}],
        "signs": [each.plain for each in monitor.signs(DAY)],
        "data": "as packaged",
    }
    file = tmp_path_factory.mktemp("monitor") / "monitor.html"
    file.write_text(monitor_page(page), encoding="utf-8")
    return file


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (768, "light"), (1280, "light")])
def test_the_page_is_drawn_quiet_and_fits(
    browser: Browser, page_file: Path, found: list[Any], width: int, scheme: str
) -> None:
    screen = {"width": width, "height": 800}
    watched = Watched(browser, page_file.as_uri(), viewport=screen, color_scheme=scheme)
    page = watched.page
    assert page.locator("[data-chart] svg.picture").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= 6_000
    assert not page.locator(".unscripted").is_visible()
    flag = monitor.summarise(found[0])["flag"]
    assert page.locator(".answer .verdict").inner_text() == f"flag: {flag}"
    assert watched.complaints == []
    assert watched.asked == [page_file.as_uri()]
    page.close()
