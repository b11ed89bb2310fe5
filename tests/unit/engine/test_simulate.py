"""The scan over steps and the batch over draws."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.engine import Outcome, simulate, trace

FIELDS = ("prices", "sold", "unsold", "dealers", "levered", "use", "absorbed", "holdings")


def test_draws_do_not_see_each_other() -> None:
    """Shuffling draws shuffles answers."""
    ready, paths = questions.lowered("dump"), questions.paths()
    order = np.arange(questions.N_DRAWS)[::-1]
    shuffled = questions.solve(
        ready.inputs,
        jax.tree.map(lambda leaf: leaf[order], paths),
        jax.tree.map(lambda leaf: leaf[order], ready.draws),
    )
    for name in FIELDS:
        given = np.asarray(getattr(shuffled, name))[order]
        wanted = np.asarray(getattr(questions.answer("dump"), name))
        np.testing.assert_allclose(given, wanted, rtol=1e-12, atol=1e-12, err_msg=name)


def test_the_records_are_the_same_steps() -> None:
    found, record = questions.answer("two sellers"), questions.record("two sellers")
    np.testing.assert_allclose(found.prices, record.prices, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(found.sold, np.asarray(record.sold).sum(axis=(2, 3)), atol=1e-9)
    np.testing.assert_allclose(found.absorbed, np.asarray(record.bought).sum(axis=3), atol=1e-9)
    np.testing.assert_allclose(found.bought, np.asarray(record.bought)[:, -1], atol=1e-9)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("nothing", {Outcome.nothing_to_sell}),
        ("small", {Outcome.completed}),
        ("stealth", {Outcome.completed, Outcome.completed_late}),
        ("dump", {Outcome.completed_late, Outcome.unfinished}),
        ("capped", {Outcome.completed_late}),
        ("too slow", {Outcome.unfinished}),
        ("two sellers", {Outcome.unfinished}),
    ],
)
def test_how_draws_end(name: str, allowed: set[Outcome]) -> None:
    assert set(np.asarray(questions.answer(name).outcome).tolist()) <= allowed


def test_an_outcome_fits_what_is_left() -> None:
    for name in questions.SELLERS:
        found = questions.answer(name)
        left = np.asarray(found.unsold)[:, -1] > 1e-6
        np.testing.assert_array_equal(np.asarray(found.outcome) == Outcome.unfinished, left)


def test_prices_that_are_not_numbers_are_an_outcome_of_that_draw_alone() -> None:
    ready = questions.lowered("small")
    broken = eqx.tree_at(
        lambda d: d.prices.lasting, ready.draws, ready.draws.prices.lasting.at[2].set(jnp.nan)
    )
    found = questions.solve(ready.inputs, questions.paths(), broken)
    outcome = np.asarray(found.outcome)
    assert outcome[2] == Outcome.no_equilibrium
    assert set(np.delete(outcome, 2).tolist()) == {Outcome.completed}


def test_single_precision_is_refused() -> None:
    ready = questions.lowered("small")
    jax.config.update("jax_enable_x64", False)
    try:
        for go in (simulate, trace):
            with pytest.raises(RuntimeError, match="jax_enable_x64"):
                go(ready.inputs, questions.paths(), ready.draws)
    finally:
        jax.config.update("jax_enable_x64", True)


def test_outcome_names_are_those_of_the_schema() -> None:
    assert [each.name for each in Outcome] == [
        "nothing_to_sell",
        "completed",
        "completed_late",
        "unfinished",
        "no_equilibrium",
    ]
    assert [int(each) for each in Outcome] == list(range(5))
