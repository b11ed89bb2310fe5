"""The sellers' account: paid at the market, turned into what they want."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Inputs
from selloff.engine.state import DUST, Sold, State
from selloff.model.sums import add_up


def book_sales(
    state: State,
    sales: Float[Array, "s b"],
    price: Float[Array, " b"],
    *,
    base_price: Float[Array, " b"],
    backlog: Float[Array, "s b"],
    inputs: Inputs,
    days: Float[Array, ""],
) -> tuple[Sold, Float[Array, " k"], Float[Array, ""]]:
    """Pay the sellers and place the money.

    Source: a block pays half its own linear impact (Obizhaeva and Wang 2013).
    """
    old = state.sold
    cash = add_up(sales * price, 1)
    placed = add_up(cash[:, None] * inputs.sale.into, 0)
    # Rounding leaves crumbs of a backlog that would be sold for ever.
    is_selling = add_up(sales) > DUST
    day = state.day + days
    account = Sold(
        backlog=backlog - sales,
        to_come=old.to_come - sales,
        proceeds=old.proceeds + cash,
        at_baseline=old.at_baseline + add_up(sales * base_price, 1),
        assets=old.assets + placed,
        worst_mark=old.worst_mark,
        first_day=jnp.where(is_selling, jnp.minimum(old.first_day, state.day + 1.0), old.first_day),
        last_day=jnp.where(is_selling, day, old.last_day),
    )
    return account, add_up(placed[:, None] * inputs.asset_currency, 0), add_up(placed * inputs.jgb)
