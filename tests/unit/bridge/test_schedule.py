"""From a seller's words to face put up for sale."""

from typing import Any, get_args

import numpy as np
import pytest

import questions
from selloff.bridge.rows import rows
from selloff.bridge.schedule import (
    amounts,
    done_by,
    mean_wait,
    outside,
    programme,
    timeline,
)
from selloff.scenario import (
    BlockPace,
    CurrencyFlow,
    Custom,
    Exponential,
    FedProgramme,
    Linear,
    Point,
    Seller,
)
from selloff.scenario.weights import BucketRule
from selloff.vocab import BUCKETS, CURRENCIES, ScenarioError

BOOK = np.array([10.0, 30.0, 20.0, 0.0, 25.0, 5.0, 10.0])


def seller(**words: Any) -> Seller:
    return Seller.model_validate({"holder": "jpn", **words})


@pytest.mark.parametrize(
    ("years", "n_days", "n_months"),
    [(0.25, 63, 0), (0.5, 126, 0), (1.0, 252, 0), (1.5, 252, 6), (10.0, 252, 108), (50, 252, 588)],
)
def test_a_year_of_days_and_then_months(years: float, n_days: int, n_months: int) -> None:
    steps = timeline(years)
    np.testing.assert_array_equal(steps.days, [1.0] * n_days + [21.0] * n_months)
    assert steps.ends[-1] == pytest.approx(252 * years)
    assert steps.years.sum() == pytest.approx(years)


def test_pace_by_pace() -> None:
    days = np.array([-5.0, 0.0, 1.0, 63.0, 126.0, 252.0, 2520.0])
    block = done_by(BlockPace(kind="block"), days)
    np.testing.assert_array_equal(block, [0, 0, 1, 1, 1, 1, 1])
    linear = done_by(Linear(kind="linear", years=0.5), days)
    np.testing.assert_allclose(linear, [0, 0, 1 / 126, 0.5, 1, 1, 1])
    half = done_by(Exponential(kind="exponential", half_life_years=0.5), days)
    np.testing.assert_allclose(half[:6], [0, 0, 1 - 0.5 ** (1 / 126), 1 - 0.5**0.5, 0.5, 0.75])
    assert half[6] < 1.0
    points = (Point(day=63, cum_frac=0.2), Point(day=126, cum_frac=0.2), Point(day=252, cum_frac=1))
    custom = done_by(Custom(kind="custom", points=points), days)
    np.testing.assert_allclose(custom, [0, 0, 0.2 / 63, 0.2, 0.2, 1, 1])


def test_a_linear_sale_shorter_than_a_day_is_a_block() -> None:
    linear = done_by(Linear(kind="linear", years=1e-6), np.array([0.0, 1.0]))
    np.testing.assert_array_equal(linear, [0.0, 1.0])


def test_pro_rata_sells_as_held() -> None:
    np.testing.assert_allclose(amounts(seller(sale_frac=0.3), BOOK), 0.3 * BOOK)
    np.testing.assert_allclose(amounts(seller(sale_usd_bn=50.0), BOOK), 0.5 * BOOK)


def test_short_first_and_long_first_take_whole_buckets() -> None:
    short = amounts(seller(sale_usd_bn=45.0, buckets="short_first"), BOOK)
    np.testing.assert_allclose(short, [10, 30, 5, 0, 0, 0, 0])
    np.testing.assert_array_equal(
        amounts(seller(sale_usd_bn=45.0, buckets="bills_first"), BOOK), short
    )
    long = amounts(seller(sale_usd_bn=45.0, buckets="long_first"), BOOK)
    np.testing.assert_allclose(long, [0, 0, 5, 0, 25, 5, 10])


def test_nobody_sells_more_than_it_has_and_rounding_is_forgiven() -> None:
    with pytest.raises(ScenarioError, match="which is all that it holds"):
        amounts(seller(sale_usd_bn=BOOK.sum() + 0.001), BOOK)
    all_of_it = amounts(seller(sale_usd_bn=BOOK.sum() * (1 + 1e-12)), BOOK)
    np.testing.assert_array_equal(all_of_it, BOOK)


def test_weights_by_bucket() -> None:
    taken = amounts(seller(sale_usd_bn=20.0, buckets={"1-3Y": 0.25, "7-10Y": 0.75}), BOOK)
    np.testing.assert_allclose(taken, [0, 5, 0, 0, 15, 0, 0])


