"""Where a dislocation of the Treasury market is felt: as a squeeze of the world, or as doubt."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.vocab.axes import STRESSES


class Stress(eqx.Module):
    """How a dislocation spreads.

    Source: assumption; see docs/model/stress.md. The unit is March 2020.
    """

    unit: Float[Array, "*d"]
    """Dealers' concession on the 10-year that counts as one [decimal]."""
    origin: Float[Array, "*d"]
    """Part of a dislocation that spreads as a squeeze, the rest as doubt [fraction]."""
    limit: Float[Array, "*d"]
    """How soon effects on currencies and holders level off [ratio]."""
    speed: Float[Array, "*d"]
    """Speed at which everybody gets used to a concession [1/year]."""


def used_to_next(
    used_to: Float[Array, ""],
    dislocation: Float[Array, ""],
    years: Float[Array, ""],
    stress: Stress,
) -> Float[Array, ""]:
    """Get used to a concession that lasts.

    m[t] = x + (m[t-1] - x) exp(-v h),  x not below zero

    Arguments:
        used_to: m, what everybody was used to [decimal].
        dislocation: x, dealers' concession on the 10-year [decimal].
        years: length h of the step [years].
        stress: with the speed v.

    Returns:
        What everybody is used to at the end of the step [decimal].

    Source: bond volatility after its largest rises since 2002; see docs/model/stress.md.
    """
    now = jnp.maximum(dislocation, 0.0)
    return now + (used_to - now) * jnp.exp(-stress.speed * years)


def spread_stress(
    news: Float[Array, ""], given: Float[Array, "2"], stress: Stress
) -> Float[Array, "2"]:
    """Tell a world-wide squeeze from doubt about the United States.

    squeeze = given + w max(n, 0) / u;  doubt = given + (1 - w) max(n, 0) / u

    Arguments:
        news: n, dealers' concession beyond what everybody is used to [decimal].
        given: squeeze and doubt that come from elsewhere [ratio].
        stress: how it spreads.

    Returns:
        Squeeze and doubt, one being March 2020 and April 2025 [ratio].

    Source: assumption, that the split is fixed within a draw; see docs/model/stress.md.
    """
    parts = jnp.stack([stress.origin, 1.0 - stress.origin])
    return given + parts * jnp.maximum(news, 0.0) / stress.unit


def funds_distress(
    news: Float[Array, ""],
    given: Float[Array, "2"],
    doubt_weight: Float[Array, ""],
    stress: Stress,
) -> Float[Array, ""]:
    """Read what levered funds suffer from.

    squeeze given + g doubt given + max(n, 0) / u

    Arguments:
        news: n, dealers' concession beyond what everybody is used to [decimal].
        given: squeeze and doubt that come from elsewhere [ratio].
        doubt_weight: g, how much doubt counts beside a squeeze [ratio].
        stress: the unit u.

    Returns:
        Distress, one being March 2020 [ratio].

    Source: hedge funds sold a sixth of their Treasuries in the squeeze of 2020 and a fortieth in
    the doubt of 2025 (FEDS Notes of 6 October 2021 and 22 June 2026).
    """
    own = jnp.maximum(news, 0.0) / stress.unit
    squeeze, doubt = (STRESSES.pick(given, name) for name in STRESSES)
    return squeeze + doubt_weight * doubt + own


def level_off(stress: Float[Array, "2"], limit: Float[Array, ""]) -> Float[Array, "2"]:
    """Bend stress beyond what was ever seen.

    (1 - exp(-s / L)) / (1 - exp(-1 / L))

    Arguments:
        stress: squeeze and doubt [ratio].
        limit: L, how soon it levels off [ratio].

    Returns:
        Stress as currencies and holders feel it; one is felt as one [ratio].

    Source: assumption; nothing much beyond one has been observed.
    """
    return jnp.expm1(-stress / limit) / jnp.expm1(-1.0 / limit)
