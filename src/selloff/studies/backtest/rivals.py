"""Forecasts that the model has to beat: what others would have said of the same flows."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from selloff.data import Vintage
from selloff.engine import Inputs
from selloff.evidence import fixed
from selloff.vocab import ASSET_CURRENCY, ASSETS, CURRENCIES, EPISODE_VARIABLES

_RULED: Final = ("us_2y_bp", "us_5y_bp", "us_10y_bp", "us_30y_bp", "term_premium_10y_bp")
"""What rules of thumb speak of: dollar yields of every maturity alike."""


@dataclass(frozen=True)
class Known:
    """What somebody without a model knows of the flows by the end of a window."""

    face_usd_bn: float
    """Face sold less bought: all that came, and all that was announced and not expected."""
    equivalents_usd_bn: float
    """The same in 10-year equivalents."""
    yen_usd_bn: float
    """Dollars exchanged for yen."""
    us_gdp_usd_bn: float
    japan_gdp_usd_bn: float


def known(inputs: Inputs, world: Vintage, *, last: int) -> Known:
    """Add up what was done by a step, and what was announced by then.

    done + announced x (programme - done)
    """
    sale, outside = inputs.sale, inputs.outside
    sold = np.asarray(sale.scheduled)[: last + 1].sum(axis=0)
    bought = np.asarray(outside.purchases)[: last + 1].sum(axis=0)
    ahead = np.asarray(sale.announced)[:, None] * (np.asarray(sale.programme) - sold)
    to_buy = np.asarray(outside.announced) * (np.asarray(outside.programme) - bought)
    face = (sold + ahead).sum(axis=0) - bought - to_buy
    into_yen = np.array([ASSET_CURRENCY[asset] == "JPY" for asset in ASSETS])
    currency = np.asarray(outside.currency)[: last + 1, CURRENCIES.index("JPY") - 1]
    return Known(
        face_usd_bn=float(face.sum()),
        equivalents_usd_bn=float(face @ np.asarray(inputs.books.equivalents)),
        yen_usd_bn=float(currency.sum() + sold.sum(axis=1) @ (np.asarray(sale.into) @ into_yen)),
        us_gdp_usd_bn=world.gdp_usd_bn["USD"],
        japan_gdp_usd_bn=world.gdp_usd_bn["JPY"],
    )


def rival_effects(flows: Known) -> dict[str, dict[str, float]]:
    """Say what each rival makes of the flows [bp or percent].

    walk: 0;  rule: r face;  simple: q equivalents / GDP, and -f yen bought / GDP of Japan

    Source: `flat_rule`, `simple_bond` and `simple_fx` in the table of parameters.
    """
    rule = fixed("flat_rule") * flows.face_usd_bn / 100.0
    bond = fixed("simple_bond") * 100.0 * flows.equivalents_usd_bn / flows.us_gdp_usd_bn
    yen = fixed("simple_fx") * 100.0 * flows.yen_usd_bn / flows.japan_gdp_usd_bn
    return {
        "walk": dict.fromkeys(EPISODE_VARIABLES, 0.0),
        "rule": _laid(rule, 0.0),
        "simple": _laid(bond, -yen),
    }


def _laid(yields: float, yen: float) -> dict[str, float]:
    dollar = {name: yields if name in _RULED else 0.0 for name in EPISODE_VARIABLES}
    return dollar | {"usdjpy_pct": yen}