@pytest.mark.parametrize("rule", get_args(BucketRule))
def test_everything_is_everything(rule: str) -> None:
    np.testing.assert_allclose(amounts(seller(sale_frac=1.0, buckets=rule), BOOK), BOOK)
    assert amounts(seller(sale_frac=0.0, buckets=rule), BOOK).sum() == 0.0
    np.testing.assert_array_equal(amounts(seller(sale_frac=1.0, buckets=rule), 0 * BOOK), 0 * BOOK)


def plan(*sellers: dict[str, Any], horizon_years: float = 1.5) -> Any:
    asked = questions.ask(*sellers, horizon_years=horizon_years)
    world = questions.world()
    sellers = asked.sellers
    seated = rows([seller.holder for seller in sellers], world)
    return programme(sellers, world, seated, steps=timeline(horizon_years))


def test_what_is_put_up_adds_to_the_programme() -> None:
    for rule in get_args(BucketRule):
        one = {"holder": "jpn", "sale_frac": 0.7, "buckets": rule}
        for pace in ({"kind": "block"}, {"kind": "linear", "years": 1.3}):
            done = plan({**one, "pace": pace})
            np.testing.assert_allclose(done.scheduled.sum(axis=0), done.programme, atol=1e-9)
            assert done.scheduled.min() >= -1e-12
            assert done.programme.sum() == pytest.approx(0.7 * questions.world().book("jpn"))


def test_a_slow_sale_in_turn_puts_up_one_bucket_after_another() -> None:
    words = {"holder": "jpn", "sale_frac": 1.0, "pace": {"kind": "linear", "years": 1.0}}
    done = plan({**words, "buckets": "short_first"})
    so_far = done.scheduled[:, 0].cumsum(axis=0)
    face = done.programme[0]
    for b in range(len(BUCKETS) - 1):
        begun = so_far[:, b + 1] > 1e-9
        assert begun.any()
        assert np.all(so_far[begun, b] >= face[b] - 1e-9)
    even = plan({**words, "buckets": "pro_rata"})
    np.testing.assert_allclose(done.scheduled.sum(axis=2), even.scheduled.sum(axis=2), atol=1e-9)


def test_words_become_arrays_seller_by_seller() -> None:
    done = plan(*questions.SELLERS["two sellers"])
    np.testing.assert_array_equal(done.turnover_frac, [0.02, np.inf])
    np.testing.assert_array_equal(done.ordered, [True, False])
    np.testing.assert_array_equal(done.refills, [0.0, 0.0])
    np.testing.assert_array_equal(plan(*questions.SELLERS["bills first"]).refills, [0.0, 1.0])
    np.testing.assert_array_equal(done.announced, [0.5, 0.0])
    np.testing.assert_allclose(done.into.sum(axis=1), 1.0)
    before = done.before[0]
    np.testing.assert_array_equal(before, np.triu(np.ones((7, 7)), 1))
    assert np.all(done.scheduled[:29, 0] == 0.0)
    assert done.scheduled[29, 0].sum() == pytest.approx(300.0)
    assert done.due == timeline(1.5).ends[-1]


def test_due_and_mean_wait() -> None:
    later = plan({"holder": "jpn", "sale_usd_bn": 1.0, "start_day": 43})
    assert later.due == 43.0
    assert later.mean_wait == pytest.approx(43 / 252)
    even = plan({"holder": "jpn", "sale_usd_bn": 1.0, "pace": {"kind": "linear", "years": 1.0}})
    assert even.due == 252.0
    assert even.mean_wait == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(("announced", "wait"), [(0.0, 1.0), (0.4, 0.5)])
def test_only_what_is_announced_is_waited_for(announced: float, wait: float) -> None:
    pace = {"kind": "linear", "years": 1.0}
    done = plan({"holder": "jpn", "sale_usd_bn": 1.0, "pace": pace, "announced_frac": announced})
    none = outside([], None, questions.world(), steps=timeline(1.5))
    assert mean_wait(done, none, timeline(1.5)) == pytest.approx(wait, abs=0.01)


def test_no_sellers_is_an_empty_plan() -> None:
    done = plan()
    assert done.scheduled.shape == (258, 2, len(BUCKETS))
    assert not done.scheduled.any()
    assert done.due == 0.0
    assert np.isfinite(done.mean_wait)


def test_hostility_reaches_the_programme() -> None:
    done = plan(
        {"holder": "chn", "sale_frac": 0.1, "hostility": 0.7}, {"holder": "jpn", "sale_frac": 0.1}
    )
    np.testing.assert_array_equal(done.hostility, [0.7, 0.0])


