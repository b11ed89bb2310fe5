"""What it costs to move a programme into another reserve asset, in a hurry and slowly."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.reserves.shares import ReserveWorld
from selloff.model.economy.reserves.tipping import GOLD
from selloff.model.pricing.exchange import concave_flow


class CapacityRules(eqx.Module):
    """How prices answer a buyer, when it hurries and when it takes ten years."""

    bond: Float[Array, "*d"]
    """Lasting rise of a bond's price per log unit of the float that is left [log]."""
    bond_pace: Float[Array, "*d 2"]
    """What multiplies it in a quarter, and over ten years on average [ratio]."""
    floor: Float[Array, "*d"]
    """Yield below which no bond is bid [decimal]."""
    exchange: Float[Array, "*d"]
    """Lasting rise of a currency per unit flow bought [log]."""
    exchange_power: Float[Array, "*d"]
    """Power of flows beyond that [power]."""
    exchange_pace: Float[Array, "*d 2"]
    """What multiplies it in a quarter, and over ten years on average [ratio]."""
    growth: Float[Array, "*d"]
    """Growth of bond markets and of GDP, of which a slow buyer sees half its years [log a year]."""
    years: Float[Array, "*d 2"]
    """What a hurried and a slow move take [years]."""
    most: Float[Array, "*d"]
    """Part of a market that can be bought at all [fraction]."""
    gold: Float[Array, "*d"]
    """Rise of the gold price per tonne bought [log per t]."""
    gold_pace: Float[Array, "*d 2"]
    """What multiplies it in a quarter, and over ten years [ratio]."""


def move_price(
    programme: Float[Array, ""], world: ReserveWorld, rules: CapacityRules
) -> tuple[Float[Array, " 7"], Float[Array, " 7"]]:
    """Price of moving a whole programme into each asset within a quarter and over ten years.

    exp(bond + exchange rate) - 1; for gold exp(gold) - 1

    Arguments:
        programme: what is to be moved [USD bn].
        world: the markets.
        rules: how prices answer.

    Returns:
        Rise of each asset's price in dollars, fast and slowly [fraction].

    Source: the parts of this module.
    """
    bond = bond_rise(programme, world, rules)
    exchange = exchange_rise(programme, world, rules)
    metal = gold_rise(programme, world, rules)
    rise = jnp.expm1((bond + exchange).at[:, GOLD].set(metal))
    return rise[0], rise[1]


def bond_rise(
    programme: Float[Array, ""], world: ReserveWorld, rules: CapacityRules
) -> Float[Array, "2 7"]:
    """Say how far bonds rise, a buyer drawing on what is free.

    w = m pace (-ln(1 - A / (free G)));  rise = top (1 - exp(-w / top)),  top = D (y - floor)
    G = 1 in a quarter, exp(g 10 / 2) over ten years

    Arguments:
        programme: A, what is bought [USD bn].
        world: the markets.
        rules: how prices answer.

    Returns:
        Log price, fast and slow [log].

    Source: every percent of price brings out the same part of what is left, an assumption; a
    price can rise only until the yield is at its floor.
    """
    sizes = world.free[None, :] * _grown(rules)[:, None]
    taken = jnp.minimum(programme / sizes, rules.most)
    wanted = rules.bond * rules.bond_pace[:, None] * -jnp.log1p(-taken)
    top = jnp.maximum(world.duration * (world.bond_yield - rules.floor), 0.0)[None, :]
    has_room = top > 0.0
    safe = jnp.where(has_room, top, 1.0)
    return jnp.where(has_room, -safe * jnp.expm1(-wanted / safe), 0.0)


def exchange_rise(
    programme: Float[Array, ""], world: ReserveWorld, rules: CapacityRules
) -> Float[Array, "2 7"]:
    """Say how far the currency rises against the dollar.

    beta pace f(A / (U G)), U the unit flow, f as for every flow of the model, G as for bonds

    Arguments:
        programme: A, what is bought [USD bn].
        world: the markets.
        rules: how prices answer.

    Returns:
        Log exchange rate, fast and slow; zero for the dollar and gold [log].

    Source: the meta-analysis, as for sellers who change currency.
    """
    sizes = world.unit_flow[None, :] * _grown(rules)[:, None]
    flow = jnp.broadcast_to(programme, world.unit_flow.shape)
    effective = jax.vmap(lambda size: concave_flow(flow, size, rules.exchange_power))(sizes)
    units = effective / sizes * world.exchanged[None, :]
    return rules.exchange * rules.exchange_pace[:, None] * units


def gold_rise(
    programme: Float[Array, ""], world: ReserveWorld, rules: CapacityRules
) -> Float[Array, " 2"]:
    """Say how far gold rises, the buyer paying more for every tonne.

    ln(1 + b pace A / p), since A = int_0^T p exp(b pace t) dt

    Arguments:
        programme: A, what is spent [USD bn].
        world: the markets.
        rules: how prices answer.

    Returns:
        Log price, fast and slow [log].

    Source: Goldman Sachs (2025) for the rise per 100 tonnes; that it goes on like that for
    thousands of tonnes is an assumption.
    """
    return jnp.log1p(rules.gold * rules.gold_pace * programme / world.tonne)


def _grown(rules: CapacityRules) -> Float[Array, " 2"]:
    """Size of markets halfway through the slow purchase, against those of today."""
    return jnp.stack([jnp.ones_like(rules.growth), jnp.exp(0.5 * rules.years[1] * rules.growth)])
