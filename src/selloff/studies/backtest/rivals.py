"""Forecasts that the model has to beat: what others would have said of the same flows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from selloff.data import Vintage
from selloff.engine import Inputs
from selloff.evidence import fixed
from selloff.studies.backtest.quotes import RATES, YIELDS_ABROAD
from selloff.vocab import BOND_MARKETS, EPISODE_VARIABLES, FOREIGN

_RULED: Final = ("us_2y_bp", "us_5y_bp", "us_10y_bp", "us_30y_bp", "term_premium_10y_bp")
"""What rules of thumb speak of: dollar yields of every maturity alike."""


@dataclass(frozen=True)
class Known:
    """What somebody without a model knows of the flows by the end of a window."""

    face_usd_bn: float
    """Face sold less bought: all that came, and all that was announced and not expected."""
    equivalents_usd_bn: float
    """The same in 10-year equivalents."""
    currency_usd_bn: Mapping[str, float]
    """Dollars exchanged for each currency."""
    abroad_usd_bn: Mapping[str, float]
    """Bonds of each market abroad bought, and announced to be."""
    gdp_usd_bn: Mapping[str, float]


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
    placed = sold.sum(axis=1) @ np.asarray(sale.into) @ np.asarray(inputs.asset_currency)
    currency = np.asarray(outside.currency)[: last + 1].sum(axis=0) + placed
    abroad = np.asarray(outside.foreign_bonds)[: last + 1].sum(axis=0)
    abroad = abroad + np.asarray(outside.foreign_ahead)[last]
    return Known(
        face_usd_bn=float(face.sum()),
        equivalents_usd_bn=float(face @ np.asarray(inputs.books.equivalents)),
        currency_usd_bn=dict(zip(FOREIGN, currency.tolist(), strict=True)),
        abroad_usd_bn=dict(zip(BOND_MARKETS, abroad.tolist(), strict=True)),
        gdp_usd_bn=world.gdp_usd_bn,
    )


def rival_effects(flows: Known) -> dict[str, dict[str, float]]:
    """Say what each rival makes of the flows [bp or percent].

    walk: 0;  rule: r face;  simple: q equivalents / GDP, elsewhere -q bonds / GDP, f currency / GDP

    Source: `flat_rule`, `simple_bond` and `simple_fx` in the table of parameters.
    """
    nothing = dict.fromkeys(EPISODE_VARIABLES, 0.0)
    rule = fixed("flat_rule") * flows.face_usd_bn / 100.0
    bond = fixed("simple_bond") * 100.0 * flows.equivalents_usd_bn / flows.gdp_usd_bn["USD"]
    return {
        "walk": nothing,
        "rule": nothing | dict.fromkeys(_RULED, rule),
        "simple": nothing | dict.fromkeys(_RULED, bond) | _elsewhere(flows),
    }


def _elsewhere(flows: Known) -> dict[str, float]:
    """Bonds and currencies of the other markets, each by its own economy's size."""
    bonds = {
        name: -fixed("simple_bond") * _share(flows, flows.abroad_usd_bn, currency)
        for name, currency in YIELDS_ABROAD.items()
    }
    rates = {
        name: sign * fixed("simple_fx") * _share(flows, flows.currency_usd_bn, currency)
        for name, (currency, sign) in RATES.items()
    }
    return bonds | rates


def _share(flows: Known, bought: Mapping[str, float], currency: str) -> float:
    """Percent of the GDP of the currency's economy."""
    return 100.0 * bought[currency] / flows.gdp_usd_bn[currency]
