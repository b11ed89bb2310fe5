"""Emerging economies at a date: nothing filled in, everyone left out by name."""

import importlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from selloff.data import emerging, emerging_panel, listed_economies, provenance, table
from selloff.data.emerging import REGIMES, EmergingEconomy, regime_of

NOW = date(2026, 7, 31)


def named(on: date = NOW) -> dict[str, EmergingEconomy]:
    return {each.iso3: each for each in emerging(on)[0]}


def test_at_least_forty_economies_and_everybody_accounted_for() -> None:
    found, left = emerging(NOW)
    assert len(found) >= 40
    listed = [each.iso3 for each in listed_economies()]
    assert sorted([*(e.iso3 for e in found), *(e.iso3 for e in left)]) == sorted(listed)
    assert len(set(listed)) == len(listed)


def test_those_left_out_have_a_reason() -> None:
    reasons = {each.iso3: each.reason for each in emerging(NOW)[1]}
    assert "dollar" in reasons["ecu"]
    assert "euro" in reasons["bgr"]
    assert reasons["jor"] == "current account: none found"
    assert all(reasons.values())


@pytest.mark.parametrize(
    ("iso3", "reserves", "year"),
    [("chn", 3748.745, 2025), ("zaf", 65.435, 2024), ("rus", 608.361, 2024), ("gha", 3.624, 2023)],
)
def test_reserves_are_the_latest_found(iso3: str, reserves: float, year: int) -> None:
    found = named()[iso3]
    assert found.reserves_usd_bn == pytest.approx(reserves)
    assert found.reserves_as_of == date(year, 12, 31)


def test_taiwan_is_told_with_the_date_it_has() -> None:
    assert named()["twn"].reserves_as_of == date(2021, 12, 31)


def test_short_term_debt_is_missing_where_the_world_bank_does_not_cover() -> None:
    found = named()
    assert np.isnan(found["chn"].short_term_debt_pct_reserves)
    debt = table("emerging_debt_annual")
    turkish = debt[(debt["iso3"] == "tur") & (debt["date"] == "2024-12-31")]
    wanted = 100.0 * float(turkish["short_term_debt_usd_bn"].iloc[0]) / 155.0
    assert found["tur"].short_term_debt_pct_reserves == pytest.approx(wanted, rel=0.01)


def test_adequacy_is_reserves_over_three_months_of_imports() -> None:
    found = named()["zaf"]
    imports = emerging_panel().loc[("zaf", 2024), "imports_usd_bn"]
    assert found.reserve_adequacy == pytest.approx(65.435 / (imports / 4.0))


@pytest.mark.parametrize(
    ("iso3", "regime"),
    [
        ("sau", "fixed"),
        ("are", "fixed"),
        ("chn", "managed"),
        ("mar", "managed"),
        ("zaf", "floating"),
    ],
)
def test_regimes_are_what_exchange_rates_did(iso3: str, regime: str) -> None:
    assert named()[iso3].regime == regime


def test_regimes_follow_the_two_thresholds() -> None:
    assert [regime_of(x) for x in (0.0, 0.99, 1.0, 3.99, 4.0, 80.0)] == [
        *("fixed", "fixed", "managed", "managed", "floating", "floating")
    ]
    assert {each.regime for each in emerging(NOW)[0]} == set(REGIMES)


@pytest.mark.parametrize("on", [date(2000, 3, 31), date(2012, 6, 30), date(2020, 3, 31)])
def test_an_older_vintage_knows_nothing_later(on: date) -> None:
    found, _ = emerging(on)
    assert len(found) >= 35
    assert max(each.reserves_as_of for each in found) < on


def test_real_appreciation_by_hand() -> None:
    panel, world = emerging_panel().loc["mex"], table("world_conditions_annual")
    american = world.set_index(world["date"].dt.year)["us_inflation_pct"]
    years = [2017, 2018, 2019]
    prices = sum(
        np.log1p(panel.loc[y, "inflation_pct"] / 100.0) - np.log1p(american[y] / 100.0)
        for y in years
    )
    rates = panel["fx_average_lc_per_usd"]
    wanted = 100.0 * (prices - np.log(rates[2019] / rates[2016]))
    assert panel.loc[2019, "real_appreciation_pct"] == pytest.approx(wanted)


def test_what_is_missing_stays_missing() -> None:
    panel = emerging_panel()
    assert np.isnan(panel.loc[("arg", 2015), "inflation_pct"])
    assert np.isnan(panel.loc[("arg", 2016), "real_appreciation_pct"])
    assert np.isnan(panel.loc[("eth", 2024), "fx_average_lc_per_usd"])


def test_publishers_agree_where_they_overlap() -> None:
    wealth, recent = (
        table(name).set_index(["iso3", "date"])
        for name in ("emerging_wealth_annual", "emerging_recent_annual")
    )
    both = wealth.join(recent, how="inner", suffixes=("_one", "_two"))
    ratio = both["fx_average_lc_per_usd_one"] / both["fx_average_lc_per_usd_two"]
    assert len(ratio.dropna()) > 70
    assert (ratio.dropna() - 1.0).abs().max() < 0.05
    assert ((ratio.dropna() - 1.0).abs() < 0.005).mean() > 0.95


def test_tables_of_this_part_have_a_licence() -> None:
    mine = [
        record
        for record in provenance()
        if record.table.startswith(("emerging_", "currency_", "sovereign_", "world_conditions"))
    ]
    assert len(mine) == 8
    assert all(record.licence and record.redistributable for record in mine)


def test_the_factbook_s_words_become_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[3] / "tools"))
    read = importlib.import_module("factbook").read_number
    assert read("-$61.194 billion (2024 est.)", "USD bn") == -61.194
    assert read("$3.456 trillion (2024 est.)", "USD bn") == 3456.0
    assert read("$927.4 million (2023 est.)", "USD bn") == pytest.approx(0.9274)
    assert read("-0.4% (2024 est.)", "percent") == -0.4
    with pytest.raises(ValueError, match="not a number"):
        read("NA", "percent")
    with pytest.raises(ValueError, match="not a number"):
        read("5.3 (2024 est.)", "USD bn")
