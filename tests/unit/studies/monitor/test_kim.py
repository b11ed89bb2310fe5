"""The filter against all histories written out, and against one Kalman filter."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from selloff.studies.monitor.kim import Dynamics, Filtered, Weeks, run

MEAN, SPREAD = np.array([1.0, -10.0, -45.0]), np.array([17.0, 15.0, 25.0])
CHANGE = np.array([[0.965, 0.032, 0.003], [0.05, 0.935, 0.015], [0.15, 0.15, 0.70]])


def dynamics(softness: float = 0.5, limit: float = 3.0) -> Dynamics:
    one = (MEAN[None], SPREAD[None], CHANGE[None])
    return Dynamics(*one, softness=np.array([softness]), limit=np.array([limit]))


def monthly(flows: list[float], *, error: float = 1.0, is_soft: bool = False) -> Filtered:
    """Filter months of one week each."""
    n = len(flows)
    weeks = Weeks(
        month=np.arange(n),
        part=np.ones(n),
        seen=np.array(flows)[None, :, None],
        error=np.full((1, n, 1), error),
        is_soft=np.array([is_soft]),
    )
    return run(weeks, dynamics(), n)


def lasting() -> np.ndarray:
    values, vectors = np.linalg.eig(CHANGE.T)
    one = vectors[:, np.argmax(values.real)].real
    return np.asarray(one / one.sum())


def written_out(flows: list[float], error: float) -> tuple[np.ndarray, float]:
    """Sum over every path of regimes; months are then independent."""
    spread, start = np.hypot(SPREAD, error), lasting() @ CHANGE
    ends, whole = np.zeros(3), 0.0
    for path in product(range(3), repeat=len(flows)):
        chance = start[path[0]]
        for before, after in pairwise(path):
            chance *= CHANGE[before, after]
        for regime, flow in zip(path, flows, strict=True):
            chance *= norm.pdf(flow, MEAN[regime], spread[regime])
        ends[path[-1]] += chance
        whole += chance
    return ends / whole, float(np.log(whole))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-80.0, 60.0), min_size=1, max_size=5), st.floats(0.5, 10.0))
def test_months_of_one_week_are_hamiltons_filter(flows: list[float], error: float) -> None:
    found = monthly(flows, error=error)
    chance, likelihood = written_out(flows, error)
    np.testing.assert_allclose(found.chance[0, -1], chance, atol=1e-10)
    assert found.log_likelihood[0] == pytest.approx(likelihood, abs=1e-9)


def test_weeks_of_a_month_add_up_to_it() -> None:
    """Under one regime four weeks are a month: its mean, its variance and one update."""
    stay = np.eye(3)[None]
    rules = Dynamics(MEAN[None], SPREAD[None], stay, np.array([0.5]), np.array([3.0]))
    seen = np.full((1, 4, 1), np.nan)
    seen[0, -1, 0] = -30.0
    weeks = Weeks(np.zeros(4, int), np.full(4, 0.25), seen, np.ones((1, 4, 1)), np.array([False]))
    found = run(weeks, rules, 1)
    gain = SPREAD**2 / (SPREAD**2 + 1.0)
    chance = found.chance[0, 0]
    assert found.flow[0, 0] == pytest.approx(chance @ (MEAN + gain * (-30.0 - MEAN)))


def test_what_is_not_seen_leaves_the_lasting_chances() -> None:
    found = monthly([np.nan] * 4)
    np.testing.assert_allclose(found.chance[0], np.tile(lasting(), (4, 1)), atol=1e-9)
    assert found.log_likelihood[0] == 0.0


@settings(max_examples=30, deadline=None)
@given(st.floats(-1e4, 1e4))
def test_a_soft_signal_turns_the_odds_by_no_more_than_its_limit(flow: float) -> None:
    before = lasting() @ CHANGE
    after = monthly([flow], is_soft=True).chance[0, 0]
    odds = (after / before)[:, None] / (after / before)[None, :]
    assert odds.max() <= 3.0 + 1e-9


def test_a_soft_signal_narrows_less_than_a_hard_one() -> None:
    hard, soft = (monthly([-30.0], error=10.0, is_soft=each).error[0, 0] for each in (False, True))
    nothing = monthly([np.nan]).error[0, 0]
    assert hard < soft < nothing
