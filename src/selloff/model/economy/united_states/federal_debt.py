"""Federal debt: what new yields cost as debt is rolled, and how debt drifts by chance."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.vocab import QUARTERS_PER_YEAR


class Budget(eqx.Module):
    """The budget ahead if nothing happens.

    Source: US Treasury, BEA and CBO; `data/federal.py`.
    """

    alive: Float[Array, "*d q s m"]
    """Face issued in quarter s at tenor m that pays in quarter q [USD bn]."""
    loading: Float[Array, "*d m"]
    """Part of the fiscal premium that each tenor pays [fraction]."""
    new_rate: Float[Array, "*d"]
    """Yield of new debt at the opening, over the mix of tenors [decimal]."""
    opening: Float[Array, "*d"]
    """Debt held by the public at the opening [USD bn]."""
    debt: Float[Array, "*d q"]
    """Debt held by the public at quarter ends [USD bn]."""
    interest: Float[Array, "*d q"]
    """Net interest in each quarter [USD bn]."""
    revenue: Float[Array, "*d q"]
    """Revenue in each quarter [USD bn]."""
    gdp: Float[Array, "*d q"]
    """GDP over the four quarters to each quarter's end [USD bn a year]."""


class FiscalShocks(eqx.Module):
    """How growth, primary balance and yields stray from what is projected.

    Source: estimated on fiscal years; `tools/origins/us_calibration.py`.
    """

    memory: Float[Array, "*d 3"]
    """Part of each deviation that is left after a quarter [fraction]."""
    spread: Float[Array, "*d 3 3"]
    """Lower triangle that turns standard normals into innovations [decimal]."""


class FiscalRule(eqx.Module):
    """How yields and the budget answer to debt and output.

    Source: Laubach (2009), Gamber and Seliski (2019) for yields; CBO for the budget.
    """

    premium: Float[Array, "*d"]
    """Rise of long yields per unit of debt to GDP [decimal]."""
    cyclical: Float[Array, "*d"]
    """Deficit to GDP per unit of output lost [ratio]."""
    reaction: Float[Array, "*d"]
    """Primary surplus to GDP per unit of extra debt to GDP [1/year]."""
    seen: Float[Array, "*d"]
    """Most extra debt to GDP for which yields' answer was seen [ratio]."""
    over: Float[Array, "*d"]
    """How far beyond it the premium may go [fraction]."""


class Baseline(eqx.Module):
    """The budget of a draw without the sale."""

    debt: Float[Array, " q"]
    """Debt held by the public at quarter ends [USD bn]."""
    gdp: Float[Array, " q"]
    """GDP over four quarters, moved by the latest deviation [USD bn a year]."""
    interest: Float[Array, " q"]
    """Net interest in each quarter [USD bn]."""
    revenue: Float[Array, " q"]
    """Revenue in each quarter [USD bn]."""


def repricing(budget: Budget, yields: Float[Array, "q m"]) -> Float[Array, " q"]:
    """Work out what a change of yields costs while debt is rolled into it.

    I[q] = sum_{s <= q} sum_m A[q, s, m] dy[s, m] / 4

    Arguments:
        budget: which issues pay when.
        yields: deviation at which each quarter's issues are sold, by tenor [decimal].

    Returns:
        Extra interest in each quarter [USD bn].

    Source: arithmetic; every issue keeps its rate for life.
    """
    return jnp.einsum("qsm,sm->q", budget.alive, yields) / QUARTERS_PER_YEAR


def baseline(
    chance: Float[Array, "q 3"], budget: Budget, shocks: FiscalShocks, *, rule: FiscalRule
) -> Baseline:
    """Let growth, primary balance and yields stray by chance, sale or no sale.

    x[q] = memory x[q-1] + L chance[q];   v[q] = v[q-1] + x_g[q] / 4
    E[q] = E[q-1] (1 + r_0 / 4) + J[q] - (x_b[q] + r z[q-1]) G e^v / 4 + (e^v - 1) P[q]

    Arguments:
        chance: standard normals for growth, primary balance and yields [sd].
        budget: the budget ahead, with primary borrowing P and GDP G.
        shocks: how they stray.
        rule: how the budget answers to debt that has strayed, z = (D + E) / (G e^v) - D / G.

    Returns:
        Levels by quarter; J is the repricing of yields x_r at all tenors, E the extra debt.

    Source: stochastic debt sustainability analysis; ratios to GDP are what is projected.
    """
    strayed = _stray(chance, shocks)
    scale = jnp.exp(jnp.cumsum(strayed[:, 0]) / QUARTERS_PER_YEAR)
    gdp = budget.gdp * scale
    n_m = budget.loading.shape[0]
    cost = repricing(budget, jnp.tile(strayed[:, 2:], (1, n_m)))
    before = jnp.concatenate([budget.opening[None], budget.debt[:-1]])
    primary = budget.debt - before - budget.interest
    borrowed = (scale - 1.0) * primary - strayed[:, 1] * gdp / QUARTERS_PER_YEAR

    def owe(
        owed: tuple[Float[Array, ""], Float[Array, ""]], given: Float[Array, "5"]
    ) -> tuple[tuple[Float[Array, ""], Float[Array, ""]], Float[Array, "2"]]:
        extra, ratio = owed
        more, flow, debt, planned, actual = given
        interest = more + budget.new_rate / QUARTERS_PER_YEAR * extra
        extra = extra + interest + flow - rule.reaction * ratio * actual / QUARTERS_PER_YEAR
        ratio = (debt + extra) / actual - debt / planned
        return (extra, ratio), jnp.stack([extra, interest])

    given = jnp.stack([cost, borrowed, budget.debt, budget.gdp, gdp], axis=1)
    _, found = jax.lax.scan(owe, (jnp.zeros(()), jnp.zeros(())), given)
    return Baseline(
        debt=budget.debt + found[:, 0],
        gdp=gdp,
        interest=budget.interest + found[:, 1],
        revenue=budget.revenue * scale,
    )


def _stray(chance: Float[Array, "q 3"], shocks: FiscalShocks) -> Float[Array, "q 3"]:
    def move(
        state: Float[Array, "3"], drawn: Float[Array, "3"]
    ) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        now = shocks.memory * state + shocks.spread @ drawn
        return now, now

    return jax.lax.scan(move, jnp.zeros(3), chance)[1]


def deficit(
    interest: Float[Array, ""],
    gap: Float[Array, ""],
    *,
    ratio: Float[Array, ""],
    gdp: Float[Array, ""],
    rule: FiscalRule,
) -> Float[Array, ""]:
    """Add up what a quarter adds to debt.

    I[q] - (e y[q] + r x[q-1]) G[q] / 4

    Arguments:
        interest: extra interest I of the quarter [USD bn].
        gap: output y less baseline [log].
        ratio: extra debt x to GDP at the end of the last quarter [fraction].
        gdp: GDP G of the baseline [USD bn a year].
        rule: how the budget answers.

    Returns:
        Extra deficit of the quarter [USD bn].

    Source: automatic stabilisers; a fiscal reaction as in Bohn (1998).
    """
    return interest - (rule.cyclical * gap + rule.reaction * ratio) * gdp / QUARTERS_PER_YEAR
