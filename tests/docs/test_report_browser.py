"""The report in a real browser: drawn, quiet, no wider than the screen, printable, offline."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from selloff.report import write_report
from watched import Watched

pytestmark = pytest.mark.slow
WIDTHS = (360, 768, 1280)
EVIL = "<b>&</script><img src='https://evil.example/x' onerror=alert(1)>"
FACTCHECK = {
    "claims": [
        {
            "claim": "Yields would jump by 50 to 100 bp overnight",
            "verdict": "unsupported",
            "rule": "as its only part",
            "evidence": "Since 1990 the 10-year has risen by no more than 39 bp in a day.",
            "source": "Federal Reserve H.15",
            "evidence_verdict": "unsupported",
            "agrees": True,
            "parts": [
                {
                    "role": "claim",
                    "statement": "The 10-year yield rises by at least 50 bp in one day",
                    "asked": "japan-dump: largest rise in one day, less baseline",
                    "unit": "bp",
                    "p": 0.02,
                    "p05": 1.0,
                    "p50": 4.0,
                    "p95": 20.0,
                    "verdict": "unsupported",
                    "rule": "2% lies below 10%",
                }
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, synthetic: Any) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    build = synthetic
    first, second = build(draws=40), build(draws=40, years=10.0, title="Japan takes ten years")
    evil, nothing = build(draws=10, title=EVIL), build(draws=10, face=0.0, title="Nobody sells")
    failed = build(draws=6, failed=6)
    answered = build(draws=20, reacts=True, attrs={"factcheck": json.dumps(FACTCHECK)})
    made = {
        "two": (first, second),
        "evil": (evil, evil),
        "nothing": (nothing,),
        "failed": (failed,),
        "answered": (answered,),
    }
    return {
        name: write_report(
            [one for one, _ in pairs], [summary for _, summary in pairs], folder / f"{name}.html"
        )
        for name, pairs in made.items()
    }


def watch(browser: Browser, file: Path, width: int) -> Watched:
    return Watched(browser, file.as_uri(), viewport={"width": width, "height": 800})


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, width) for name in ("two", "answered") for width in WIDTHS),
        ("evil", 360),
        ("nothing", 768),
        ("failed", 360),
    ],
)
def test_report_is_drawn_quiet_offline_and_fits(
    browser: Browser, reports: dict[str, Path], name: str, width: int
) -> None:
    watched = watch(browser, reports[name], width)
    page = watched.page
    wanted = {"two": 38, "evil": 38, "nothing": 4, "failed": 0, "answered": 39}[name]
    places = page.locator("[data-figure]")
    assert places.count() == wanted
    for at in range(wanted):
        assert places.nth(at).locator("svg.main-svg").count() >= 1
        assert places.nth(at).locator(".trace").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.complaints == []
    assert watched.asked == [reports[name].as_uri()]
    watched.page.close()


def test_charts_stay_inside_their_places(browser: Browser, reports: dict[str, Path]) -> None:
    for name, width in [(name, width) for name in ("two", "answered") for width in WIDTHS]:
        watched = watch(browser, reports[name], width)
        outside = watched.page.evaluate(
            """() => Array.from(document.querySelectorAll('[data-figure]')).flatMap((place) => {
                 const edge = place.getBoundingClientRect();
                 const words = place.querySelectorAll('text');
                 return Array.from(words)
                   .filter((one) => one.textContent.trim())
                   .map((one) => [one.textContent, one.getBoundingClientRect()])
                   .filter(([, box]) => box.left < edge.left - 1 || box.right > edge.right + 1)
                   .map(([text]) => `${place.dataset.figure}: ${text}`);
               })"""
        )
        assert outside == [], f"{name}: cut off at {width} pixels"
        watched.page.close()


def test_tables_of_many_columns_need_no_scrolling_on_a_phone(
    browser: Browser, reports: dict[str, Path]
) -> None:
    watched = watch(browser, reports["answered"], 360)
    for details in watched.page.locator("details").all():
        details.locator("summary").click()
    broad = watched.page.evaluate(
        """() => Array.from(document.querySelectorAll('.stacked'))
             .filter((one) => one.scrollWidth > one.clientWidth)
             .map((one) => one.getAttribute('aria-label'))"""
    )
    assert watched.page.locator(".stacked").count() >= 12
    assert broad == []
    label = watched.page.evaluate(
        "getComputedStyle(document.querySelector('#parts .stacked td'), '::before').content"
    )
    assert "The sale itself" in label
    watched.page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_map_is_seen_and_says_its_numbers(
    browser: Browser, reports: dict[str, Path], width: int
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 8})
    page = context.new_page()
    page.goto(reports["answered"].as_uri())
    box = page.locator("svg.map").bounding_box()
    assert box is not None
    assert box["width"] >= 0.85 * width
    assert box["height"] >= 0.35 * box["width"]
    shown = page.locator("svg.map .known path")
    fills = {shown.nth(at).get_attribute("fill") for at in range(shown.count())}
    assert len(fills) >= 3
    dots = page.locator("svg.map .dot path:last-of-type")
    assert dots.count() == 3
    stroke = dots.first.evaluate("(one) => parseFloat(getComputedStyle(one).strokeWidth)")
    assert stroke >= 4.0
    assert page.locator("svg.map title").first.text_content()
    legend = page.locator(".legend").inner_text()
    assert "Percentage points" in legend
    assert "not in the model" in legend
    assert page.locator("#factcheck .verdict").first.inner_text() == "unsupported"
    context.close()


def test_markup_in_a_title_is_shown_as_text(browser: Browser, reports: dict[str, Path]) -> None:
    watched = watch(browser, reports["evil"], 1280)
    assert watched.page.locator("h1").inner_text() == EVIL
    legend = watched.page.locator("#figure-compare_us_10y .legendtext").first
    assert "<b>&</script>" in (legend.text_content() or "")
    assert watched.page.locator("img").count() == 0
    watched.page.close()


def test_a_turned_phone_gets_the_wide_ticks(browser: Browser, reports: dict[str, Path]) -> None:
    watched = watch(browser, reports["two"], 360)
    page = watched.page
    ticks = "document.querySelectorAll('#figure-us_10y .xtick').length"
    few = page.evaluate(ticks)
    page.set_viewport_size({"width": 760, "height": 360})
    page.wait_for_function(f"{ticks} > {few}")
    assert watched.complaints == []
    watched.page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_report_prints_and_comes_back(
    browser: Browser, reports: dict[str, Path], width: int, tmp_path: Path
) -> None:
    watched = watch(browser, reports["two"], width)
    page = watched.page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    widths = page.evaluate(
        "Array.from(document.querySelectorAll('[data-figure] svg.main-svg'))"
        ".map((one) => one.getBoundingClientRect().width)"
    )
    assert max(widths) <= 340
    assert page.locator("details:not([open]):not(.long)").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    file = tmp_path / "report.pdf"
    page.pdf(path=str(file), format="A4")
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_size > 50_000
    assert watched.complaints == []
    watched.page.close()


def test_without_scripts_text_and_tables_are_all_there(
    browser: Browser, reports: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(reports["two"].as_uri())
    assert page.get_by_text("scripts are off").is_visible()
    assert page.locator(".answer").is_visible()
    assert page.locator("table").count() >= 9
    assert not page.locator(".chart").first.is_visible()
    context.close()
