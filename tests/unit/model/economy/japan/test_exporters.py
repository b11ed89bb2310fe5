"""Exporters: disclosed sensitivities times the change of the dollar in yen."""

import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.japan.exporters import profit_changes

TOYOTA = 50.0 / 3800.0


def changes(yen: float, *, half_life: float = 0.25, n_q: int = 12) -> np.ndarray:
    found = profit_changes(
        jnp.full(n_q, yen),
        jnp.array([TOYOTA, 0.0, -0.01]),
        level=jnp.asarray(160.0),
        speed=jnp.asarray(np.log(2.0) / half_life),
        years=0.25,
    )
    return np.asarray(found)


def test_once_cover_has_run_off_profit_moves_by_yen_times_sensitivity() -> None:
    """At 160 yen a dollar of 144 is 16 yen less: 800 JPY bn of 3,800."""
    found = changes(-np.log(0.9))
    assert found[-1, 0] == pytest.approx(-16.0 * 50.0 / 3800.0, rel=1e-3)


def test_cover_halves_the_effect_in_the_first_quarter_at_its_half_life() -> None:
    found = changes(-np.log(0.9))
    assert found[0, 0] == pytest.approx(-8.0 * TOYOTA, rel=1e-12)
    assert np.all(np.diff(found[:, 0]) < 0.0)


def test_an_importer_gains_and_the_unexposed_do_not_move() -> None:
    found = changes(0.1)
    assert np.all(found[:, 2] > 0.0)
    np.testing.assert_array_equal(found[:, 1], 0.0)


def test_a_yen_where_it_was_moves_no_profit() -> None:
    np.testing.assert_array_equal(changes(0.0), 0.0)


def test_longer_cover_delays_and_does_not_change_the_end() -> None:
    quick, slow = changes(0.1, half_life=0.1, n_q=80), changes(0.1, half_life=0.75, n_q=80)
    assert np.all(quick[:8, 0] < slow[:8, 0])
    assert quick[-1, 0] == pytest.approx(slow[-1, 0], rel=1e-6)
