"""US output, unemployment and core inflation, a quarter at a time."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.vocab import QUARTERS_PER_YEAR


class Demand(eqx.Module):
    """How output answers to financial conditions.

    Source: FRB/US under a higher term premium; `tools/origins/us_calibration.py`.
    """

    persistence: Float[Array, "*d"]
    """Part of the output gap that is left after a quarter [fraction]."""
    adaptation: Float[Array, "*d"]
    """Speed at which the economy gets used to tight conditions [1/quarter]."""
    ten_year: Float[Array, "*d"]
    """Output lost, before it recovers, per unit of the 10-year yield [ratio]."""
    policy: Float[Array, "*d"]
    """The same per unit of the policy rate [ratio]."""
    dollar: Float[Array, "*d"]
    """The same per unit of the log broad dollar [ratio]."""
    spread: Float[Array, "*d"]
    """The same per unit of the excess bond premium [ratio]."""
    premium: Float[Array, "*d"]
    """Part of a wider investment-grade spread that is excess bond premium [fraction]."""
    stocks: Float[Array, "*d"]
    """The same per unit of log stock prices lost [ratio]."""
    fear: Float[Array, "*d"]
    """The same per point of VIX, beyond what comes with spreads and stocks [log per point]."""
    easing: Float[Array, "*d"]
    """Speed at which strain goes once the stress behind it has gone [1/year]."""


class Labour(eqx.Module):
    """How unemployment answers to output.

    Source: Okun's law in differences, with a slow return to the law in levels.
    """

    impact: Float[Array, "*d"]
    """Rise of unemployment per fall of output within the quarter [ratio]."""
    level: Float[Array, "*d"]
    """Unemployment per unit of output gap, in the long run [ratio]."""
    speed: Float[Array, "*d"]
    """Speed of the return to it [1/quarter]."""


class Prices(eqx.Module):
    """How core inflation answers to unemployment and to the dollar.

    Source: Phillips curve with anchored expectations.
    """

    persistence: Float[Array, "*d"]
    """Part of the deviation of inflation that is left after a quarter [fraction]."""
    slope: Float[Array, "*d"]
    """Fall of inflation per unit of unemployment, in the long run [ratio]."""
    pass_through: Float[Array, "*d"]
    """Fall of the price level per unit of the log broad dollar, in the long run [ratio]."""


class UsEconomy(eqx.Module):
    """Where the economy stands, less the baseline of the same draw."""

    gap: Float[Array, ""]
    """Output [log]."""
    unemployment: Float[Array, ""]
    """Rate of unemployment [decimal]."""
    inflation: Float[Array, ""]
    """Core inflation [decimal a year]."""
    prices: Float[Array, ""]
    """Price level [log]."""
    tightness: Float[Array, ""]
    """Financial conditions of the quarter [log of output]."""
    used_to: Float[Array, ""]
    """Conditions the economy has got used to [log of output]."""
    dollar: Float[Array, ""]
    """Log broad dollar of the quarter [log]."""


class Activity(eqx.Module):
    """The three equations' parameters.

    Source: as of each.
    """

    demand: Demand
    labour: Labour
    prices: Prices


def at_rest() -> UsEconomy:
    """Start on the baseline.

    Returns:
        The economy with every deviation at zero.

    Source: definition.
    """
    return UsEconomy(*(jnp.zeros(()) for _ in range(7)))


def tightness(
    ten_year: Float[Array, ""], policy: Float[Array, ""], rule: Demand, *, others: Float[Array, "2"]
) -> Float[Array, ""]:
    """Add up financial conditions in units of the output they cost.

    c = w_i i10 + w_r r + w_d d + strain

    Arguments:
        ten_year: 10-year yield, with the fiscal premium [decimal].
        policy: policy rate [decimal].
        rule: what each costs.
        others: log broad dollar and strain [log, log of output].

    Returns:
        Tightness [log of output].

    Source: a financial-conditions index with weights fitted to FRB/US; a stronger dollar costs
    exports, a weaker one helps them.
    """
    rates = rule.ten_year * ten_year + rule.policy * policy
    return rates + rule.dollar * others[0] + others[1]


def strain(moved: Float[Array, "3 2"], rule: Demand) -> Float[Array, "2"]:
    """Say what a unit of squeeze and a unit of doubt cost through spreads, stocks and fear.

    w_e b spread - w_k stocks + w_v vix

    Arguments:
        moved: investment-grade spread, log stock prices and VIX in one unit of each, with yields
            and currencies at rest [decimal, log, points].
        rule: what each costs.

    Returns:
        Cost of one unit of each [log of output].

    Source: Gilchrist and Zakrajsek (2012), estimated again with stock prices beside the excess
    bond premium (`tools/spread_response.py`); what yields do to all three is in FRB/US.
    """
    spread, stocks, vix = moved
    return rule.spread * rule.premium * spread - rule.stocks * stocks + rule.fear * vix


def economy_next(
    state: UsEconomy,
    tight: Float[Array, ""],
    dollar: Float[Array, ""],
    *,
    rule: Activity,
    quarters: Float[Array, ""] | float = 1.0,
) -> UsEconomy:
    """Move the economy by a quarter, or by a part of one.

    y[q] = rho y[q-1] - (1 - rho)(c[q-1] - h[q-1]);   h[q] = h[q-1] + k (c[q-1] - h[q-1])
    u[q] = u[q-1] - b (y[q] - y[q-1]) - s_u (u[q-1] + b_L y[q-1])
    pi[q] = rho_pi pi[q-1] - (1 - rho_pi)(s u[q-1] + 4 theta (d[q] - d[q-1]))

    In a part n of a quarter rho and rho_pi are to the power n, k and s_u are 1 - (1 - .)^n, and the
    dollar's change is over n.

    Arguments:
        state: where it stood.
        tight: tightness c of this step, felt from the next [log of output].
        dollar: log broad dollar d of this step [log].
        rule: parameters.
        quarters: length n of the step [quarters].

    Returns:
        Where it stands at the end of the step.

    Source: error-correction form fitted to FRB/US (hump, then return); Okun (1962); a Phillips
    curve with anchored expectations.
    """
    demand, labour, prices = rule.demand, rule.labour, rule.prices
    felt = state.tightness - state.used_to
    kept, lasting = (part**quarters for part in (demand.persistence, prices.persistence))
    adapted, drawn = (_over(part, quarters) for part in (demand.adaptation, labour.speed))
    gap = kept * state.gap - (1.0 - kept) * felt
    off_law = state.unemployment + labour.level * state.gap
    jobs = state.unemployment - labour.impact * (gap - state.gap) - drawn * off_law
    dearer = QUARTERS_PER_YEAR * prices.pass_through * (dollar - state.dollar) / quarters
    push = prices.slope * state.unemployment + dearer
    inflation = lasting * state.inflation - (1.0 - lasting) * push
    return UsEconomy(
        gap=gap,
        unemployment=jobs,
        inflation=inflation,
        prices=state.prices + inflation * quarters / QUARTERS_PER_YEAR,
        tightness=tight,
        used_to=state.used_to + adapted * felt,
        dollar=dollar,
    )


def ahead(
    state: UsEconomy, quarters: Float[Array, ""], rule: Demand, *, tight: Float[Array, ""]
) -> Float[Array, ""]:
    """Say where output goes if conditions stay as they are.

    rho^n y - (1 - rho^n)(c - h)

    Arguments:
        state: where the economy stands.
        quarters: how far ahead, n [quarters].
        rule: how output answers.
        tight: tightness c that stays [log of output].

    Returns:
        Output then [log].

    Source: `economy_next` over n quarters, without getting used to more.
    """
    kept = rule.persistence**quarters
    return kept * state.gap - (1.0 - kept) * (tight - state.used_to)


def _over(part: Float[Array, ""], quarters: Float[Array, ""] | float) -> Float[Array, ""]:
    return 1.0 - (1.0 - part) ** quarters
