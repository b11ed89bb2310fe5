"""Officials who need dollars sell Treasuries: in a squeeze, and to defend their currency."""

import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.model.mechanisms import Bystanders, named
from selloff.model.mechanisms.defence import DefenceRule, dollars_wanted, faces_sold

RULE = DefenceRule(*(jnp.asarray(each) for each in (1.2, 0.3, 0.25, 8.0, 1.0)))


def wanted(
    squeeze: float = 0.0, fall: float = 0.0, *, trend: float = 0.0, lends: float = 0.0
) -> list[float]:
    given = (jnp.asarray(each) for each in (squeeze, fall, trend, lends))
    return np.asarray(dollars_wanted(*given, rule=RULE)).tolist()


def test_a_squeeze_asks_for_marches_of_2020_and_a_strong_dollar_for_part_of_the_book() -> None:
    assert wanted(squeeze=0.5) == pytest.approx([0.6, 0.0])
    assert wanted(fall=0.1) == pytest.approx([0.0, 0.03])


def test_a_weak_dollar_and_an_old_fall_ask_for_nothing() -> None:
    assert wanted(fall=-0.1) == [0.0, 0.0]
    assert wanted(fall=0.1, trend=0.1) == [0.0, 0.0]


def test_what_is_borrowed_is_not_sold() -> None:
    assert wanted(1.0, 0.1, lends=1.0) == pytest.approx([0.75 * 1.2, 0.75 * 0.03])


def crowd() -> Bystanders:
    """Holders of the question, three of which say something here."""
    return questions.lowered("squeeze").inputs.bystanders


def test_who_sold_in_2020_sells_again_and_only_emerging_economies_defend() -> None:
    who = crowd()
    books, own, defends = (np.asarray(x) for x in (who.books, who.own_stress, who.defends))
    np.testing.assert_allclose(faces_sold(jnp.array([1.0, 0.0]), who), books * own)
    np.testing.assert_allclose(faces_sold(jnp.array([0.0, 0.1]), who), 0.1 * books * defends)
    assert np.all(np.asarray(faces_sold(jnp.array([1e3, 1e3]), who)) <= books)
    assert 3 < defends.sum() < (own > 0.0).sum()


def test_what_is_sold_is_bought_and_leaves_their_books() -> None:
    """Books and trades add up with it, and officials are those who sold."""
    found, record = questions.answer("squeeze"), questions.record("squeeze")
    needed = np.asarray(found.reported["needed"])
    assert np.all(np.diff(needed, axis=1) >= 0.0)
    assert np.all(needed[:, -1, 0] > 0.0)
    assert float(np.abs(np.asarray(record.residuals)).max()) < 1e-6
    sold = np.asarray(found.others.sold).sum(axis=2)
    for draw, met in enumerate(needed[:, -1]):
        least = np.asarray(faces_sold(jnp.asarray(met), crowd()))
        assert np.all(sold[draw] >= least - 1e-6)


def test_off_it_sells_nothing_and_lending_makes_it_less() -> None:
    found = np.asarray(questions.answer("dump").reported["needed"])
    np.testing.assert_array_equal(found, 0.0)
    rule = named(questions.lowered("squeeze").draws.mechanisms, "defence").rule
    assert np.all(np.asarray(rule.borrowed) > 0.0)
