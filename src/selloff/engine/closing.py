"""Books are closed and checked at the end of a step."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Inputs
from selloff.engine.state import State
from selloff.model.sums import add_up, largest

IDENTITIES = ("holders_add_up", "trades_cancel", "proceeds_placed", "currency_cancels")
"""Checked in every step of every draw, in the order of `Record.residuals`."""


def new_debt(
    issuance: Float[Array, " b"], shares: Float[Array, "g b"], n_rows: int
) -> Float[Array, "r b"]:
    """Hand net new debt to those who absorb sales, in the same proportions.

    Arguments:
        issuance: net new debt by bucket [USD bn].
        shares: share of each absorbing group [fraction].
        n_rows: rows of the books [count].

    Returns:
        New debt taken by each row [USD bn].

    Source: assumption; who buys a sale also buys an auction.
    """
    taken = shares * issuance
    return jnp.concatenate([taken, jnp.zeros((n_rows - taken.shape[0], taken.shape[1]))])


def residuals(state: State, trades: Float[Array, "r b"], inputs: Inputs) -> Float[Array, " i"]:
    """Check that bonds and money neither appear nor vanish in a step.

    Holders add up to debt; trades cancel; proceeds have a counter-asset; currency cancels.

    Arguments:
        state: end of the step.
        trades: purchases of every row, sales negative [USD bn].
        inputs: the arm.

    Returns:
        Largest residual of each of `IDENTITIES` [USD bn].

    Source: MODEL section 8.
    """
    fx_held = add_up(state.sold.assets[:, None] * inputs.asset_currency, 0)
    return jnp.stack(
        [
            largest(jnp.abs(add_up(state.holdings, 0) - state.outstanding)),
            largest(jnp.abs(add_up(trades, 0))),
            jnp.abs(add_up(state.sold.assets) - add_up(state.sold.proceeds)),
            largest(jnp.abs(fx_held + state.outside + state.desk)),
        ]
    )
