"""Fans: quantiles over draws along time."""

import numpy as np
import pytest
import xarray as xr

from selloff.results import LEVELS, fans


def test_a_fan_spreads_the_draws_that_have_prices(tiny: xr.Dataset) -> None:
    series = "delta_par_yield[tenor=10Y]"
    tiny["outcome"][0] = dict(
        zip(
            tiny["outcome"].attrs["flag_meanings"].split(),
            tiny["outcome"].attrs["flag_values"],
            strict=True,
        )
    )["no_equilibrium"]
    fan = fans(tiny, [series])[series]
    others = tiny["delta_par_yield"].sel(tenor="10Y").values[1:]
    assert fan.dims == ("level", "step")
    assert fan["level"].values.tolist() == list(LEVELS)
    np.testing.assert_allclose(fan, np.quantile(others, LEVELS, axis=0), rtol=1e-12)
    np.testing.assert_array_equal(fan["day"], tiny["day"])
    assert fan.attrs["units"] == "bp"


@pytest.mark.parametrize("series", ["absorbed_face", "delta_us_gdp"])
def test_other_axes_and_quarters_stay(tiny: xr.Dataset, series: str) -> None:
    fan = fans(tiny, [series])[series]
    assert fan.dims == ("level", *tiny[series].dims[1:])
    np.testing.assert_allclose(
        fan.sel(level=0.5), np.median(tiny[series].values, axis=0), rtol=1e-12
    )
