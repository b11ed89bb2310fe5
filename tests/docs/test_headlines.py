"""The tool that sets the README's numbers."""

import importlib
from typing import Any

import pytest

from papers import ROOT
from selloff.vocab import metrics_at

TABLE = """| metric | | a | b |
|---|---|---|---|
| `old_bp` | old words, bp | 1 (0 to 2) | 3 (2 to 4) |

Other | text `old_bp` stays.
"""


def run(years: float, **unusual: tuple[float, float, float]) -> dict[str, Any]:
    found = {}
    for name, metric in metrics_at(years).items():
        mid, low, high = unusual.get(name, (20.0, 10.0, 30.0))
        found[name] = {"unit": metric.unit, "p05": low, "p50": mid, "p95": high}
    return {"horizon_years": years, "metrics": found}


def test_rows_are_those_of_the_table_with_words_that_say_their_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("headlines")
    one = run(10.0, us_10y_end_bp=(1234.4, -1.6, 2000.0), sp500_trough_pct=(0.04, -5.2, 7.7))
    filled = tool.fill(TABLE, {"runs": [one, run(5.0)]})
    head, *rows, blank, last = filled.splitlines()[1:]
    assert (head, blank, last) == ("|---|---|---|---|", "", "Other | text `old_bp` stays.")
    assert [row.split("`")[1] for row in rows] == list(metrics_at(10.0, 5.0, shown="readme"))
    cells = {row.split("`")[1]: row.strip("| ").split(" | ")[1:] for row in rows}
    words = "US 10-year yield, at the end (10 years and 5 years), bp"
    assert cells["us_10y_end_bp"] == [words, "1,234 (-2 to 2,000)", "20 (10 to 30)"]
    assert cells["sp500_trough_pct"][1] == "0.0 (-5.2 to 7.7)"
    assert cells["federal_interest_10y_usd_bn"][1:] == ["20 (10 to 30)", "-"]
