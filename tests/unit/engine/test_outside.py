"""Prescribed purchases and currency flows: which way prices go, and where the bonds end."""

import numpy as np
import pytest

import questions
from selloff.bridge.rows import GROUPS
from selloff.vocab import CURRENCIES, TENORS

TEN, FED = TENORS.index("10Y"), GROUPS.index("fed")
YEN = CURRENCIES.index("JPY") - len(CURRENCIES)
BUYING = tuple(questions.PURCHASES)


@pytest.mark.parametrize("name", BUYING)
def test_identities_hold_with_a_central_bank(name: str) -> None:
    assert np.asarray(questions.record(name).residuals).max() < 1e-6


@pytest.mark.parametrize("name", BUYING)
def test_what_is_bought_stands_in_the_central_banks_book(name: str) -> None:
    found = questions.answer(name)
    opening = np.asarray(questions.lowered(name).inputs.books.holdings)[FED].sum()
    closing = np.asarray(found.holdings)[:, FED].sum(axis=1)
    bought = np.asarray(found.fed)[:, -1]
    np.testing.assert_allclose(closing - opening, bought, atol=1e-6)
    assert bought == pytest.approx(questions.PURCHASES[name][1], abs=1e-6)


def test_purchases_lower_yields_and_speed_up_a_sale() -> None:
    alone, helped = questions.answer("dump"), questions.answer("bank buys")
    gap = np.asarray(helped.prices)[:, :, TEN] - np.asarray(alone.prices)[:, :, TEN]
    assert np.all(gap[:, -1] < 0.0)
    assert np.median(gap[:, 60]) < 0.0
    assert np.all(np.asarray(helped.account.last_day) <= np.asarray(alone.account.last_day))
    assert np.any(np.asarray(helped.account.last_day) < np.asarray(alone.account.last_day))


def test_a_promise_moves_yields_on_the_first_day() -> None:
    sold, promised = questions.answer("announced"), questions.answer("bank promises")
    gap = np.asarray(promised.prices)[:, 0, TEN] - np.asarray(sold.prices)[:, 0, TEN]
    assert np.all(gap < -1e-5)


def test_currency_bought_without_bonds_moves_that_currency_on_its_day() -> None:
    alone, bought = questions.answer("dump"), questions.answer("bank buys")
    gap = np.asarray(bought.prices)[:, :, YEN] - np.asarray(alone.prices)[:, :, YEN]
    assert np.all(np.abs(gap[:, 0]) < 0.1 * gap[:, 9])
    assert np.all(gap[:, 9] > 0.0)
