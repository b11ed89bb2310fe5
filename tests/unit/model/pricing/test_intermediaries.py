from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.pricing.intermediaries import (
    Intermediaries,
    dealer_wedge,
    feasible_sale,
    full_books,
    inventory_limit,
    part_with_room,
    split_inventory,
)

amounts = st.floats(0.0, 5000.0)
split = jax.jit(split_inventory)
limit_of = jax.jit(inventory_limit)
full_of = jax.jit(full_books)
with_room = jax.jit(part_with_room)
feasible = jax.jit(feasible_sale)


def who(**changes: float) -> Intermediaries:
    usual = {
        "wedge": 2e-6,
        "stress_multiple": 8.0,
        "stress_power": 6.0,
        "stress_beyond": 1.5,
        "dealer_capacity": 400.0,
        "levered_capacity": 250.0,
        "levered_share": 0.4,
        "use_limit": 0.95,
        "daily_turnover": 1000.0,
    }
    return Intermediaries(**{name: jnp.asarray(value) for name, value in (usual | changes).items()})


@st.composite
def people(draw: Any) -> Intermediaries:
    return who(
        dealer_capacity=draw(st.floats(1.0, 2000.0)),
        levered_capacity=draw(st.floats(0.0, 2000.0)),
        levered_share=draw(st.floats(0.0, 0.95)),
        use_limit=draw(st.floats(0.1, 1.0)),
    )


@settings(max_examples=100, deadline=None)
@given(amounts, people())
def test_split_adds_up_and_respects_the_room_of_levered_funds(
    inventory: float, middlemen: Intermediaries
) -> None:
    dealers, levered = split(jnp.asarray(inventory), middlemen)
    assert float(dealers + levered) == pytest.approx(inventory, abs=1e-9)
    assert float(levered) <= float(middlemen.levered_capacity)
    assert float(levered) <= float(middlemen.levered_share) * inventory + 1e-12
    assert float(dealers) >= 0.0
    short = split(jnp.asarray(-inventory), middlemen)
    assert [float(x) for x in short] == [-float(dealers), -float(levered)]


@settings(max_examples=100, deadline=None)
@given(st.floats(0.1, 2.0), people())
def test_limit_is_the_inventory_that_fills_dealers(depth: float, middlemen: Intermediaries) -> None:
    limit = limit_of(jnp.asarray(depth), middlemen)
    room = float(middlemen.use_limit * middlemen.dealer_capacity) * depth
    assert float(split(limit, middlemen)[0]) == pytest.approx(room, rel=1e-10)
    assert float(split(1.01 * limit, middlemen)[0]) > room


def wedges(inventory: np.ndarray) -> np.ndarray:
    middlemen = who()
    use = inventory / float(middlemen.dealer_capacity)
    return np.array(
        [
            float(dealer_wedge(jnp.asarray(size), jnp.asarray(share), middlemen))
            for size, share in zip(inventory, use, strict=True)
        ]
    )


def test_wedge_rises_ever_faster_until_books_are_full() -> None:
    asked = wedges(np.linspace(0.0, 400.0, 41))
    assert asked[0] == 0.0
    assert np.all(np.diff(asked) > 0.0)
    assert np.all(np.diff(asked, 2) > 0.0)
    assert asked[4] == pytest.approx(2e-6 * 40.0, rel=1e-4)
    assert asked[-1] == pytest.approx(8.0 * 2e-6 * 400.0)


def test_wedge_rises_ever_faster_beyond_full_books_too() -> None:
    asked = wedges(np.linspace(400.0, 2000.0, 50))
    assert np.all(np.diff(asked) > 0.0)
    assert np.all(np.diff(asked, 2) > 0.0)
    assert wedges(np.array([800.0]))[0] == pytest.approx(2e-6 * 800.0 * (8.0 + 7.0 * 1.5))


@settings(max_examples=100, deadline=None)
@given(st.floats(0.1, 2.0), people())
def test_full_books_have_no_room_at_all(depth: float, middlemen: Intermediaries) -> None:
    full = full_of(jnp.asarray(depth), middlemen)
    assert float(split(full, middlemen)[0]) == pytest.approx(
        float(middlemen.dealer_capacity) * depth, rel=1e-10
    )
    assert float(full) >= float(limit_of(jnp.asarray(depth), middlemen))


@pytest.mark.parametrize(
    ("change", "carried", "part"),
    [
        (0.0, 50.0, 1.0),
        (40.0, 50.0, 1.0),
        (100.0, 50.0, 0.5),
        (100.0, 130.0, 0.0),
        (-100.0, 50.0, 1.0),
        (-300.0, 50.0, 0.5),
        (-10.0, -120.0, 0.0),
    ],
)
def test_a_forced_trade_goes_as_far_as_there_is_room(
    change: float, carried: float, part: float
) -> None:
    found = with_room(jnp.asarray(change), jnp.asarray(carried), full=jnp.asarray(100.0))
    assert float(found) == pytest.approx(part)


@settings(max_examples=200, deadline=None)
@given(amounts, amounts, amounts, st.floats(1e-3, 1.0), amounts)
def test_no_bound_of_the_feasible_sale_is_ever_passed(
    wanted: float, carried: float, limit: float, kept: float, turnover: float
) -> None:
    sold = float(
        feasible(
            jnp.asarray(wanted),
            jnp.asarray(carried),
            limit=jnp.asarray(limit),
            kept_frac=jnp.asarray(kept),
            turnover_cap=jnp.asarray(turnover),
        )
    )
    assert 0.0 <= sold <= wanted
    assert sold <= turnover
    assert sold == 0.0 or carried + kept * sold <= limit * (1.0 + 1e-12) + 1e-9
    bounds = (wanted, turnover, max(limit - carried, 0.0) / kept)
    assert sold == pytest.approx(min(bounds), rel=1e-12)
