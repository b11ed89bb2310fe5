"""Estimates on fiscal years are those in the table."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from origins.fiscal_history import fiscal_chance, fiscal_years, rated_years

import specimens
from selloff.bridge.us import us_rules, us_world
from selloff.data import table, vintage
from selloff.evidence import Bank, parameters
from selloff.model.economy.united_states.federal_debt import baseline


def test_the_table_holds_what_the_years_say() -> None:
    found = fiscal_chance() | rated_years()
    assert len(found) == 11
    for name, value in found.items():
        assert parameters()[name].p50 == pytest.approx(value, rel=0.01), name


def test_fiscal_years_are_the_published_ones() -> None:
    frame = fiscal_years()
    assert list(frame.index) == list(range(1992, 2026))
    # FY2025: deficit of 1781.8 less interest of 969.9 over GDP of about 30.4 USD tn.
    assert frame.loc[2025, "primary"] == pytest.approx(
        100.0 * (969.938 - 1781.770) / 30_362.0, abs=0.02
    )
    assert frame.loc[2009, "growth"] < 0.0 < frame.loc[2008, "growth"]
    assert frame.loc[2012, "rate"] == pytest.approx(1.9, abs=0.1)


def test_autoregressions_leave_residuals_without_memory() -> None:
    frame = fiscal_years().loc[1993:]
    found = fiscal_chance()
    for name in ("growth", "primary", "rate"):
        around = (frame[name] - frame[name].mean()).to_numpy()
        left = around[1:] - found[f"debt_{name}_memory"] * around[:-1]
        # Ordinary least squares: what is left is orthogonal to what explains it.
        assert np.dot(left - left.mean(), around[:-1] - around[:-1].mean()) == pytest.approx(
            0.0, abs=1e-9
        )
        assert left.std(ddof=2) == pytest.approx(found[f"debt_{name}_volatility"])


def spread_after_five_years(**given: float) -> float:
    rows = {row.name: row.p50 for row in parameters().values()} | given
    bank = Bank({name: np.full(1, each) for name, each in rows.items()}, {})
    rules = jax.tree.map(lambda leaf: leaf[0], us_rules(bank))
    budget = us_world(vintage(), 20).budget
    chance = jnp.asarray(specimens.white(1000, 60).reshape(-1, 20, 3))

    def ratio(each: jax.Array) -> jax.Array:
        found = baseline(each, budget, rules.shocks, rule=rules.fiscal)
        return 100.0 * found.debt[-1] / found.gdp[-1]

    return float(jnp.std(jax.jit(jax.vmap(ratio))(chance)))


def test_the_fan_lies_between_cbo_s_errors_and_history() -> None:
    frame = table("cbo_actuals").query("component == 'debt'").set_index("fiscal_year")["usd_bn"]
    quarters = table("debt_quarterly").set_index("date")["gdp_usd_bn_ann"]
    gdp = quarters.groupby(quarters.index.year + (quarters.index.month > 9)).mean()
    seen = (100.0 * frame / gdp).loc[1991:2025].diff(5).std()
    assert seen == pytest.approx(14.0, abs=0.5)
    assert spread_after_five_years(debt_chance_scale=1.0) == pytest.approx(17.0, abs=0.7)
    assert 7.0 < spread_after_five_years() < seen
    assert spread_after_five_years() == pytest.approx(11.0, abs=0.5)
