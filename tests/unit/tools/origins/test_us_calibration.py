"""The fit to FRB/US can be made again, and lands where the table says."""

import numpy as np
import pytest
from origins.us_calibration import FITTED, FRBUS, QUARTERS, fit_us, frbus_drivers

from selloff.evidence import parameters
from selloff.vocab import TENORS


@pytest.mark.slow
def test_the_fit_gives_the_shipped_medians() -> None:
    found = fit_us()
    shipped = {name: parameters()[name].p50 for name in FITTED}
    assert {name: found.medians[name] for name in FITTED} == pytest.approx(shipped, rel=0.01)


def test_the_drivers_go_through_the_points_of_the_run() -> None:
    drivers = frbus_drivers()
    at = np.array(QUARTERS)
    ten = np.asarray(drivers.yields)[at, TENORS.index("10Y")]
    assert 100.0 * ten == pytest.approx(np.array(FRBUS["ten_year"]))
    assert 100.0 * np.asarray(drivers.rates)[at, 0] == pytest.approx(np.array(FRBUS["policy"]))
    assert 100.0 * np.expm1(np.asarray(drivers.broad)[at]) == pytest.approx(
        np.array(FRBUS["dollar"])
    )
    bills = np.asarray(drivers.yields)[:, 0]
    assert bills == pytest.approx(np.asarray(drivers.rates)[:, 0])
    assert not np.any(drivers.stress)
