"""The United States strikes back: a chance that grows with size, speed and hostility."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float


class Retaliation(eqx.Module):
    """What makes a freeze more likely, and what it costs.

    Source: assumption; one freeze of a large reserve holder (Russia 2022), none of an ally.
    """

    base: Float[Array, "*d"]
    """Intensity for a small slow sale by a friendly rival [1/year]."""
    size: Float[Array, "*d"]
    """Rise of its log per USD tn sold [1 per USD tn]."""
    speed: Float[Array, "*d"]
    """Rise per USD 100bn sold a month [1 per USD 100bn a month]."""
    speed_cap: Float[Array, "*d"]
    """Pace beyond which speed counts no more [USD bn a month]."""
    hostility: Float[Array, "*d"]
    """Rise from friendly to openly hostile [log]."""
    alignment: Float[Array, "*d"]
    """Fall from a rival to a treaty ally [log]."""
    freeze_loss: Float[Array, "*d"]
    """Part of the frozen book that its owner gives up as lost [fraction]."""
    tariff_loss: Float[Array, "*d"]
    """What tariffs would cost the seller's country [USD bn]."""
    covert_loss: Float[Array, "*d"]
    """What pressure behind the scenes costs it [USD bn]."""


def intensity(
    sold: Float[Array, " s"],
    pace: Float[Array, " s"],
    *,
    hostility: Float[Array, " s"],
    alignment: Float[Array, " s"],
    rule: Retaliation,
) -> Float[Array, " s"]:
    """How likely retaliation is while a holder sells.

    ln l = ln l_0 + b_S sold + b_V pace + b_H hostility - b_A alignment, zero if nothing is sold

    Arguments:
        sold: face sold so far [USD bn].
        pace: face sold in the step at a monthly rate [USD bn a month].
        hostility: of the seller, from friendly to openly hostile [fraction].
        alignment: ties to the United States [fraction].
        rule: what makes it more likely.

    Returns:
        Intensity [1/year].

    Source: assumption; a proportional-hazards form.
    """
    log = (
        rule.size * sold / 1e3
        + rule.speed * jnp.minimum(pace, rule.speed_cap) / 100.0
        + rule.hostility * hostility
        - rule.alignment * alignment
    )
    return jnp.where(sold > 0.0, rule.base * jnp.exp(log), 0.0)


def expected_loss(
    hazard: Float[Array, " s"],
    more: Float[Array, " s"],
    *,
    left: Float[Array, " s"],
    rule: Retaliation,
) -> Float[Array, " s"]:
    """What the chance of retaliation in a step is worth to the seller.

    [exp(-H) - exp(-H - dH)] (f left + tariffs + pressure)

    Arguments:
        hazard: H, hazard so far [fraction].
        more: dH, hazard of the step [fraction].
        left: value of what the seller still has [USD bn].
        rule: what a freeze costs.

    Returns:
        Expected loss [USD bn].

    Source: the deterrence rule of MODEL section 3.
    """
    chance = jnp.exp(-hazard) * -jnp.expm1(-more)
    return chance * (rule.freeze_loss * left + rule.tariff_loss + rule.covert_loss)
