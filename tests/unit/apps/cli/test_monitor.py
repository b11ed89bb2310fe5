"""`monitor` says who sells."""

import json
from typing import Any

import pytest


def test_all_holders_and_one(selloff_: Any) -> None:
    text = selloff_("monitor").stdout
    assert "Japan" in text
    assert "watch" in text
    one = selloff_("monitor", "japan", "--power", "--months", "3").stdout
    assert "-73 bills" in one
    assert "Interventions explain" in one
    assert "Months until it shows" in one
    assert max(len(line) for line in one.splitlines()) <= 100


def test_json(selloff_: Any) -> None:
    found = json.loads(selloff_("monitor", "japan", "--json").stdout)
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
