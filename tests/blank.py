"""A result in which nothing is sold and nothing moves: made-up runs start from it."""

import json
from typing import Any

import numpy as np
import xarray as xr

from selloff.vocab import (
    ASSETS,
    BORROWING_RATES,
    BUCKETS,
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
    metrics_at,
    variables,
)

DAYS_PER_YEAR = 252
OPENING = np.datetime64("2026-07-31", "ns")


def result(day: np.ndarray, draws: int, attrs: dict[str, Any], **labels: Any) -> xr.Dataset:
    """Zeros on every axis; labels of axes that differ from run to run, and more coordinates."""
    years = float(day[-1]) / DAYS_PER_YEAR
    quarters = np.arange(max(1, int(np.ceil(4.0 * years - 1e-9))))
    ends = [f"{2026 + (q + 2) // 4}-Q{(q + 2) % 4 + 1}" for q in quarters]
    coords: dict[str, Any] = {
        "draw": np.arange(draws),
        "parameter_row": ("draw", np.arange(draws)),
        "step": np.arange(day.size),
        "day": ("step", day),
        "years": ("step", np.asarray(day) / DAYS_PER_YEAR),
        "date": ("step", OPENING + (day * 365.25 / DAYS_PER_YEAR * 86400e9).astype("m8[ns]")),
        "tenor": list(TENORS),
        "tenor_years": ("tenor", list(TENOR_YEARS)),
        "currency": list(CURRENCIES),
        "bucket": list(BUCKETS),
        "asset": list(ASSETS),
        "cost": list(COSTS),
        "economy": list(ECONOMIES),
        "metric": list(metrics_at(years)),
        "part": list(PARTS),
        "volatility": list(VOLATILITIES),
        "rate": list(BORROWING_RATES),
        "market": list(MARKETS),
        "quarter": quarters,
        "quarter_years": ("quarter", (quarters + 1) / 4.0),
        "quarter_label": ("quarter", ends),
        "exporter": ["toyota"],
        "exporter_name": ("exporter", ["Toyota"]),
        "country": ["BRA", "TUR"],
        "country_name": ("country", ["Brazil", "Turkey"]),
        "country_regime": ("country", ["floating", "managed"]),
        "reserve_asset": list(RESERVE_ASSETS),
        "share_part": list(SHARE_PARTS),
        "identity": ["holders_add_up"],
        **labels,
    }
    holders = coords["holder"]
    coords = {"holder_name": ("holder", holders), "group_of": ("holder", holders), **coords}
    sizes = xr.Dataset(coords=coords).sizes
    data = {
        name: (row.dims, np.zeros([sizes[dim] for dim in row.dims]), {"units": row.unit})
        for name, row in variables().items()
    }
    return xr.Dataset(data, coords=coords, attrs={**_attrs(draws, years), **attrs})


def _attrs(draws: int, years: float) -> dict[str, Any]:
    empty = ("sources", "parameters", "limits", "warnings", "em_dropped")
    seconds = {"total": 2.0, "compile": 1.0, "engine": 0.5, "attribution": 0.2}
    return {
        "scenario": "{}",
        "vintage": "2026-07",
        "seed": 7,
        "draws": draws,
        "horizon_years": years,
        "versions": "{}",
        "outstanding_usd_bn": 400.0,
        "wall_seconds": json.dumps(seconds),
        **dict.fromkeys(empty, "[]"),
    }
