"""A chance that grows with size, speed and hostility, and what it costs."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.mechanisms.retaliation import RetaliationRule, expected_loss, intensity

RULE = RetaliationRule(
    base=jnp.asarray(0.004),
    size=jnp.asarray(1.0e-3),
    speed=jnp.asarray(0.3e-2),
    speed_cap=jnp.asarray(500.0),
    hostility=jnp.asarray(5.0),
    alignment=jnp.asarray(2.0),
    freeze_loss=jnp.asarray(0.5),
    tariff_loss=jnp.asarray(50.0),
    covert_loss=jnp.asarray(10.0),
)
striking = jax.jit(
    lambda sold, pace, hostility, alignment: intensity(
        sold, pace, hostility=hostility, alignment=alignment, rule=RULE
    )
)
costing = jax.jit(
    lambda hazard, more, left: expected_loss(hazard, more, left=left, rule=RULE),
)


def chance(
    sold: float, pace: float = 0.0, *, hostility: float = 0.0, alignment: float = 0.0
) -> float:
    given = (jnp.asarray([each]) for each in (sold, pace, hostility, alignment))
    return float(striking(*given)[0])


def loss(hazard: float, more: float, *, left: float = 400.0) -> float:
    return float(costing(*(jnp.asarray([each]) for each in (hazard, more, left)))[0])


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ({"sold": 1000.0}, 0.004 * np.exp(1.0)),
        ({"sold": 500.0, "pace": 200.0}, 0.004 * np.exp(0.5 + 0.6)),
        ({"sold": 1000.0, "pace": 100.0, "hostility": 1.0}, 0.004 * np.exp(1.0 + 0.3 + 5.0)),
        ({"sold": 1000.0, "alignment": 1.0}, 0.004 * np.exp(1.0 - 2.0)),
        ({"sold": 100.0, "hostility": 0.5, "alignment": 0.3}, 0.004 * np.exp(0.1 + 2.5 - 0.6)),
    ],
)
def test_intensity_by_hand(who: dict[str, float], wanted: float) -> None:
    assert chance(**who) == pytest.approx(wanted, rel=1e-12)


def test_who_has_sold_nothing_is_left_alone() -> None:
    assert chance(0.0) == 0.0
    assert chance(0.0, 300.0, hostility=1.0) == 0.0


def test_beyond_half_a_trillion_a_month_speed_counts_no_more() -> None:
    assert chance(1000.0, 21_000.0) == pytest.approx(0.004 * np.exp(1.0 + 5 * 0.3))
    assert chance(1000.0, 500.0) == chance(1000.0, 21_000.0)
    assert chance(1000.0, 499.0) < chance(1000.0, 500.0)


@settings(max_examples=50, deadline=None)
@given(
    st.tuples(st.floats(1.0, 3000.0), st.floats(0.0, 500.0), st.floats(0.0, 1.0)),
    st.tuples(st.floats(0.0, 1000.0), st.floats(0.0, 500.0), st.floats(0.0, 1.0)),
    st.floats(0.0, 1.0),
)
def test_more_faster_and_more_hostile_is_likelier_and_ties_protect(
    start: tuple[float, float, float], more: tuple[float, float, float], ties: float
) -> None:
    sold, pace, hostility = start
    here = chance(sold, pace, hostility=hostility, alignment=ties)
    assert chance(sold + more[0], pace, hostility=hostility, alignment=ties) >= here
    assert chance(sold, pace + more[1], hostility=hostility, alignment=ties) >= here
    assert chance(sold, pace, hostility=hostility + more[2], alignment=ties) >= here
    assert chance(sold, pace, hostility=hostility, alignment=0.0) >= here


def test_each_seller_has_an_intensity_of_its_own() -> None:
    found = striking(
        jnp.asarray([0.0, 1000.0]), jnp.zeros(2), jnp.asarray([1.0, 0.0]), jnp.asarray([0.0, 1.0])
    )
    np.testing.assert_allclose(found, [0.0, 0.004 * np.exp(-1.0)])


def test_no_hazard_costs_nothing() -> None:
    assert loss(0.0, 0.0) == 0.0
    assert loss(3.0, 0.0) == 0.0


def test_a_sure_freeze_costs_part_of_the_book_tariffs_and_pressure() -> None:
    assert loss(0.0, 1e3) == pytest.approx(0.5 * 400.0 + 50.0 + 10.0)
    assert loss(0.0, 1e3, left=0.0) == pytest.approx(60.0)
    assert loss(0.0, np.log(2.0)) == pytest.approx(130.0)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.0, 2.0), min_size=1, max_size=12))
def test_losses_of_all_steps_add_up_to_the_chance_of_any_retaliation(hazards: list[float]) -> None:
    so_far = np.concatenate([[0.0], np.cumsum(hazards)])
    total = sum(loss(before, more) for before, more in zip(so_far[:-1], hazards, strict=True))
    assert total == pytest.approx((1.0 - np.exp(-so_far[-1])) * 260.0, abs=1e-9)


def test_a_step_cut_in_two_costs_the_same() -> None:
    whole = loss(0.2, 0.6)
    assert loss(0.2, 0.25) + loss(0.45, 0.35) == pytest.approx(whole, rel=1e-13)
