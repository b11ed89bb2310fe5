"""What is carried from one step to the next, and how a draw can end."""

from enum import IntEnum
from typing import Any

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Inputs
from selloff.model.mechanisms import Opening


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
    refilled: Float[Array, "s b"]
    """Longer paper sold so far to buy bills back, bills below zero, face [USD bn]."""
    proceeds: Float[Array, " s"]
    """Cash received [USD bn]."""
    at_baseline: Float[Array, " s"]
    """What the same sales would have fetched at baseline prices [USD bn]."""
    assets: Float[Array, " a"]
    """What the proceeds were turned into [USD bn]."""
    conversion: Float[Array, " s"]
    """Foreign currency forgone against changing the same cash at baseline rates [USD bn]."""
    carry: Float[Array, " s"]
    """Yield given up on what was sold, less what the proceeds earn [USD bn]."""
    mark: Float[Array, " s"]
    """Loss on what each still held after its latest sale [USD bn]."""
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


class Seen(eqx.Module):
    """Prices of the last step, as everybody sees them."""

    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""
    used_to: Float[Array, ""]
    """What of it everybody is used to [decimal]."""
    rises: Float[Array, " j"]
    """10-year yields by currency less baseline [decimal]."""
    log_fx: Float[Array, " k"]
    """Log dollars per unit of each foreign currency [log]."""
    base_log_fx: Float[Array, " k"]
    """The same in the baseline [log]."""


class Others(eqx.Module):
    """The account of bystanders that sold of their own accord."""

    sold: Float[Array, "c b"]
    """Face sold so far by each [USD bn]."""
    refilled: Float[Array, "c b"]
    """Longer paper sold so far to buy bills back, bills below zero, face [USD bn]."""
    proceeds: Float[Array, ""]
    assets: Float[Array, " a"]
    """What that was turned into [USD bn]."""


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
    foreign_felt: Float[Array, " f"]
    """Foreign government bonds bought and still felt [USD bn]."""
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
    seen: Seen
    others: Others
    answers: tuple[Any, ...]
    """Where each mechanism stands."""


def opening(inputs: Inputs, draw: Draws) -> State:
    """Open the books before anything is sold."""
    sale, outstanding = inputs.sale, jnp.sum(inputs.books.holdings, axis=0)
    n_s, n_b = sale.programme.shape
    n_a, n_k = inputs.asset_currency.shape
    log_fx = inputs.market.log_fx
    books = Opening(outstanding, log_fx, jnp.sum(sale.programme, axis=1))
    nothing, flat = jnp.zeros(()), jnp.zeros_like(inputs.bystanders.profile)
    account = Sold(
        backlog=jnp.zeros((n_s, n_b)),
        to_come=sale.programme,
        refilled=jnp.zeros((n_s, n_b)),
        proceeds=jnp.zeros(n_s),
        at_baseline=jnp.zeros(n_s),
        assets=jnp.zeros(n_a),
        conversion=jnp.zeros(n_s),
        carry=jnp.zeros(n_s),
        mark=jnp.zeros(n_s),
        worst_mark=nothing,
        first_day=jnp.asarray(jnp.inf),
        last_day=nothing,
    )
    return State(
        day=nothing,
        sold=account,
        bought=Bought(jnp.zeros(n_b), inputs.outside.programme),
        gaps=jnp.zeros((draw.speed.shape[0], n_b)),
        felt=jnp.zeros(n_b),
        fx_felt=jnp.zeros(n_k),
        fx_fresh=jnp.zeros(n_k),
        foreign_felt=jnp.zeros(inputs.asset_bond.shape[1]),
        bucket_delta=jnp.zeros(n_b),
        holdings=inputs.books.holdings,
        outstanding=outstanding,
        outside=jnp.zeros(n_k),
        desk=jnp.zeros(n_k),
        supplied=jnp.zeros(n_b),
        seen=Seen(nothing, nothing, jnp.zeros_like(inputs.market.ten_year), log_fx, log_fx),
        others=Others(flat, flat, nothing, jnp.zeros(n_a)),
        answers=tuple(mechanism.start(books) for mechanism in draw.mechanisms),
    )
