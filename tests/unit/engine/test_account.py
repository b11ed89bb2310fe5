"""The sellers' account."""

import numpy as np
import pytest

import questions

SALES = ("dump", "ordered", "announced", "two sellers", "capped")


@pytest.mark.parametrize("name", SALES)
def test_proceeds_lie_between_prices_before_and_after(name: str) -> None:
    """A seller bears half of its own impact: never better than baseline, never worse than after."""
    account, found = questions.answer(name).account, questions.record(name)
    paid = np.asarray(account.proceeds).sum(axis=1)
    sold = np.asarray(found.sold).sum(axis=2)
    at_base = np.einsum("dtb,dtb->d", sold, np.asarray(found.base_price))
    np.testing.assert_allclose(np.asarray(account.at_baseline).sum(axis=1), at_base, rtol=1e-10)
    if name not in ("two sellers", "announced"):
        worst = np.einsum("dtb,dtb->d", sold, np.asarray(found.price))
        assert np.all(paid < at_base)
        assert np.all(paid > worst - 0.02 * at_base)


def test_a_block_bears_half_its_impact() -> None:
    """On the first day, with nothing before it: the price paid is half-way, to second order."""
    found, account = questions.record("small"), questions.answer("small").account
    sold = np.asarray(found.sold)[:, 0].sum(axis=1)
    before, after = np.asarray(found.base_price)[:, 0], np.asarray(found.price)[:, 0]
    halfway = np.einsum("db,db->d", sold, 0.5 * (before + after))
    np.testing.assert_allclose(np.asarray(account.proceeds).sum(axis=1), halfway, rtol=1e-5)


def test_the_largest_mark_is_the_worst_step() -> None:
    found, account = questions.record("capped"), questions.answer("capped").account
    books = np.asarray(questions.lowered("capped").inputs.books.holdings)[-2:].sum(axis=0)
    left = books - np.asarray(found.sold).sum(axis=2).cumsum(axis=1)
    loss = np.einsum("dtb,dtb->dt", left, np.asarray(found.base_price) - np.asarray(found.price))
    np.testing.assert_allclose(account.worst_mark, loss.max(axis=1), rtol=1e-9)


def test_days_run_from_the_first_sale_to_the_last() -> None:
    account, found = questions.answer("dump").account, questions.record("dump")
    sold = np.asarray(found.sold).sum(axis=(2, 3)) > 1e-6
    ends = np.asarray(questions.lowered("dump").inputs.clock.days).cumsum()
    np.testing.assert_array_equal(account.first_day, 1.0)
    for draw in range(questions.N_DRAWS):
        assert float(account.last_day[draw]) == ends[np.nonzero(sold[draw])[0][-1]]


def test_rounding_is_no_sale() -> None:
    """Crumbs of a backlog must not keep a sale going to the horizon."""
    for name in ("dump", "ordered", "capped", "for dollars"):
        found = questions.answer(name)
        unsold = np.asarray(found.unsold)
        ends = np.asarray(questions.lowered(name).inputs.clock.days).cumsum()
        is_done = unsold[:, -1] < 1e-6
        first_empty = ends[(unsold < 1e-6).argmax(axis=1)]
        assert is_done.sum() >= 4
        assert np.all(np.asarray(found.account.last_day)[is_done] <= first_empty[is_done])


def test_a_late_start_is_kept() -> None:
    sold = np.asarray(questions.record("two sellers").sold)[:, :, 0].sum(axis=2)
    assert np.all(sold[:, :29] == 0.0)
    assert np.all(sold[:, 29] > 0.0)
