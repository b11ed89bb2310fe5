"""The tool that sets the README's numbers."""

import importlib

import pytest

from papers import ROOT

TABLE = """| metric | | a | b |
|---|---|---|---|
| `peak_bp` | highest, bp | 1 (0 to 2) | 3 (2 to 4) |

Other | text `peak_bp` stays.
"""


def test_only_the_numbers_of_metric_rows_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("headlines")
    runs = [
        {"metrics": {"peak_bp": {"unit": "bp", "p05": -1.6, "p50": 1234.4, "p95": 2000.0}}},
        {"metrics": {"peak_bp": {"unit": "percent", "p05": -5.2, "p50": 0.04, "p95": 7.7}}},
    ]
    filled = tool.fill(TABLE, {"runs": runs})
    row = "| `peak_bp` | highest, bp | 1,234 (-2 to 2,000) | 0.0 (-5.2 to 7.7) |"
    assert filled == TABLE.replace("| `peak_bp` | highest, bp | 1 (0 to 2) | 3 (2 to 4) |", row)
