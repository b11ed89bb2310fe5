"""A chance that grows with size, speed and hostility, and what it costs."""

from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from selloff.model.mechanisms.retaliation import (
    RetaliationRule,
    expected_loss,
    intensity,
    provocation,
)

RULE = RetaliationRule(
    base=jnp.asarray(0.004),
    unit=jnp.asarray(100.0),
    memory=jnp.asarray(0.7),
    size=jnp.asarray(1.0e-3),
    speed=jnp.asarray(0.3e-2),
    speed_cap=jnp.asarray(500.0),
    hostility=jnp.asarray(5.0),
    alignment=jnp.asarray(2.0),
    ties=jnp.array([1.0, 0.6, 0.3, 0.0]),
    freeze_loss=jnp.asarray(0.5),
    tariff_loss=jnp.asarray(50.0),
    covert_loss=jnp.asarray(10.0),
)
MONTH = 1.0 / 12.0
Numbers = NDArray[np.float64]
striking = jax.jit(
    lambda sold, fresh, hostility, alignment: intensity(
        sold, fresh, hostility=hostility, alignment=alignment, rule=RULE
    )
)
provoking = jax.jit(
    lambda fresh, sold, years: provocation(fresh, sold, years, month=jnp.asarray(MONTH), rule=RULE)
)
costing = jax.jit(
    lambda hazard, more, left: expected_loss(hazard, more, left=left, rule=RULE),
)


def chance(
    sold: float, fresh: float = 100.0, *, hostility: float = 0.0, alignment: float = 0.0
) -> float:
    given = (jnp.asarray([each]) for each in (sold, fresh, hostility, alignment))
    return float(striking(*given)[0])


def provoked(fresh: float, sold: float, years: float) -> float:
    return float(provoking(jnp.asarray([fresh]), jnp.asarray([sold]), jnp.asarray(years))[0])


def hazards(face: Numbers, months: Numbers, hostility: Numbers, horizon: int) -> Numbers:
    """Hazard of an answer within some months to an even sale over the first of them."""
    hazard = fresh = sold = np.zeros(face.size)
    for month in range(horizon):
        now = np.where(month < months, face / months, 0.0)
        fresh, sold = np.asarray(provoking(fresh, now, jnp.asarray(MONTH))), sold + now
        hazard = hazard + striking(sold, fresh, hostility, np.zeros(face.size)) * MONTH
    return np.asarray(hazard)


def loss(hazard: float, more: float, *, left: float = 400.0) -> float:
    return float(costing(*(jnp.asarray([each]) for each in (hazard, more, left)))[0])


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ({"sold": 1000.0}, 0.004 * np.exp(1.0)),
        ({"sold": 500.0, "fresh": 300.0}, 0.012 * np.exp(0.5)),
        ({"sold": 1000.0, "hostility": 1.0}, 0.004 * np.exp(1.0 + 5.0)),
        ({"sold": 1000.0, "alignment": 1.0}, 0.004 * np.exp(1.0 - 2.0)),
        ({"sold": 100.0, "hostility": 0.5, "alignment": 0.3}, 0.004 * np.exp(0.1 + 2.5 - 0.6)),
    ],
)
def test_intensity_by_hand(who: dict[str, float], wanted: float) -> None:
    assert chance(**who) == pytest.approx(wanted, rel=1e-12)


def test_who_has_sold_nothing_is_left_alone() -> None:
    assert provoked(0.0, 0.0, MONTH) == 0.0
    assert chance(0.0, 0.0, hostility=1.0) == 0.0


def test_provocation_by_hand() -> None:
    left, kept = np.exp(-0.7 * MONTH), -np.expm1(-0.7 * MONTH) / (0.7 * MONTH)
    assert provoked(50.0, 100.0, MONTH) == pytest.approx(50.0 * left + 100.0 * np.exp(0.3) * kept)


def test_beyond_half_a_trillion_a_month_speed_counts_no_more() -> None:
    one = provoked(0.0, 500.0, MONTH) / 500.0
    assert provoked(0.0, 5000.0, MONTH) / 5000.0 == pytest.approx(one)
    assert provoked(0.0, 499.0, MONTH) / 499.0 < one


def test_the_hazard_outlives_the_sale_and_fades() -> None:
    fresh = provoked(0.0, 1000.0, MONTH)
    after = [fresh := provoked(fresh, 0.0, MONTH) for _ in range(36)]
    assert all(0.0 < later < before for before, later in pairwise(after))
    assert after[35] / after[11] == pytest.approx(np.exp(-0.7 * 2.0))


@pytest.mark.parametrize("horizon", [120, 240])
def test_the_faster_the_likelier_whoever_sells(horizon: int) -> None:
    months = np.array([1.0, 3.0, 12.0, 36.0, 120.0])
    grid = np.meshgrid([20.0, 200.0, 1100.0], [0.0, 0.3, 0.6, 1.0], months, indexing="ij")
    face, hostility, pace = (each.ravel() for each in grid)
    found = hazards(face, pace, hostility, horizon).reshape(-1, months.size)
    assert np.all(np.diff(found, axis=1) < 0.0)


@settings(max_examples=50, deadline=None)
@given(
    st.tuples(st.floats(1.0, 3000.0), st.floats(0.0, 500.0), st.floats(0.0, 1.0)),
    st.tuples(st.floats(0.0, 1000.0), st.floats(0.0, 500.0), st.floats(0.0, 1.0)),
    st.floats(0.0, 1.0),
)
def test_more_fresher_and_more_hostile_is_likelier_and_ties_protect(
    start: tuple[float, float, float], more: tuple[float, float, float], ties: float
) -> None:
    sold, fresh, hostility = start
    here = chance(sold, fresh, hostility=hostility, alignment=ties)
    assert chance(sold + more[0], fresh, hostility=hostility, alignment=ties) >= here
    assert chance(sold, fresh + more[1], hostility=hostility, alignment=ties) >= here
    assert chance(sold, fresh, hostility=hostility + more[2], alignment=ties) >= here
    assert chance(sold, fresh, hostility=hostility, alignment=0.0) >= here


def test_each_seller_has_an_intensity_of_its_own() -> None:
    found = striking(
        jnp.asarray([0.0, 1000.0]),
        jnp.asarray([0.0, 100.0]),
        jnp.asarray([1.0, 0.0]),
        jnp.asarray([0.0, 1.0]),
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
