"""Bills that were sold come back, for longer paper."""

import jax.numpy as jnp
import numpy as np

import questions
from selloff.model.refill import Refill, bills_to_buy, bucket_by_bucket, for_longer_paper
from selloff.vocab import ASSETS, PRICES, TENORS

RULE = Refill(share=jnp.asarray(0.8), speed=jnp.asarray(4.0))


def test_a_share_comes_back_at_a_speed() -> None:
    """After a quarter exp(-1) of four fifths is missing; nothing is bought back twice."""
    sold, bought = jnp.array([100.0, 100.0, 0.0]), jnp.array([0.0, 90.0, 0.0])
    found = bills_to_buy(sold, bought, RULE, jnp.asarray(0.25))
    np.testing.assert_allclose(found, [80.0 * (1.0 - np.exp(-1.0)), 0.0, 0.0])


def test_longer_paper_pays_as_held_and_no_more_than_there_is() -> None:
    books = jnp.array([[50.0, 30.0, 10.0, 0.0, 0.0, 0.0, 0.0]] * 2)
    found = np.asarray(for_longer_paper(jnp.array([20.0, 90.0]), books))
    np.testing.assert_allclose(found[0], [-20.0, 15.0, 5.0, 0.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(found[1], [-40.0, 30.0, 10.0, 0.0, 0.0, 0.0, 0.0])


def test_bills_go_as_long_as_there_are_any() -> None:
    """Two with 40 of bills and 60 of longer paper, of whom the second sells as it holds."""
    left = jnp.array([[40.0, 40.0, 20.0, 0.0, 0.0, 0.0, 0.0]] * 3)
    found = bucket_by_bucket(jnp.array([30.0, 30.0, 70.0]), left, jnp.array([1.0, 0.0, 1.0]))
    np.testing.assert_allclose(found[:, 0], [30.0, 12.0, 40.0])
    np.testing.assert_allclose(found[:, 1:3], [[0.0, 0.0], [12.0, 6.0], [20.0, 10.0]])


def test_the_ministry_sells_bills_of_its_own_accord_and_buys_them_back() -> None:
    """Nobody else of its own accord does."""
    found, crowd = questions.answer("weak yen"), questions.lowered("weak yen").inputs.bystanders
    sold, back = np.asarray(found.others.sold), np.asarray(found.others.refilled)
    ministry = np.asarray(crowd.intervenes) == 1.0
    np.testing.assert_array_equal(np.asarray(crowd.bills_first), ministry)
    np.testing.assert_allclose(back.sum(axis=2), 0.0, atol=1e-9)
    assert np.all(back[:, ~ministry] == 0.0)
    share = np.asarray(questions.lowered("weak yen").draws.refill.share)[:, None]
    assert np.all(back[:, ministry, 0] < 0.0)
    assert np.all(-back[:, ministry, 0] <= share * sold[:, ministry, 0])
    bills = float((crowd.books[:, None] * crowd.profile)[ministry, 0].sum())
    first = np.minimum(sold[:, ministry].sum(axis=(1, 2)), bills)
    assert np.all(sold[:, ministry, 0].sum(axis=1) >= first - 1e-6)


def test_bills_first_presses_less_at_first_and_more_later() -> None:
    """Against the same sale as held, the 10-year rises by under half while bills are sold."""
    early, late = 24, 125
    moved = {
        name: TENORS.pick(np.asarray(questions.answer(name).prices)[:, :, PRICES.tenors], "10Y")
        for name in ("bills first", "as held")
    }
    assert np.all(moved["bills first"][:, early] < 0.5 * moved["as held"][:, early])
    assert np.median(moved["bills first"][:, late]) > np.median(moved["as held"][:, late])


def test_a_refill_moves_no_money_but_dollars() -> None:
    """All is sold and no more; yen are bought for bills alone, and dollars pay for their refill."""
    found = questions.answer("bills first")
    refilled = np.asarray(found.account.refilled)
    np.testing.assert_allclose(refilled.sum(axis=2), 0.0, atol=1e-9)
    assert np.all(refilled[:, 1, 0] < -10.0)
    assert np.all(np.asarray(found.account.assets)[:, ASSETS.at("usd_cash")] != 0.0)
    kept = np.asarray(questions.lowered("bills first").inputs.books.holdings)[-2:].sum()
    left = np.asarray(found.holdings)[:, -2:].sum(axis=(1, 2))
    sold = np.asarray(found.sold).sum(axis=1)
    np.testing.assert_allclose(left, kept - sold, rtol=1e-12)


def test_who_sells_all_refills_nothing_it_means_to_sell() -> None:
    """China sells nine tenths: what it holds never falls below the rest."""
    found = np.asarray(questions.answer("bills of two").holdings)[:, -2]
    assert found.min() > -1e-9
