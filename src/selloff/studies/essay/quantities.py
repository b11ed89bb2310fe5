"""What the claims ask of a run, one number a draw."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results import largest_rise, metric_draws
from selloff.results.metrics import yen_per_dollar
from selloff.studies.essay.claims import rules
from selloff.vocab import (
    BUSINESS_DAYS_PER_MONTH,
    BUSINESS_DAYS_PER_YEAR,
    PCT,
    holders,
    metrics,
)

Array = NDArray[np.float64]
Quantity = Callable[[xr.Dataset], Array]

_WEEK: Final = 5
_TWENTY: Final = 20
_ASKED: Final = ("chn", "sau")


def dollar_yen(ds: xr.Dataset) -> Array:
    """Yen per dollar against baseline, by draw and step [percent]."""
    return np.asarray(yen_per_dollar(ds).values)


def first_days(ds: xr.Dataset, values: Array, days: int) -> Array:
    """Keep the steps that end within some business days of the opening."""
    return values[:, ds["day"].values <= days]


def _price(market: str, days: int) -> Quantity:
    def found(ds: xr.Dataset) -> Array:
        prices = ds["delta_asset_price"].sel(market=market).values
        return first_days(ds, prices, days)[:, -1]

    return found


def _yen_after_a_month(ds: xr.Dataset) -> Array:
    return first_days(ds, dollar_yen(ds), BUSINESS_DAYS_PER_MONTH)[:, -1]


def _yen_largest_move(ds: xr.Dataset) -> Array:
    return np.abs(first_days(ds, dollar_yen(ds), BUSINESS_DAYS_PER_YEAR)).max(axis=1)


def _yen_kept(ds: xr.Dataset) -> Array:
    """Fall of the dollar after a year over its largest fall; zero where it never fell."""
    path = first_days(ds, dollar_yen(ds), BUSINESS_DAYS_PER_YEAR)
    low = np.minimum(path.min(axis=1), 0.0)
    return np.where(low < 0.0, path[:, -1] / np.where(low < 0.0, low, 1.0), 0.0)


def _ten_year_within_a_month(ds: xr.Dataset) -> Array:
    return largest_rise(ds, _TWENTY)


def _ten_year_largest_move(ds: xr.Dataset) -> Array:
    ten = np.asarray(ds["delta_par_yield"].sel(tenor="10Y").values)
    return np.abs(first_days(ds, ten, BUSINESS_DAYS_PER_YEAR)).max(axis=1)


def _shares_low(ds: xr.Dataset) -> Array:
    prices = ds["delta_asset_price"].sel(market="sp500").values
    return first_days(ds, prices, BUSINESS_DAYS_PER_YEAR).min(axis=1)


def _vix_peak(ds: xr.Dataset) -> Array:
    return np.asarray(ds["delta_volatility"].sel(volatility="vix").values.max(axis=1))


def _china_saudi_sold(ds: xr.Dataset) -> Array:
    """Net sales of both countries by the horizon, in percent of their opening books."""
    known = set(ds["holder"].values)
    theirs = [each.id for each in holders().values() if each.residence in _ASKED]
    theirs = [name for name in theirs if name in known]
    book = float(ds["holdings_face"].sel(holder=theirs).sum())
    sold = -ds["absorbed_by_holder"].sel(holder=theirs).sum("holder").values
    return np.asarray(sold / book / PCT)


def _seller_loss(ds: xr.Dataset) -> Array:
    return np.asarray(ds["seller_bill"].sum("cost").values)


def _gold_share_rise(ds: xr.Dataset) -> Array:
    """Share at the horizon less that of the first year without the sale."""
    sale, base = (
        ds[name].sel(reserve_asset="gold").values
        for name in ("reserve_share", "reserve_share_base")
    )
    last = min(max(round(ds.attrs["horizon_years"]), 1), sale.shape[1]) - 1
    return np.asarray(sale[:, last] - base[:, 0])


def _third_cheapest(variable: str) -> Quantity:
    """Price move of the third cheapest alternative: at most two cost less."""

    def found(ds: xr.Dataset) -> Array:
        prices = ds[variable].drop_sel(reserve_asset="USD").values
        return np.sort(prices, axis=1)[:, int(rules()["few"].value)]

    return found


QUANTITIES: Final[Mapping[str, tuple[str, Quantity]]] = {
    "us_10y_within_20d_bp": ("bp", _ten_year_within_a_month),
    "us_10y_largest_move_1y_bp": ("bp", _ten_year_largest_move),
    "usdjpy_after_1m_pct": ("percent", _yen_after_a_month),
    "usdjpy_largest_move_1y_pct": ("percent", _yen_largest_move),
    "usdjpy_kept_frac": ("fraction", _yen_kept),
    "sp500_trough_1y_pct": ("percent", _shares_low),
    "vix_peak_points": ("index points", _vix_peak),
    "gold_after_1w_pct": ("percent", _price("gold", _WEEK)),
    "gold_after_1m_pct": ("percent", _price("gold", BUSINESS_DAYS_PER_MONTH)),
    "bitcoin_after_1m_pct": ("percent", _price("bitcoin", BUSINESS_DAYS_PER_MONTH)),
    "oil_after_1m_pct": ("percent", _price("oil", BUSINESS_DAYS_PER_MONTH)),
    "china_saudi_sold_pct": ("percent", _china_saudi_sold),
    "seller_loss_usd_bn": ("USD bn", _seller_loss),
    "further_cut_frac": ("fraction", lambda ds: ds["downgrade_prob"].values[:, -1]),
    "japan_cpi_low_pct": ("percent", lambda ds: ds["delta_japan_cpi"].values.min(axis=1)),
    "japan_cpi_high_pct": ("percent", lambda ds: ds["delta_japan_cpi"].values.max(axis=1)),
    "gold_share_rise_pp": ("percentage points", _gold_share_rise),
    "third_cheapest_fast_pct": ("percent", _third_cheapest("reserve_price_fast")),
    "third_cheapest_slow_pct": ("percent", _third_cheapest("reserve_price_slow")),
    "descent_less_dump_frac": ("fraction", lambda ds: (ds["descent"] - ds["dump"]).values),
}
"""Units and definitions of what is not a headline number already."""


def unit_of(name: str) -> str:
    """Name the unit of a quantity."""
    return QUANTITIES[name][0] if name in QUANTITIES else metrics()[name].unit


def measure(ds: xr.Dataset, names: Iterable[str]) -> dict[str, Array]:
    """Take quantities from a run."""
    wanted = list(names)
    headlines = metric_draws(ds) if any(name not in QUANTITIES for name in wanted) else {}
    return {
        name: np.asarray(QUANTITIES[name][1](ds) if name in QUANTITIES else headlines[name])
        for name in wanted
    }
