"""Japan's books: arithmetic of values, purchases and hedges."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selloff.model.economy.japan.balance import central_bank_assets, hedge_bill, reserve_loss

DURATIONS = jnp.array([0.2, 1.5, 2.3])


def loss(held: float, yen: float, dy: float, *, price: float = 1.0) -> float:
    """In trillions of yen."""
    found = reserve_loss(
        jnp.array([held]),
        jnp.array([yen]),
        jnp.full((1, 3), dy),
        price=jnp.asarray(price),
        durations=DURATIONS,
        level=jnp.asarray(159.0),
    )
    return float(found[0]) / 1e3


def test_ten_percent_less_for_the_dollar_costs_a_tenth_of_the_book() -> None:
    """USD 1,190 bn at 159 yen are 189 tn; a tenth is 19."""
    assert loss(1190.0, -np.log(0.9), 0.0) == pytest.approx(18.9, abs=0.05)


def test_a_rise_of_all_yields_costs_the_book_its_duration() -> None:
    assert loss(1000.0, 0.0, 1e-6) == pytest.approx(159.0 * 4.0 * 1e-6, rel=1e-5)


@given(st.floats(-0.3, 0.3), st.floats(-0.02, 0.02))
def test_yen_and_yields_compound(yen: float, dy: float) -> None:
    left = (1.0 - loss(1000.0, yen, 0.0) / 159.0) * (1.0 - loss(1000.0, 0.0, dy) / 159.0)
    assert 159.0 * (1.0 - left) == pytest.approx(loss(1000.0, yen, dy), rel=1e-9, abs=1e-9)


def test_what_is_sold_or_cheap_has_less_to_lose() -> None:
    assert loss(0.0, 0.1, 0.01) == 0.0
    assert loss(500.0, 0.1, 0.01) == pytest.approx(0.5 * loss(1000.0, 0.1, 0.01))
    assert loss(1000.0, 0.1, 0.0, price=0.9) == pytest.approx(0.9 * loss(1000.0, 0.1, 0.0))
    assert loss(1000.0, -0.1, 0.0) < 0.0


def test_purchases_are_counted_in_yen() -> None:
    found = central_bank_assets(jnp.array([0.0, 100.0]), jnp.asarray(160.0))
    np.testing.assert_allclose(found, [0.0, 16_000.0])


def test_hedges_cost_the_gap_of_short_rates() -> None:
    rates = jnp.array([[0.0, 0.0], [-0.01, 0.0], [0.0, -0.01], [0.01, 0.01]])
    np.testing.assert_allclose(hedge_bill(rates, jnp.asarray(130.0)), [0.0, -1.3, 1.3, 0.0])
