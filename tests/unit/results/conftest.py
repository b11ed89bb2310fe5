"""A result of three draws and ten steps, small enough to reckon by hand."""

import json

import numpy as np
import pytest
import xarray as xr

import blank
from selloff.results import metric_draws
from selloff.vocab import BUCKETS, RESERVE_ASSETS, TENORS

DRAWS = 3
DAYS = np.array([0, 1, 2, 3, 4, 5, 6, 7, 252, 273, 294], dtype=float)
GROUPS = ("usa_bank", "usa_mmf", "dealers", "fed")
HOLDERS = ("jpn_official", "usa_bank", "usa_mmf", "usa_dealers")
TEN = TENORS.index("10Y")
QUARTERS = 5
YEARS = (2027, 2028, 2029)


@pytest.fixture
def tiny() -> xr.Dataset:
    """30 are sold, 10 a day; the bank takes all of it in the end, dealers stand between."""
    n_t = DAYS.size
    dropped = [{"country": "xyz", "name": "Xyz", "reason": "no reserves found"}]
    ds = blank.result(
        DAYS,
        DRAWS,
        {"scenario_name": "tiny", "title": "Tiny", "em_dropped": json.dumps(dropped)},
        holder=list(HOLDERS),
        group_of=("holder", ["foreign_official", "usa_bank", "usa_mmf", "dealers"]),
        group=list(GROUPS),
        year=list(YEARS),
    )
    ds["holdings_face"][:] = 100.0 / len(BUCKETS)
    sold = np.zeros(n_t)
    sold[1:4] = 10.0
    so_far = sold.cumsum()
    with_dealers = np.where(np.arange(n_t) <= 4, so_far, 0.0)
    ds["sold_face"][:] = sold
    ds["unsold_face"][:] = 30.0 - so_far
    ds["absorbed_face"][:, :, 2] = with_dealers
    ds["absorbed_face"][:, :, 0] = so_far - with_dealers
    ds["absorbed_by_holder"][:] = [-30.0, 30.0, 0.0, 0.0]
    ds["seller_proceeds"][:] = [29.0, 28.0, 27.0]
    ds["counter_asset"][:, 1] = [29.0, 28.0, 27.0]
    ds["seller_execution_loss"][:] = [1.0, 2.0, 3.0]
    ds["seller_mark_loss"][:] = [0.1, 0.2, 0.3]
    ds["seller_bill"][:] = np.outer([1.0, 2.0, 3.0], [1.0, 12.0, 0.5, 0.25, 0.75])
    ds["seller_bill_lc"][:] = 160.0 * ds["seller_bill"].values
    ds["bond_waiting_loss"][:] = [1.5, -2.5, 3.5]
    ds["currency_waiting_loss"][:] = [4.0, 5.0, -6.0]
    ds["currency_flow_loss"][:] = [0.3, 0.6, 0.9]
    ds["days_to_complete"][:] = [3.0, 5.0, np.nan]
    ds["outcome"] = (
        "draw",
        np.array([1, 2, 3]),
        {
            "units": "code",
            "flag_values": [0, 1, 2, 3, 4, 5],
            "flag_meanings": "nothing_to_sell completed completed_late unfinished no_equilibrium "
            "frozen",
        },
    )
    ds["capacity_outcome"].attrs |= {
        "flag_values": [0, 1, 2],
        "flag_meanings": "room_for_all orders_waited beyond_capacity",
    }
    ds["japan_branch"].attrs |= {
        "flag_values": [0, 1, 2],
        "flag_meanings": "neither yen_up_disinflation fiscal_dominance",
    }
    path = np.array([0, 10, 30, 45, 50, 48, 44, 40, 20, 15, 12], dtype=float)
    ds["delta_par_yield"][:, :, TEN] = np.outer([1.0, 2.0, 3.0], path)
    ds["delta_par_yield"][:, :, TENORS.index("2Y")] = np.outer([1.0, 1.0, 1.0], 0.4 * path)
    ds["delta_par_yield"][:, :, TENORS.index("30Y")] = np.outer([1.0, 1.0, 1.0], 1.2 * path)
    ds["delta_par_yield_10y"][:, :, 1] = np.outer([1.0, 2.0, 3.0], -0.1 * path + 1.0)
    ds["delta_fx"][:, :, 1] = np.outer([1.0, 2.0, 3.0], path / 5.0)
    _react(ds)
    _spread(ds)
    numbers = metric_draws(ds)
    shares = np.array([0.5, 0.6, 0.9, 1.1, 1.0])
    for at, name in enumerate(numbers):
        ds["attribution_level"][:, at] = np.outer(numbers[name], shares)
    return ds


