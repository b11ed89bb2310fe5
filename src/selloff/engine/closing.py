"""Books are closed and checked at the end of a step."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.clearing import carried_by
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.moment import Now, reports
from selloff.engine.state import State
from selloff.engine.trading import Carried, Traded
from selloff.model.mechanisms import Moment
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


def trades_of(now: Now, moment: Moment, traded: Traded, carried: Carried) -> Float[Array, "r b"]:
    """Purchases of every row in the step, sales negative."""
    state, who = now.state, now.draw.intermediaries
    bought = now.draw.shares * carried.supplied - (carried.gaps - state.gaps)
    middle = carried_by(carried.inventory, who) - carried_by(add_up(state.gaps, 0), who)
    bank = traded.delivered - traded.leant - moment.offered.returned
    sold = traded.sales + traded.refill
    trades = jnp.concatenate([bought, middle, bank[None], -sold])
    gone = traded.followed + traded.swapped
    own = _bystanders(gone, now.inputs, bought.shape[0], trades.shape[0])
    return trades.at[bought.shape[0] - 2].add(traded.leant) - own - carried.cut


def net_purchases(state: State, inputs: Inputs, draw: Draws) -> Float[Array, "r b"]:
    """Sum up what each row but the sellers' has bought so far, without new debt."""
    shown = reports(draw.mechanisms, state.answers).ending
    absorbed = draw.shares * state.supplied - state.gaps
    middle = carried_by(add_up(state.gaps, 0), draw.intermediaries)
    bank = inputs.outside.programme - state.bought.to_come + shown["held_by_rules"]
    rows = jnp.concatenate([absorbed, middle, bank[None]])
    n_rows = rows.shape[0]
    gone = state.others.sold + state.others.refilled
    own = _bystanders(gone, inputs, absorbed.shape[0], n_rows)
    rows = rows.at[absorbed.shape[0] - 2].add(shown["leant_by_bucket"])
    return rows - own - shown["forced_by_row"][:n_rows]


def _bystanders(
    faces: Float[Array, "c b"], inputs: Inputs, n_absorbing: int, n_rows: int
) -> Float[Array, "r b"]:
    """Write what bystanders sold into rows: the last two that absorb, officials and private."""
    official = add_up(inputs.bystanders.official[:, None] * faces, 0)
    private = add_up(faces, 0) - official
    ahead = jnp.zeros((n_absorbing - 2, faces.shape[1]))
    behind = jnp.zeros((n_rows - n_absorbing, faces.shape[1]))
    return jnp.concatenate([ahead, official[None], private[None], behind])


def residuals(state: State, trades: Float[Array, "r b"], inputs: Inputs) -> Float[Array, " i"]:
    """Check that bonds and money neither appear nor vanish in a step.

    Holders add up to debt; trades cancel; proceeds have a counter-asset; currency cancels.
    """
    assets = state.sold.assets + state.others.assets
    fx_held = add_up(assets[:, None] * inputs.asset_currency, 0)
    paid = add_up(state.sold.proceeds) + state.others.proceeds
    return jnp.stack(
        [
            largest(jnp.abs(add_up(state.holdings, 0) - state.outstanding)),
            largest(jnp.abs(add_up(trades, 0))),
            jnp.abs(add_up(assets) - paid),
            largest(jnp.abs(fx_held + state.outside + state.desk)),
        ]
    )
