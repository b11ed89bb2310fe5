"""A result with an economy, made up so that every number in a scenario table can be reckoned."""

import json

import numpy as np
import xarray as xr

import blank
from selloff.vocab import BORROWING_RATES, CURRENCIES, MARKETS, TENORS

DRAWS = 21
QUARTERS = 6
DAYS = np.concatenate([np.arange(253.0), 252.0 + 21.0 * np.arange(1, 7)])
"""A year by the day, then half a year by the month."""
QUARTER_OF_STEP = np.ceil(DAYS / 63.0).astype(int) - 1
"""The opening is in none."""
SHUFFLE = np.random.default_rng(5).permutation(DRAWS)
SIZE = SHUFFLE.astype(float)
"""Severity of each draw: a different whole number in each."""
CURVE = dict(zip(TENORS, np.linspace(3.0, 5.0, len(TENORS)), strict=True))
FX = dict(zip(CURRENCIES, (1.0, 1 / 160.0, 1.15, 1.34, 1 / 7.2), strict=True))


def result() -> xr.Dataset:
    """Everything grows with the severity of the draw."""
    ds = blank.result(
        DAYS,
        DRAWS,
        {
            "scenario_name": "made-up",
            "title": "=Made up",
            "versions": json.dumps({"selloff": "9.9.9"}),
            "limits": json.dumps(["It is made up."]),
        },
        group=["usa_bank", "fed"],
        holder=["jpn_official", "usa_bank", "fed"],
        year=[2027, 2028],
    )
    ds["outcome"].attrs = {
        "units": "code",
        "flag_values": [0, 1],
        "flag_meanings": "no_equilibrium completed",
    }
    ds["japan_branch"].attrs |= {"flag_values": [0], "flag_meanings": "neither"}
    ds["capacity_outcome"].attrs |= {"flag_values": [0], "flag_meanings": "room_for_all"}
    ds["outcome"][:] = 1
    ds["curve_par_yield"][:] = list(CURVE.values())
    _fill(ds)
    return ds


def _fill(ds: xr.Dataset) -> None:
    """Steps rise by one unit a quarter of the year, times the severity of the draw."""
    quarters = np.arange(1.0, QUARTERS + 1)
    steps = DAYS / 63.0
    chance = np.random.default_rng(1).normal(size=(DRAWS, DAYS.size)).cumsum(axis=1) * 1e-3
    chance -= chance[:, :1]
    for at, name in enumerate(CURRENCIES):
        ds["baseline_fx"][:, :, at] = FX[name] * np.exp(chance)
        ds["delta_fx"][:, :, at] = np.outer(SIZE, steps) * 0.1 * at
        ds["baseline_par_yield_10y"][:, :, at] = CURVE["10Y"] - at + chance
        ds["delta_par_yield_10y"][:, :, at] = np.outer(SIZE, steps) * (at + 1)
    for at in range(len(TENORS)):
        ds["delta_par_yield"][:, :, at] = np.outer(SIZE, steps) * (at + 1)
    ds["delta_us_gdp"][:] = -0.1 * np.outer(SIZE, quarters)
    ds["delta_us_unemployment"][:] = 0.05 * np.outer(SIZE, quarters)
    ds["delta_us_inflation"][:] = 0.02 * np.outer(SIZE, quarters)
    ds["delta_us_policy_rate"][:] = np.outer(SIZE, -quarters)
    ds["delta_us_10y_quarter"][:] = np.outer(SIZE, 8.0 * quarters)
    ds["delta_japan_gdp"][:] = -0.2 * np.outer(SIZE, quarters)
    ds["delta_japan_cpi"][:] = -0.3 * np.outer(SIZE, quarters)
    hump = np.where(QUARTER_OF_STEP == 1, np.sin(DAYS), 0.1 * np.cos(DAYS))
    ds["delta_volatility"][:, :, 0] = np.outer(SIZE, hump)
    for at in range(len(BORROWING_RATES)):
        ds["delta_borrowing_rate"][:, :, at] = np.outer(SIZE, steps) * (at + 2)
    for at in range(len(MARKETS)):
        ds["delta_asset_price"][:, :, at] = -np.outer(SIZE, steps) * (at + 1) / 10.0
