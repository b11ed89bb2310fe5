"""Official reserves and the markets for them, against what publishers told."""

from datetime import date

import pandas as pd
import pytest

from selloff.data import Snapshot, provenance, table, vintages
from selloff.data.reserves import (
    OUNCES_PER_TONNE,
    currency_shares,
    fx_reserves,
    gold_price,
    official_gold_tonnes,
    official_reserves,
    reserve_fact,
    reserve_facts,
)
from selloff.vocab import RESERVE_ASSETS

LATEST = date(2026, 7, 31)


@pytest.mark.parametrize(
    ("year", "column", "wanted"),
    [
        (1999, "usd_pct", 71.0),
        (2009, "eur_pct", 27.7),
        (2015, "other_pct", 6.6),
        (2022, "cny_pct", 2.7),
        (2024, "usd_pct", 57.8),
        (2025, "usd_pct", 56.77),
    ],
)
def test_shares_equal_the_published_figures(year: int, column: str, wanted: float) -> None:
    frame = table("cofer_shares_annual")
    row = frame[frame["date"].dt.year == year]
    assert row[column].tolist() == [wanted]


def test_shares_of_every_year_from_1999_add_up_where_all_are_known() -> None:
    frame = table("cofer_shares_annual").set_index("date")
    assert list(frame.index.year) == list(range(1999, 2026))
    sums = frame.drop(columns="source").sum(axis=1)
    partial = frame["gbp_pct"].isna()
    assert frame.index.year[partial].tolist() == [2023, 2024]
    assert sums[~partial].between(99.85, 100.15).all()


def test_the_one_weak_row_is_told() -> None:
    (record,) = [each for each in provenance() if each.table == "cofer_shares_annual"]
    assert "rests on one site" in record.note
    frame = table("cofer_shares_annual")
    assert frame["source"].iloc[-1] == "coferdata_com_2025Q4"
    assert not frame["source"].str.contains("long").any()


def test_the_split_of_the_european_central_bank_comes_out() -> None:
    """Gold 20, dollar 46, euro 16 percent at the end of 2024; the IMF's split is of that day."""
    price = gold_price(date(2024, 12, 31))[0]
    gold = official_gold_tonnes(date(2024, 12, 31)) * OUNCES_PER_TONNE * price / 1e9
    (told,) = [row for row in reserve_facts() if row.item == "fx_reserves" and row.value == 12360]
    share = gold / (gold + told.value)
    assert 100.0 * share == pytest.approx(20.0, abs=0.5)
    row = table("cofer_shares_annual").set_index("date").loc["2024-12-31"]
    assert (1.0 - share) * row["usd_pct"] == pytest.approx(46.0, abs=0.5)
    assert (1.0 - share) * row["eur_pct"] == pytest.approx(16.0, abs=0.5)


def test_opening_of_the_latest_vintage_by_hand() -> None:
    found = official_reserves(LATEST)
    tonnes = 36000.0 + 863.3 + 244.0
    gold = tonnes * 32150.7466 * 4228.0 / 1e9
    assert found.gold_usd_bn == pytest.approx(gold)
    assert found.fx_usd_bn == 13140.0
    assert found.total_usd_bn == pytest.approx(gold + 13140.0)
    assert found.shares["gold"] == pytest.approx(gold / (gold + 13140.0))
    assert found.shares["USD"] == pytest.approx(0.5677 * 13140.0 / (gold + 13140.0))
    assert found.shares["other"] == pytest.approx(0.1083 * 13140.0 / (gold + 13140.0))


@pytest.mark.parametrize("month", [*[each.id for each in vintages()][::24], "2026-07"])
def test_every_vintage_opens_with_whole_shares(month: str) -> None:
    day = {each.id: each.date for each in vintages()}[month]
    found = official_reserves(day)
    assert list(found.shares) == list(RESERVE_ASSETS)
    assert sum(found.shares.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(0.0 < share < 1.0 for share in found.shares.values())
    assert 0.35 < found.shares["USD"] < 0.7
    assert 1500.0 < found.total_usd_bn < 25000.0


def test_gold_in_central_banks_follows_purchases() -> None:
    assert official_gold_tonnes(date(2024, 12, 31)) == 36000.0
    assert official_gold_tonnes(date(2025, 12, 31)) == pytest.approx(36863.3)
    assert official_gold_tonnes(date(2023, 12, 31)) == pytest.approx(36000.0 - 1045.0)
    level = 36000.0 - 1045.0 - 1037.0 - 1082.0
    assert official_gold_tonnes(date(2005, 6, 30)) == pytest.approx(level)


def test_shares_are_known_a_quarter_late() -> None:
    assert currency_shares(date(2026, 3, 30))[1] == date(2022, 12, 31)
    assert currency_shares(date(2026, 3, 31))[1] == date(2025, 12, 31)
    assert fx_reserves(date(2025, 3, 30))[2] == date(2021, 12, 31)
    assert fx_reserves(date(2025, 3, 31))[0] == 12360.0
    with pytest.raises(LookupError, match="no reserve shares"):
        currency_shares(date(2000, 3, 30))
    with pytest.raises(LookupError, match="no gold price"):
        gold_price(date(1998, 1, 1))
    with pytest.raises(LookupError, match="no amount"):
        fx_reserves(date(1999, 12, 31))


def test_before_2016_a_hundredth_of_other_stands_for_the_yuan() -> None:
    split, _ = currency_shares(date(2015, 7, 31))
    assert split["CNY"] == pytest.approx(0.064 * 0.01)
    assert split["other"] == pytest.approx(0.064 * 0.99)


def test_nothing_is_read_from_the_future() -> None:
    day = date(2018, 6, 30)
    before = official_reserves(day).shares
    frame = table("cofer_shares_annual")
    frame.loc[frame["date"].dt.year > 2017, ["usd_pct", "eur_pct", "gbp_pct"]] = 1e6

    def later(name: str) -> pd.DataFrame:
        return frame if name == "cofer_shares_annual" else table(name)

    assert official_reserves(day, Snapshot(later)).shares == before


def test_figures_tell_what_the_shares_rest_on() -> None:
    figures = {each.name: each for each in official_reserves(LATEST).figures}
    assert set(figures) == {
        "fx_reserves",
        "official_gold",
        "official_gold_tonnes",
        *(f"reserve_share_{name.lower()}" for name in RESERVE_ASSETS),
    }
    assert figures["fx_reserves"].standing == "data"
    assert figures["reserve_share_usd"].standing == "derived"
    assert figures["reserve_share_usd"].as_of == date(2025, 12, 31)
    assert "June 2026" in figures["reserve_share_gold"].source


def test_every_number_of_the_market_table_has_a_source_or_is_an_assumption() -> None:
    seen = set()
    for row in reserve_facts():
        key = (row.asset, row.item, row.as_of)
        assert key not in seen
        seen.add(key)
        assert row.asset in {*RESERVE_ASSETS, "all"}, row
        assert row.standing in {"data", "verified", "secondary", "assumption"}, row
        assert (row.source == "none") == (row.standing == "assumption"), row
        assert row.low <= row.value <= row.high, row
        assert row.unit, row


def test_the_latest_of_several_numbers_counts_and_none_is_an_error() -> None:
    assert reserve_fact("all", "fx_reserves").value == 13140.0
    with pytest.raises(LookupError, match="no size of gold"):
        reserve_fact("gold", "size")


def test_amounts_of_reserves_are_near_those_of_the_imf() -> None:
    """COFER told 10.2 USD tn for the end of 2011."""
    assert fx_reserves(date(2012, 3, 31))[0] == pytest.approx(10196.0, rel=0.05)
