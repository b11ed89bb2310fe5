"""The sellers' account: paid at the market, turned into what they want."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.moment import Now
from selloff.engine.state import Sold
from selloff.engine.trading import Traded
from selloff.model.sums import DUST, add_up


def book_sales(
    now: Now,
    traded: Traded,
    paid: Float[Array, " b"],
    base_price: Float[Array, " b"],
) -> tuple[Sold, Float[Array, " a"]]:
    """Pay the sellers halfway between the prices before and after, and place the money.

    Source: a block pays half its own linear impact (Obizhaeva and Wang 2013).
    """
    state, old, sales = now.state, now.state.sold, traded.sales
    cash = add_up(sales * paid, 1)
    placed = add_up(cash[:, None] * now.inputs.sale.into, 0)
    # Rounding leaves crumbs of a backlog that would be sold for ever.
    is_selling = add_up(sales) > DUST
    day = state.day + now.tick.days
    account = Sold(
        backlog=traded.backlog - sales,
        to_come=old.to_come - sales,
        proceeds=old.proceeds + cash,
        at_baseline=old.at_baseline + add_up(sales * base_price, 1),
        assets=old.assets + placed,
        worst_mark=old.worst_mark,
        first_day=jnp.where(is_selling, jnp.minimum(old.first_day, state.day + 1.0), old.first_day),
        last_day=jnp.where(is_selling, day, old.last_day),
    )
    return account, placed
