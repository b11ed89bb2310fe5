"""What new yields cost as debt is rolled, and how debt drifts by chance."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.united_states.federal_debt import (
    FiscalShocks,
    baseline,
    deficit,
    repricing,
)
from us_specimens import N_QUARTERS, anything, no_chance, rules, world

BUDGET, RULES = world().budget, rules()
drift = jax.jit(lambda chance: baseline(chance, BUDGET, RULES.shocks, rule=RULES.fiscal))


def pulse(quarter: int, tenor: int) -> jax.Array:
    return jnp.zeros((N_QUARTERS, 9)).at[quarter, tenor].set(0.01)


def test_a_bill_pays_for_a_quarter_and_a_two_year_note_for_eight() -> None:
    bill = np.asarray(repricing(BUDGET, pulse(1, 0)))
    assert bill[1:3] == pytest.approx(np.full(2, 0.5 * 0.01 * 6000.0 * 1.01 / 4.0))
    assert not bill[[0, *range(3, N_QUARTERS)]].any()
    note = np.asarray(repricing(BUDGET, pulse(1, 2)))
    whole = 0.01 * 250.0 * 1.01 / 4.0
    assert note[1:11] == pytest.approx(whole * np.array([0.5, *[1.0] * 7, 0.5, 0.0]))


def test_an_issue_costs_its_rate_times_its_life() -> None:
    for tenor, years in ((0, 0.25), (2, 2.0)):
        cost = repricing(BUDGET, pulse(0, tenor)).sum()
        face = 2.0 * BUDGET.alive[0, 0, tenor]
        assert float(cost) == pytest.approx(0.01 * float(face) * years)


def test_the_bill_for_a_lasting_rise_grows_and_is_linear() -> None:
    one = np.asarray(repricing(BUDGET, jnp.full((N_QUARTERS, 9), 0.01)))
    two = np.asarray(repricing(BUDGET, jnp.full((N_QUARTERS, 9), -0.02)))
    assert np.all(np.diff(one) > 0.0)
    assert two == pytest.approx(-2.0 * one)


def test_without_chance_the_plan_is_kept() -> None:
    found = drift(no_chance())
    for name in ("debt", "gdp", "interest", "revenue"):
        assert np.array_equal(getattr(found, name), getattr(BUDGET, name)), name


def only(kind: int, size: float = 1.0) -> jax.Array:
    """Shocks to one of the three alone, through a spread that is diagonal."""
    return no_chance().at[0, kind].set(size)


def diagonal(chance: jax.Array) -> object:
    shocks = FiscalShocks(RULES.shocks.memory, jnp.diag(jnp.array([0.01, 0.01, 0.01])))
    return baseline(chance, BUDGET, shocks, rule=rules(reaction=0.0).fiscal)


def test_more_growth_means_more_gdp_and_revenue_at_the_same_plan() -> None:
    found = diagonal(only(0))
    grown = 0.01 * np.cumsum(0.8 ** np.arange(N_QUARTERS)) / 4.0
    assert np.log(found.gdp / BUDGET.gdp) == pytest.approx(grown)
    assert np.asarray(found.revenue / found.gdp) == pytest.approx(
        np.asarray(BUDGET.revenue / BUDGET.gdp)
    )
    assert np.all(found.debt / found.gdp < BUDGET.debt / BUDGET.gdp)


def test_a_primary_surplus_is_debt_not_owed_with_interest_on_it() -> None:
    found = diagonal(only(1))
    saved = np.zeros(N_QUARTERS)
    total = 0.0
    for q in range(N_QUARTERS):
        total = total * (1.0 + 0.04 / 4.0) + 0.01 * 0.92**q * float(BUDGET.gdp[q]) / 4.0
        saved[q] = total
    assert np.asarray(BUDGET.debt - found.debt) == pytest.approx(saved)
    assert np.array_equal(found.gdp, BUDGET.gdp)


def test_dearer_debt_costs_what_repricing_says() -> None:
    found = diagonal(only(2))
    rates = 0.01 * 0.97 ** np.arange(N_QUARTERS)
    cost = np.asarray(repricing(BUDGET, jnp.tile(jnp.asarray(rates)[:, None], (1, 9))))
    first = float(found.interest[0] - BUDGET.interest[0])
    assert first == pytest.approx(cost[0])
    assert np.all(np.asarray(found.interest - BUDGET.interest)[1:] > cost[1:])


def test_a_reaction_narrows_the_fan() -> None:
    chance = jnp.stack([anything(seed)[1] for seed in range(20)])

    @jax.jit
    def width(reaction: jax.Array) -> jax.Array:
        fiscal = replace(RULES.fiscal, reaction=reaction)
        found = jax.vmap(lambda each: baseline(each, BUDGET, RULES.shocks, rule=fiscal))(chance)
        return jnp.std(found.debt[:, -1] / found.gdp[:, -1])

    widths = [float(width(jnp.asarray(each))) for each in (0.0, 0.05, 0.2)]
    assert widths[0] > widths[1] > widths[2] > 0.0


def test_a_deficit_adds_interest_lost_output_and_reaction() -> None:
    found = deficit(
        jnp.asarray(5.0),
        jnp.asarray(-0.01),
        ratio=jnp.asarray(0.02),
        gdp=jnp.asarray(32_000.0),
        rule=RULES.fiscal,
    )
    assert float(found) == pytest.approx(5.0 + (0.35 * 0.01 - 0.04 * 0.02) * 8000.0)
