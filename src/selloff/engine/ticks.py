"""What a step is given from outside, and how fast what happened is forgotten."""

from typing import Any

import equinox as eqx
import jax
import numpy as np
from jaxtyping import Array, Float, Int

from selloff.engine.inputs import Draws, Inputs
from selloff.engine.shocks import Paths
from selloff.model.pricing.fading import Fading, fading
from selloff.model.sums import add_up


class Fades(eqx.Module):
    """How fast what happened is forgotten, over a day and over a month."""

    gaps: Fading
    """Of what each group still has to buy."""
    unsettled: Float[Array, "*k b"]
    """Part of a sale spread over the step that intermediaries hold at its end [fraction]."""
    felt: Fading
    """Of bonds sold, in prices."""
    currency: Fading
    """Of currency bought, in exchange rates."""
    fresh: Fading
    """Of the extra move of a currency."""


class Tick(eqx.Module):
    """What one step is given from outside."""

    fades: Fades

    days: Float[Array, ""]
    years: Float[Array, ""]
    scheduled: Float[Array, "s b"]
    purchases: Float[Array, " b"]
    currency: Float[Array, " k"]
    foreign_bonds: Float[Array, " m"]
    foreign_ahead: Float[Array, " m"]
    issuance: Float[Array, " b"]
    noise: Float[Array, " f"]
    depth: Float[Array, ""]
    elsewhere: Float[Array, "2"]
    payment: Float[Array, ""]
    ten_year: Float[Array, " j"]
    """10-year yields of the baseline [decimal]."""
    sunspot: Float[Array, ""]
    patience: Float[Array, ""]


def fades(inputs: Inputs, draw: Draws) -> Fades:
    """Work out, once a draw, how stocks fade over a day and over a month."""
    lengths = inputs.clock.lengths
    gaps = fading(draw.speed, lengths[:, None])
    return Fades(
        gaps=gaps,
        unsettled=add_up(gaps.kept[:, :, None] * draw.shares, 1),
        felt=fading(draw.supply_decay, lengths),
        currency=fading(draw.fx_decay, lengths),
        fresh=fading(draw.fx_jump_decay, lengths),
    )


def tick_at(inputs: Inputs, paths: Paths, over: Fades, at: Int[Array, ""]) -> Tick:
    """Gather what comes from outside in one step."""
    kind, market = inputs.clock.kind[at], inputs.market
    return Tick(
        jax.tree.map(lambda leaf: leaf[kind], over),
        inputs.clock.days[at],
        inputs.clock.years[at],
        inputs.sale.scheduled[at],
        inputs.outside.purchases[at],
        inputs.outside.currency[at],
        inputs.outside.foreign_bonds[at],
        inputs.outside.foreign_ahead[at],
        inputs.books.issuance[at],
        paths.noise[at],
        paths.depth[at],
        inputs.elsewhere[at],
        inputs.payment[at],
        market.ten_year + market.node_to_ten_year @ paths.noise[at],
        paths.sunspot,
        paths.patience,
    )


def stretches(inputs: Inputs, length: int) -> list[Inputs]:
    """Cut a run into stretches of equal length; its last step fills up the last of them."""
    n_steps = inputs.clock.years.shape[0]
    steps = [
        np.minimum(start + np.arange(length), n_steps - 1) for start in range(0, n_steps, length)
    ]
    leaves, tree = jax.tree.flatten(inputs)
    places = _series(jax.tree.unflatten(tree, range(len(leaves))))
    series = [np.asarray(leaves[place]) for place in places]
    # Handed over at once: one by one would take as long as the steps themselves.
    cuts = jax.device_put([[path[some] for path in series] for some in steps])
    cut = [dict(enumerate(leaves)) | dict(zip(places, each, strict=True)) for each in cuts]
    return [jax.tree.unflatten(tree, each.values()) for each in cut]


def _series(inputs: Inputs) -> list[Any]:
    """All that changes from step to step."""
    clock, outside = inputs.clock, inputs.outside
    return [
        *(clock.years, clock.days, clock.kind),
        *(inputs.sale.scheduled, outside.purchases, outside.currency),
        *(outside.foreign_bonds, outside.foreign_ahead),
        *(inputs.books.issuance, inputs.market.swell, inputs.elsewhere, inputs.payment),
    ]
