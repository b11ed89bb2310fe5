"""What is measured of a run."""

import numpy as np
import pytest
import xarray as xr

from selloff.studies.essay.quantities import QUANTITIES, measure


@pytest.fixture
def small() -> xr.Dataset:
    """Two draws of four steps, with what the quantities look at."""
    step = np.arange(5)
    day = np.array([1, 5, 21, 252, 504])
    yen = np.array([[0.0, 2.0, 4.0, 1.0, 9.0], [0.0, -1.0, -2.0, -3.0, -9.0]])
    fx = 100.0 * (1.0 / (1.0 - yen / 100.0) - 1.0)
    ten = np.array([[0.0, 60.0, 30.0, -70.0, 200.0], [0.0, -5.0, 20.0, 10.0, 0.0]])
    prices = np.stack([ten / 10.0, -yen, yen + 1.0, ten / -10.0], axis=-1)
    debt = np.array([[0.1, 0.2], [0.3, 0.4]])
    reserve = np.zeros((2, 4, 4))
    reserve[:, :, 3] = [[20.0, 21.0, 24.0, 30.0], [20.0, 19.0, 18.0, 30.0]]
    price = np.array([[0.0, 5.0, 12.0, 7.0], [0.0, 50.0, 10.0, 20.0]])
    return xr.Dataset(
        {
            "delta_fx": (("draw", "step", "currency"), fx[..., None]),
            "delta_par_yield": (("draw", "step", "tenor"), ten[..., None]),
            "delta_asset_price": (("draw", "step", "market"), prices),
            "delta_volatility": (("draw", "step", "volatility"), yen[..., None]),
            "absorbed_by_holder": (
                ("draw", "holder"),
                np.array([[-30.0, -10.0, 99.0], [9.0, 1, 0]]),
            ),
            "holdings_face": (("holder", "bucket"), np.array([[100.0], [60.0], [7.0]])),
            "seller_bill": (("draw", "cost"), np.array([[1.0, 10.0], [2.0, 20.0]])),
            "downgrade_prob": (("draw", "quarter"), debt),
            "delta_japan_cpi": (("draw", "quarter"), np.array([[-1.0, 2.0], [-3.0, -1.0]])),
            "reserve_share": (("draw", "year", "reserve_asset"), reserve),
            "reserve_share_base": (("draw", "year", "reserve_asset"), reserve - 1.0),
            "reserve_price_fast": (("draw", "reserve_asset"), price),
            "reserve_price_slow": (("draw", "reserve_asset"), price / 10.0),
            "descent": ("draw", np.array([0.3, 0.2])),
            "dump": ("draw", np.array([0.1, 0.25])),
        },
        coords={
            "step": step,
            "day": ("step", day),
            "currency": ["JPY"],
            "tenor": ["10Y"],
            "market": ["sp500", "gold", "bitcoin", "oil"],
            "volatility": ["vix"],
            "holder": ["chn_official", "sau_official", "jpn_official"],
            "reserve_asset": ["USD", "EUR", "JPY", "gold"],
            "year": [2027, 2028, 2029, 2030],
        },
        attrs={"horizon_years": 3.0},
    )


def test_quantities_are_what_they_say(small: xr.Dataset) -> None:
    found = measure(small, QUANTITIES)
    # The yen weakens in the first draw and strengthens in the second, so a dollar buys more or
    # fewer yen; every definition by hand.
    by_hand = {
        "us_10y_within_20d_bp": [60.0, 20.0],
        "us_10y_largest_move_1y_bp": [70.0, 20.0],
        "usdjpy_after_1m_pct": [-4.0, 2.0],
        "usdjpy_largest_move_1y_pct": [4.0, 3.0],
        "usdjpy_kept_frac": [0.25, 0.0],
        "sp500_trough_1y_pct": [-7.0, -0.5],
        "vix_peak_points": [9.0, 0.0],
        "gold_after_1w_pct": [-2.0, 1.0],
        "gold_after_1m_pct": [-4.0, 2.0],
        "bitcoin_after_1m_pct": [5.0, -1.0],
        "oil_after_1m_pct": [-3.0, -2.0],
        "china_saudi_sold_pct": [25.0, -6.25],
        "seller_loss_usd_bn": [11.0, 22.0],
        "further_cut_frac": [0.2, 0.4],
        "japan_cpi_low_pct": [-1.0, -3.0],
        "japan_cpi_high_pct": [2.0, -1.0],
        "gold_share_rise_pp": [5.0, -1.0],
        "third_cheapest_fast_pct": [12.0, 50.0],
        "third_cheapest_slow_pct": [1.2, 5.0],
        "descent_less_dump_frac": [0.2, -0.05],
    }
    assert set(by_hand) == set(QUANTITIES)
    for name, values in by_hand.items():
        np.testing.assert_allclose(found[name], values, atol=1e-12, err_msg=name)
