"""The page in a real browser before the real server, whose engine runs few draws."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from served import Served, served

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
FEW = {"draft_draws": 10, "full_draws": 10}
"""Draws that fit into one chunk of the smallest program."""
PATIENCE_MS = 600_000
"""The first answer and the first study may have to wait until the engine is compiled."""
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def room() -> Iterator[Served]:
    with served(None, **FEW) as found:
        yield found


@pytest.fixture
def opened(browser: Any, room: Served) -> Iterator[Opened]:
    """Opens tabs of one browser, which hold the cookie of the room they open."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []

    def tab(query: str = "", *, at: Served = room) -> Any:
        name, _, value = at.cookie().partition("=")
        context.add_cookies([{"name": name, "value": value, "url": at.origin}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{at.origin}/{query}")
        answered(page)
        return page

    yield tab
    context.close()
    assert complaints == []


def answered(page: Any, *, unlike: str = "") -> str:
    """Wait for a full answer with another sentence, and read it."""
    page.locator(".body:not(.waits) .view.full").wait_for()
    page.locator(".sentence").filter(has_not_text=unlike or "worked out").wait_for()
    return str(page.locator(".sentence").inner_text())


def type_in(page: Any, control: str, value: str) -> None:
    page.locator(f"#{control}-exact").fill(value)
    page.keyboard.press("Enter")


def test_controls_answer_and_two_tabs_do_not_mix(opened: Opened) -> None:
    one, two = opened(), opened()
    first = answered(one)
    assert answered(two) == first
    type_in(one, "usd", "$300bn")
    two.locator("#days").focus()
    two.keyboard.press("End")
    less, slower = answered(one, unlike=first), answered(two, unlike=first)
    assert less != slower
    assert "$300bn · at once" in one.locator("h1").inner_text()
    assert "over 10 years" in two.locator("h1").inner_text()
    one.reload()
    assert answered(one) == less


def test_a_link_restores_the_question_and_its_answer(opened: Opened) -> None:
    page = opened("?who=chn&usd=250&days=63&into=gold&fed=off&view=seller")
    assert page.locator("#who").input_value() == "chn"
    assert page.locator("#usd-exact").input_value() == "$250bn"
    assert page.locator("#tab-seller").get_attribute("aria-selected") == "true"
    assert "costs its sellers" in page.locator("#view h2").first.inner_text()
    assert page.locator(".told p").count() == 0


def test_a_broken_file_says_why_at_its_line(opened: Opened) -> None:
    page = opened("?who=jpn")
    page.locator("#tab-lab").click()
    lines = page.locator("#yaml").input_value().splitlines()
    at = lines.index("horizon_years: 10.0")
    broken = "\n".join([*lines[:at], "horizon_years: ten", *lines[at + 1 :]])
    page.locator("input[type=file]").set_input_files(
        {"name": "own.yaml", "mimeType": "text/plain", "buffer": broken.encode()}
    )
    page.locator(".gutter").filter(has_text=str(len(lines))).wait_for()
    page.get_by_role("button", name="Ask this").click()
    told = page.locator(".problems li").first
    told.wait_for()
    assert told.inner_text().startswith(f"Line {at + 1} horizon_years")
    assert page.locator(".gutter .wrong").inner_text().strip() == str(at + 1)


def test_a_number_leads_to_its_parameters_and_escape_leads_back(opened: Opened) -> None:
    page = opened("?who=jpn")
    page.locator(".big").first.click()
    page.get_by_text("parameters move it").click()
    page.locator("dialog .table").wait_for()
    assert page.locator("dialog .tag.assumption").count() > 10
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="hidden")


def test_the_page_goes_on_when_the_server_comes_back(opened: Opened) -> None:
    with served(None, **FEW) as before:
        page = opened("?who=jpn", at=before)
        first = answered(page)
    page.locator(".told .line").wait_for()
    type_in(page, "usd", "$200bn")
    with served(None, at=before.settings.port, **FEW):
        page.locator(".told .line").wait_for(state="detached")
        assert answered(page, unlike=first) != first
        assert "$200bn" in page.locator("h1").inner_text()


def test_a_study_of_the_lab_is_answered(opened: Opened) -> None:
    page = opened()
    page.locator("#tab-lab").click()
    page.locator("#study-event").fill("us_10y_peak_bp >= 1 and us_10y_peak_bp <= 500")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".found .lead").first.wait_for()
    told = page.locator(".found").inner_text()
    assert "sale by Japan that brings it about" in told
    assert "100 fresh ones" in told
    page.locator("[data-chart=chance] svg.picture circle").first.wait_for()
