"""Tokyo: the Bank of Japan's purchases of JGBs and the Ministry of Finance's interventions."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float


class BojRule(eqx.Module):
    """When the Bank of Japan buys JGBs.

    Source: assumption; operations at short notice in 2022-23 and 2024-26.
    """

    gate: Float[Array, "*d"]
    """Rise of the 10-year JGB that brings purchases [decimal]."""
    pace: Float[Array, "*d"]
    """Purchases at twice the gate and beyond [USD bn per business day]."""
    cap_ramp: Float[Array, "*d"]
    """Distance above a cap at which they are in full [decimal]."""


def jgb_purchases(
    rise: Float[Array, ""], level: Float[Array, ""], cap: Float[Array, ""], rule: BojRule
) -> Float[Array, ""]:
    """Buy when yields have risen, or when they stand above a cap.

    pace clip((x - gate) / gate, 0, 1), or with a cap pace clip(above / ramp, 0, 1), where above is
    what the rise adds above the cap

    Arguments:
        rise: of the 10-year JGB against the baseline [decimal].
        level: of its baseline [decimal].
        cap: level that is defended, infinite where there is none [decimal].
        rule: the rule.

    Returns:
        JGBs bought [USD bn per business day].

    Source: assumption; with a cap any breach that the sale brings is bought against.
    """
    usual = jnp.clip((rise - rule.gate) / rule.gate, 0.0, 1.0)
    above = jnp.maximum(level + rise - cap, 0.0) - jnp.maximum(level - cap, 0.0)
    capped = jnp.clip(above / rule.cap_ramp, 0.0, 1.0)
    return rule.pace * jnp.where(jnp.isfinite(cap), capped, usual)


class MofRule(eqx.Module):
    """When the Ministry of Finance intervenes.

    Source: interventions 2010 to 2026 against the trend of the dollar in yen.
    """

    trigger: Float[Array, "*d"]
    """Distance from trend that brings intervention [log]."""
    pace: Float[Array, "*d"]
    """Dollars exchanged at twice the trigger and beyond [USD bn per business day]."""
    bond_share: Float[Array, "*d"]
    """Part of dollars sold that comes from selling Treasuries, not deposits [fraction]."""
    trend_speed: Float[Array, "*d"]
    """Speed of the trend [1/year]."""


def intervention(
    gap: Float[Array, ""], base_gap: Float[Array, ""], rule: MofRule
) -> Float[Array, ""]:
    """Dollars sold for yen beyond what the baseline would have seen.

    pace [max(c(g) - c(g_0), 0) - max(c(-g) - c(-g_0), 0)];  c(x) = clip((x - g*) / g*, 0, 1)

    Arguments:
        gap: log dollar in yen above its trend [log].
        base_gap: the same in the baseline [log].
        rule: the rule.

    Returns:
        Dollars sold for yen; below zero dollars are bought [USD bn per business day].

    Source: Ito (2002) for the trend; the baseline's noise is from years in which the Ministry
    intervened, so only the difference is new.
    """

    def urge(x: Float[Array, ""]) -> Float[Array, ""]:
        return jnp.clip((x - rule.trigger) / rule.trigger, 0.0, 1.0)

    weak = jnp.maximum(urge(gap) - urge(base_gap), 0.0)
    strong = jnp.maximum(urge(-gap) - urge(-base_gap), 0.0)
    return rule.pace * (weak - strong)
