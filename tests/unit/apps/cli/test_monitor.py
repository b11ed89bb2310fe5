"""`monitor` says who sells."""

import json
from pathlib import Path
from typing import Any

import pytest

from fetched import NAME, fetch, one_month_more


def test_all_holders_and_one(selloff_: Any) -> None:
    text = selloff_("monitor").stdout
    assert "Japan" in text
    assert "none" in text
    one = selloff_("monitor", "japan", "--power", "--months", "3").stdout
    assert "-73 bills" in one
    assert "Interventions explain" in one
    assert "interventions took $97bn, and that explains it" in " ".join(one.split())
    assert "Months until it shows" in one
    assert max(len(line) for line in one.splitlines()) <= 100


def test_months_stand_beside_events(selloff_: Any) -> None:
    text = selloff_("monitor", "japan", "--months", "45").stdout
    assert "2025-01  Debt limit back; BoJ +25bp" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_json(selloff_: Any) -> None:
    found = json.loads(selloff_("monitor", "japan", "--json").stdout)
    assert found["answered_question"]["is_explained"]
    (row,) = found["holders"]
    assert row["published_three_months"]["bills_usd_bn"] == pytest.approx(-73.2, abs=0.1)
    chance = row["chance"]["adjusted"]
    assert chance["none"]["p05"] < chance["none"]["p50"] < chance["none"]["p95"]
    assert [each["usd_bn_a_year"] for each in found["delays"]] == [50.0, 100.0, 200.0, 400.0]


def test_replays(selloff_: Any) -> None:
    text = selloff_("monitor", "--replay").stdout
    assert "Russia sells 81 of 96bn" in text
    assert len(json.loads(selloff_("monitor", "--replay", "--json").stdout)) == 7


def test_what_is_wrong_is_said(selloff_: Any) -> None:
    for wrong in (
        ("japn",),
        ("japan", "--as-of", "18/08/2026"),
        ("japan", "--as-of", "1990-01-01"),
    ):
        assert selloff_("monitor", *wrong).exit_code == 2


@pytest.mark.slow
def test_a_run_from_the_monitor(selloff_: Any, tmp_path: Path) -> None:
    out = str(tmp_path / "ahead")
    found = selloff_("run", "--from-monitor", "japan", "--draws", "10", "--out", out, "--json")
    answer = json.loads(found.stdout)
    assert sum(answer["chance"].values()) == pytest.approx(1.0)
    peak = answer["metrics"]["us_10y_peak_bp"]
    assert 0.0 <= peak["p05"] <= peak["p50"] <= peak["p95"]
    assert json.loads((tmp_path / "ahead" / "ahead.json").read_text()) == answer


def test_a_run_wants_one_question(selloff_: Any) -> None:
    assert selloff_("run").exit_code == 2
    assert selloff_("run", "japan-dump", "--from-monitor", "japan").exit_code == 2
    assert selloff_("run", "--from-monitor", "uk").exit_code == 2


def test_a_page_of_its_own(selloff_: Any, tmp_path: Path) -> None:
    found = selloff_("monitor", "japan", "--html", str(tmp_path / "japan.html"))
    assert found.stdout.endswith(f"\n\nWritten:\n  {tmp_path / 'japan.html'}\n")
    assert "Stale, so ranges are wider: Fed custody" in " ".join(found.stdout.split())
    assert "<h1>Is Japan selling Treasuries quietly?</h1>" in (tmp_path / "japan.html").read_text()


def test_fetched_tables(selloff_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(monkeypatch, tmp_path, {"tic_holdings_monthly": one_month_more()})
    row = json.loads(selloff_("monitor", "china", "--vintage", NAME, "--json").stdout)["holders"][0]
    assert (row["as_of"], row["last_month_published"]) == (NAME, "2026-08")
    assert selloff_("monitor", "--vintage", "2026-11-28").exit_code == 2


def test_a_month_of_books_is_no_set_of_tables(selloff_: Any) -> None:
    for command in (("monitor",), ("data", "us_yields_daily.10Y")):
        found = selloff_(*command, "--vintage", "2026-07")
        assert found.exit_code == 2
        assert "--vintage: got '2026-07'" in found.stderr
        assert "--as-of" in found.stderr
