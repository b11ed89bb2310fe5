"""Holders that went down: the count behind `descent_rate`, and the rule on made-up books."""

import re

import numpy as np
import pandas as pd
import pytest
from origins import descents as study
from origins.descents import descents
from origins.yen_rounds import spread_of

from papers import ROOT
from selloff.data import table
from selloff.evidence import parameters


def test_the_row_is_the_sample_s() -> None:
    found, row = descents(), parameters()["descent_rate"]
    assert {name for name, _ in found.slow} == {
        "Brazil",
        "China, Mainland",
        "Germany",
        "Russia",
        "Saudi Arabia",
    }
    assert found.fast == (("Russia", "2018-04"),)
    assert found.rate == pytest.approx(len(found.slow) / found.holder_years)
    low, high = spread_of(found.rate, len(found.slow))
    assert (row.p05, row.p50, row.p95) == pytest.approx((low, found.rate, high), rel=0.05)


@pytest.mark.parametrize(
    ("name", "value", "pct"),
    [
        ("LARGE_USD_BN", 200.0, 2.8),
        ("CUT", 0.5, 1.5),
        ("CUT", 0.25, 9.6),
        ("ASIA_AND_ALPS", True, 3.8),
    ],
)
def test_other_rules_give_what_the_paper_says(
    monkeypatch: pytest.MonkeyPatch, name: str, value: float, pct: float
) -> None:
    if name == "ASIA_AND_ALPS":
        kept = {"Hong Kong", "Singapore", "Switzerland"}
        places = tuple(each for each in study.CUSTODY_PLACES if each not in kept)
        monkeypatch.setattr(study, "CUSTODY_PLACES", places)
    else:
        monkeypatch.setattr(study, name, value)
    assert 100.0 * descents().rate == pytest.approx(pct, abs=0.06)
    page = (ROOT / "docs" / "model" / "triggers.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{pct}\b", section_of(page))


def section_of(page: str) -> str:
    return page.split("**Descents.**")[1].split("\n\n")[0]


def test_nobody_in_the_count_was_frozen() -> None:
    """Russia, frozen in 2022, was no large holder any more."""
    books = table("tic_holdings_monthly")
    russia = books[(books["country"] == "Russia") & (books["date"] >= "2018-06-01")]
    assert russia.empty or russia["usd_bn"].max() < study.LARGE_USD_BN


def made(*values: float) -> pd.Series:
    return pd.Series(values, index=pd.date_range("2012-01-31", periods=len(values), freq="ME"))


def count(monkeypatch: pytest.MonkeyPatch, book: pd.Series) -> study.Descents:
    monkeypatch.setattr(study, "_books", lambda: [("somebody", book)])
    return descents()


def test_a_slow_cut_and_a_fast_one(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = count(monkeypatch, made(*np.linspace(300.0, 156.0, 25)))
    assert (len(slow.slow), len(slow.fast)) == (1, 0)
    # 300 falls by 6 a month: below 200 in the eighteenth month, at risk until then.
    assert slow.slow[0][1] == "2013-06"
    assert slow.holder_years == pytest.approx(18 / 12)
    fast = count(monkeypatch, made(300.0, 300.0, 300.0, 150.0, 150.0))
    assert (len(fast.slow), len(fast.fast)) == (0, 1)


def test_small_books_and_small_cuts_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    small = count(monkeypatch, made(99.0, 50.0))
    assert (len(small.slow) + len(small.fast), small.holder_years) == (0, 0.0)
    spared = count(monkeypatch, made(300.0, 201.0))
    assert (len(spared.slow) + len(spared.fast), spared.holder_years) == (0, 2 / 12)


def test_a_long_descent_counts_once_until_it_is_made_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    down = (300.0, 280.0, 260.0, 240.0, 220.0, 190.0, 170.0, 150.0)
    once = count(monkeypatch, made(*down, 130.0, 110.0, 105.0))
    assert len(once.slow) == 1
    again = count(monkeypatch, made(*down, 230.0, 220.0, 205.0, 190.0, 170.0, 150.0))
    assert len(again.slow) == 2


def test_a_peak_is_forgotten_after_ten_years(monkeypatch: pytest.MonkeyPatch) -> None:
    within = count(monkeypatch, made(300.0, *[210.0] * 118, 199.0))
    assert len(within.slow) == 1
    after = count(monkeypatch, made(300.0, *[210.0] * 119, 199.0))
    assert len(after.slow) == 0
