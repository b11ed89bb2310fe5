"""Up to labels: what became of the world economy, in the units of its variables."""

import json
from typing import Any, Final

import jax
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.bridge.transmission import Economics
from selloff.data import Vintage
from selloff.engine import Transmitted
from selloff.model.economy.emerging.economies import EmergingPaths
from selloff.model.economy.japan.core import JapanPaths
from selloff.model.economy.markets.assets import MarketMoves
from selloff.model.economy.united_states.core import UsPaths
from selloff.vocab import BORROWING_RATES, BP, MARKETS, PCT, RESERVE_ASSETS, VOLATILITIES

Numbers = NDArray[np.float64]
JAPAN_BRANCHES: Final = ("neither", "yen_up_disinflation", "fiscal_dominance")
"""Branches Japan can be in, by code; no draw is in two."""


def convert_economy(found: Transmitted, n: int) -> dict[str, Numbers]:
    """Turn a chunk's economy into the units of the variables."""
    cut: Transmitted = jax.tree.map(lambda leaf: np.asarray(leaf)[:n], found)
    return {
        **_markets(cut.markets),
        **_united_states(cut),
        **_budget(cut.us),
        **_japan(cut.japan),
        **_emerging(cut.emerging),
        "reserve_share": cut.reserves.share / PCT,
        "reserve_share_base": cut.reserves.share_base / PCT,
        "reserve_tipped": cut.reserves.tipped,
        "reserve_price_fast": cut.price_fast / PCT,
        "reserve_price_slow": cut.price_slow / PCT,
    }


def economy_constants(asked: Economics) -> dict[str, Numbers]:
    """Lay out what is the same in all draws."""
    each = asked.countries
    return {
        "em_reserve_adequacy": np.array([c.reserve_adequacy for c in each]),
        "em_current_account": np.array([c.current_account_pct_gdp for c in each]),
        "em_short_term_debt": np.array([c.short_term_debt_pct_reserves for c in each]),
        "reserve_capacity": np.array([asked.capacity[name] for name in RESERVE_ASSETS]),
    }


def economy_coords(asked: Economics, world: Vintage) -> dict[str, Any]:
    """Label the axes of the economy."""
    n_quarters, each = asked.setting.calendar.quarter_end.size, asked.countries
    ends = (np.arange(n_quarters) + 1.0) / 4.0
    middles = np.datetime64(world.date, "D") + np.round((ends - 0.125) * 365.25).astype(int)
    n_years = asked.setting.calendar.year.size
    return {
        "volatility": list(VOLATILITIES),
        "rate": list(BORROWING_RATES),
        "market": list(MARKETS),
        "quarter": np.arange(n_quarters),
        "quarter_years": ("quarter", ends, {"units": "years"}),
        "quarter_label": ("quarter", [f"{d:%Y}-Q{d.quarter}" for d in pd.DatetimeIndex(middles)]),
        "exporter": [company.id for company in asked.exporters],
        "exporter_name": ("exporter", [company.name for company in asked.exporters]),
        "country": [c.iso3 for c in each],
        "country_name": ("country", [c.name for c in each]),
        "country_regime": ("country", [c.regime for c in each]),
        "year": world.date.year + 1 + np.arange(n_years),
        "reserve_asset": list(RESERVE_ASSETS),
    }


def economy_attrs(asked: Economics) -> dict[str, str]:
    """Name what is left out of the economy."""
    left = [{"country": c.iso3, "name": c.name, "reason": c.reason} for c in asked.left_out]
    return {"em_dropped": json.dumps(left)}


def _markets(moves: MarketMoves) -> dict[str, Any]:
    return {
        "delta_volatility": _opened(moves.volatility),
        "delta_borrowing_rate": _opened(moves.rates / BP),
        "delta_asset_price": _opened(np.expm1(moves.assets) / PCT),
    }


def _united_states(cut: Transmitted) -> dict[str, Any]:
    us = cut.us
    return {
        "delta_us_gdp": np.expm1(us.gdp) / PCT,
        "delta_us_unemployment": us.unemployment / PCT,
        "delta_us_inflation": us.inflation / PCT,
        "delta_us_policy_rate": cut.policy_rate / BP,
        "delta_us_10y_quarter": us.ten_year / BP,
        "fiscal_premium": us.premium / BP,
        "downgrade_prob": cut.downgrade,
        "downgrade_prob_base": cut.downgrade_base,
        "mortgage_payment": cut.borrowers.payment,
        "corporate_refinancing": cut.borrowers.refinancing,
    }


def _budget(us: UsPaths) -> dict[str, Any]:
    return {
        "federal_interest": us.interest,
        "federal_deficit": us.deficit,
        "federal_debt": us.debt,
        "federal_interest_base": us.interest_base,
        "us_debt_ratio": us.debt_ratio / PCT,
        "us_debt_ratio_base": us.debt_ratio_base / PCT,
        "us_interest_to_revenue": us.interest_to_revenue / PCT,
        "us_interest_to_revenue_base": us.interest_to_revenue_base / PCT,
    }


def _japan(japan: JapanPaths) -> dict[str, Any]:
    return {
        "delta_japan_cpi": np.expm1(japan.cpi) / PCT,
        "delta_japan_gdp": np.expm1(japan.gdp) / PCT,
        "delta_japan_exports": np.expm1(japan.exports) / PCT,
        "japan_branch": japan.branch,
        "exporter_profit": japan.profits / PCT,
        "japan_reserve_loss": japan.reserve_loss,
        "boj_assets": japan.boj_assets,
        "insurer_hedge_bill": japan.hedge_bill,
    }


def _emerging(emerging: EmergingPaths) -> dict[str, Any]:
    return {
        "em_flow_loss": emerging.flow_loss / PCT,
        "em_crisis_prob": emerging.crisis_prob,
        "em_crisis_prob_base": emerging.crisis_prob_base,
    }


def _opened(values: Any) -> Numbers:
    """Put step zero, the opening, in front."""
    return np.concatenate([np.zeros_like(values[:, :1]), values], axis=1)
