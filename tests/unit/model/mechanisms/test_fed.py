"""Purchases at the pace of 2020, a gate that opens late and shuts later, run-off."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.mechanisms._fed_gate import (
    FedRule,
    FedState,
    own_dysfunction,
    part_from_elsewhere,
    uncured,
    watch,
)
from selloff.model.mechanisms._fed_pace import purchases_due, run_off, split_purchases

HELD = jnp.asarray([0.0, 300.0, 100.0])
DAY = jnp.asarray(1.0 / 252.0)
GATE = 75e-4
watching = jax.jit(watch)
due_in = jax.jit(lambda state, days, gap, rule: purchases_due(state, days, gap, rule=rule))


def rules(**changes: float) -> FedRule:
    usual = {
        "gate": GATE,
        "memory": np.log(2.0) * 252.0 / 2.5,
        "forced": 0.2,
        "left": 0.9,
        "cure": 1600.0,
        "exit_frac": 0.5,
        "pace": [37.0, 40.0, 75.0],
        "pace_days": [1.0, 4.0],
        "taper": [50.0, 30.0, 15.0, 7.0],
        "taper_days": 5.0,
        "damping": 20.0,
        "runoff_delay": 1.5,
        "runoff_speed": 0.25,
    }
    return FedRule(**{name: jnp.asarray(value) for name, value in (usual | changes).items()})


def standing(
    *, open_days: float = 0.0, shut_days: float = np.inf, lasting: float = 0.0, given: float = 1.0
) -> FedState:
    counted = (jnp.asarray(x) for x in (lasting, given, 0.0))
    return FedState(jnp.asarray(open_days), jnp.asarray(shut_days), HELD, *counted)


def due(
    state: FedState, *, days: float = 1.0, gap: float = 0.0, rule: FedRule | None = None
) -> float:
    return float(due_in(state, jnp.asarray(days), jnp.asarray(gap), rule or rules()))


AT_ONCE = 1e9
"""A memory so short that every day counts by itself [1/year]."""


def seen(
    state: FedState,
    bad: float,
    *,
    days: float = 1.0,
    given: float = 0.0,
    memory: float = AT_ONCE,
) -> FedState:
    over = jnp.asarray(days), jnp.asarray(days / 252.0)
    rule = rules(memory=memory)
    found: FedState = watching(state, jnp.asarray(bad), jnp.asarray(given), over=over, rule=rule)
    return found


@pytest.mark.parametrize(
    ("day", "so_far"),
    [(1, 37.0), (2, 77.0), (3, 117.0), (4, 157.0), (5, 232.0), (10, 607.0), (14, 907.0)],
)
def test_purchases_so_far_are_those_of_march_2020(day: int, so_far: float) -> None:
    """37 on the first day, 40 on the next three, then 75: 907 USD bn by 1 April."""
    assert due(standing(open_days=float(day)), days=float(day)) == pytest.approx(so_far)
    daily = [due(standing(open_days=float(n))) for n in range(1, day + 1)]
    assert sum(daily) == pytest.approx(so_far)


def test_after_the_gate_shuts_purchases_taper_in_four_stages() -> None:
    bought = [due(standing(shut_days=float(m))) for m in range(25)]
    wanted = [50.0] * 5 + [30.0] * 5 + [15.0] * 5 + [7.0] * 5 + [0.0] * 5
    np.testing.assert_allclose(bought, wanted, atol=1e-12)
    assert due(standing(shut_days=0.0), days=21.0) == pytest.approx(510.0)
    assert due(standing(shut_days=3.0), days=4.0) == pytest.approx(2 * 50.0 + 2 * 30.0)


def test_a_month_buys_what_its_days_buy() -> None:
    month = due(standing(open_days=21.0), days=21.0)
    assert month == pytest.approx(37.0 + 3 * 40.0 + 17 * 75.0)
    assert month == pytest.approx(sum(due(standing(open_days=float(n))) for n in range(1, 22)))
    later = due(standing(open_days=42.0), days=21.0)
    assert later == pytest.approx(21 * 75.0)
    tapered = due(standing(shut_days=7.0), days=21.0)
    assert tapered == pytest.approx(sum(due(standing(shut_days=float(m))) for m in range(7, 28)))


def test_nothing_is_bought_if_the_gate_never_opened_or_shut_long_ago() -> None:
    assert due(standing()) == 0.0
    assert due(standing(), days=21.0) == 0.0
    assert due(standing(shut_days=5000.0), days=21.0) == 0.0


@pytest.mark.parametrize(
    ("gap", "left"),
    [(0.0, 1.0), (-0.02, 1.0), (0.01, np.exp(-0.2)), (0.03, np.exp(-0.6))],
)
def test_high_inflation_damps_purchases_and_low_inflation_does_not_add(
    gap: float, left: float
) -> None:
    """A fifth per percentage point, in logs."""
    assert due(standing(open_days=6.0), gap=gap) == pytest.approx(75.0 * left)
    assert due(standing(shut_days=0.0), gap=gap) == pytest.approx(50.0 * left)


def test_the_gate_opens_above_itself_and_shuts_at_a_part_of_itself() -> None:
    path = [0.99, 1.01, 0.7, 0.51, 0.49, 0.7, 0.99, 1.01]
    state, is_open, shut = standing(), [], []
    for part in path:
        state = seen(state, part * GATE)
        is_open.append(float(state.open_days))
        shut.append(float(state.shut_days))
    assert is_open == [0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 1.0]
    assert shut == [np.inf, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0]
    np.testing.assert_array_equal(state.held, HELD)


DAILY = np.log(2.0) * 252.0 / 2.5
"""A half-life of two and a half days [1/year]."""


def first_day(bad: list[float]) -> int:
    """The day on which it first buys, if dysfunction is as given at the end of the days before."""
    state = standing()
    for day, each in enumerate(bad, start=2):
        state = seen(state, each, memory=DAILY)
        if float(state.open_days) > 0.0:
            return day
    return 0


def test_it_buys_once_dysfunction_has_lasted_as_in_march_2020() -> None:
    """A squeeze as large as that of March 2020, all at once, opens a gate of 34bp on day four."""
    scale = GATE / 34e-4
    assert first_day([64e-4 * scale] * 8) == 4
    assert first_day([200e-4 * scale] * 8) == 2


def test_one_bad_day_brings_nothing() -> None:
    assert first_day([2.0 * GATE] + [0.0] * 10) == 0
    assert first_day([2.0 * GATE] * 10) > 2


def test_two_half_steps_remember_as_one() -> None:
    once = seen(standing(lasting=1e-3), 5e-3, days=21.0, memory=DAILY)
    twice = standing(lasting=1e-3)
    for _ in range(2):
        twice = seen(twice, 5e-3, days=10.5, memory=DAILY)
    assert float(once.lasting) == pytest.approx(float(twice.lasting), rel=1e-12)


def test_dysfunction_counts_the_concession_and_forced_sales() -> None:
    """32 basis points at the pace of March 2020; what is bought back counts for nothing."""
    parts = (jnp.asarray(x) for x in (10e-4, 0.016))
    assert float(own_dysfunction(*parts, rules())) == pytest.approx(42e-4)
    parts = (jnp.asarray(x) for x in (10e-4, -0.016))
    assert float(own_dysfunction(*parts, rules())) == pytest.approx(10e-4)


def test_it_keeps_in_mind_where_the_trouble_came_from_while_the_gate_was_open() -> None:
    state = seen(standing(given=0.3), 2.0 * GATE, given=0.75)
    assert float(state.given) == 0.75
    state = seen(state, 2.0 * GATE, given=0.25)
    assert float(state.given) == 0.25
    assert float(seen(state, 0.0, given=0.9).given) == 0.25


@pytest.mark.parametrize(
    ("squeeze", "own", "part"),
    [(60e-4, 20e-4, 0.75), (60e-4, -20e-4, 1.0), (0.0, 20e-4, 0.0), (0.0, 0.0, 0.0)],
)
def test_a_squeeze_that_purchases_cured_is_what_they_were_begun_for(
    squeeze: float, own: float, part: float
) -> None:
    """Cured or not, it came from elsewhere: so purchases of 2020 tapered and did not stop."""
    found = part_from_elsewhere(jnp.asarray(squeeze), jnp.asarray(own))
    assert float(found) == pytest.approx(part)


def test_purchases_cure_a_squeeze_and_not_twice() -> None:
    """After what was bought by the end of May 2020 nothing is left of a squeeze of one."""
    left = [
        float(uncured(jnp.asarray(1.5), jnp.asarray(held), rules()))
        for held in (0.0, 800.0, 2400.0, 4000.0)
    ]
    assert left == pytest.approx([1.5, 1.0, 0.0, 0.0])


MIX = [0.0, 0.6, 0.4]
"""Bills are not bought; of what is, three fifths would be short by the debt alone."""


@pytest.mark.parametrize(
    ("carried", "forced", "given", "bought", "direct"),
    [
        ([0.0, 500.0, 0.0], [0.0, 0.0, 0.0], 0.0, [0.0, 75.0, 0.0], 0.0),
        ([0.0, 50.0, 0.0], [0.0, 0.0, 0.0], 0.0, [0.0, 50.0, 0.0], 0.0),
        ([0.0, 60.0, 40.0], [0.0, 30.0, 20.0], 0.0, [0.0, 33.0, 22.0], 0.0),
        ([0.0, 100.0, 0.0], [0.0, 300.0, 0.0], 0.0, [0.0, 0.0, 0.0], 0.0),
        ([0.0, -40.0, 0.0], [0.0, 0.0, 0.0], 0.0, [0.0, 0.0, 0.0], 0.0),
        ([0.0, 50.0, 0.0], [0.0, 0.0, 0.0], 1.0, [0.0, 50.0, 0.0], 25.0),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 0.4, [0.0, 0.0, 0.0], 30.0),
        ([500.0, 30.0, 10.0], [0.0, 0.0, 0.0], 0.0, [0.0, 30.0, 10.0], 0.0),
        ([0.0, 100.0, -60.0], [0.0, 0.0, 0.0], 0.0, [0.0, 40.0, 0.0], 0.0),
    ],
)
def test_it_buys_what_intermediaries_carry_and_nobody_will_buy_back(
    carried: list[float], forced: list[float], given: float, bought: list[float], direct: float
) -> None:
    """In the maturities they carry it in, but no bills; for a squeeze the rest by the debt."""
    numbers = jnp.asarray(75.0), jnp.asarray(carried), jnp.asarray(forced)
    found = split_purchases(*numbers, given=jnp.asarray(given), mix=jnp.asarray(MIX), rule=rules())
    np.testing.assert_allclose(found[0], bought, atol=1e-12)
    np.testing.assert_allclose(found[1], direct * np.asarray(MIX), atol=1e-12)


def test_a_market_that_broke_by_itself_gets_no_taper() -> None:
    assert due(standing(shut_days=0.0, given=0.0), days=21.0) == 0.0
    assert due(standing(shut_days=0.0, given=0.5), days=21.0) == pytest.approx(255.0)


def test_a_gate_that_opens_again_begins_with_the_first_pace() -> None:
    state = seen(standing(shut_days=40.0), 2.0 * GATE)
    assert due(state) == pytest.approx(37.0)


def test_the_day_after_the_gate_shuts_is_the_first_of_the_taper() -> None:
    state = seen(standing(open_days=9.0, shut_days=0.0), 0.0)
    bought = []
    for _ in range(6):
        bought.append(due(state))
        state = seen(state, 0.0)
    assert bought == pytest.approx([50.0] * 5 + [30.0])


def test_a_market_at_rest_never_opens_the_gate() -> None:
    state = seen(standing(), 0.0, days=21.0)
    assert float(state.open_days) == 0.0
    assert float(state.shut_days) == np.inf
    assert due(state, days=21.0) == 0.0


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60))
def test_purchases_add_up_over_any_split_of_days(first: int, then: int) -> None:
    whole = due(standing(open_days=float(first + then)), days=float(first + then))
    parts = due(standing(open_days=float(first)), days=float(first))
    parts += due(standing(open_days=float(first + then)), days=float(then))
    assert parts == pytest.approx(whole)
    shut = due(standing(shut_days=0.0), days=float(first + then))
    after = due(standing(shut_days=0.0), days=float(first))
    after += due(standing(shut_days=float(first)), days=float(then))
    assert after == pytest.approx(shut)


def let_go(state: FedState, years: float, rule: FedRule) -> np.ndarray:
    return np.asarray(run_off(state, jnp.asarray(years), day_years=DAY, rule=rule))


def test_bonds_are_held_until_the_delay_is_over() -> None:
    for shut_days in (0.0, 252.0, 378.0):
        assert not let_go(standing(shut_days=shut_days), 1 / 12, rules()).any()
    assert not let_go(standing(open_days=5.0, shut_days=0.0), 1 / 12, rules()).any()
    assert let_go(standing(shut_days=379.0), 1 / 12, rules()).sum() > 0.0


def test_half_of_the_book_runs_off_in_its_half_life() -> None:
    rule = rules(runoff_speed=np.log(2.0) / 2.5)
    gone = let_go(standing(shut_days=1000.0), 2.5, rule)
    np.testing.assert_allclose(gone, 0.5 * np.asarray(HELD), rtol=1e-14)


def test_run_off_in_two_half_steps_is_that_of_one() -> None:
    state = standing(shut_days=1000.0)
    once = let_go(state, 0.5, rules())
    first = let_go(state, 0.25, rules())
    rest = eqx.tree_at(lambda s: s.held, state, state.held - first)
    np.testing.assert_allclose(first + let_go(rest, 0.25, rules()), once, rtol=1e-13)


def test_a_bank_that_never_bought_lets_nothing_go() -> None:
    state = eqx.tree_at(lambda s: s.held, standing(), jnp.zeros(3))
    np.testing.assert_array_equal(let_go(state, 1 / 12, rules()), 0.0)
