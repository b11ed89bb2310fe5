"""Headline numbers of the economy, reckoned by hand on a result of three draws."""

import numpy as np
import xarray as xr

from selloff.results import debt_rises


def test_debt_that_rises_in_a_year(tiny: xr.Dataset) -> None:
    assert debt_rises(tiny) is None
    longer = tiny.isel(quarter=np.arange(20) % 5)
    path = np.outer([1.0, 0.1, -1.0], np.arange(20.0) ** 2)
    longer["us_debt_ratio_base"] = (("draw", "quarter"), 100.0 + path)
    longer["us_debt_ratio"] = (("draw", "quarter"), 100.0 + path + np.arange(20.0) * 20.0)
    rises = debt_rises(longer)
    assert rises is not None
    base, sale = rises
    np.testing.assert_array_equal(base, [1.0, 1.0, 0.0])
    np.testing.assert_array_equal(sale, [1.0, 1.0, 0.0])
