"""How far observation reaches."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import selloff
from selloff.evidence import support
from selloff.vocab import metrics

SNAPSHOT = Path(selloff.__file__).parent / "data" / "snapshot"
YEAR = 252


def read(table: str) -> pd.DataFrame:
    return pd.read_csv(SNAPSHOT / f"{table}.csv", parse_dates=["date"]).set_index("date")


def test_every_quantity_is_known_and_has_its_unit() -> None:
    for name, row in support().items():
        if name in metrics():
            assert row.unit == metrics()[name].unit, name
        else:
            assert name in ("sales_month", "currency_year", "us_10y_max_20d_bp"), name
            assert row.business_days > 0
        assert row.limit != 0.0
        assert row.times >= 1.0


@pytest.mark.parametrize(("days", "name"), [(1, "1d"), (5, "5d"), (20, "20d")])
def test_the_rises_of_the_ten_year_are_those_of_the_shipped_table(days: int, name: str) -> None:
    rise = 100.0 * read("us_yields_daily")["10Y"].dropna().loc[:"2026-07-31"].diff(days)
    row = support()[f"us_10y_max_{name}_bp"]
    assert rise.max() == pytest.approx(row.limit)
    assert str(rise.idxmax().date()) == row.on


@pytest.mark.parametrize(
    ("name", "table", "column"),
    [
        ("us_10y_peak_bp", "us_yields_daily", "10Y"),
        ("us_2y_peak_bp", "us_yields_daily", "2Y"),
        ("us_30y_peak_bp", "us_yields_daily", "30Y"),
        ("jgb_10y_peak_bp", "jgb_yields_daily", "10Y"),
        ("usdjpy_peak_pct", "fx_daily", "JPY"),
        ("usdjpy_trough_pct", "fx_daily", "JPY"),
        ("usd_broad_peak_pct", "usd_broad_daily", "usd_broad_index"),
        ("usd_broad_trough_pct", "usd_broad_daily", "usd_broad_index"),
    ],
)
def test_the_records_within_a_year_are_those_of_the_shipped_tables(
    name: str, table: str, column: str
) -> None:
    row, levels = support()[name], read(table)[column].dropna()
    spans = range(1, YEAR + 1)
    if row.unit == "bp":
        moves = pd.concat([100.0 * levels.diff(days) for days in spans])
    else:
        levels = 1.0 / levels if column == "JPY" else levels
        moves = pd.concat([100.0 * levels.pct_change(days) for days in spans])
    found, on = (moves.max(), moves.idxmax()) if row.limit > 0.0 else (moves.min(), moves.idxmin())
    assert found == pytest.approx(row.limit, abs=0.51 if row.unit == "bp" else 0.051)
    assert str(on.date()) == row.on


def test_the_record_of_gold_is_that_of_twelve_months() -> None:
    rise = read("gold_price_monthly")["gold_usd_per_oz"].pct_change(12)
    assert 100.0 * rise.max() == pytest.approx(support()["gold_after_1y_pct"].limit, abs=0.051)


def test_beyond_is_farther_out_on_the_side_of_the_limit() -> None:
    low, high = support()["usdjpy_trough_pct"], support()["usdjpy_peak_pct"]
    assert low.is_beyond(1.51 * low.limit)
    assert not low.is_beyond(1.49 * low.limit)
    assert not low.is_beyond(-10.0 * low.limit)
    assert high.is_beyond(19730.0)
    assert not high.is_beyond(np.nan)


def test_what_is_beyond_is_said_beside_the_number() -> None:
    row = support()["hy_oas_peak_bp"]
    ends = {"p05": 10.0, "p50": 1.6 * row.limit, "p95": 2.0 * row.limit}
    assert row.reached(ends) == ("p50", "p95")
    wanted = "median and 95% end beyond 1.5 times the record of +1,623bp (2008-12-15)"
    assert row.beside(ends) == wanted
    assert row.beside(dict.fromkeys(ends, row.limit)) == ""
    falls = support()["sp500_trough_pct"]
    assert falls.reached({"p05": -80.0, "p50": -20.0, "p95": -1.0}) == ("p05",)


def test_a_warning_speaks_of_the_median_or_of_the_farthest_end() -> None:
    row = support()["hy_oas_peak_bp"]
    ends = {"p05": 10.0, "p50": 20.0, "p95": 2.0 * row.limit}
    assert row.told("Spread", ends).startswith("Spread: +3,246bp at the 95% end of the range, 2.0")
    assert "in the median simulation" in row.told("Spread", ends | {"p50": 1.6 * row.limit})
    assert row.told("Spread", ends | {"p95": 30.0}) == ""
