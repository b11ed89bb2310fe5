"""`vintages` lists the dates of books."""

import json
from pathlib import Path
from typing import Any

import pytest

from fetched import NAME, fetch, one_month_more
from selloff import data


def test_vintages_lists_every_one_and_marks_the_default(selloff_: Any) -> None:
    answer = selloff_("vintages")
    assert answer.exit_code == 0
    assert f"Default: {data.DEFAULT_VINTAGE}, the books of" in answer.stdout
    assert "2020  01 02 03 04 05 06 07 08 09 10 11 12" in answer.stdout
    found = json.loads(selloff_("vintages", "--json").stdout)
    assert [each["id"] for each in found] == [each.id for each in data.vintages()]
    assert [each["id"] for each in found if each["is_default"]] == [data.DEFAULT_VINTAGE]


def test_what_was_fetched_is_listed_with_its_tables_or_its_fault(
    selloff_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fetch(monkeypatch, tmp_path, {"tic_holdings_monthly": one_month_more()})
    text = selloff_("vintages").stdout
    assert f"{NAME}  2026-08-31  tic_holdings_monthly 2026-07-31" in text
    found = json.loads(selloff_("vintages", "--json").stdout)[-1]
    assert (found["id"], found["date"], found["is_default"]) == (NAME, "2026-08-31", False)
    (folder / "tic_holdings_monthly.csv").write_text("", encoding="utf-8")
    assert "other bytes" in selloff_("vintages").stdout
    assert selloff_("world", "--vintage", NAME).exit_code == 3
    assert selloff_("validate", "japan-dump", "--vintage", NAME).exit_code == 3
    assert selloff_("carry", "--vintage", "2026-11-28").exit_code == 2
