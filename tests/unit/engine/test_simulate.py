"""The scan over steps and the batch over draws."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.engine import Outcome, simulate, trace

FIELDS = ("prices", "sold", "unsold", "dealers", "levered", "use", "absorbed", "holdings")
ANSWERS = ("fed", "followed", "outcome")


@pytest.mark.parametrize("name", ["dump", "everything"])
def test_draws_do_not_see_each_other(name: str) -> None:
    """Shuffling draws shuffles answers."""
    ready, paths = questions.lowered(name), questions.paths()
    order = np.arange(questions.N_DRAWS)[::-1]
    shuffled = questions.solve(
        ready.inputs,
        jax.tree.map(lambda leaf: leaf[order], paths),
        jax.tree.map(lambda leaf: leaf[order], ready.draws),
    )
    for field in (*FIELDS, *ANSWERS):
        given = np.asarray(getattr(shuffled, field))[order]
        wanted = np.asarray(getattr(questions.answer(name), field))
        np.testing.assert_allclose(given, wanted, rtol=1e-12, atol=1e-12, err_msg=field)
    for name_of, series in questions.answer(name).reported.items():
        given = np.asarray(shuffled.reported[name_of])[order]
        np.testing.assert_allclose(given, series, rtol=1e-12, atol=1e-12, err_msg=name_of)


@pytest.mark.parametrize("name", ["two sellers", "weak yen"])
def test_the_records_are_the_same_steps(name: str) -> None:
    found, record = questions.answer(name), questions.record(name)
    np.testing.assert_allclose(found.prices, record.prices, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(found.sold, np.asarray(record.sold).sum(axis=(2, 3)), atol=1e-9)
    traded = np.asarray(record.trades).sum(axis=3).cumsum(axis=1)[:, :, :-2]
    np.testing.assert_allclose(found.absorbed, traded, atol=1e-9)
    totals = np.asarray(found.bought).sum(axis=2)
    np.testing.assert_allclose(totals, traded[:, -1], atol=1e-9)
    # What the Ministry of Finance sells has a series of its own.
    seats = np.asarray(questions.lowered(name).inputs.bystanders.intervenes) == 0.0
    followed = np.asarray(record.followed)[:, :, seats].sum(axis=(2, 3))
    np.testing.assert_allclose(found.followed, followed, atol=1e-9)
    np.testing.assert_allclose(found.fed, record.fed, atol=1e-9)
    assert set(found.reported) == set(record.reported)
    for shown, series in record.reported.items():
        np.testing.assert_allclose(found.reported[shown], series, atol=1e-9, err_msg=shown)


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
        ("nothing answered", {Outcome.nothing_to_sell}),
        ("hostile", {Outcome.frozen}),
    ],
)
def test_how_draws_end(name: str, allowed: set[Outcome]) -> None:
    assert set(np.asarray(questions.answer(name).outcome).tolist()) <= allowed


def test_an_outcome_fits_what_is_left() -> None:
    for name in questions.SELLERS:
        found = questions.answer(name)
        left = np.asarray(found.unsold)[:, -1] > 1e-6
        np.testing.assert_array_equal(np.asarray(found.outcome) == Outcome.unfinished, left)


def test_frozen_is_whoever_was_stopped_and_had_something_left() -> None:
    for name in ("hostile", "everything", "all but retaliation"):
        found = questions.answer(name)
        left = np.asarray(found.account.to_come).sum(axis=2)
        stopped = (np.asarray(found.ended["frozen"]) == 1.0) & (left > 1e-6)
        np.testing.assert_array_equal(
            np.asarray(found.outcome) == Outcome.frozen, stopped.any(axis=1)
        )
    assert not np.asarray(questions.answer("all but retaliation").ended["frozen"]).any()


def test_whoever_is_frozen_sells_no_more() -> None:
    sold = np.asarray(questions.record("hostile").sold)[:, :, 0].sum(axis=2)
    last = np.asarray(questions.answer("hostile").ended["frozen"])[:, 0] == 1.0
    assert last.any()
    put_up = np.asarray(questions.lowered("hostile").inputs.sale.scheduled)[:252, 0].sum(axis=1)
    assert np.all(put_up > 0.0)
    assert np.all(sold[last, 251] == 0.0)
    assert np.all(sold[last, 0] > 0.0)


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
        "frozen",
    ]
    assert [int(each) for each in Outcome] == list(range(6))
