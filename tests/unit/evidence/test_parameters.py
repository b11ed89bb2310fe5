"""The parameter table, and the sample figures in it."""

import numpy as np
import pandas as pd
import pytest

from selloff.data import table
from selloff.evidence import Parameter, load_meta, parameters
from selloff.results import METRICS
from selloff.studies.wedge_shape import wedge_shapes

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
        order = list(parameters())
        assert order.index(row.drawn_with) < order.index(row.name)
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


def test_yields_revert_as_the_sample_does() -> None:
    levels = monthly("us_yields_daily", "1Y").to_numpy()
    slope = np.polyfit(levels[:-1], levels[1:], 1)[0]
    assert -12.0 * np.log(slope) == pytest.approx(parameters()["yield_reversion"].p50, abs=5e-3)
    row = parameters()["short_rate_reversion"]
    assert row.p05 < -12.0 * np.log(slope) < row.p95


def test_the_wedge_has_the_shape_of_weeks_outside_the_episodes() -> None:
    found = wedge_shapes()
    for tenor, (low, mid, high) in found.items():
        row = parameters()[f"wedge_shape_{tenor.lower()}"]
        if row.distribution == "constant":
            assert row.p50 == pytest.approx(mid, abs=5e-4)
        elif row.distribution == "uniform":
            assert (row.p05, row.p95) == pytest.approx((low, high), abs=5e-3)
        else:
            assert (row.p05, row.p50, row.p95) == pytest.approx((low, mid, high), rel=5e-3)


def test_the_meta_analysis_fills_its_rows() -> None:
    meta = load_meta()
    for name, spread in meta.quantities.items():
        row = parameters()[name]
        assert (row.p05, row.p50, row.p95) == pytest.approx(spread, rel=5e-3)
        assert row.standing == "estimated"
        assert str(meta.certificate["rows"]) in row.source


def test_metrics_named_as_moved_exist() -> None:
    for row in parameters().values():
        assert set(row.moves) <= {*METRICS, "absorbed_by"}, row.name
