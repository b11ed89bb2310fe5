"""Named exporters: what their own disclosed sensitivities make of the yen."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.adjustment import adjust


def profit_changes(
    yen: Float[Array, " q"],
    per_yen: Float[Array, " e"],
    *,
    level: Float[Array, ""],
    speed: Float[Array, ""],
    years: float,
) -> Float[Array, "q e"]:
    """Change of operating profit at an annual rate, as forward cover runs off.

    s_e E adjusted (exp(-yen) - 1)

    Arguments:
        yen: log dollars per yen against baseline, positive when the yen is stronger [log].
        per_yen: s_e, profit gained per yen on the dollar over a year's profit [fraction per yen].
        level: E, yen per dollar as the books open [yen per dollar].
        speed: at which covered sales come up for renewal [1/year].
        years: length of a quarter [years].

    Returns:
        Change of profit against baseline [fraction of a year's operating profit].

    Source: companies' own sensitivities, linear; the delay is forward cover of about three
    months (Jiji, 22 May 2024).
    """
    cheaper = adjust(jnp.expm1(-yen), speed, years=years)
    return level * cheaper[:, None] * per_yen
