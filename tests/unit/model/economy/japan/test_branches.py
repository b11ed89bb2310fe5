"""Two roads that exclude each other, and the claim that one leads into the other."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.japan.branches import (
    DISINFLATION,
    DOMINANCE,
    NEITHER,
    BranchRule,
    branch_path,
    doubt_inflation,
    yen_up_and_inflation,
)

RULE = BranchRule(yen=jnp.asarray(0.01), jgb=jnp.asarray(30e-4), inflation=jnp.asarray(0.4))
branching = jax.jit(branch_path)


def codes(yen: list[float], jgb: list[float]) -> list[int]:
    return np.asarray(branching(jnp.asarray(yen), jnp.asarray(jgb), RULE)).tolist()


@pytest.mark.parametrize(
    ("yen", "jgb_bp", "wanted"),
    [
        ([0.0, 0.005, -0.005], [0, 100, 100], [NEITHER] * 3),
        ([0.0, 0.01, -0.1], [0, 0, 100], [NEITHER, DISINFLATION, DISINFLATION]),
        ([-0.02, -0.02, 0.1], [0, 30, 0], [NEITHER, DOMINANCE, DOMINANCE]),
        ([0.02, 0.02, 0.02], [500, 500, 500], [DISINFLATION] * 3),
        ([-0.02, 0.02, -0.02], [29, 0, 100], [NEITHER, DISINFLATION, DISINFLATION]),
        ([-0.02, 0.0, 0.02], [100, 0, 0], [DOMINANCE] * 3),
    ],
)
def test_the_road_entered_first_is_kept(
    yen: list[float], jgb_bp: list[float], wanted: list[int]
) -> None:
    assert codes(yen, [1e-4 * each for each in jgb_bp]) == wanted


def test_doubt_counts_what_is_above_the_bar_and_only_while_the_yen_is_weak() -> None:
    yen, jgb = jnp.array([-0.02, 0.02, -0.02, -0.02]), jnp.array([130e-4, 130e-4, 20e-4, 80e-4])
    branch = branching(yen, jgb, RULE)
    found = doubt_inflation(yen, jgb, branch, RULE)
    np.testing.assert_allclose(found, [40e-4, 0.0, 0.0, 20e-4])
    np.testing.assert_array_equal(doubt_inflation(yen, jgb, jnp.ones_like(branch), RULE), 0.0)


def chain(yen: list[float], cpi: list[float]) -> tuple[bool, bool]:
    found = yen_up_and_inflation(
        jnp.asarray(yen), jnp.asarray(cpi), rise=jnp.asarray(0.05), inflation=jnp.asarray(0.1)
    )
    return bool(found.together), bool(found.after)


def test_the_chain_needs_both_ends() -> None:
    assert chain([0.1] * 6, [0.0] * 6) == (False, False)
    assert chain([0.0] * 6, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]) == (False, False)
    assert chain([0.1] * 6, [0.0, 0.0, 0.0, 0.0, 0.2, 0.2]) == (True, True)


def test_the_chain_tells_at_once_from_later() -> None:
    rising = [0.0, 0.0, 0.0, 0.0, 0.0, 0.2]
    assert chain([0.1, 0.0, 0.0, 0.0, 0.0, 0.0], rising) == (False, True)
    assert chain([0.0, 0.0, 0.0, 0.0, 0.0, 0.1], rising) == (True, False)


def test_inflation_is_over_four_quarters_from_zero_at_the_opening() -> None:
    slow = [0.02 * (t + 1) for t in range(12)]
    assert chain([0.1] * 12, slow) == (False, False)
    fast = [0.026 * (t + 1) for t in range(12)]
    assert chain([0.1] * 12, fast) == (True, True)
    assert chain([0.1] * 2, [0.05, 0.1]) == (True, True)
