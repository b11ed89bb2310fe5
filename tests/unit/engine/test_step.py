"""The order of a step: who may sell how much, who buys, which way prices go."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.bridge.rows import ABSORBING
from selloff.engine import IDENTITIES, Trajectory
from selloff.model.mechanisms import named
from selloff.vocab import ASSETS, BUCKETS, CURRENCIES, TENORS

TEN = TENORS.index("10Y")
N_FX = len(CURRENCIES) - 1
N_BOUGHT = len(ABSORBING)
SALES = tuple(name for name in questions.SELLERS if name != "nothing")
ANSWERED = tuple(name for name in questions.ANSWERED if not name.startswith("all but"))
YEN, EURO = -N_FX, -N_FX + 1


def ten_year(name: str) -> np.ndarray:
    return np.asarray(questions.answer(name).prices)[:, :, TEN]


def currencies(name: str) -> np.ndarray:
    return np.asarray(questions.answer(name).prices)[:, :, -N_FX:]


@pytest.mark.parametrize("name", ["nothing", "nothing answered"])
def test_nothing_sold_changes_nothing(name: str) -> None:
    found = questions.answer(name)
    for series in (found.prices, found.sold, found.dealers, found.levered, found.absorbed):
        assert np.all(np.asarray(series) == 0.0)
    for series in (
        found.fed,
        found.followed,
        found.reported["forced"],
        found.reported["intervened"],
        found.reported["foreign_bonds"][..., 0],
    ):
        assert np.all(np.asarray(series) == 0.0)
    assert np.all(np.asarray(found.account.proceeds) == 0.0)
    assert np.all(np.asarray(found.account.worst_mark) == 0.0)


@pytest.mark.parametrize("name", SALES)
def test_nobody_reacts_who_is_switched_off(name: str) -> None:
    found = questions.answer(name)
    for series in (found.followed, *found.reported.values()):
        assert np.all(np.asarray(series) == 0.0)
    assert np.all(np.asarray(found.others.sold) == 0.0)
    for figure in ("held_by_rules", "carry_closed", "hazard_by_seller"):
        assert np.all(np.asarray(found.ended[figure]) == 0.0)


@pytest.mark.parametrize("name", [*SALES, "squeeze", "everything"])
def test_baseline_is_the_same_whatever_is_sold(name: str) -> None:
    quiet, busy = questions.answer("nothing"), questions.answer(name)
    np.testing.assert_array_equal(quiet.base_ten_year, busy.base_ten_year)
    np.testing.assert_array_equal(quiet.base_log_fx, busy.base_log_fx)


@pytest.mark.parametrize("name", [*SALES, *ANSWERED])
def test_identities_hold_in_every_draw_and_step(name: str) -> None:
    residuals = np.asarray(questions.record(name).residuals)
    assert residuals.shape[2] == len(IDENTITIES)
    assert residuals.max() < 1e-6
    assert np.asarray(questions.answer(name).residuals).max() == pytest.approx(residuals.max())


@pytest.mark.parametrize("name", SALES)
def test_nobody_sells_more_than_the_programme_or_what_is_due(name: str) -> None:
    sale, sold = questions.lowered(name).inputs.sale, np.asarray(questions.record(name).sold)
    so_far = sold.cumsum(axis=1)
    assert sold.min() > -1e-12
    assert np.all(so_far <= np.asarray(sale.scheduled).cumsum(axis=0) + 1e-9)
    assert np.all(so_far[:, -1] <= np.asarray(sale.programme) + 1e-9)
    books = np.asarray(questions.lowered(name).inputs.books.holdings)[-2:]
    assert np.all(so_far[:, -1] <= books + 1e-9)


@pytest.mark.parametrize("name", SALES)
def test_turnover_caps_every_seller_and_all_together(name: str) -> None:
    ready, sold = questions.lowered(name), np.asarray(questions.record(name).sold)
    days = np.asarray(ready.inputs.clock.days)
    turnover = np.asarray(ready.draws.intermediaries.daily_turnover)[:, None] * days
    cap = np.minimum(
        np.asarray(ready.inputs.sale.turnover_frac), np.asarray(ready.draws.participation)[:, None]
    )
    by_seller = sold.sum(axis=3)
    assert np.all(by_seller <= cap[:, None, :] * turnover[:, :, None] * (1 + 1e-12))
    assert np.all(by_seller.sum(axis=2) <= turnover * (1 + 1e-12))


@pytest.mark.parametrize("name", SALES)
def test_dealers_never_fill_beyond_the_limit_by_selling(name: str) -> None:
    """Inventory is at the limit at most, unless it was carried from deeper markets."""
    ready, found = questions.lowered(name), questions.record(name)
    who, depth = ready.draws.intermediaries, np.asarray(questions.paths().depth)
    room = np.asarray(who.use_limit * who.dealer_capacity)[:, None] * depth
    limit = np.minimum(
        room / (1.0 - np.asarray(who.levered_share)[:, None]),
        room + np.asarray(who.levered_capacity)[:, None],
    )
    inventory = np.asarray(found.dealers + found.levered)
    is_selling = np.asarray(found.sold).sum(axis=(2, 3)) > 1e-6
    assert np.all(inventory[is_selling] <= limit[is_selling] * (1 + 1e-9))


def test_the_cap_a_seller_sets_is_kept_and_binds() -> None:
    sold = np.asarray(questions.answer("capped").sold)
    turnover = np.asarray(questions.lowered("capped").draws.intermediaries.daily_turnover)
    np.testing.assert_allclose(sold[:, 0], 0.005 * turnover, rtol=1e-12)


def test_a_small_block_is_sold_on_the_first_day() -> None:
    sold = np.asarray(questions.answer("small").sold)
    np.testing.assert_allclose(sold[:, 0], 20.0)
    assert np.all(sold[:, 1:] < 1e-9)


def test_in_turn_sales_empty_one_bucket_before_the_next() -> None:
    for name, order in (("ordered", 1), ("ordered slowly", -1)):
        sold = np.asarray(questions.record(name).sold)[:, :, 1, ::order]
        programme = np.asarray(questions.lowered(name).inputs.sale.programme)[1, ::order]
        so_far = sold.cumsum(axis=1)
        for b in np.nonzero(programme > 0.0)[0][:-1]:
            has_begun_next = so_far[:, :, b + 1] > 1e-9
            assert has_begun_next.any()
            assert np.all(so_far[:, :, b][has_begun_next] >= programme[b] - 1e-9)
        assert np.any((so_far[:, :, 0] > 1e-9) & (so_far[:, :, 1] == 0.0))


def test_a_sale_lifts_dollar_yields_at_once_and_less_later() -> None:
    path = ten_year("small")
    assert np.all(path > 0.0)
    assert np.all(path[:, -1] < path[:, 0])


def test_what_lasts_dies_away_at_the_drawn_rate() -> None:
    """Once intermediaries are empty, a block on day 1 is felt as exp(-k t) of its face."""
    ready, found = questions.lowered("small"), questions.answer("small")
    empty = np.asarray(found.dealers + found.levered)[:, -1] < 1e-3
    assert empty.sum() >= 2
    years = np.asarray(ready.inputs.clock.years).sum()
    felt = np.exp(-np.asarray(ready.draws.supply_decay) * (years - 0.5 / 252.0))
    lasting = np.asarray(ready.draws.prices.lasting)[:, TEN]
    wanted = felt * (lasting @ np.asarray(ready.inputs.sale.programme).sum(axis=0))
    np.testing.assert_allclose(ten_year("small")[empty, -1], wanted[empty], rtol=1e-2)


def test_half_the_sale_is_at_most_half_as_bad() -> None:
    whole, half = ten_year("small")[:, 0], ten_year("smaller")[:, 0]
    assert np.all(whole >= 2.0 * half * (1 - 1e-12))
    calm = np.asarray(questions.record("small").use)[:, 0] ** 5 < 1e-4
    assert calm.any()
    np.testing.assert_allclose(whole[calm], 2.0 * half[calm], rtol=1e-3)


def test_a_larger_sale_is_worse_in_every_draw() -> None:
    peaks = [ten_year(name).max(axis=1) for name in ("smaller", "small", "for dollars")]
    assert np.all(peaks[0] < peaks[1])
    assert np.all(peaks[1] < peaks[2])


def test_selling_for_dollars_moves_no_exchange_rate() -> None:
    assert np.all(currencies("for dollars") == 0.0)
    assert np.all(ten_year("for dollars").max(axis=1) > 0.0)


def test_selling_for_yen_lifts_the_yen_alone() -> None:
    moves = currencies("small")
    assert np.all(moves[:, :, YEN] > 0.0)
    own, cross = moves[:, 0, YEN], np.abs(moves[:, 0, EURO])
    assert np.all(own > cross)
    assert np.all(moves[:, -1, YEN] < own)


def test_the_yen_jump_is_the_drawn_one() -> None:
    """On the first day: drawn lasting and extra impact per percent of GDP, as they fade."""
    ready, found = questions.lowered("small"), questions.answer("small")
    flow = np.asarray(found.placed)[:, 0, ASSETS.at("jpy_cash")]
    unit = float(ready.inputs.unit_flow[0])
    assert np.all(flow < unit)
    slow, fast = (
        -np.expm1(-np.asarray(rate) / 252.0) / (np.asarray(rate) / 252.0)
        for rate in (ready.draws.fx_decay, ready.draws.fx_jump_decay)
    )
    lasting = np.asarray(ready.draws.prices.fx)[:, YEN, 0] * flow * slow
    jump = np.asarray(ready.draws.fx_jump)[:, 0] * flow * fast
    np.testing.assert_allclose(currencies("small")[:, 0, YEN], lasting + jump, rtol=1e-6)


def test_a_published_programme_is_priced_early_and_surprises_less() -> None:
    stealth, announced = ten_year("stealth"), ten_year("announced")
    draws = questions.lowered("announced").draws
    expected = np.asarray(draws.prices.expected)[:, TEN] @ np.asarray(
        questions.lowered("announced").inputs.sale.programme
    ).sum(axis=0)
    first = announced[:, 0] - stealth[:, 0]
    priced_in = expected * np.asarray(draws.belief)
    factor = 1.0 - np.asarray(draws.belief) * (1.0 - np.asarray(draws.surprise_left))
    assert np.all(np.abs(first - priced_in) < 0.2 * np.abs(priced_in) + 0.5 * stealth[:, 0])
    wedge = np.asarray(draws.intermediaries.wedge)
    # After the programme nothing is still expected: what differs is the surprise alone.
    late = -20
    assert np.all(factor < 1.0)
    gap = stealth[:, late] - announced[:, late]
    assert np.all(gap[wedge > 0.0] > 0.0)


def test_a_published_programme_ends_without_a_jump() -> None:
    """The day after the last sale nothing new is learnt: yields only fall."""
    ready = questions.lowered("announced")
    half = eqx.tree_at(
        lambda i: i.sale.scheduled,
        ready.inputs,
        ready.inputs.sale.scheduled.at[:].set(0.0).at[:100].set(ready.inputs.sale.programme / 100),
    )
    early: Trajectory = questions.solve(half, questions.paths(), ready.draws)
    path = np.asarray(early.prices)[:, :, TEN]
    is_done = np.asarray(early.unsold)[:, 99] < 1e-9
    assert is_done.sum() >= 4
    assert np.all(path[is_done, 100] < path[is_done, 99])


@pytest.mark.parametrize("name", [*SALES, *ANSWERED])
def test_what_is_sold_is_bought_by_somebody(name: str) -> None:
    found = questions.record(name)
    trades = np.asarray(found.trades)
    np.testing.assert_allclose(trades.sum(axis=2), 0.0, atol=1e-9)
    sold = np.asarray(found.sold).sum(axis=(2, 3)).cumsum(axis=1)
    n_sellers = found.sold.shape[2]
    so_far = trades.sum(axis=3).cumsum(axis=1)[:, :, :-n_sellers]
    np.testing.assert_allclose(so_far.sum(axis=2), sold, atol=1e-8)
    np.testing.assert_allclose(so_far, questions.answer(name).absorbed, atol=1e-8)


@pytest.mark.parametrize("name", SALES)
def test_books_of_middlemen_hold_what_they_are_said_to_carry(name: str) -> None:
    found = questions.record(name)
    trades = np.asarray(found.trades).sum(axis=3).cumsum(axis=1)
    np.testing.assert_allclose(trades[:, :, N_BOUGHT], found.dealers, atol=1e-8)
    np.testing.assert_allclose(trades[:, :, N_BOUGHT + 1], found.levered, atol=1e-8)
    assert np.all(trades[:, :, N_BOUGHT + 2] == 0.0)


@pytest.mark.parametrize("name", ANSWERED)
def test_books_tell_who_answered(name: str) -> None:
    """Dealers carry what they are said to; funds sold what they were forced to beside that."""
    found, ready = questions.record(name), questions.lowered(name)
    trades = np.asarray(found.trades).sum(axis=3).cumsum(axis=1)
    positions = np.asarray(named(ready.draws.mechanisms, "levered_funds").positions).sum(axis=2)
    part = positions / positions.sum(axis=1)[:, None]
    cut = np.asarray(found.reported["forced"])[:, :, None] * part[:, None, :]
    np.testing.assert_allclose(trades[:, :, N_BOUGHT], found.dealers, atol=1e-7)
    levered = np.asarray(found.levered) - cut[:, :, N_BOUGHT + 1]
    np.testing.assert_allclose(trades[:, :, N_BOUGHT + 1], levered, atol=1e-7)
    np.testing.assert_allclose(trades[:, :, N_BOUGHT + 2], found.fed, atol=1e-7)
    sold = np.asarray(found.sold).sum(axis=(2, 3)).cumsum(axis=1)
    np.testing.assert_allclose(trades[:, :, N_BOUGHT + 3 :].sum(axis=2), -sold, atol=1e-7)


@pytest.mark.parametrize("name", SALES)
def test_slow_buyers_never_sell_again(name: str) -> None:
    """But for bills to a seller who buys them back, of whom they buy as much longer paper."""
    bought = np.asarray(questions.record(name).trades)[:, :, :N_BOUGHT]
    refills = np.asarray(questions.lowered(name).inputs.sale.refills).any()
    steps = bought[..., 1:].sum(axis=3) if refills else bought.sum(axis=3)
    assert steps.min() > -1e-9
    assert bought.sum(axis=(2, 3)).min() > -1e-9


def test_proceeds_become_what_the_sellers_asked_for() -> None:
    account = questions.answer("two sellers").account
    proceeds = np.asarray(account.proceeds)
    wanted = np.zeros((questions.N_DRAWS, len(ASSETS)))
    for seller, mix in enumerate(each["proceeds"] for each in questions.SELLERS["two sellers"]):
        for asset, weight in mix.items():
            wanted[:, ASSETS.index(asset)] += weight * proceeds[:, seller]
    np.testing.assert_allclose(account.assets, wanted, rtol=1e-12)


def test_buying_jgbs_lowers_their_yield() -> None:
    """Against the same sale with the yen left in cash."""
    ready = questions.lowered("two sellers")
    into = ready.inputs.sale.into
    jgb, cash = ASSETS.index("jgb"), ASSETS.index("jpy_cash")
    swapped = into.at[:, cash].add(into[:, jgb]).at[:, jgb].set(0.0)
    other = eqx.tree_at(lambda i: i.sale.into, ready.inputs, swapped)
    in_cash: Trajectory = questions.solve(other, questions.paths(), ready.draws)
    jgb_10y = len(TENORS) + len(BUCKETS)
    with_jgb = np.asarray(questions.answer("two sellers").prices)[:, 252, jgb_10y]
    assert np.all(with_jgb < np.asarray(in_cash.prices)[:, 252, jgb_10y])


def test_a_larger_wedge_costs_the_seller_more() -> None:
    ready = questions.lowered("dump")
    doubled = eqx.tree_at(
        lambda d: d.intermediaries.wedge, ready.draws, 2.0 * ready.draws.intermediaries.wedge
    )
    dear: Trajectory = questions.solve(ready.inputs, questions.paths(), doubled)
    mine = np.asarray(questions.answer("dump").account.proceeds).sum(axis=1)
    has_wedge = np.asarray(ready.draws.intermediaries.wedge) > 0.0
    assert has_wedge.any()
    assert np.all(np.asarray(dear.account.proceeds).sum(axis=1)[has_wedge] < mine[has_wedge])


def test_thin_markets_take_longer() -> None:
    ready, paths = questions.lowered("dump"), questions.paths()
    thin = eqx.tree_at(lambda p: p.depth, paths, 0.5 * jnp.ones_like(paths.depth))
    deep = eqx.tree_at(lambda p: p.depth, paths, 2.0 * jnp.ones_like(paths.depth))
    slow = questions.solve(ready.inputs, thin, ready.draws)
    fast = questions.solve(ready.inputs, deep, ready.draws)
    assert np.all(np.asarray(slow.unsold).sum(axis=1) >= np.asarray(fast.unsold).sum(axis=1))
    assert np.any(np.asarray(slow.account.last_day) > np.asarray(fast.account.last_day))
