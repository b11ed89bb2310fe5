"""The report in a real browser: drawn, quiet, no wider than the screen, printable, offline."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from access import ALONE, LOOKS, begin, grave_faults, open_folds
from marks import nightly_but
from selloff.evidence import limits, load_factcheck, scores_in_short, support
from selloff.report import write_report
from selloff.results import summarise
from watched import Watched

pytestmark = pytest.mark.slow
WIDTHS = (390, 768, 1280)
SCREENS = {390: 844, 1280: 800}
TALLEST = {390: 25_000, 1280: 12_000}
"""Most pixels from top to bottom with all folds shut."""
WARNED = (
    "sales_month", "currency_year", "us_10y_max_1d_bp", "us_10y_max_5d_bp", "us_10y_max_20d_bp",
)  # fmt: skip
"""What a dump of all that Japan has is warned of."""
PARTS = {
    "answer", "story", "beside", "seller", "america", "japan", "world", "countries", "reserves",
    "worlds", "levers", "trust", "happening", "factcheck", "annex",
}  # fmt: skip
"""Parts of the page of a real pair."""
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
    asked = {"attrs": {"factcheck": json.dumps(FACTCHECK)}, "reacts": True, "draws": 20}
    answered, slow = build(**asked), build(**asked, years=10.0, title="Japan takes ten years")
    real = (
        _as_real(build),
        _as_real(build, years=10.0, title="Japan sells the same Treasuries over ten years"),
    )
    made = {
        "real": real,
        "two": (first, second),
        "evil": (evil, evil),
        "nothing": (nothing,),
        "failed": (failed,),
        "answered": (answered, slow),
    }
    return {
        name: write_report(
            [one for one, _ in pairs], [summary for _, summary in pairs], folder / f"{name}.html"
        )
        for name, pairs in made.items()
    }


def _as_real(build: Any, **case: Any) -> Any:
    """Make up a run with the worlds, claims, episodes and warnings that a real one has."""
    warnings = [row.told(name, dict.fromkeys(("p05", "p50", "p95"), 4.0 * row.limit))
                for name, row in support().items() if name in WARNED]  # fmt: skip
    found = {
        "factcheck": load_factcheck(), "backtest": scores_in_short(), "limits": limits(),
        "warnings": warnings,
    }  # fmt: skip
    attrs = {name: json.dumps(one) for name, one in found.items()}
    dataset, _ = build(attrs=attrs, reacts=True, draws=20, frozen=1, **case)
    dataset["absorbed_face"].loc[{"group": "fed", "draw": slice(0, 3)}] = 0.0
    dataset["squeeze_peak"][:10], dataset["doubt_peak"][10:] = 1.0, 1.0
    return dataset, summarise(dataset)


def watch(browser: Browser, file: Path, width: int) -> Watched:
    return Watched(
        browser, file.as_uri(), viewport={"width": width, "height": SCREENS.get(width, 800)}
    )


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *(("real", width) for width in TALLEST),
        ("answered", 768),
        ("two", 390),
        ("evil", 390),
        ("nothing", 768),
        ("failed", 390),
    ],
)
def test_report_is_drawn_quiet_offline_and_fits(
    browser: Browser, reports: dict[str, Path], name: str, width: int
) -> None:
    watched = watch(browser, reports[name], width)
    page = watched.page
    places = page.locator("[data-chart]")
    assert page.locator("[data-chart] svg.picture").count() == places.count()
    assert (places.count() > 20) == (name not in ("nothing", "failed"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if name == "real":
        parts = page.evaluate("[...document.querySelectorAll('section')].map((one) => one.id)")
        assert set(parts) == PARTS
        assert page.evaluate("document.documentElement.scrollHeight") <= TALLEST[width]
        bottom = page.evaluate("document.querySelector('#answer').getBoundingClientRect().bottom")
        assert bottom <= SCREENS[width], "the answer is more than one screen"
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.complaints == []
    assert watched.asked == [reports[name].as_uri()]
    watched.page.close()


def test_charts_stay_inside_their_places(browser: Browser, reports: dict[str, Path]) -> None:
    for width in WIDTHS:
        watched = watch(browser, reports["answered"], width)
        outside = watched.page.evaluate(
            """() => Array.from(document.querySelectorAll('[data-chart]')).flatMap((place) => {
                 const edge = place.getBoundingClientRect();
                 return Array.from(place.querySelectorAll('svg text'))
                   .filter((one) => one.textContent.trim())
                   .map((one) => [one.textContent, one.getBoundingClientRect()])
                   .filter(([, box]) => box.left < edge.left - 2 || box.right > edge.right + 2)
                   .map(([text]) => `${place.dataset.chart}: ${text}`);
               })"""
        )
        assert outside == [], f"cut off at {width} pixels"
        watched.page.close()


def test_tables_are_cards_on_a_phone(browser: Browser, reports: dict[str, Path]) -> None:
    watched = watch(browser, reports["answered"], 390)
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    wide = page.evaluate(
        """() => Array.from(document.querySelectorAll('.table'))
             .filter((one) => one.scrollWidth > one.clientWidth + 1)
             .map((one) => one.getAttribute('aria-label'))"""
    )
    assert page.locator(".table").count() >= 12
    assert wide == []
    names = page.evaluate(
        "[...document.querySelectorAll('#beside td')].map((one) => one.dataset.head)"
    )
    assert {"A", "B", "B less A, one by one"} <= set(names)
    watched.page.close()


def test_a_number_opens_its_trace_and_leads_to_its_parameters(
    browser: Browser, reports: dict[str, Path]
) -> None:
    watched = watch(browser, reports["answered"], 1280)
    page = watched.page
    page.locator(".answer a.n").first.click()
    told = page.locator("#trace").inner_text()
    assert "Highest point of" in told
    assert "selloff compare" in told
    page.keyboard.press("Escape")
    page.evaluate("location.hash = ''")
    page.locator("#figure-us_10y .foot a").click()
    assert page.locator("#m-pricing").is_visible()
    search = page.locator("#parameters input")
    page.locator("#parameters summary").click()
    search.fill("parameter 7")
    assert page.locator("#parameters tbody tr:visible").count() == 1
    search.fill("")
    head = page.locator("#parameters thead button").nth(2)
    head.click()
    first = page.locator("#parameters tbody tr td").nth(1).inner_text()
    head.click()
    assert page.locator("#parameters tbody tr td").nth(1).inner_text() != first
    assert watched.complaints == []
    watched.page.close()


def test_markup_in_a_title_is_shown_as_text(browser: Browser, reports: dict[str, Path]) -> None:
    watched = watch(browser, reports["evil"], 1280)
    assert watched.page.locator("h1").inner_text() == EVIL
    assert watched.page.locator("img").count() == 0
    watched.page.close()


def test_dark_pages_are_dark(browser: Browser, reports: dict[str, Path]) -> None:
    watched = watch(browser, reports["answered"], 1280)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert watched.page.evaluate(ground) == "rgb(255, 255, 255)"
    watched.page.emulate_media(color_scheme="dark")
    assert watched.page.evaluate(ground) == "rgb(20, 25, 31)"
    watched.page.close()


def test_the_page_prints_as_two_pages_for_the_desk_and_comes_back(
    browser: Browser, reports: dict[str, Path], tmp_path: Path
) -> None:
    watched = watch(browser, reports["answered"], 1280)
    page = watched.page
    file = tmp_path / "desk.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    assert _pages(file) == 2
    assert page.locator("details[open]").count() == 0
    page.locator("#whole").check()
    page.pdf(path=str(file), prefer_css_page_size=True)
    assert _pages(file) > 6
    assert watched.complaints == []
    watched.page.close()


def _pages(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", file.read_bytes()))


def test_without_scripts_text_and_tables_are_all_there(
    browser: Browser, reports: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(reports["answered"].as_uri())
    assert page.get_by_text("scripts are off").is_visible()
    assert page.locator(".answer").is_visible()
    assert page.locator("#figure-us_10y .title").is_visible()
    assert page.locator("table").count() >= 12
    assert page.locator("#factcheck .verdict").first.inner_text() == "unsupported"
    context.close()


@pytest.mark.parametrize("width", nightly_but([390, 1280], WIDTHS))
def test_no_grave_fault_of_access(browser: Browser, reports: dict[str, Path], width: int) -> None:
    watched = watch(browser, reports["answered"], width)
    page = watched.page
    begin(page)
    for scheme, is_open in LOOKS:
        page.emulate_media(color_scheme=scheme)
        open_folds(page, is_open=is_open)
        found = grave_faults(page, *ALONE[scheme])
        assert found == [], f"{width} pixels, {scheme}, folds open: {is_open}"
    watched.page.close()


FAULTS = {
    "color-contrast": "document.querySelector('.answer').style.color = '#ccc'",
    "label": "document.querySelector('input[type=search]').closest('label').replaceWith("
    "document.querySelector('input[type=search]'))",
    "link-name": "document.querySelector('nav a').textContent = ''",
}
"""Deliberate faults: the rule that finds one, and how it is made."""


def test_faults_of_access_are_found(browser: Browser, reports: dict[str, Path]) -> None:
    watched = watch(browser, reports["nothing"], 768)
    page = watched.page
    begin(page)
    open_folds(page, is_open=True)
    for made in FAULTS.values():
        page.evaluate(made)
    assert set(FAULTS) <= {one.split(":")[0] for one in grave_faults(page)}
    watched.page.close()
