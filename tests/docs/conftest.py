"""A real browser, made-up results to show in it, and the gallery of charts made of them."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gallery
import gallery_charts
import pytest

from watched import Watched

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        reason = f"no Chromium at {CHROMIUM}; install it or set CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def synthetic() -> Any:
    file = Path(__file__).parents[1] / "unit" / "report" / "conftest.py"
    spec = importlib.util.spec_from_file_location("made_up_results", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.synthetic


@pytest.fixture(scope="session")
def made(synthetic: Any) -> dict[str, Any]:
    (dump, _), (slow, _) = synthetic(draws=20, reacts=True), synthetic(draws=20, years=10.0)
    return {one.id: one for one in gallery_charts.drawn(dump, slow)}


@pytest.fixture(scope="module")
def gallery_file(made: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gallery") / "gallery.html"
    file.write_text(gallery.render(list(made.values())), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def page(browser: Any, gallery_file: Path) -> Iterator[Any]:
    watched = Watched(browser, gallery_file.as_uri(), viewport={"width": 1280, "height": 900})
    yield watched.page
    assert watched.complaints == []
    assert watched.asked == [gallery_file.as_uri()]
    watched.page.close()
