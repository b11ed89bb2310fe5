"""Books are closed and checked at the end of a step."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.clearing import carried_by
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.state import State
from selloff.model.sums import add_up, largest

IDENTITIES = ("holders_add_up", "trades_cancel", "proceeds_placed", "currency_cancels")
"""Checked in every step of every draw, in the order of `Record.residuals`."""


def new_debt(
    issuance: Float[Array, " b"], shares: Float[Array, "g b"], n_rows: int
) -> Float[Array, "r b"]:
    """Hand net new debt to those who absorb sales, in the same proportions.

    Source: assumption; who buys a sale also buys an auction.
    """
    taken = shares * issuance
    return jnp.concatenate([taken, jnp.zeros((n_rows - taken.shape[0], taken.shape[1]))])


def own_trades(
    served: Float[Array, " c"],
    cut: Float[Array, ""],
    *,
    n_rows: int,
    inputs: Inputs,
    draw: Draws,
) -> Float[Array, "r b"]:
    """Write what everybody else sold of their own accord into the rows of the books."""
    n_g = draw.speed.shape[0]
    sold = served[:, None] * inputs.reactors.profile
    official = add_up(inputs.reactors.official[:, None] * sold, 0)
    private = add_up(sold, 0) - official
    rows = [jnp.zeros((n_g - 2, sold.shape[1])), -official[None], -private[None]]
    rows.append(jnp.zeros((n_rows - n_g, sold.shape[1])))
    return jnp.concatenate(rows) - cut * draw.reactions.positions


def residuals(state: State, trades: Float[Array, "r b"], inputs: Inputs) -> Float[Array, " i"]:
    """Check that bonds and money neither appear nor vanish in a step.

    Holders add up to debt; trades cancel; proceeds have a counter-asset; currency cancels.
    """
    others = state.reacted
    assets = state.sold.assets + others.assets
    fx_held = add_up(assets[:, None] * inputs.asset_currency, 0)
    paid = add_up(state.sold.proceeds) + others.proceeds
    return jnp.stack(
        [
            largest(jnp.abs(add_up(state.holdings, 0) - state.outstanding)),
            largest(jnp.abs(add_up(trades, 0))),
            jnp.abs(add_up(assets) - paid),
            largest(jnp.abs(fx_held + state.outside + state.desk)),
        ]
    )


def net_purchases(state: State, inputs: Inputs, draw: Draws) -> Float[Array, "r b"]:
    """Sum up what each row but the sellers' has bought so far."""
    absorbed = draw.shares * state.supplied - state.gaps
    middle = carried_by(add_up(state.gaps, 0), draw.intermediaries)
    outside = inputs.outside.programme - state.bought.to_come
    bank = outside + state.reacted.fed.held
    rows = jnp.concatenate([absorbed, middle, bank[None]])
    n_rows, n_s = draw.reactions.positions.shape[0], inputs.sale.programme.shape[0]
    own = own_trades(
        state.reacted.sold, state.reacted.closed, n_rows=n_rows, inputs=inputs, draw=draw
    )
    return rows + own[: n_rows - n_s]
