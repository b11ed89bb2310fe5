import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.pricing.absorption import absorption_shares, close_gaps
from selloff.model.pricing.fading import fading

HOLDINGS = jnp.asarray([[100.0, 50.0, 0.0], [300.0, 50.0, 20.0], [0.0, 10.0, 60.0]])
ELASTICITY = jnp.asarray([2.0, 0.5, 1.0])
SPEED = jnp.asarray([0.5, 4.0, 50.0])


def test_shares_sum_to_one_in_every_bucket() -> None:
    shares = np.asarray(absorption_shares(HOLDINGS, ELASTICITY))
    np.testing.assert_allclose(shares.sum(axis=0), 1.0, atol=1e-15)
    assert (shares >= 0.0).all()


def test_shares_follow_elasticity_times_holdings() -> None:
    shares = np.asarray(absorption_shares(HOLDINGS, ELASTICITY))
    assert shares[0, 0] == pytest.approx(200.0 / 350.0)
    assert shares[2, 0] == 0.0
    np.testing.assert_allclose(absorption_shares(HOLDINGS, 7.0 * ELASTICITY), shares, rtol=1e-14)


def test_gaps_shrink_without_a_sale_and_close_in_the_end() -> None:
    start = jnp.asarray([[10.0, 5.0], [20.0, 1.0], [3.0, 4.0]])
    nothing = jnp.zeros_like(start)
    later = close_gaps(start, nothing, fading(SPEED, jnp.asarray(0.25)))
    assert np.all((np.asarray(later) > 0.0) & (np.asarray(later) < np.asarray(start)))
    last = close_gaps(start, nothing, fading(SPEED, jnp.asarray(100.0)))
    assert np.asarray(last).max() < 1e-12


@pytest.mark.parametrize("years", [1 / 252, 1 / 12])
def test_one_step_equals_many_small_euler_steps(years: float) -> None:
    gaps = np.array([[10.0, 5.0], [20.0, 1.0], [3.0, 4.0]])
    wanted = np.array([[1.0, 0.0], [2.0, 3.0], [0.5, 6.0]])
    over = fading(SPEED, jnp.asarray(years))
    found = close_gaps(jnp.asarray(gaps), jnp.asarray(wanted), over)
    errors = []
    for n_small in (2_000, 4_000):
        path, step = gaps.copy(), years / n_small
        for _ in range(n_small):
            path = path + step * (wanted / years - np.asarray(SPEED)[:, None] * path)
        errors.append(np.abs(np.asarray(found) - path).max())
    assert errors[1] < 0.02
    assert errors[0] / errors[1] == pytest.approx(2.0, rel=0.05)


def test_two_half_steps_equal_one_step() -> None:
    gaps, wanted = 5.0 * HOLDINGS, 0.1 * HOLDINGS
    once = close_gaps(gaps, wanted, fading(SPEED, jnp.asarray(0.1)))
    half = close_gaps(gaps, 0.5 * wanted, fading(SPEED, jnp.asarray(0.05)))
    twice = close_gaps(half, 0.5 * wanted, fading(SPEED, jnp.asarray(0.05)))
    np.testing.assert_allclose(twice, once, rtol=1e-13)


def test_nothing_is_taken_in_a_very_short_step_and_all_in_a_very_long_one() -> None:
    short = np.asarray(fading(SPEED, jnp.asarray(1e-12)).kept)
    long = np.asarray(fading(SPEED, jnp.asarray(1e4)).kept)
    np.testing.assert_allclose(short, 1.0, rtol=1e-9)
    assert np.all((long > 0.0) & (long < 1e-3))
