"""Margins go up with distress at once, come down slowly, and keep funds out meanwhile."""

import jax.numpy as jnp
import pytest

from selloff.model.mechanisms.margins import margin_next, with_margins

HALF_LIFE = 0.12
SPEED = jnp.log(2.0) / HALF_LIFE


def margin(before: float, distress: float, years: float = 1.0 / 252.0) -> float:
    given = (jnp.asarray(each) for each in (before, distress, years))
    return float(margin_next(*given, SPEED))


def asked(distress: float, before: float, weight: float) -> float:
    return float(with_margins(*(jnp.asarray(each) for each in (distress, before, weight))))


def test_they_rise_at_once_and_fall_by_half_in_a_half_life() -> None:
    assert margin(0.0, 0.7) == pytest.approx(0.7)
    assert margin(0.7, 0.0, HALF_LIFE) == pytest.approx(0.35)
    assert margin(0.7, 0.5, HALF_LIFE) == pytest.approx(0.5)
    assert margin(0.0, 0.0) == 0.0


def test_how_long_steps_are_does_not_matter() -> None:
    kept = 1.0
    for _ in range(21):
        kept = margin(kept, 0.0)
    assert kept == pytest.approx(margin(1.0, 0.0, 21.0 / 252.0))


def test_a_first_shock_is_felt_as_without_them() -> None:
    """So that what was fitted to the peaks of 2020 and 2025 stands."""
    assert asked(1.0, 0.0, 0.5) == 1.0
    assert asked(1.0, 0.8, 0.5) == 1.0


def test_after_it_a_part_of_what_they_still_ask_for_is_felt() -> None:
    assert asked(0.0, 1.0, 0.2) == pytest.approx(0.2)
    assert asked(0.5, 1.0, 0.2) == pytest.approx(0.6)
    assert asked(0.5, 1.0, 0.0) == 0.5
