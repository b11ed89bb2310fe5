"""The economy on the paths of the markets: nothing from nothing, causes before effects."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.engine import Transmitted
from selloff.engine.transmission import drivers
from selloff.model.economy.markets.borrowers import monthly_payment, refinancing_cost
from selloff.model.economy.reserves.shares import Feared, reserve_paths
from selloff.model.mechanisms.defence import faces_sold

ONE_DRAW = 3


def leaves(found: Transmitted) -> dict[str, np.ndarray]:
    named, _ = jax.tree_util.tree_flatten_with_path(found)
    return {jax.tree_util.keystr(path): np.asarray(leaf) for path, leaf in named}


def test_nothing_sold_moves_nothing_at_all() -> None:
    found = questions.transmitted("nothing")
    for each in (found.markets, found.borrowers):
        for leaf in jax.tree.leaves(each):
            np.testing.assert_array_equal(leaf, 0.0)
    us, japan = found.us, found.japan
    still = [us.gdp, us.unemployment, us.inflation, us.premium, us.interest, us.deficit, us.debt]
    still += [japan.cpi, japan.gdp, japan.exports, japan.profits, japan.hedge_bill, japan.branch]
    still += [japan.reserve_loss, japan.boj_assets, found.emerging.flow_loss, found.policy_rate]
    for leaf in still:
        np.testing.assert_array_equal(leaf, 0.0)
    pairs = [
        (us.debt_ratio, us.debt_ratio_base),
        (us.interest_to_revenue, us.interest_to_revenue_base),
        (found.downgrade, found.downgrade_base),
        (found.emerging.crisis_prob, found.emerging.crisis_prob_base),
        (found.reserves.share, found.reserves.share_base),
    ]
    for sold, base in pairs:
        np.testing.assert_array_equal(sold, base)


@pytest.mark.parametrize("name", ["dump answered", "squeeze", "everything", "hostile"])
def test_everything_is_finite(name: str) -> None:
    for where, leaf in leaves(questions.transmitted(name)).items():
        assert np.all(np.isfinite(leaf)), where


@pytest.mark.slow
@pytest.mark.nightly
def test_a_draw_does_not_depend_on_its_neighbours() -> None:
    asked, path = questions.economy("everything"), questions.answer("everything")
    luck = jnp.asarray(questions.budget(asked))
    one = slice(ONE_DRAW, ONE_DRAW + 1)
    cut = jax.tree.map(lambda leaf: leaf[one], (path, asked.responses))
    alone = questions.spread(cut[0], luck[one], asked.setting, cut[1])
    whole = leaves(questions.transmitted("everything"))
    for where, leaf in leaves(alone).items():
        np.testing.assert_allclose(leaf[0], whole[where][ONE_DRAW], rtol=1e-9, atol=1e-12)


def test_drivers_are_read_from_their_places() -> None:
    path, asked = questions.answer("everything"), questions.economy("everything")
    one = jax.tree.map(lambda leaf: leaf[ONE_DRAW], (path, asked.responses.dollar))
    found = drivers(one[0], asked.setting, one[1])
    prices = np.asarray(path.prices)[ONE_DRAW]
    np.testing.assert_array_equal(found.yields, prices[:, :9])
    np.testing.assert_array_equal(found.jgb, prices[:, 16])
    np.testing.assert_array_equal(found.log_fx, prices[:, 20:])
    weights, rest = (np.asarray(each) for each in (one[1].weights, one[1].rest))
    effective = weights + (1.0 - weights.sum()) * rest
    np.testing.assert_allclose(found.broad, -prices[:, 20:] @ effective)
    # One of two sellers puts half of its proceeds into gold and Bitcoin, the last of the assets.
    spent = np.asarray(path.placed + path.placed_by_others)[ONE_DRAW, :, 5:]
    np.testing.assert_allclose(found.spent, spent)
    assert np.all(spent[-1] > 1.0)


def test_the_ministrys_book_shrinks_by_what_it_sells() -> None:
    """Half of the loss on reserves that are gone is no loss."""
    asked = questions.economy("dump")
    world, path = questions.world(), questions.answer("dump")
    sold = np.asarray(path.sold_by)[:, :, 1].cumsum(axis=1)
    left = world.book("jpn_official") * (1.0 - sold / world.book("jpn"))
    gone = left[:, np.asarray(asked.setting.calendar.quarter_end)] < 1e-6
    assert gone.any()
    loss = np.asarray(questions.transmitted("dump").japan.reserve_loss)
    assert np.all(np.abs(loss[gone]) < 1e-6)
    slow = np.asarray(questions.transmitted("too slow").japan.reserve_loss)
    assert np.any(np.abs(slow) > 0.1)


def test_chance_of_the_budget_moves_the_baseline_and_the_sale_alike() -> None:
    asked, path = questions.economy("dump"), questions.answer("dump")
    calm = questions.spread(path, jnp.zeros((8, 6, 3)), asked.setting, asked.responses)
    lucky = questions.transmitted("dump")
    assert np.ptp(np.asarray(calm.us.debt_ratio_base)[:, -1]) < 1e-9
    assert np.ptp(np.asarray(lucky.us.debt_ratio_base)[:, -1]) > 1e-3
    np.testing.assert_allclose(lucky.us.interest, calm.us.interest, rtol=0.2, atol=0.5)


def test_the_fiscal_premium_reaches_markets() -> None:
    """With every other channel as it is, dearer debt makes mortgages dearer."""
    asked, path = questions.economy("dump"), questions.answer("dump")
    luck = jnp.asarray(questions.budget(asked))
    without = eqx.tree_at(
        lambda r: r.us.fiscal.premium, asked.responses, replace_fn=lambda x: 0.0 * x
    )
    one = questions.spread(path, luck, asked.setting, without).markets.rates[:, -1, 0]
    two = questions.transmitted("dump").markets.rates[:, -1, 0]
    premium = np.asarray(questions.transmitted("dump").us.premium)[:, -1]
    assert np.all(np.sign(np.asarray(two - one)) == np.sign(premium))


@pytest.mark.parametrize("name", ["dump", "too slow"])
def test_there_is_one_ten_year_yield(name: str) -> None:
    """What the bond market does and the premium, in every quarter as in the steps."""
    found, asked = questions.transmitted(name), questions.economy(name)
    ten = np.asarray(questions.answer(name).prices)[:, :, 6] + np.asarray(found.premium)
    ends, years = (
        np.asarray(x) for x in (asked.setting.calendar.quarter_end, asked.setting.calendar.years)
    )
    begin = np.concatenate([[0], ends[:-1] + 1])
    for q, (first, last) in enumerate(zip(begin, ends, strict=True)):
        stretch = slice(first, last + 1)
        mean = np.average(ten[:, stretch], axis=1, weights=years[stretch])
        np.testing.assert_allclose(np.asarray(found.ten_year)[:, q], mean, atol=1e-12)


def test_households_and_firms_pay_what_markets_ask() -> None:
    """Mortgages by the mortgage rate; firms by Treasury yield, premium and spread together."""
    found, asked = questions.transmitted("everything"), questions.economy("everything")
    one: Transmitted = jax.tree.map(lambda leaf: leaf[ONE_DRAW], found)
    rules = jax.tree.map(lambda leaf: leaf[ONE_DRAW], asked.responses.borrowers)
    rates = np.asarray(one.markets.rates)
    means = np.stack([rates[63 * q : 63 * (q + 1)].mean(axis=0) for q in range(4)])
    paid = refinancing_cost(one.ten_year[:4] + means[:, 1], rules)
    np.testing.assert_allclose(one.borrowers.refinancing[:4], paid, rtol=1e-9, atol=1e-12)
    assert np.abs(means[:, 1]).max() > 1e-4
    more = monthly_payment(jnp.asarray(means[:, 0]), rules) - monthly_payment(jnp.zeros(4), rules)
    np.testing.assert_allclose(one.borrowers.payment[:4], more, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", ["doubt", "two sellers answered"])
def test_reserves_are_given_years_that_end_with_the_run(name: str) -> None:
    """Doubt stops with the run; what was placed, prices, a freeze and a cut of the rating stay."""
    found, asked = questions.transmitted(name), questions.economy(name)
    path, setting = questions.answer(name), asked.setting
    rules = (asked.responses.reserves, asked.responses.dollar, asked.responses.emerging)
    one = jax.tree.map(lambda leaf: leaf[ONE_DRAW], (path, found, *rules))
    steps = drivers(one[0], setting, one[3])
    # A year and a half: 252 days, then six months that stand for every later year.
    ends = [slice(0, 252), *[slice(252, 258)] * 19]
    years = jax.tree.map(lambda x: jnp.stack([x[each].mean(axis=0) for each in ends]), steps)
    at = np.array([251, *[257] * 19])
    needed = one[0].reported["needed"][at] * np.array([float(one[4].spent), 1.0])
    spent = [float(np.sum(faces_sold(jnp.asarray(each), setting.bystanders))) for each in needed]
    cut = np.asarray(one[1].downgrade - one[1].downgrade_base)
    wanted = reserve_paths(
        years,
        setting.official * one[0].placed[at],
        one[0].reported["bought_dollars"][at] - jnp.asarray(spent),
        gold_price=jnp.stack([one[1].markets.assets[each, 3].mean() for each in ends]),
        feared=Feared(
            doubt=years.stress[:, 1].at[2:].set(0.0),
            frozen=one[0].reported["struck"].max(axis=1)[at],
            default=jnp.asarray(cut[[3, *[5] * 19]]),
        ),
        world=setting.reserves,
        rules=one[2],
    )
    np.testing.assert_allclose(one[1].reserves.share, wanted.share, rtol=1e-9)
    moved = np.abs(np.asarray(one[1].reserves.share - one[1].reserves.share_base))
    assert moved.max() > 1e-4
