"""Labels of the axes of a dataset."""

import json
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from selloff.bridge.bill import own_currency
from selloff.bridge.derived import Sources
from selloff.bridge.rows import GROUPS
from selloff.bridge.schedule import Timeline
from selloff.bridge.transmission import gather_time
from selloff.data import EmergingEconomy, Exporter, Vintage
from selloff.engine import IDENTITIES
from selloff.vocab import (
    ASSETS,
    BORROWING_RATES,
    BUCKETS,
    BUSINESS_DAYS_PER_YEAR,
    COSTS,
    CURRENCIES,
    ECONOMIES,
    MARKETS,
    PARTS,
    RESERVE_ASSETS,
    SHARE_PARTS,
    TENOR_YEARS,
    TENORS,
    VOLATILITIES,
    holders,
    metrics_at,
)


def coords(known: Sources, n_draws: int) -> xr.Coordinates:
    """Label every axis."""
    after = known.economics
    return _labels(known.world, known.asked.steps, (after.countries, after.exporters), n_draws)


@lru_cache(maxsize=8)
def _labels(
    world: Vintage,
    steps: Timeline,
    named: tuple[tuple[EmergingEconomy, ...], tuple[Exporter, ...]],
    n_draws: int,
) -> xr.Coordinates:
    """The labels, kept for the next question about the same world and time."""
    axes = {
        "tenor": TENORS,
        "currency": CURRENCIES,
        "group": GROUPS,
        "bucket": BUCKETS,
        "asset": ASSETS,
        "economy": ECONOMIES,
        "part": PARTS,
        "cost": COSTS,
        "identity": IDENTITIES,
        "holder": world.holders,
        "volatility": VOLATILITIES,
        "rate": BORROWING_RATES,
        "market": MARKETS,
        "reserve_asset": RESERVE_ASSETS,
        "share_part": SHARE_PARTS,
    }
    labels = {
        "draw": np.arange(n_draws),
        **{name: list(axis) for name, axis in axes.items()},
        "tenor_years": ("tenor", list(TENOR_YEARS), {"units": "years"}),
        **_times(world, steps),
        **_names(world, *named),
    }
    return xr.Dataset(coords=labels).coords


def attrs(known: Sources) -> dict[str, Any]:
    """Say what is left out of the economy, and how much debt there is."""
    left_out = known.economics.left_out
    left = [{"country": c.iso3, "name": c.name, "reason": c.reason} for c in left_out]
    total = float(known.world.outstanding.sum())
    sellers = known.asked.rows, np.asarray(known.asked.inputs.sale.programme), known.world
    return {
        "em_dropped": json.dumps(left),
        "outstanding_usd_bn": total,
        "seller_currency": own_currency(*sellers),
    }


def _times(world: Vintage, steps: Timeline) -> dict[str, Any]:
    days, calendar = np.r_[0.0, steps.ends], gather_time(steps.days)
    opening = np.datetime64(world.date, "ns")
    # Business days become calendar days at 252 to the year: dates are for reading, not trading.
    dates = opening + (days * 365.25 / BUSINESS_DAYS_PER_YEAR * 86400e9).astype("timedelta64[ns]")
    years, n_quarters = days / BUSINESS_DAYS_PER_YEAR, calendar.quarter_end.size
    ends = (np.arange(n_quarters) + 1.0) / 4.0
    middles = np.datetime64(world.date, "D") + np.round((ends - 0.125) * 365.25).astype(int)
    return {
        "step": np.arange(days.size),
        "day": ("step", days, {"units": "business days"}),
        "years": ("step", years, {"units": "years"}),
        "date": ("step", pd.DatetimeIndex(dates)),
        "metric": list(metrics_at(years[-1])),
        "quarter": np.arange(n_quarters),
        "quarter_years": ("quarter", ends, {"units": "years"}),
        "quarter_label": ("quarter", [f"{d:%Y}-Q{d.quarter}" for d in pd.DatetimeIndex(middles)]),
        "year": world.date.year + 1 + np.arange(calendar.year.size),
    }


def _names(
    world: Vintage, countries: tuple[EmergingEconomy, ...], exporters: tuple[Exporter, ...]
) -> dict[str, Any]:
    who = [holders()[holder] for holder in world.holders]
    return {
        "holder_name": ("holder", [each.name for each in who]),
        "sector": ("holder", [each.sector for each in who]),
        "residence": ("holder", [each.residence for each in who]),
        "residence_basis": ("holder", [each.residence_basis for each in who]),
        "group_of": ("holder", [each.group for each in who]),
        "exporter": [company.id for company in exporters],
        "exporter_name": ("exporter", [company.name for company in exporters]),
        "country": [each.iso3 for each in countries],
        "country_name": ("country", [each.name for each in countries]),
        "country_regime": ("country", [each.regime for each in countries]),
    }
