"""`report` on saved results."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from selloff import report, results
from selloff.apps import printing
from selloff.vocab import OutputError


@pytest.mark.parametrize("count", [1, 2])
def test_results_are_handed_over_with_their_summaries(
    selloff_: Any, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    asked: list[tuple[list[Any], list[Any]]] = []
    monkeypatch.setattr(results, "load", str)
    monkeypatch.setattr(results, "summarise", lambda found: f"summary of {found}")
    monkeypatch.setattr(report, "render", lambda *given: asked.append(given) or "a page")
    names = [f"{place}.nc" for place in range(count)]
    for name in names:
        Path(name).write_bytes(b"")
    answer = selloff_("report", *names)
    assert answer.stdout == "Written:\n  report.html\n"
    assert asked == [(names, [f"summary of {name}" for name in names])]
    assert Path("report.html").read_text(encoding="utf-8") == "a page"
    assert selloff_("report", *names, "--out", "new/page.html").exit_code == 0
    assert Path("new/page.html").read_text(encoding="utf-8") == "a page"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let every result make the same page of two sheets, drawn by a script."""
    made = (
        "<style>@page { size: A4 } p { break-after: page }</style><p>one</p><b>two</b>"
        "<script>setTimeout(() => document.body.append('drawn'), 500)</script>"
    )
    monkeypatch.setattr(results, "load", str)
    monkeypatch.setattr(results, "summarise", str)
    monkeypatch.setattr(report, "render", lambda *_: made)
    Path("result.nc").write_bytes(b"")
    return made


def test_without_a_browser_the_pdf_is_refused_before_the_work(
    selloff_: Any, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "load", pytest.fail)
    monkeypatch.delenv(printing.CHOICE, raising=False)
    monkeypatch.setenv("PATH", str(Path("nowhere").absolute()))
    answer = selloff_("report", "result.nc", "--pdf")
    assert (answer.exit_code, answer.stdout) == (3, "")
    assert answer.stderr.startswith("selloff: --pdf: got no Chromium and no Chrome; allowed: ")
    assert "print it from there" in answer.stderr
    monkeypatch.setenv(printing.CHOICE, "no-such-browser")
    answer = selloff_("report", "result.nc", "--pdf")
    assert "got 'no-such-browser', which is no program" in answer.stderr
    assert {each.name for each in Path().iterdir()} == {"result.nc"}


def test_a_browser_that_fails_leaves_the_older_file(
    selloff_: Any, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("report.pdf").write_text("older")
    browser = Path("broken").absolute()
    browser.write_text("#!/bin/sh\necho first >&2; echo it broke >&2; exit 1\n")
    browser.chmod(0o755)
    monkeypatch.setenv(printing.CHOICE, str(browser))
    answer = selloff_("report", "result.nc", "--pdf")
    assert answer.exit_code == 3
    assert f"--pdf: {browser} printed nothing (it broke)." in answer.stderr
    assert Path("report.pdf").read_text() == "older"
    monkeypatch.setattr(printing, "_PATIENCE", 0.2)
    browser.write_text("#!/bin/sh\nexec sleep 60\n")
    assert "it took more than 0 seconds" in selloff_("report", "result.nc", "--pdf").stderr


def test_a_real_browser_prints_on_the_paper_the_page_asks_for(selloff_: Any, page: str) -> None:
    try:
        printing.find_browser()
    except OutputError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    answer = selloff_("report", "result.nc", "--pdf", "--out", "deep/two.pdf")
    assert answer.exit_code == 0, answer.stderr
    assert answer.stdout == f"Written:\n  {Path('deep/two.pdf')}\n"
    printed = Path("deep/two.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 2
    assert b"/MediaBox [0 0 594.9" in printed
    assert [each.name for each in Path("deep").iterdir()] == ["two.pdf"]
