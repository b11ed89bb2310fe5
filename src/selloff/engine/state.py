"""What is carried from one step to the next, and how a draw can end."""

from enum import IntEnum
from typing import Final

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Inputs
from selloff.engine.reactions import Reacted, at_rest

DUST: Final = 1e-6
"""Face that counts as nothing, left or sold; the tolerance of the identities [USD bn]."""


class Outcome(IntEnum):
    """How a draw ended."""

    nothing_to_sell = 0
    completed = 1
    completed_late = 2
    """The market took longer than the sellers' schedule."""
    unfinished = 3
    """Something was still unsold at the horizon."""
    no_equilibrium = 4
    """Prices are not finite; remedy: fewer or smaller sales, or a bank with more distance."""
    frozen = 5
    """The United States froze what was still unsold."""


class Sold(eqx.Module):
    """The sellers' account so far."""

    backlog: Float[Array, "s b"]
    """Face put up for sale and not yet sold [USD bn]."""
    to_come: Float[Array, "s b"]
    """Face of the programme not yet sold, put up or not [USD bn]."""
    proceeds: Float[Array, " s"]
    """Cash received [USD bn]."""
    at_baseline: Float[Array, " s"]
    """What the same sales would have fetched at baseline prices [USD bn]."""
    assets: Float[Array, " a"]
    """What the proceeds were turned into [USD bn]."""
    worst_mark: Float[Array, ""]
    """Largest loss so far on bonds not yet sold [USD bn]."""
    first_day: Float[Array, ""]
    """Business day of the first sale, infinite before it [business days]."""
    last_day: Float[Array, ""]
    """Business day of the latest sale [business days]."""


class Bought(eqx.Module):
    """The central bank's purchases so far."""

    backlog: Float[Array, " b"]
    """Face it set out to buy and has not yet bought [USD bn]."""
    to_come: Float[Array, " b"]
    """Face of its programme not yet bought, due or not [USD bn]."""


class State(eqx.Module):
    """Everything a step needs to know of the past."""

    day: Float[Array, ""]
    sold: Sold
    bought: Bought
    gaps: Float[Array, "g b"]
    """Face each group will buy and has not yet bought [USD bn]."""
    felt: Float[Array, " b"]
    """Face sold and still felt in prices [USD bn]."""
    fx_felt: Float[Array, " k"]
    """Foreign currency bought and still felt [USD bn]."""
    fx_fresh: Float[Array, " k"]
    """Foreign currency bought in the last days [USD bn]."""
    jgb_felt: Float[Array, ""]
    """JGBs bought and still felt [USD bn]."""
    bucket_delta: Float[Array, " b"]
    """Bucket yields less baseline at the end of the last step [decimal]."""
    holdings: Float[Array, "r b"]
    """Books of all rows, face [USD bn]."""
    outstanding: Float[Array, " b"]
    """The Treasury's own account of its debt, face [USD bn]."""
    outside: Float[Array, " k"]
    """Foreign currency bought without bonds so far [USD bn]."""
    desk: Float[Array, " k"]
    """Currency traders' position against all who bought currency [USD bn]."""
    supplied: Float[Array, " b"]
    """Face handed to those who absorb so far [USD bn]."""
    reacted: Reacted


def opening(inputs: Inputs, n_absorbing: int) -> State:
    """Open the books before anything is sold."""
    n_s, n_b = inputs.sale.programme.shape
    n_a, n_k = inputs.asset_currency.shape
    nothing = jnp.zeros(())
    account = Sold(
        backlog=jnp.zeros((n_s, n_b)),
        to_come=inputs.sale.programme,
        proceeds=jnp.zeros(n_s),
        at_baseline=jnp.zeros(n_s),
        assets=jnp.zeros(n_a),
        worst_mark=nothing,
        first_day=jnp.asarray(jnp.inf),
        last_day=nothing,
    )
    return State(
        day=nothing,
        sold=account,
        bought=Bought(jnp.zeros(n_b), inputs.outside.programme),
        gaps=jnp.zeros((n_absorbing, n_b)),
        felt=jnp.zeros(n_b),
        fx_felt=jnp.zeros(n_k),
        fx_fresh=jnp.zeros(n_k),
        jgb_felt=nothing,
        bucket_delta=jnp.zeros(n_b),
        holdings=inputs.books.holdings,
        outstanding=jnp.sum(inputs.books.holdings, axis=0),
        outside=jnp.zeros(n_k),
        desk=jnp.zeros(n_k),
        supplied=jnp.zeros(n_b),
        reacted=at_rest(
            inputs.reactors,
            inputs.conditions,
            log_yen=-inputs.market.log_fx[0],
            programme=jnp.sum(inputs.sale.programme, axis=1),
        ),
    )
