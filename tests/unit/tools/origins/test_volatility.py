"""How volatility comes and goes, against a known process and against the table."""

import numpy as np
import pandas as pd
import pytest
from origins.volatility import fit_volatility

from selloff.bridge.noise import Weather, swell, variance_ratio
from selloff.evidence import parameters


def test_the_table_holds_what_the_data_say() -> None:
    table = parameters()
    fit = fit_volatility(table["volatility_memory"].p50)
    assert fit.carry == pytest.approx(table["volatility_carry"].p50, rel=5e-3)
    assert fit.half_life == pytest.approx(table["volatility_half_life"].p50, rel=5e-3)
    row = table["noise_spread"]
    assert fit.spread == pytest.approx((row.p05, row.p50, row.p95), rel=5e-3)


def test_swell_starts_at_what_is_carried_and_ends_at_the_long_run() -> None:
    weather = Weather(memory_days=21, carry=0.8, half_life=0.5)
    path = swell(np.array([3.0, -0.5]), np.array([0.0, 0.5, 50.0]), weather)
    assert path[0] == pytest.approx(np.sqrt([1 + 0.8 * 3.0, 1 - 0.8 * 0.5]))
    assert path[1] == pytest.approx(np.sqrt([1 + 0.4 * 3.0, 1 - 0.4 * 0.5]))
    assert path[2] == pytest.approx([1.0, 1.0])


def test_variance_ratio_sees_a_storm_after_a_calm() -> None:
    moves = np.r_[0.0, np.tile([1.0, -1.0], 1000), np.tile([3.0, -3.0], 50)]
    ratio = variance_ratio(pd.DataFrame({"x": moves.cumsum()}), 21.0)
    assert ratio[1900, 0] == pytest.approx(1.0)
    calm = 0.5 ** (100 / 21.0)
    mean = (2000 + 100 * 9) / 2100
    assert ratio[-1, 0] == pytest.approx((calm + 9.0 * (1.0 - calm)) / mean)


def test_a_market_that_never_moved_has_nothing_to_compare() -> None:
    ratio = variance_ratio(pd.DataFrame({"x": np.ones(10)}), 21.0)
    assert np.all(ratio == 1.0)
