import hashlib
from importlib.resources import files

import pandas as pd
import pytest

from selloff.data import provenance, table
from selloff.vocab.errors import VintageError

SIZE_LIMIT_BYTES = 4_000_000
PROPRIETARY = ("MOVE", "VIX", "BAML", "BofA", "Moody", "LBMA", "Yahoo", "S&P", "Nikkei", "JST")


def value(name: str, day: str, column: str, **where: str) -> float:
    frame = table(name)
    chosen = frame[frame["date"] == day]
    for key, wanted in where.items():
        chosen = chosen[chosen[key] == wanted]
    assert len(chosen) == 1
    return float(chosen[column].iloc[0])


@pytest.mark.parametrize(
    ("country", "day", "usd_bn"),
    [
        ("Japan", "2026-07-31", 1103.9),
        ("Japan", "2024-12-31", 1061.5),
        ("Japan", "2021-11-30", 1325.5),
        ("China, Mainland", "2013-11-30", 1316.7),
        ("Grand Total", "2026-07-31", 9248.1),
    ],
)
def test_holdings_equal_the_published_figures(country: str, day: str, usd_bn: float) -> None:
    found = value("tic_holdings_monthly", day, "usd_bn", country=country, series="primary")
    assert found == usd_bn


def test_official_total_equals_the_published_figure_and_its_parts() -> None:
    assert value("tic_official_monthly", "2026-07-31", "official_usd_bn") == 3773.1
    frame = table("tic_official_monthly")
    parts = frame["official_bills_usd_bn"] + frame["official_notes_bonds_usd_bn"]
    assert (parts - frame["official_usd_bn"]).abs().max() < 0.11


@pytest.mark.parametrize(
    ("name", "day", "column", "level"),
    [
        ("us_yields_daily", "2020-03-09", "10Y", 0.54),
        ("us_yields_daily", "2023-10-19", "10Y", 4.98),
        ("jgb_yields_daily", "2026-07-31", "10Y", 2.801),
        ("jgb_yields_daily", "1990-01-04", "10Y", 5.707),
        ("fed_holdings_weekly", "2022-06-08", "treasuries_usd_mn", 5771393.0),
        ("mspd_by_class_monthly", "2026-09-30", "bills_usd_bn", 7118.1),
        ("debt_quarterly", "2026-03-31", "total_debt_usd_mn", 39065421.0),
    ],
)
def test_series_equal_the_published_figures(name: str, day: str, column: str, level: float) -> None:
    assert value(name, day, column) == level


def test_fixing_is_dollars_per_unit_of_local_currency() -> None:
    assert 1.0 / value("fx_daily", "2026-07-31", "JPY") == pytest.approx(160.23509, abs=1e-6)
    assert value("fx_daily", "2026-07-31", "EUR") == 1.1485
    assert 1.0 / value("fx_yuan_monthly", "2000-01-31", "CNY") == pytest.approx(8.28, abs=0.01)


def test_intervention_of_a_year_sums_to_the_published_total() -> None:
    frame = table("mof_intervention_daily")
    sums = frame.groupby(frame["date"].dt.year)["jpy_bn"].sum()
    assert sums[2022] == pytest.approx(9188.0, abs=0.05)
    assert sums[2024] == pytest.approx(15323.3, abs=0.05)


def test_every_month_of_holdings_sums_to_its_grand_total() -> None:
    frame = table("tic_holdings_monthly")
    frame = frame[frame["series"] == "primary"]
    total = frame[frame["country"] == "Grand Total"].set_index("date")["usd_bn"]
    parts = frame[frame["country"] != "Grand Total"].groupby("date")["usd_bn"].sum()
    two_country_lists = (total.index >= "2025-07-01") & (total.index < "2026-01-01")
    gap = (parts - total).abs()
    assert gap[~two_country_lists].max() < 0.51
    assert len(total) == 317


def test_shipped_files_have_the_recorded_hash_dates_and_rows() -> None:
    folder = files("selloff.data").joinpath("snapshot")
    for record in provenance():
        content = folder.joinpath(record.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == record.sha256, record.file
        frame = table(record.table)
        assert len(frame) == record.rows
        assert frame["date"].min().date() == record.first_date
        assert frame["date"].max().date() == record.last_date


def test_every_shipped_table_is_listed_small_and_free_to_pass_on() -> None:
    shipped = [
        item
        for item in files("selloff.data").joinpath("snapshot").iterdir()
        if item.name.endswith(".csv") and item.name != "provenance.csv"
    ]
    assert {item.name for item in shipped} == {record.file for record in provenance()}
    assert sum(len(item.read_bytes()) for item in shipped) < SIZE_LIMIT_BYTES
    for record in provenance():
        assert record.redistributable
        assert all((record.licence, record.publisher, record.obtained_from, record.checks))
        assert not any(word in record.series_ids + record.publisher for word in PROPRIETARY)


def test_yields_on_a_single_source_are_marked() -> None:
    record = next(record for record in provenance() if record.table == "us_yields_daily")
    assert "2026-08-20" in record.note
    assert "ONE SOURCE" in record.note


def test_tables_are_numbers_sorted_by_date() -> None:
    for record in provenance():
        frame = table(record.table)
        assert frame["date"].is_monotonic_increasing
        numbers = frame.select_dtypes("number")
        assert not numbers.empty
        assert set(numbers.dtypes.astype(str)) <= {"float64", "int64"}


def test_a_table_can_be_spoilt_without_harm() -> None:
    first = table("fx_daily")
    first.loc[:, "JPY"] = 0.0
    assert (table("fx_daily")["JPY"] > 0.0).all()


def test_unknown_table_offers_the_nearest() -> None:
    with pytest.raises(VintageError, match="Did you mean 'fx_daily'") as caught:
        table("fx_dayly")
    assert caught.value.exit_code == 2


def test_dates_are_timestamps() -> None:
    assert isinstance(table("fx_daily")["date"].iloc[0], pd.Timestamp)
