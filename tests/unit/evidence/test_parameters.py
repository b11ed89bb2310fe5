"""The parameter table, and the sample figures in it."""

import numpy as np
import pandas as pd
import pytest

from selloff.data import table
from selloff.evidence import Parameter, parameters
from selloff.results import METRICS

DISTRIBUTIONS = {"constant", "uniform", "loguniform", "lognormal", "logitnormal"}
STANDINGS = {"verified", "secondary", "synthesis", "estimated", "computed", "assumption"}
ROWS = pytest.mark.parametrize("row", parameters().values(), ids=lambda row: row.name)


@ROWS
def test_a_row_says_what_it_is_and_where_it_is_from(row: Parameter) -> None:
    assert row.distribution in DISTRIBUTIONS
    assert row.standing in STANDINGS
    assert row.p05 <= row.p50 <= row.p95
    assert all(np.isfinite([row.p05, row.p50, row.p95]))
    assert row.unit
    assert row.symbol
    assert row.mechanism
    assert len(row.reason) > 10
    assert row.moves
    assert set(row.moves) <= {*METRICS, "absorbed_by"}


@ROWS
def test_facts_have_sources_and_assumptions_have_none(row: Parameter) -> None:
    if row.standing == "assumption":
        assert row.source == "none" or row.source.startswith("shape from")
    else:
        assert row.source
        assert row.source != "none"


@ROWS
def test_the_range_fits_the_distribution(row: Parameter) -> None:
    if row.distribution == "constant":
        assert row.p05 == row.p50 == row.p95
    elif row.distribution == "uniform":
        assert row.p50 == pytest.approx(0.5 * (row.p05 + row.p95))
    elif row.distribution == "loguniform":
        assert row.p50 == pytest.approx(np.sqrt(row.p05 * row.p95), rel=0.15)
    else:
        assert 0.0 < row.p05 < row.p50 < row.p95
    if row.distribution == "logitnormal":
        assert row.p95 < 1.0


@ROWS
def test_pairs_name_each_other_and_correlate_properly(row: Parameter) -> None:
    if row.drawn_with:
        assert row.drawn_with in parameters()
        assert not parameters()[row.drawn_with].drawn_with
        assert 0.0 < abs(row.correlation) < 1.0
    else:
        assert row.correlation == 0.0


def monthly(name: str, column: str) -> pd.Series:
    """Last figure of every month."""
    days = table(name).set_index("date")[column].dropna()
    return days.groupby(days.index.to_period("M")).last()


def yearly_volatility(levels: pd.Series) -> float:
    return float(levels.diff().std() * np.sqrt(12.0))


def test_short_rate_volatility_is_the_sample_s() -> None:
    usd = yearly_volatility(monthly("us_yields_daily", "1Y") / 100.0)
    assert usd == pytest.approx(parameters()["short_rate_volatility_usd"].p50, abs=5e-5)


def test_the_yen_rate_lies_between_its_two_samples() -> None:
    jpy = monthly("jgb_yields_daily", "1Y") / 100.0
    long, late = yearly_volatility(jpy), yearly_volatility(jpy["2000":])
    assert long == pytest.approx(0.0050, abs=5e-5)
    assert late == pytest.approx(0.0017, abs=5e-5)
    assert late < parameters()["short_rate_volatility_jpy"].p50 < long


def test_ten_year_volatility_is_the_sample_s() -> None:
    ten = yearly_volatility(monthly("us_yields_daily", "10Y") / 100.0)
    assert ten == pytest.approx(parameters()["usd_10y_volatility"].p50, abs=5e-5)


@pytest.mark.parametrize("currency", ["JPY", "EUR", "GBP", "CNY"])
def test_currency_volatility_is_the_sample_s(currency: str) -> None:
    """Monthly log changes of the reference rates; the yuan's begin in 2005."""
    sample = yearly_volatility(np.log(monthly("fx_daily", currency)))
    table_says = parameters()[f"fx_volatility_{currency.lower()}"].p50
    assert sample == pytest.approx(table_says, abs=5.5e-4)


def test_yields_revert_as_the_sample_does() -> None:
    levels = monthly("us_yields_daily", "1Y").to_numpy()
    slope = np.polyfit(levels[:-1], levels[1:], 1)[0]
    assert -12.0 * np.log(slope) == pytest.approx(parameters()["yield_reversion"].p50, abs=5e-3)
    row = parameters()["short_rate_reversion"]
    assert row.p05 < row.p50 < -12.0 * np.log(slope) < row.p95


def test_the_wedge_has_the_shape_of_march_2020() -> None:
    days = table("us_yields_daily").set_index("date")
    rise = days.loc["2020-03-18"] - days.loc["2020-03-09"]
    for node in ("2Y", "5Y", "10Y", "30Y"):
        given = parameters()[f"wedge_shape_{node.lower()}"].p50
        assert given == pytest.approx(rise[node] / rise["10Y"], abs=5e-4)
    assert rise["3M"] < 0.0
