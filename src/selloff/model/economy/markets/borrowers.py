"""What higher yields cost a household with a new mortgage and firms that must refinance."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.vocab import MONTHS_PER_YEAR, QUARTERS_PER_YEAR


class BorrowerRules(eqx.Module):
    """A median new mortgage, and the debt of firms as it comes due.

    Source: Mortgage Bankers Association (2025); S&P Global Ratings (2025).
    """

    loan: Float[Array, "*d"]
    """Median new mortgage [USD]."""
    opening_rate: Float[Array, "*d"]
    """Mortgage rate at the opening [decimal]."""
    loan_years: Float[Array, "*d"]
    """Life of the mortgage [years]."""
    maturing: Float[Array, "*d"]
    """Debt of firms that comes due [USD bn a year]."""
    debt_years: Float[Array, "*d"]
    """Life of what replaces it [years]."""


class Borrowers(eqx.Module):
    """What borrowers pay more than on the baseline."""

    payment: Float[Array, "*d q"]
    """On a median mortgage taken out in the quarter [USD a month]."""
    refinancing: Float[Array, "*d q"]
    """By firms, on what has been refinanced so far [USD bn a year]."""


def borrowers(
    mortgage: Float[Array, " q"], corporate: Float[Array, " q"], rules: BorrowerRules
) -> Borrowers:
    """Work out both bills by quarter.

    Arguments:
        mortgage: 30-year mortgage rate less baseline [decimal].
        corporate: yield at which firms refinance less baseline: Treasury yield, fiscal premium
            and spread [decimal].
        rules: loan, rate and the wall of debt coming due.

    Returns:
        Both bills.

    Source: arithmetic of `monthly_payment` and `refinancing_cost`.
    """
    opening = monthly_payment(jnp.zeros_like(mortgage), rules)
    more = monthly_payment(mortgage, rules) - opening
    return Borrowers(
        # Two ways to the same payment may differ in the last digit; an unmoved rate costs nothing.
        payment=jnp.where(mortgage == 0.0, 0.0, more),
        refinancing=refinancing_cost(corporate, rules),
    )


def monthly_payment(delta: Float[Array, " q"], rules: BorrowerRules) -> Float[Array, " q"]:
    """Work out the level payment on a median mortgage.

    L r / (1 - (1 + r)^-n),  r = (m_0 + dm) / 12,  n = 12 T

    Arguments:
        delta: mortgage rate less that at the opening [decimal].
        rules: loan, opening rate and life.

    Returns:
        Payment [USD a month].

    Source: annuity; at a rate of zero it is loan over months, which no rate here comes near.
    """
    rate = jnp.maximum(rules.opening_rate + delta, 1e-6) / MONTHS_PER_YEAR
    repaid = -jnp.expm1(-MONTHS_PER_YEAR * rules.loan_years * jnp.log1p(rate))
    return rules.loan * rate / repaid


def refinancing_cost(delta: Float[Array, " q"], rules: BorrowerRules) -> Float[Array, " q"]:
    """Add up what firms pay on all they have refinanced so far.

    C[q] = sum_{s <= q} M / 4 a[q - s] dy[s];  a = 1/2 in its own quarter, 1, then 0 after life

    Arguments:
        delta: yield at which firms refinance less baseline [decimal].
        rules: what comes due, and how long its replacement lives.

    Returns:
        Extra cost [USD bn a year].

    Source: arithmetic; debt comes due evenly and is replaced in full, which is an assumption.
    """
    n_q = delta.shape[0]
    age = (jnp.arange(n_q)[:, None] - jnp.arange(n_q)) / QUARTERS_PER_YEAR
    # Issues of a quarter are sold evenly over it, so they come and go by halves.
    begun = jnp.clip(QUARTERS_PER_YEAR * age + 0.5, 0.0, 1.0)
    ended = jnp.clip(QUARTERS_PER_YEAR * (age - rules.debt_years) + 0.5, 0.0, 1.0)
    return rules.maturing / QUARTERS_PER_YEAR * ((begun - ended) @ delta)
