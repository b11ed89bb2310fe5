"""The site as it is built: whole, without a network, in a browser."""

from pathlib import Path
from typing import Any

import pytest
from handbook import Found
from handbook.drawings import record
from make_docs import build

from watched import Watched

pytestmark = [pytest.mark.slow, pytest.mark.nightly]


@pytest.fixture(scope="module")
def built(made: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Found]:
    out = tmp_path_factory.mktemp("docs")
    found = build(out, made | {"record": record()})
    return out / "site", found


def test_no_link_is_broken_and_nothing_is_fetched(built: tuple[Path, Found]) -> None:
    _, found = built
    assert found.broken == ()
    assert found.foreign == ()
    assert found.pages > 70
    assert found.links > 5000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_work_from_the_disk(
    browser: Any, built: tuple[Path, Found], scheme: str, width: int
) -> None:
    site, _ = built
    for name in ("index", "tutorials/strategist", "model/fed", "trust", "reference/commands"):
        address = (site / f"{name}.html").as_uri()
        seen = Watched(
            browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        assert seen.complaints == []
        assert [each for each in seen.asked if not each.startswith("file:")] == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.locator("[data-chart]:empty").count() == 0
        scheme_of_page = seen.page.locator("body").get_attribute("data-md-color-scheme")
        assert scheme_of_page == {"light": "default", "dark": "slate"}[scheme]
        seen.page.close()


def test_what_is_looked_for_is_found(browser: Any, built: tuple[Path, Found]) -> None:
    seen = Watched(browser, (built[0] / "index.html").as_uri())
    seen.page.keyboard.press("Control+k")
    seen.page.keyboard.type("retaliation")
    seen.page.get_by_text("The United States may strike back").first.wait_for()
    assert seen.complaints == []
    seen.page.close()