def beside(
    *flows: dict[str, Any], fed: dict[str, Any] | None = None, horizon_years: float = 1.5
) -> Any:
    return outside(
        [CurrencyFlow.model_validate(flow) for flow in flows],
        None if fed is None else FedProgramme.model_validate(fed),
        questions.world(),
        steps=timeline(horizon_years),
    )


def test_nothing_by_prescription_is_exactly_nothing() -> None:
    done = beside()
    for array in (done.purchases, done.programme, done.announced, done.currency):
        np.testing.assert_array_equal(array, 0.0)
    assert done.purchases.shape == (258, len(BUCKETS))
    assert done.currency.shape == (258, len(CURRENCIES) - 1)


def test_a_programme_buys_coupon_debt_as_it_is_outstanding() -> None:
    done = beside(fed={"amount_usd_bn": 300.0, "announced_frac": 0.4})
    face, debt = np.asarray(done.programme), questions.world().outstanding
    assert face[0] == 0.0
    assert face.sum() == pytest.approx(300.0)
    np.testing.assert_allclose(face[1:] / face[-1], debt[1:] / debt[-1])
    np.testing.assert_array_equal(done.announced, 0.4)


@pytest.mark.parametrize(
    ("pace", "start_day", "by_day"),
    [
        ({"kind": "block"}, 1, {1: 300.0}),
        ({"kind": "block"}, 40, {39: 0.0, 40: 300.0}),
        ({"kind": "linear", "years": 0.5}, 1, {1: 300 / 126, 63: 150.0, 126: 300.0, 252: 300.0}),
        ({"kind": "linear", "years": 1.0}, 64, {63: 0.0, 189: 150.0, 252: 225.0}),
        ({"kind": "exponential", "half_life_years": 0.25}, 1, {63: 150.0, 126: 225.0}),
    ],
)
def test_a_programme_is_bought_at_its_pace_from_its_first_day(
    pace: dict[str, Any], start_day: int, by_day: dict[int, float]
) -> None:
    done = beside(fed={"amount_usd_bn": 300.0, "pace": pace, "start_day": start_day})
    so_far = np.asarray(done.purchases).sum(axis=1).cumsum()
    for day, wanted in by_day.items():
        assert so_far[day - 1] == pytest.approx(wanted, abs=1e-9)
    face = np.asarray(done.programme)
    split = np.asarray(done.purchases) @ np.diag(1.0 / np.where(face > 0.0, face, 1.0))
    np.testing.assert_allclose(split[:, 1:], split[:, [1]].repeat(len(face) - 1, 1), atol=1e-15)


def test_what_is_prescribed_beyond_the_horizon_is_not_bought_in_the_run() -> None:
    slow = {"amount_usd_bn": 300.0, "pace": {"kind": "linear", "years": 3.0}}
    done = beside(fed=slow)
    assert float(np.sum(done.purchases)) == pytest.approx(150.0)
    assert float(np.sum(done.programme)) == pytest.approx(300.0)
    np.testing.assert_allclose(np.asarray(done.purchases)[252:].sum(axis=1), 300 * 21 / 756)


@pytest.mark.parametrize("currency", CURRENCIES[1:])
@pytest.mark.parametrize("amount", [25.0, -10.0])
def test_a_flow_goes_to_its_currency_with_its_sign(currency: str, amount: float) -> None:
    done = beside({"currency": currency, "amount_usd_bn": amount, "start_day": 5})
    by_day = np.asarray(done.currency)
    assert by_day[4, CURRENCIES.index(currency) - 1] == amount
    assert np.count_nonzero(by_day) == 1
    assert not np.asarray(done.purchases).any()


def test_flows_in_one_currency_add_up() -> None:
    done = beside(
        {"currency": "JPY", "amount_usd_bn": 25.0, "pace": {"kind": "linear", "years": 1.0}},
        {"currency": "JPY", "amount_usd_bn": -10.0, "start_day": 100},
        {"currency": "GBP", "amount_usd_bn": 3.0},
    )
    totals = np.asarray(done.currency).sum(axis=0)
    wanted = [{"JPY": 15.0, "GBP": 3.0}.get(each, 0.0) for each in CURRENCIES[1:]]
    np.testing.assert_allclose(totals, wanted, atol=1e-12)
    yen = np.asarray(done.currency)[:, CURRENCIES.index("JPY") - 1]
    assert yen[98] == pytest.approx(25 / 252)
    assert yen[99] == pytest.approx(25 / 252 - 10.0)
