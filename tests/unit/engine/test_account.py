"""The sellers' account."""

import numpy as np
import pytest

import questions
from selloff.evidence import fixed
from selloff.vocab import ASSETS, FOREIGN, PRICES

BOOKS = ("jpn_official", "jpn_private")
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


def test_a_dearer_currency_is_charged_and_a_dollar_is_not() -> None:
    """Cash times the fall in what it buys, at rates halfway through each step."""
    account, found = questions.answer("dump").account, questions.record("dump")
    rise = np.asarray(found.prices)[:, :, PRICES.fx.start + FOREIGN.at("JPY")]
    halfway = 0.5 * (rise + np.concatenate([0.0 * rise[:, :1], rise[:, :-1]], axis=1))
    yen = np.asarray(found.placed)[:, :, ASSETS.at("jpy_cash")]
    bought = np.diff(yen, axis=1, prepend=0.0)
    forgone = (bought * (1.0 - np.exp(-halfway))).sum(axis=1)
    np.testing.assert_allclose(np.asarray(account.conversion).sum(axis=1), forgone, rtol=1e-9)
    assert np.all(forgone > 10.0)
    assert np.all(np.asarray(questions.answer("for dollars").account.conversion) == 0.0)


def test_hedged_private_holders_repay_their_hedges() -> None:
    into = np.asarray(questions.lowered("dump").inputs.sale.into)[1]
    world = questions.world()
    books = {name: world.books[world.holders.index(name)].sum() for name in BOOKS}
    repaid = fixed("hedge_ratio_insurers") * books["jpn_private"] / sum(books.values())
    assert into[ASSETS.at("jpy_cash")] == pytest.approx(1.0 - repaid)
    assert into[ASSETS.at("usd_cash")] == pytest.approx(repaid)


def test_what_is_left_is_marked_at_the_latest_sale() -> None:
    """A seller of all it has is left with nothing to mark; who keeps some is not."""
    dump = questions.answer("dump")
    done = np.asarray(dump.unsold)[:, -1] < 1e-6
    assert done.any()
    np.testing.assert_allclose(np.asarray(dump.account.mark)[done], 0.0, atol=1e-6)
    assert np.all(np.asarray(questions.answer("small").account.mark)[:, 1] > 0.0)


def test_carry_is_counted_for_a_year() -> None:
    """A sale of the first day, held against cash: its yield over cash for what is left of it."""
    ready, account = questions.lowered("small"), questions.answer("small").account
    sale = ready.inputs.sale
    yearly = float(np.sum(np.asarray(sale.programme)[1] * np.asarray(sale.given_up)))
    assert np.asarray(account.carry)[:, 1] == pytest.approx(yearly * 251.0 / 252.0)
