"""How long a sale stays unseen."""

import numpy as np
import pytest

from selloff.studies.monitor.power import delays, first_alarm, run_length, threshold


@pytest.mark.parametrize("k", [0.25, 0.5, 1.0])
def test_false_alarms_come_as_often_as_they_may(k: float) -> None:
    """The chain against simulated histories without a sale."""
    noise = np.random.default_rng(1).standard_normal((4000, 1500))
    first = first_alarm(noise, k, threshold(k, 100.0))
    assert np.isfinite(first).all()
    assert first.mean() == pytest.approx(100.0, rel=0.05)


def test_run_length_against_a_published_table() -> None:
    """Brook and Evans (1972), table 1: a reference value of a half and a limit of three."""
    assert run_length(1.0, 3.0, n_states=200) == pytest.approx(117.6, rel=0.01)


def test_delays_are_those_of_the_study() -> None:
    """17.2bn a month: 25, 12, 6 and 2 months for 50, 100, 200 and 400bn a year."""
    middle = [each.months[1] for each in delays(17.2)]
    np.testing.assert_allclose(middle, [25, 12, 6, 2], atol=1.01)


def test_a_sale_beside_which_usual_months_are_small_shows_at_once() -> None:
    """A month passes k / 2 by chance once in 161 where k is 5: no limit is needed."""
    assert run_length(5.0, 1e-6) == pytest.approx(161.0, rel=0.01)
    assert threshold(5.0, 100.0) == 0.0
    assert threshold(4.6, 100.0) > 0.0
    assert delays(1.0)[-1].months == (1.0, 1.0, 1.0)


def test_a_larger_sale_shows_sooner() -> None:
    for column in range(3):
        months = [each.months[column] for each in delays(17.2, n_draws=500)]
        assert months == sorted(months, reverse=True)
