"""The sellers' account: paid at the market, turned into what they want."""

from dataclasses import replace

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.moment import Now
from selloff.engine.state import Sold
from selloff.engine.trading import Traded
from selloff.model.sums import DUST, add_up
from selloff.vocab.axes import ASSETS


def book_sales(
    now: Now,
    traded: Traded,
    paid: Float[Array, " b"],
    base_price: Float[Array, " b"],
) -> tuple[Sold, Float[Array, "s a"]]:
    """Pay the sellers halfway between the prices before and after, and place the money.

    Source: a block pays half its own linear impact (Obizhaeva and Wang 2013).
    """
    state, old, sales = now.state, now.state.sold, traded.sales
    cash, refilling = add_up(sales * paid, 1), add_up(traded.refill * paid, 1)
    placed = cash[:, None] * now.inputs.sale.into
    # Bills cost more than the longer paper fetched: dollars in the bank pay the rest.
    placed = placed.at[:, ASSETS.at("usd_cash")].add(refilling)
    sold = sales + traded.refill
    # Rounding leaves crumbs of a backlog that would be sold for ever.
    is_selling = add_up(sales) > DUST
    day = state.day + now.tick.days
    account = Sold(
        backlog=traded.backlog - sales,
        to_come=old.to_come - sales,
        refilled=old.refilled + traded.refill,
        proceeds=old.proceeds + cash + refilling,
        at_baseline=old.at_baseline + add_up(sold * base_price, 1),
        assets=old.assets + add_up(placed, 0),
        conversion=old.conversion,
        carry=old.carry + _lost_carry(now, old),
        mark=old.mark,
        worst_mark=old.worst_mark,
        first_day=jnp.where(is_selling, jnp.minimum(old.first_day, state.day + 1.0), old.first_day),
        last_day=jnp.where(is_selling, day, old.last_day),
    )
    return account, placed


def book_conversion(
    account: Sold, bought: Float[Array, "s k"], rise: Float[Array, " k"], now: Now
) -> Sold:
    """Charge what a dearer currency costs whoever buys it, at rates halfway through the step.

    cost = bought (1 - exp(-(rise before + rise after) / 2))

    Source: definition; a block pays half its own impact, as in bonds.
    """
    before = now.state.seen.log_fx - now.state.seen.base_log_fx
    forgone = -jnp.expm1(-0.5 * (before + rise))
    return replace(account, conversion=account.conversion + add_up(bought * forgone, 1))


def book_marks(
    account: Sold, kept: Float[Array, "s b"], loss: Float[Array, " b"], sales: Float[Array, "s b"]
) -> Sold:
    """Mark what is still held to market: at its worst, and after the latest sale."""
    marks = add_up(kept * loss, 1)
    return replace(
        account,
        mark=jnp.where(add_up(sales, 1) > DUST, marks, account.mark),
        worst_mark=jnp.maximum(account.worst_mark, add_up(marks)),
    )


def _lost_carry(now: Now, old: Sold) -> Float[Array, " s"]:
    """Yield given up over the step on what was sold before it, while it is counted.

    Source: covered interest parity: all cash earns the same once its currency is hedged.
    """
    sale, tick = now.inputs.sale, now.tick
    left = jnp.clip((sale.carry_days - now.state.day) / tick.days, 0.0, 1.0)
    forgone = add_up((sale.programme - old.to_come + old.refilled) * sale.given_up, 1)
    earned = old.proceeds * add_up(sale.into * sale.earned, 1)
    return left * tick.years * (forgone - earned)
