"""Officials of managed currencies buy dollars when floating currencies rise."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.bridge.rows import GROUPS
from selloff.engine import Trajectory
from selloff.model.mechanisms.leaning import LeaningRule, dollars_bought
from selloff.vocab import CURRENCIES

RULE = LeaningRule(*(jnp.asarray(each) for each in (0.1, 0.5, 0.6, 1.0)))
OFFICIAL = GROUPS.index("foreign_official")


def bought(rise: float, *, trend: float = 0.0, years: float = 1.0) -> float:
    given = (jnp.asarray(each) for each in (rise, trend, 20_000.0))
    return float(dollars_bought(*given, rule=RULE, years=jnp.asarray(years)))


def without() -> Trajectory:
    """The same question where nobody leans; officials sell for other reasons in both."""
    ready = questions.lowered("leaning")
    off = eqx.tree_at(lambda i: i.switches["leaning"], ready.inputs, jnp.zeros(()))
    found: Trajectory = questions.solve(off, questions.paths(), ready.draws)
    return found


def test_a_tenth_more_for_floating_currencies_is_a_percent_of_output_a_year() -> None:
    assert bought(0.1) == pytest.approx(0.01 * 20_000.0 * 1.5)
    assert bought(0.1, years=0.25) == pytest.approx(0.25 * bought(0.1))


def test_nothing_is_bought_when_the_dollar_rises_or_the_rise_is_old() -> None:
    assert bought(-0.1) == 0.0
    assert bought(0.1, trend=0.1) == 0.0
    assert bought(0.05, trend=0.1) == 0.0


def test_what_is_bought_is_bought_of_the_market_and_held_by_officials() -> None:
    """Books and trades add up with it, and it goes to foreign officials."""
    found, record = questions.answer("leaning"), questions.record("leaning")
    leant = np.asarray(found.reported["leant"])
    assert np.all(np.diff(leant, axis=1) >= 0.0)
    assert np.all(leant[:, -1] > 1.0)
    assert float(np.abs(np.asarray(record.residuals)).max()) < 1e-6
    official = [np.asarray(each.bought).sum(axis=2)[:, OFFICIAL] for each in (found, without())]
    np.testing.assert_allclose(official[0] - official[1], leant[:, -1], rtol=0.1)


def test_it_lowers_yields_and_stops() -> None:
    ten = np.asarray(questions.answer("leaning").prices)[:, :, 6]
    assert np.median(ten[:, 100]) < 0.0
    leant = np.asarray(questions.answer("leaning").reported["leant"])
    late = leant[:, 251] - leant[:, 231]
    assert np.all(late < leant[:, 70] - leant[:, 50])


@pytest.mark.parametrize("name", ["everything", "two sellers answered"])
def test_china_does_not_lean_while_it_sells(name: str) -> None:
    assert float(questions.lowered(name).inputs.switches["leaning"]) == 0.0
    assert np.all(np.asarray(questions.answer(name).reported["leant"]) == 0.0)


def test_what_floats_is_weighed_as_in_the_broad_dollar() -> None:
    leaning = next(m for m in questions.lowered("leaning").draws.mechanisms if m.name == "leaning")
    weights = np.asarray(leaning.floating)[0]
    assert weights.sum() == pytest.approx(1.0)
    assert weights[CURRENCIES[1:].index("CNY")] == 0.0
    assert weights[CURRENCIES[1:].index("EUR")] > 0.5
