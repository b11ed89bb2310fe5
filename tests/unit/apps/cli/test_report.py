"""`report` on saved results."""

from pathlib import Path
from typing import Any

import pytest

from selloff import report, results


@pytest.mark.parametrize("count", [1, 2])
def test_results_are_handed_over_with_their_summaries(
    selloff_: Any, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    asked: list[tuple[list[Any], list[Any], Path]] = []
    monkeypatch.setattr(results, "load", str)
    monkeypatch.setattr(results, "summarise", lambda found: f"summary of {found}")
    monkeypatch.setattr(report, "write_report", lambda *given: asked.append(given))
    names = [f"{place}.nc" for place in range(count)]
    for name in names:
        Path(name).write_bytes(b"")
    answer = selloff_("report", *names)
    assert answer.stdout == "Written: report.html\n"
    assert asked == [(names, [f"summary of {name}" for name in names], Path("report.html"))]
    assert selloff_("report", *names, "--out", "new/page.html").exit_code == 0
    assert asked[1][2] == Path("new/page.html")
