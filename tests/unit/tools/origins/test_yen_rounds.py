"""Rounds of buying yen: what the parameter table says is what the tables say."""

import numpy as np
import pytest
from origins.yen_rounds import spread_of, yen_rounds

from selloff.data import table
from selloff.evidence import parameters


def test_the_rows_are_the_sample_s() -> None:
    found, rows = yen_rounds(), parameters()
    assert len(found.gaps) == 5
    assert rows["yen_round_gap"].p50 == pytest.approx(np.mean(found.gaps), abs=5e-4)
    assert rows["yen_round_gap_limit"].p50 == pytest.approx(max(found.gaps), abs=5e-4)
    rate, loading = rows["yen_round_rate"], rows["yen_round_loading"]
    assert (rate.p05, rate.p50, rate.p95) == pytest.approx(
        (found.rate_range[0], found.rate, found.rate_range[1]), rel=0.03
    )
    assert (loading.p05, loading.p50, loading.p95) == pytest.approx(
        (found.loading_range[0], found.loading, found.loading_range[1]), rel=0.03
    )


def test_the_fit_gives_back_the_number_and_the_place_of_the_rounds() -> None:
    """Conditions of the maximum, on a sample read anew: expected rounds and mean distance."""
    found, memory = yen_rounds(), parameters()["yen_trend_memory"].p50
    levels = -np.log(table("fx_daily").set_index("date")["JPY"].dropna())
    gaps = (levels - levels.ewm(halflife=memory).mean()).shift(1).dropna().to_numpy()[251:]
    capped = np.minimum(gaps, max(found.gaps))
    daily = found.rate * np.exp(found.loading * (capped - np.mean(found.gaps))) / 252.0
    assert daily.sum() == pytest.approx(5.0, rel=1e-6)
    assert daily @ capped / daily.sum() == pytest.approx(np.mean(found.gaps), rel=1e-6)


def test_few_events_leave_a_wide_range() -> None:
    low, high = spread_of(0.2, 4)
    assert low * high == pytest.approx(0.2**2)
    assert np.log(high / low) == pytest.approx(1.645, abs=1e-3)