def _react(ds: xr.Dataset) -> None:
    """Followers sell 4 twice, funds 6 at most, the Fed holds 7 at most; bonds it bought came
    from the bank."""
    scale = np.array([1.0, 2.0, 3.0])
    ds["followed_face"][:, 2:4] = 4.0 * scale[:, None]
    ds["defence_face"][:, 3:] = 2.0 * scale[:, None]
    ds["forced_face"][:, 2:5] = np.outer(scale, [3.0, 6.0, 1.0])
    fed = np.outer(scale, [5.0, 7.0, 2.0])
    ds["absorbed_face"][:, 6:9, 3] = fed
    ds["absorbed_face"][:, 6:9, 0] -= fed
    ds["mof_intervention"][:, 3:5] = [[2.0, -5.0], [3.0, 1.0], [0.0, 0.0]]
    ds["boj_purchases"][:, 4:] = np.array([0.5, 1.5, 0.0])[:, None]
    ds["delta_usd_broad"][:, 1:3] = np.outer(scale, [-2.0, 0.5])
    ds["sanction_prob"][:] = [0.1, 0.2, 0.3]
    ds["seller_sanction_loss"][:] = [3.0, 4.0, 5.0]
    ds["several_equilibria"][:] = [0.0, 1.0, 0.0]


def _spread(ds: xr.Dataset) -> None:
    """What the economy makes of it, three times as much in the last draw as in the first."""
    scale = np.array([1.0, 2.0, 3.0])
    humps = {
        "delta_us_gdp": [0.0, -0.2, -0.5, -0.4, 0.1],
        "delta_us_unemployment": [0.0, 0.1, 0.2, 0.25, 0.1],
        "delta_japan_cpi": [-0.1, -0.3, -0.2, -0.2, -0.1],
        "delta_japan_gdp": [0.1, 0.2, 0.1, 0.1, 0.1],
        "federal_interest": [1.0, 2.0, 3.0, 4.0, 5.0],
        "federal_deficit": [1.5, 2.5, 3.5, 4.5, 5.5],
        "federal_debt": [1.5, 4.0, 7.5, 12.0, 17.5],
        "downgrade_prob": [0.02, 0.04, 0.06, 0.08, 0.10],
    }
    for name, path in humps.items():
        ds[name][:] = np.outer(scale, path)
    ds["downgrade_prob_base"][:] = np.outer(scale, [0.01, 0.02, 0.03, 0.04, 0.05])
    ds["us_debt_ratio_base"][:] = 100.0 + np.outer([1.0, 1.0, -1.0], np.arange(QUARTERS))
    ds["us_debt_ratio"][:] = ds["us_debt_ratio_base"] + np.outer(scale, np.arange(QUARTERS))
    n_t = ds.sizes["step"]
    ds["delta_borrowing_rate"][:, :, 0] = np.outer(scale, np.linspace(0.0, 60.0, n_t))
    ds["delta_borrowing_rate"][:, 3, 1], ds["delta_borrowing_rate"][:, 3, 2] = 20.0, 90.0
    ds["delta_asset_price"][:, 4, 0] = -8.0 * scale
    ds["delta_asset_price"][:, 5, 1] = -15.0
    ds["delta_asset_price"][:, 8, 3] = 6.0 * scale
    ds["delta_asset_price"][:, 8, 4] = -2.0 * scale
    ds["exporter_profit"][:, 3, 0] = -20.0 * scale
    ds["em_crisis_prob_base"][:] = 0.1
    ds["em_crisis_prob"][:] = 0.1 + np.outer(scale, [0.01, 0.03])
    ds["reserve_share_base"][:] = 100.0 / len(RESERVE_ASSETS)
    ds["reserve_share"][:] = ds["reserve_share_base"]
    ds["reserve_share"][:, 0, 0] -= scale
    ds["reserve_share"][:, 0, 1] += scale
    gap = (ds["reserve_share"] - ds["reserve_share_base"]).values
    ds["reserve_share_part"][:] = gap[..., None] * [0.5, 0.2, 0.3]
