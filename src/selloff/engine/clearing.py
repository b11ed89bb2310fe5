"""The market clears: how much of what is put up goes, and who carries it."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Sale
from selloff.engine.state import State
from selloff.engine.ticks import Tick
from selloff.model.pricing.intermediaries import (
    Intermediaries,
    feasible_sale,
    inventory_limit,
    split_inventory,
)
from selloff.model.sums import TINY, add_up, largest


def clear_purchases(
    backlog: Float[Array, " b"], state: State, tick: Tick, who: Intermediaries
) -> Float[Array, " b"]:
    """Find the part of central banks' backlog that the market delivers in a step.

    Dealers deliver from stock and short as far below their normal book as they would go above.
    Source: `feasible_sale` with the sign turned; the equal room is an assumption.
    """
    wanted = add_up(backlog)
    bought = feasible_sale(
        wanted,
        -add_up(carried_over(state, tick)),
        limit=inventory_limit(tick.depth, who),
        kept_frac=_kept(backlog, tick),
        turnover_cap=who.daily_turnover * tick.days,
    )
    return backlog * (bought / jnp.maximum(wanted, TINY))


def clear_market(
    backlog: Float[Array, "s b"],
    others: Float[Array, " b"],
    bought: Float[Array, " b"],
    *,
    state: State,
    tick: Tick,
    sale: Sale,
    draw: Draws,
) -> tuple[Float[Array, "s b"], Float[Array, ""], Float[Array, ""]]:
    """Find the part of each seller's backlog, and of what others would sell, that goes.

    What central banks buy in the step makes room. What was put up and found none is told too.
    """
    who = draw.intermediaries
    turnover = who.daily_turnover * tick.days
    cap = jnp.minimum(sale.turnover_frac, draw.participation) * turnover
    wanted = jnp.minimum(add_up(backlog, 1), cap)
    in_all = add_up(wanted) + add_up(others)
    taken = feasible_sale(
        in_all,
        add_up(carried_over(state, tick) - tick.fades.unsettled * bought),
        limit=inventory_limit(tick.depth, who),
        kept_frac=_kept(add_up(backlog, 0) + others, tick),
        turnover_cap=turnover,
    )
    served = taken / jnp.maximum(in_all, TINY)
    each = wanted * served
    ahead = add_up(sale.before * backlog[:, None, :], 2)
    in_turn = jnp.clip(each[:, None] - ahead, 0.0, backlog)
    share = each / jnp.maximum(add_up(backlog, 1), TINY)
    sales = jnp.where(sale.ordered[:, None], in_turn, share[:, None] * backlog)
    return sales, served, in_all - taken


def carried_over(state: State, tick: Tick) -> Float[Array, " b"]:
    """Inventory of earlier steps that is still there at the end of this one."""
    return add_up(tick.fades.gaps.left[:, None] * state.gaps, 0)


def _kept(backlog: Float[Array, " b"], tick: Tick) -> Float[Array, ""]:
    """Part of a flow still with intermediaries, on the bucket whose other side is slowest."""
    kept = largest(jnp.where(backlog > 0.0, tick.fades.unsettled, 0.0))
    return jnp.where(kept > 0.0, kept, 1.0)


def carried_by(inventory: Float[Array, " b"], who: Intermediaries) -> Float[Array, "2 b"]:
    """Split inventory between dealers and levered funds, bucket by bucket."""
    total = add_up(inventory)
    part = split_inventory(total, who)[1] / jnp.where(total == 0.0, 1.0, total)
    return jnp.stack([(1.0 - part) * inventory, part * inventory])
