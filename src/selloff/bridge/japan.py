"""Japan down to arrays: exporters, the official book, and parameters in the model's units."""

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.operators import BUCKET_YEARS
from selloff.bridge.rows import MINISTRY
from selloff.data import Exporter, Vintage, exporters, insurer_dollar_bonds
from selloff.evidence import Bank, parameters
from selloff.model.economy.japan.branches import BranchRule
from selloff.model.economy.japan.core import JapanRules, JapanWorld
from selloff.model.pricing.bonds import bond_dv01, bond_price
from selloff.vocab import BP, CURRENCIES, PCT, TENOR_YEARS

Array = NDArray[np.float64]


def japan_world(world: Vintage) -> JapanWorld:
    """Describe Japan as the books open."""
    price, durations = _official_book(world)
    hedged = parameters()["hedge_ratio_insurers"].p50 * insurer_dollar_bonds().value
    return JapanWorld(
        level=jnp.asarray(1.0 / world.fx_usd_per_lc["JPY"]),
        per_yen=jnp.array([_per_yen(each) for each in exporters()]),
        price=jnp.asarray(price),
        durations=jnp.asarray(durations),
        hedged=jnp.asarray(hedged),
    )


def japan_rules(bank: Bank) -> JapanRules:
    """Turn the bank's draws into Japan's parameters."""
    value = bank.draws
    return JapanRules(
        rivals=jnp.asarray(_rivals(bank)),
        pass_through=jnp.asarray(value["japan_pass_through"]),
        price_speed=jnp.asarray(_speed(value["japan_price_half_life"])),
        exports=jnp.asarray(value["japan_export_elasticity"]),
        imports=jnp.asarray(value["japan_import_elasticity"]),
        trade_speed=jnp.asarray(_speed(value["japan_trade_half_life"])),
        trade_share=jnp.asarray(value["japan_trade_share"]),
        retained=jnp.asarray(value["japan_trade_retained"]),
        rate_effect=jnp.asarray(value["japan_rate_effect"]),
        rate_speed=jnp.asarray(_speed(value["japan_rate_half_life"])),
        long_weight=jnp.asarray(value["japan_long_yield_weight"]),
        cover_speed=jnp.asarray(_speed(value["exporter_cover_half_life"])),
        branches=BranchRule(
            yen=jnp.asarray(value["japan_branch_yen"]),
            jgb=jnp.asarray(value["japan_branch_jgb"] * BP),
            inflation=jnp.asarray(value["japan_doubt_inflation"]),
        ),
    )


def _speed(half_life: Array) -> Array:
    return np.asarray(np.log(2.0) / half_life)


def _rivals(bank: Bank) -> Array:
    weights = {"EUR": "japan_euro_weight", "CNY": "japan_yuan_weight"}
    nothing = np.zeros(bank.n_draws)
    columns = [bank.draws[weights[c]] if c in weights else nothing for c in CURRENCIES[1:]]
    return np.stack(columns, axis=1)


def _per_yen(company: Exporter) -> float:
    if company.per_yen is None or company.operating_profit is None:
        raise ValueError(f"exporters.csv: {company.id}: a figure is missing")
    return company.per_yen.value / company.operating_profit.value


def _official_book(world: Vintage) -> tuple[float, Array]:
    """Value of the ministry's Treasuries per face, and how it falls with each par yield."""
    years, coupons = np.array(BUCKET_YEARS), world.coupon_pct * PCT
    curve = world.curves[CURRENCIES[0]]
    yields = np.interp(years, curve.tenor_years, curve.par_yield_pct) * PCT
    prices = bond_price(yields, coupons, years)
    dv01 = bond_dv01(yields, coupons, years)
    book = world.books[world.holders.index(MINISTRY)] if MINISTRY in world.holders else None
    if book is None or book.sum() <= 0.0:
        return 1.0, np.zeros(len(TENOR_YEARS))
    spread = np.stack([np.interp(years, TENOR_YEARS, row) for row in np.eye(len(TENOR_YEARS))])
    value = book @ prices
    return float(value / book.sum()), np.asarray(spread @ (book * dv01) / value)
