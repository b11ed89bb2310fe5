"""The impact of bonds bought abroad is what the registry says of four markets."""

from collections import defaultdict
from datetime import date
from statistics import geometric_mean, stdev

import numpy as np
import pytest

from selloff.data import table
from selloff.evidence import estimates, load_meta, parameters

MARKETS = {
    "altavilla": "EUR",
    "eser-2023": "EUR",
    "chadha-waters-2014": "GBP",
    "boe-qt-2025": "GBP",
    "sudo-tanaka-2021": "JPY",
}
DURATION = 0.75
"""Ten-year equivalents in a dollar of all marketable debt, as the registry assumes."""


def by_market() -> dict[str, float]:
    """Bp per percent outstanding: the geometric mean of a market's studies."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for row in estimates():
        if row.id in MARKETS:
            assert row.shock_kind == "pct_stock"
            found[MARKETS[row.id]].append(row.mid / row.shock_size)
    assert sum(map(len, found.values())) == len(MARKETS)
    debt = table("mspd_by_class_monthly")
    debt = debt[debt["date"].dt.year == 2024]
    total = debt[debt["date"] == debt["date"].max()].drop(columns="date").sum(axis=1).iloc[0]
    percent = 0.01 * DURATION * total / 100.0
    treasuries = load_meta().quantities["permanent_impact"][1] * percent
    return {market: geometric_mean(each) for market, each in found.items()} | {"USD": treasuries}


def test_middle_and_range_are_those_of_a_market_not_yet_studied() -> None:
    markets, row = by_market(), parameters()["bond_impact_abroad"]
    logs = np.log(list(markets.values()))
    spread = stdev(logs) * np.sqrt(1.0 + 1.0 / logs.size)
    assert row.p50 == pytest.approx(np.exp(logs.mean()), rel=0.1)
    assert np.log(row.p95 / row.p05) == pytest.approx(2.0 * 1.645 * spread, rel=0.1)
    for market, told in (("EUR", "4.1"), ("GBP", "1.8"), ("JPY", "1.9"), ("USD", "6.6")):
        assert f"{markets[market]:.1f}" == told
        assert told in row.reason


def test_no_study_of_it_has_seen_a_day_of_a_bond_episode_abroad() -> None:
    scored = [(date(2009, 7, 8), date(2009, 8, 6)), (date(2020, 3, 18), date(2020, 3, 19))]
    scored.append((date(2022, 9, 27), date(2022, 9, 28)))
    for row in estimates():
        seen = any(
            first < end and start < last for first, last in row.windows for start, end in scored
        )
        assert not (seen and "bond_impact_abroad" in row.informs), row.id
        assert ("bond_impact_abroad" in row.informs) == (row.id in MARKETS)
    assert {"joyce", "hondroyiannis-2021"} <= {row.id for row in estimates() if row.windows}
