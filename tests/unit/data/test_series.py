"""A series by name, as known on a day."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from fetched import NAME, fetch, one_month_more
from selloff.data import (
    OBSERVED,
    keep,
    known_on,
    provenance,
    read_series,
    series_names,
    snapshot_of,
    table,
)
from selloff.vocab import InputError

JAPAN = "tic_table3_monthly.holdings_usd_bn.Japan.total"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def test_every_packaged_series_has_a_rule_and_nothing_comes_out_before_its_day() -> None:
    names = series_names()
    for where in set(names.values()):
        last = table(where)["date"].max()
        assert known_on(where)(last) >= last, where
    assert len(names) > 800
    assert {row.table for row in provenance()} - set(names.values()) == {
        "cbo_budget_projection",
        "cbo_debt_projection",
        "fed_maturity_2022",
        "securities_ladder",
        "shl_2024_partial",
    }


def test_a_series_has_its_source_and_the_values_of_its_table() -> None:
    found = read_series(JAPAN)
    assert (found.unit.split(",")[0], found.licence) == ("USD bn", "US public domain")
    assert "TIC" in found.source
    rows = found.rows.set_index("period")
    assert rows.loc["2026-07-31", "value"] == pytest.approx(1103.9, abs=0.1)
    assert rows.loc["2026-07-31", "available_at"] == "2026-09-18"
    assert set(rows["basis"]) == {"as revised since"}


@pytest.mark.parametrize(
    ("day", "last"), [("2026-09-17", "2026-06-30"), ("2026-09-18", "2026-07-31")]
)
def test_on_a_past_day_only_what_was_out(day: str, last: str) -> None:
    rows = read_series(JAPAN, date.fromisoformat(day)).rows
    assert str(rows["period"].iloc[-1].date()) == last


@pytest.mark.usefixtures("home")
def test_prints_of_the_store_come_before_packaged_rows() -> None:
    rows = [("2026-07-31", 1100.0, "2026-09-18T20:00"), ("2026-08-31", 1040.0, "2026-10-19T20:00")]
    kept = pd.DataFrame(rows, columns=["period", "value", "available_at"]).assign(
        series=JAPAN, unit="USD bn", published=pd.NaT, vintage=NAME, source="US Treasury"
    )
    keep(kept[list(OBSERVED)])
    now = read_series(JAPAN).rows.tail(3)
    assert now["value"].tolist()[1:] == [1100.0, 1040.0]
    assert now["basis"].tolist() == ["as revised since", *["as read on 2026-11-27"] * 2]
    before = read_series(JAPAN, date(2026, 9, 30)).rows
    assert before["value"].iloc[-1] == 1100.0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("published", "available", "basis"),
    [
        (None, "2026-09-18T20:00", "as read on 2026-11-27"),
        (None, "2026-11-27T21:00", "as printed then"),
        ("2026-09-18", "2026-09-18T23:59", "as printed then"),
    ],
)
def test_only_what_was_read_when_it_came_out_is_a_print(
    published: str | None, available: str, basis: str
) -> None:
    row = [JAPAN, "2026-07-31", 1100.0, "USD bn", published, available, f"{NAME}.2", "US Treasury"]
    keep(pd.DataFrame([row], columns=list(OBSERVED)))
    assert read_series(JAPAN).rows["basis"].iloc[-1] == basis


def test_a_period_dated_by_its_first_day_comes_out_after_its_last() -> None:
    firsts = {"gdp_annual": pd.offsets.YearEnd(1), "us_prices_monthly": pd.offsets.MonthEnd(1)}
    for row in provenance():
        days = table(row.table)["date"]
        if row.frequency in ("annual", "monthly") and days.dt.is_month_start.all():
            assert known_on(row.table)(days.max()) > days.max() + firsts.pop(row.table)
    assert not firsts


def test_a_flag_names_a_series_where_it_is_raised() -> None:
    names = series_names()
    assert {"gdp_annual.gdp_usd_bn.USD", "gdp_annual.gdp_usd_bn.USD.forecast"} <= set(names)
    assert not [name for name in names if name.endswith((".True", ".False"))]
    years = read_series("gdp_annual.gdp_usd_bn.USD.forecast").rows["period"].dt.year
    assert years.min() == 2025


@pytest.mark.usefixtures("home")
def test_a_series_of_the_store_alone_is_listed_and_read() -> None:
    kept = pd.DataFrame(
        [["WMTSECL1", "2026-09-02", 2800.0, "USD bn", None, "2026-09-03", NAME, "FRED"]],
        columns=list(OBSERVED),
    )
    keep(kept)
    assert series_names()["WMTSECL1"] == ""
    found = read_series("WMTSECL1")
    assert (found.unit, found.source, len(found.rows)) == ("USD bn", "FRED", 1)


def test_fetched_tables_are_read_where_they_are_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(monkeypatch, home, {"tic_holdings_monthly": one_month_more()})
    name = "tic_holdings_monthly.usd_bn.Japan.primary"
    fetched = read_series(name, None, snapshot_of(NAME)).rows
    assert str(fetched["period"].max().date()) == "2026-08-31"
    assert str(read_series(name).rows["period"].max().date()) == "2026-07-31"


def test_a_slip_of_the_pen_is_named() -> None:
    with pytest.raises(InputError, match=r"us_yields_daily\.10Y"):
        read_series("us_yields_daily.10y")
    with pytest.raises(InputError, match="fx_daily"):
        read_series("fx_dayly")
    with pytest.raises(
        InputError, match=r"'mof_flows_weekly\.equities'; allowed: mof_flows_weekly"
    ):
        read_series("mof_flows_weekly.equities")
