"""The United States in one loop: yields, output, interest, debt, and yields again."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.support import bend
from selloff.model.economy.united_states.activity import (
    Activity,
    UsEconomy,
    at_rest,
    economy_next,
    strain,
    tightness,
)
from selloff.model.economy.united_states.federal_debt import (
    Baseline,
    Budget,
    FiscalRule,
    FiscalShocks,
    baseline,
    deficit,
    repricing,
)
from selloff.vocab import ECONOMIES, QUARTERS_PER_YEAR, TENORS


class UsWorld(eqx.Module):
    """What is the same in every draw.

    Source: the vintage.
    """

    budget: Budget
    past_ratio: Float[Array, "*d 4"]
    """Debt to GDP three, two and one quarter before the opening and at it [fraction]."""


class UsRules(eqx.Module):
    """What differs from draw to draw.

    Source: `economy: ` rows of the parameter table.
    """

    economy: Activity
    fiscal: FiscalRule
    shocks: FiscalShocks
    moved: Float[Array, "*d 3 2"]
    """Investment-grade spread, log stock prices and VIX in one unit of squeeze and of doubt, with
    yields and currencies at rest [decimal, log, points]."""


class UsPaths(eqx.Module):
    """Quarterly paths of a draw; deviations from its baseline unless a level."""

    gdp: Float[Array, "*d q"]
    """Output [log]."""
    unemployment: Float[Array, "*d q"]
    """Rate of unemployment [decimal]."""
    inflation: Float[Array, "*d q"]
    """Core inflation [decimal a year]."""
    premium: Float[Array, "*d q"]
    """Fiscal premium on yields of ten years and longer [decimal]."""
    interest: Float[Array, "*d q"]
    """Extra interest in the quarter [USD bn]."""
    deficit: Float[Array, "*d q"]
    """Extra deficit in the quarter [USD bn]."""
    debt: Float[Array, "*d q"]
    """Extra debt at its end [USD bn]."""
    interest_base: Float[Array, "*d q"]
    """Net interest of the baseline in the quarter [USD bn]."""
    debt_ratio_base: Float[Array, "*d q"]
    """Debt to GDP of the baseline [fraction]."""
    debt_ratio: Float[Array, "*d q"]
    """Debt to GDP [fraction]."""
    interest_to_revenue_base: Float[Array, "*d q"]
    """Net interest to revenue of the baseline [fraction]."""
    interest_to_revenue: Float[Array, "*d q"]
    """Net interest to revenue [fraction]."""
    debt_trend_base: Float[Array, "*d q"]
    """Rise of the baseline's debt to GDP over four quarters [fraction a year]."""
    debt_trend: Float[Array, "*d q"]
    """Rise of debt to GDP over four quarters [fraction a year]."""
    ten_year: Float[Array, "*d q"]
    """10-year yield, with the fiscal premium [decimal]."""


class _Quarter(eqx.Module):
    """What is given for a quarter, or for all of them."""

    ten_year: Float[Array, "*q"]
    policy: Float[Array, "*q"]
    others: Float[Array, "*q 2"]
    market: Float[Array, "*q"]
    weights: Float[Array, "*q s"]
    is_now: Float[Array, "*q s"]
    debt: Float[Array, "*q"]
    gdp: Float[Array, "*q"]
    trade: Float[Array, "*q 3"]


class _Carry(eqx.Module):
    """What one quarter hands to the next."""

    economy: UsEconomy
    premiums: Float[Array, " s"]
    debt: Float[Array, ""]
    ratio: Float[Array, ""]


class _Outcome(eqx.Module):
    """What happened in one quarter."""

    economy: UsEconomy
    premium: Float[Array, ""]
    interest: Float[Array, ""]
    deficit: Float[Array, ""]
    debt: Float[Array, ""]
    ratio: Float[Array, ""]


