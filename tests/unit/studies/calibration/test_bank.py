"""A bank of four draws, built like the shipped one."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.bridge.reference import GRID, reference
from selloff.data import vintage
from selloff.evidence import REACTION, Bank, parameters
from selloff.model.pricing.fixed_point import solve_equilibrium
from selloff.model.pricing.habitat import Economy
from selloff.model.pricing.impact import bond_supply, impact_operator
from selloff.studies.calibration import build_bank, describe

SIZE: dict[str, Any] = {"n_draws": 4, "sizes": (24, 8)}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return build_bank(**SIZE, seed=3)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bank(bank: Bank) -> None:
    again = build_bank(**SIZE, seed=3)
    assert set(again.draws) == set(bank.draws)
    for name, values in bank.draws.items():
        np.testing.assert_allclose(again.draws[name], values, rtol=1e-12, err_msg=name)
    assert again.certificate == bank.certificate


@pytest.mark.slow
def test_it_is_laid_out_like_the_shipped_one(bank: Bank) -> None:
    outside = (
        "pricing",
        "calibration target",
        "baseline noise",
        "meta-analysis",
        "backtest",
        "carry",
    )
    rows = parameters().items()
    wanted = {
        name
        for name, row in rows
        if row.mechanism not in outside and not row.mechanism.startswith(REACTION)
    }
    assert wanted | {"permanent_impact", "supply_decay", "core_dynamics"} <= set(bank.draws)
    assert all(values.shape[0] == SIZE["n_draws"] for values in bank.draws.values())
    assert bank.certificate["n_draws"] == SIZE["n_draws"]
    assert bank.certificate["seed"] == 3


def economy(bank: Bank, draw: int) -> Economy:
    core = {k[5:]: jnp.asarray(v[draw]) for k, v in bank.draws.items() if k.startswith("core_")}
    core.pop("dynamics")
    return Economy(**core)


@pytest.mark.slow
def test_repricing_gives_the_drawn_impact(bank: Bank) -> None:
    """Sell USD 100bn of the 10-year par bond, solved from scratch: its yield rises as drawn."""
    quoted = reference(vintage("2024-12"))
    weights = quoted.ten_year_weights / np.maximum(np.asarray(GRID.years), GRID.step)

    @jax.jit
    def impact(one: Economy, decay: jax.Array) -> jax.Array:
        found = solve_equilibrium(one, GRID)
        sold = bond_supply(found, GRID, jnp.asarray(quoted.profile)[None], 0)
        operator = impact_operator(one, found, GRID, exposure=sold, decay=decay)
        return jnp.asarray(weights) @ operator.bonds[:, 0, 0]

    for draw in range(2):
        decay = jnp.asarray(bank.draws["supply_decay"][draw])
        moved = 100.0 * float(impact(economy(bank, draw), decay)) * 1e4
        assert moved == pytest.approx(bank.draws["permanent_impact"][draw], rel=1e-6)


@pytest.mark.slow
def test_the_core_shipped_is_the_fixed_point(bank: Bank) -> None:
    found = jax.jit(lambda one: solve_equilibrium(one, GRID))(economy(bank, 0))
    assert bool(found.is_solved)
    np.testing.assert_allclose(found.dynamics, bank.draws["core_dynamics"][0], atol=1e-7)


@pytest.mark.slow
def test_a_bank_tells_what_it_reached(bank: Bank) -> None:
    lines: list[str] = []
    describe(bank, lines.append)
    assert len(lines) == len(bank.certificate["reached_p05_p50_p95"])
    assert all("median" in line for line in lines)
