"""Ratings: how likely one of three agencies is to lower that of the United States again."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.united_states.core import UsPaths
from selloff.vocab import QUARTERS_PER_YEAR


class RatingRules(eqx.Module):
    """What makes a further cut more likely.

    Source: cuts of 5 August 2011, 1 August 2023 and 16 May 2025; sensitivities are assumptions.
    """

    hazard: Float[Array, "*d"]
    """Intensity of a cut by any of the three under the conditions of reference [1/year]."""
    interest: Float[Array, "*d"]
    """Rise of its log per unit of interest to revenue [ratio]."""
    trend: Float[Array, "*d"]
    """Rise of its log per unit a year by which debt to GDP rises [years]."""
    ten_year: Float[Array, "*d"]
    """Rise of its log per unit of the 10-year yield over baseline [ratio]."""
    usual_interest: Float[Array, "*d"]
    """Interest to revenue of reference [fraction]."""
    usual_trend: Float[Array, "*d"]
    """Rise of debt to GDP of reference [fraction a year]."""


def intensity(
    interest: Float[Array, " q"],
    trend: Float[Array, " q"],
    ten_year: Float[Array, " q"],
    *,
    rules: RatingRules,
) -> Float[Array, " q"]:
    """Score the budget by how likely an agency is to cut.

    ln l = ln l_0 + b_I (I/R - I/R_0) + b_D (dD - dD_0) + b_i di10

    Arguments:
        interest: net interest to revenue [fraction].
        trend: rise of debt to GDP over four quarters [fraction a year].
        ten_year: 10-year yield less baseline [decimal].
        rules: what makes a cut more likely.

    Returns:
        Intensity of a cut by any of three agencies [1/year].

    Source: assumption; a proportional-hazards form, rising in what agencies say they look at.
    """
    return rules.hazard * jnp.exp(
        rules.interest * (interest - rules.usual_interest)
        + rules.trend * (trend - rules.usual_trend)
        + rules.ten_year * ten_year
    )


def downgrade_prob(
    us: UsPaths, rules: RatingRules
) -> tuple[Float[Array, " q"], Float[Array, " q"]]:
    """Work out the chance of at least one more cut by each quarter's end.

    P[q] = 1 - exp(-sum_{s <= q} l[s] / 4)

    Arguments:
        us: paths of the budget.
        rules: what makes a cut more likely.

    Returns:
        Chance on the baseline, and with the sale [fraction].

    Source: arithmetic of hazards.
    """
    calm = intensity(
        us.interest_to_revenue_base, us.debt_trend_base, jnp.zeros_like(us.ten_year), rules=rules
    )
    sold = intensity(us.interest_to_revenue, us.debt_trend, us.ten_year, rules=rules)
    return _by_then(calm), _by_then(sold)


def _by_then(intensities: Float[Array, " q"]) -> Float[Array, " q"]:
    return -jnp.expm1(-jnp.cumsum(intensities) / QUARTERS_PER_YEAR)
