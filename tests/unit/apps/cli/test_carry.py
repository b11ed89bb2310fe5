"""`carry` prints the arithmetic."""

import json
from typing import Any


def test_table_and_words(selloff_: Any) -> None:
    text = selloff_("carry").stdout
    assert "10Y" in text
    assert "Hedged, a JGB pays more than a Treasury at" in text
    assert "assumption" in text
    assert "Treasuries pay more" in selloff_("carry", "--vintage", "2014-06").stdout


def test_json(selloff_: Any) -> None:
    found = json.loads(selloff_("carry", "--json").stdout)
    ten = next(row for row in found["rows"] if row["tenor"] == "10Y")
    assert ten["unhedged_pickup_pct"] == 1.949
    assert selloff_("carry", "--vintage", "1990-01").exit_code == 2
