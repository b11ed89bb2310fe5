"""Dealers and levered funds: who stands between a sale and its final buyers."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.sums import raised


class Intermediaries(eqx.Module):
    """Balance sheets that take a sale first, and what that costs.

    Source: Duffie, Fleming, Keane, Nelson, Shachar and Van Tassel (2023) for the shape: flat
    at low use, convex when balance sheets fill.
    """

    wedge: Float[Array, "*d"]
    """Rise of the 10-year yield per unit of 10-year equivalents in inventory [1/USD bn]."""
    stress_multiple: Float[Array, "*d"]
    """Wedge at full use relative to an empty book [ratio]."""
    stress_power: Float[Array, "*d"]
    """How late the wedge turns up as books fill [power]."""
    stress_beyond: Float[Array, "*d"]
    """How fast it turns up beyond full books, one as the inventory does [ratio]."""
    dealer_capacity: Float[Array, "*d"]
    """Room on dealers' books above their normal inventory [USD bn]."""
    levered_capacity: Float[Array, "*d"]
    """Room on levered funds' books [USD bn]."""
    levered_share: Float[Array, "*d"]
    """Part of the inventory that levered funds take while they have room [fraction]."""
    use_limit: Float[Array, "*d"]
    """Use of dealer capacity beyond which dealers stop bidding [fraction]."""
    daily_turnover: Float[Array, "*d"]
    """Treasury market turnover [USD bn per business day]."""


def split_inventory(
    inventory: Float[Array, ""], who: Intermediaries
) -> tuple[Float[Array, ""], Float[Array, ""]]:
    """Share inventory between levered funds and dealers.

    levered = share x inventory, no farther than room to either side; dealers hold the rest.

    Arguments:
        inventory: face not yet with final buyers, below zero where it is short [USD bn].
        who: the intermediaries.

    Returns:
        Face with dealers and face with levered funds [USD bn].

    Source: assumption; relative-value funds take a fixed share until their room is used up, and
    are short no farther than they are long.
    """
    room = who.levered_capacity
    levered = jnp.clip(who.levered_share * inventory, -room, room)
    return inventory - levered, levered


def inventory_limit(depth: Float[Array, ""], who: Intermediaries) -> Float[Array, ""]:
    """Largest inventory at which dealers still bid.

    I_max = min(L / (1 - share), L + levered room), L = use limit x capacity x depth

    Arguments:
        depth: state of dealer capacity relative to normal [ratio].
        who: the intermediaries.

    Returns:
        Face [USD bn].

    Source: inversion of `split_inventory` at the use limit.
    """
    return _inventory_at(who.use_limit * who.dealer_capacity * depth, who)


def full_books(depth: Float[Array, ""], who: Intermediaries) -> Float[Array, ""]:
    """Inventory at which dealers have no room at all.

    I_full = min(C / (1 - share), C + levered room), C = capacity x depth

    Arguments:
        depth: state of dealer capacity relative to normal [ratio].
        who: the intermediaries.

    Returns:
        Face [USD bn].

    Source: inversion of `split_inventory` at full use.
    """
    return _inventory_at(who.dealer_capacity * depth, who)


def _inventory_at(room: Float[Array, ""], who: Intermediaries) -> Float[Array, ""]:
    return jnp.minimum(room / (1.0 - who.levered_share), room + who.levered_capacity)


def part_with_room(
    change: Float[Array, ""], carried: Float[Array, ""], *, full: Float[Array, ""]
) -> Float[Array, ""]:
    """Part of a forced trade for which books have room.

    [min(max(change, -full - carried), full - carried)] / change, no farther than either end

    Arguments:
        change: what the whole trade would add to the inventory, below zero bought back [USD bn].
        carried: inventory without it [USD bn].
        full: inventory at which dealers have no room, above or below their normal book [USD bn].

    Returns:
        Part that goes; the rest waits [fraction].

    Source: March 2020, when sales surpassed what intermediaries could hold and two-way markets
    broke down (Wuerffel, Federal Reserve Bank of New York, 3 March 2023).
    """
    least, most = jnp.minimum(-full - carried, 0.0), jnp.maximum(full - carried, 0.0)
    is_any = change != 0.0
    return jnp.where(is_any, jnp.clip(change, least, most) / jnp.where(is_any, change, 1.0), 1.0)


def dealer_wedge(
    equivalents: Float[Array, ""], use: Float[Array, ""], who: Intermediaries
) -> Float[Array, ""]:
    """Yield concession dealers ask on the 10-year for the inventory they carry.

    psi I (1 + (m - 1) f),  f = use^p up to full use, 1 + s (use - 1) beyond it

    Arguments:
        equivalents: inventory in 10-year equivalents [USD bn].
        use: share of dealer capacity in use [fraction].
        who: the intermediaries.

    Returns:
        Rise of the 10-year yield [decimal].

    Source: shape after Duffie et al. (2023); size from the transient-impact prior. Beyond full
    use, s is an assumption: nobody has seen how it bends there.
    """
    full = raised(jnp.clip(use, 0.0, 1.0), who.stress_power)
    beyond = who.stress_beyond * jnp.maximum(use - 1.0, 0.0)
    stress = 1.0 + (who.stress_multiple - 1.0) * (full + beyond)
    return who.wedge * equivalents * stress


def feasible_sale(
    wanted: Float[Array, ""],
    carried: Float[Array, ""],
    *,
    limit: Float[Array, ""],
    kept_frac: Float[Array, ""],
    turnover_cap: Float[Array, ""],
) -> Float[Array, ""]:
    """How much of an order the market takes in one step.

    min(wanted, cap x turnover, (I_max - carried) / kept)

    Arguments:
        wanted: face the sellers would sell in the step [USD bn].
        carried: inventory from earlier steps still there at the end of this one [USD bn].
        limit: largest inventory at which dealers bid [USD bn].
        kept_frac: share of a sale spread over the step that is still with
            intermediaries at its end [fraction].
        turnover_cap: largest sale allowed by turnover in the step [USD bn].

    Returns:
        Face sold [USD bn].

    Source: assumption; the feasible pace of docs/model/intermediaries.md.
    """
    room = jnp.maximum(limit - carried, 0.0) / kept_frac
    return jnp.minimum(jnp.minimum(wanted, turnover_cap), room)