def us_paths(
    drivers: Drivers,
    chance: Float[Array, "q 3"],
    world: UsWorld,
    rules: UsRules,
    *,
    trade: Float[Array, "q 3"] | None = None,
) -> UsPaths:
    """Run output, interest and debt together over the quarters.

    premium[q] = phi bend(x[q-1]);  x = (D + B) / (G e^(y + p)) - D / G
    B[q] = B[q-1] + deficit[q] - T[q] G / 4
    interest = repricing + premiums rolled in + r_0 B[q-1] / 4

    Arguments:
        drivers: market paths by quarter, less baseline.
        chance: standard normals for growth, primary balance and yields [sd].
        world: the budget ahead, with debt D and GDP G.
        rules: parameters.
        trade: what tariffs add to output y and prices p, and customs T over output, none if not
            given [log, log, fraction].

    Returns:
        Paths by quarter, B being the extra debt.

    Source: assumption, docs/model/us-economy.md; the loop is closed within each quarter's
    beginning and end.
    """
    base = baseline(chance, world.budget, rules.shocks, rule=rules.fiscal)
    n_q = chance.shape[0]
    start = _Carry(at_rest(), jnp.zeros(n_q), jnp.zeros(()), jnp.zeros(()))

    def quarter(carry: _Carry, given: _Quarter) -> tuple[_Carry, _Outcome]:
        return _quarter(carry, given, world.budget, rules)

    cost = strain(rules.moved, rules.economy.demand)
    trade = jnp.zeros((n_q, 3)) if trade is None else trade
    output, prices, customs = trade.T
    _, found = jax.lax.scan(quarter, start, _given(drivers, base, world, cost=cost, trade=trade))
    gap = found.economy.gap + output
    scale = jnp.exp(gap + found.economy.prices + prices)
    revenue = base.revenue * scale + customs * base.gdp / QUARTERS_PER_YEAR
    ratio_base = base.debt / base.gdp
    ratio = (base.debt + found.debt) / (base.gdp * scale)
    return UsPaths(
        gdp=gap,
        unemployment=found.economy.unemployment - rules.economy.labour.level * output,
        inflation=found.economy.inflation + QUARTERS_PER_YEAR * jnp.diff(prices, prepend=0.0),
        premium=found.premium,
        interest=found.interest,
        deficit=found.deficit,
        debt=found.debt,
        interest_base=base.interest,
        debt_ratio_base=ratio_base,
        debt_ratio=ratio,
        interest_to_revenue_base=base.interest / base.revenue,
        interest_to_revenue=(base.interest + found.interest) / revenue,
        debt_trend_base=_trend(world.past_ratio, ratio_base),
        debt_trend=_trend(world.past_ratio, ratio),
        ten_year=TENORS.pick(drivers.yields, "10Y") + found.premium,
    )


def _trend(past: Float[Array, "4"], ratio: Float[Array, " q"]) -> Float[Array, " q"]:
    return ratio - jnp.concatenate([past, ratio])[: ratio.shape[0]]


def _given(
    drivers: Drivers, base: Baseline, world: UsWorld, *, cost: Float[Array, "2"], trade: Array
) -> _Quarter:
    n_q, budget = drivers.broad.shape[0], world.budget
    return _Quarter(
        ten_year=TENORS.pick(drivers.yields, "10Y"),
        policy=ECONOMIES.pick(drivers.rates, "USA"),
        others=jnp.stack([drivers.broad, drivers.stress @ cost], axis=1),
        market=repricing(budget, drivers.yields),
        weights=budget.alive @ budget.loading / QUARTERS_PER_YEAR,
        is_now=jnp.eye(n_q),
        debt=base.debt,
        gdp=base.gdp,
        trade=trade,
    )


def _quarter(
    carry: _Carry, given: _Quarter, budget: Budget, rules: UsRules
) -> tuple[_Carry, _Outcome]:
    fiscal = rules.fiscal
    premium = fiscal.premium * bend(carry.ratio, fiscal.seen, fiscal.over)
    premiums = carry.premiums + premium * given.is_now
    tight = tightness(
        given.ten_year + premium, given.policy, rules.economy.demand, others=given.others
    )
    economy = economy_next(carry.economy, tight, given.others[0], rule=rules.economy)
    rolled = given.market + given.weights @ premiums
    interest = rolled + budget.new_rate / QUARTERS_PER_YEAR * carry.debt
    output, prices, customs = given.trade
    gap = economy.gap + output
    more = deficit(interest, gap, ratio=carry.ratio, gdp=given.gdp, rule=rules.fiscal)
    more = more - customs * given.gdp / QUARTERS_PER_YEAR
    debt = carry.debt + more
    gdp = given.gdp * jnp.exp(gap + economy.prices + prices)
    ratio = (given.debt + debt) / gdp - given.debt / given.gdp
    found = _Outcome(economy, premium, interest, more, debt, ratio)
    return _Carry(economy, premiums, debt, ratio), found
