"""Units and seats on the way in."""

from typing import Any

import jax
import numpy as np

import questions
from selloff.bridge.rows import ABSORBING, GROUPS
from selloff.vocab import ASSETS, BUCKETS, CURRENCIES


def shape(name: str) -> tuple[Any, list[tuple[Any, ...]]]:
    """All that a program is compiled for."""
    ready = questions.lowered(name)
    leaves, tree = jax.tree.flatten((ready.inputs, ready.draws))
    return tree, [(leaf.shape, leaf.dtype, getattr(leaf, "weak_type", False)) for leaf in leaves]


def test_one_program_answers_the_questions_of_the_tests() -> None:
    """A leaf of another shape or type, even a number of Python, has all compiled once more."""
    asked = [*questions.SELLERS, *questions.PURCHASES, *questions.TWEAKS, "everything", "squeeze"]
    assert [name for name in asked if shape(name) != shape("nothing")] == []


def test_books_open_as_in_the_vintage_and_percent_becomes_decimal() -> None:
    ready, world = questions.lowered("dump"), questions.world()
    books = ready.inputs.books
    np.testing.assert_allclose(np.asarray(books.holdings).sum(axis=0), world.outstanding)
    np.testing.assert_allclose(np.asarray(books.holdings)[-1].sum(), world.book("jpn"))
    np.testing.assert_allclose(books.coupon, world.coupon_pct / 100.0)
    np.testing.assert_allclose(books.widths, [1, 2, 2, 2, 3, 10, 10])
    assert books.holdings.shape == (len(GROUPS) + 2, len(BUCKETS))


def test_issuance_is_the_projected_amount_of_every_year() -> None:
    ready, world = questions.lowered("dump"), questions.world()
    issued = np.asarray(ready.inputs.books.issuance).sum(axis=1)
    days = ready.steps.ends
    np.testing.assert_allclose(issued[days <= 252].sum(), world.net_issuance_usd_bn[0])
    np.testing.assert_allclose(issued[days > 252].sum(), 0.5 * world.net_issuance_usd_bn[1])


def test_clock() -> None:
    clock = questions.lowered("dump").inputs.clock
    np.testing.assert_array_equal(np.asarray(clock.kind), np.asarray(clock.days) > 1.0)
    np.testing.assert_allclose(clock.years, np.asarray(clock.days) / 252.0)


def test_market_levels_are_the_vintage_s() -> None:
    market, world = questions.lowered("dump").inputs.market, questions.world()
    usd = world.curves["USD"]
    wanted = np.interp(10.0, usd.tenor_years, usd.par_yield_pct) / 100.0
    assert abs(float(market.ten_year[0]) - wanted) < 1e-12
    levels = [world.fx_usd_per_lc[c] for c in CURRENCIES[1:]]
    np.testing.assert_allclose(np.exp(market.log_fx), levels)
    for k, currency in enumerate(CURRENCIES):
        assert np.isnan(float(market.ten_year[k])) == (currency not in world.curves)


def test_assets_are_paid_for_in_their_currency() -> None:
    inputs = questions.lowered("dump").inputs
    table = np.asarray(inputs.asset_currency)
    paid = {"jpy_cash": "JPY", "jgb": "JPY", "eur_cash": "EUR", "cny_cash": "CNY"}
    for a, asset in enumerate(ASSETS):
        wanted = [float(paid.get(asset) == c) for c in CURRENCIES[1:]]
        np.testing.assert_array_equal(table[a], wanted)
    np.testing.assert_array_equal(inputs.asset_bond[:, 0], [float(a == "jgb") for a in ASSETS])
    assert not np.asarray(inputs.asset_bond)[:, 1].any()


def test_draws_are_rows_of_the_bank() -> None:
    draws, bank = questions.lowered("dump").draws, questions.bank().draws
    np.testing.assert_array_equal(draws.supply_decay, bank["supply_decay"])
    np.testing.assert_array_equal(draws.belief, bank["credibility"])
    closing = np.log(2.0) / bank["transient_half_life"]
    for g, group in enumerate(ABSORBING):
        np.testing.assert_allclose(draws.speed[:, g], closing * bank[f"speed_{group}"])
    np.testing.assert_allclose(np.asarray(draws.shares).sum(axis=1), 1.0)
    half = np.exp(-np.asarray(draws.fx_jump_decay) / 252.0 * bank["fx_transient_half_life"])
    np.testing.assert_allclose(half, 0.5)


def test_an_empty_question_can_be_lowered() -> None:
    ready = questions.lower(questions.ask(), questions.world(), questions.bank())
    assert ready.inputs.sale.programme.shape == (2, len(BUCKETS))
    assert not np.asarray(ready.inputs.sale.programme).any()
