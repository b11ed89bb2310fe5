"""Closed forms of selling at least cost, each against two solvers of the same problem."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, minimize

from selloff.model.pricing.execution import (
    end_block,
    part_left,
    shortfall,
    spaced_blocks,
    urgency_of,
)

Numbers = NDArray[np.float64]
cvxpy: Any = import_module("cvxpy")
N, TAU, WHOLE = 12, 0.25, 1.1
LIQUID = {"volatility": 0.4, "temporary": 0.3, "permanent": 0.5, "interval": TAU}
AVERSIONS = (0.01, 0.5, 8.0)


def arrays(**numbers: float) -> dict[str, Numbers]:
    return {name: np.asarray(value) for name, value in numbers.items()}


def planned(aversion: float) -> Numbers:
    """Trades of Almgren and Chriss."""
    urgency = urgency_of(np.asarray(aversion), **arrays(**LIQUID))
    left = part_left(TAU * np.arange(N + 1), np.asarray(N * TAU), urgency)
    return np.asarray(-WHOLE * np.diff(left))


def utility(trades: Numbers, aversion: float) -> float:
    mean, variance = shortfall(np.asarray(trades), **arrays(**LIQUID))
    return float(mean + aversion * variance)


@pytest.mark.parametrize("aversion", AVERSIONS)
def test_no_convex_solver_finds_a_better_balance_of_cost_and_variance(aversion: float) -> None:
    n = cvxpy.Variable(N)
    left = WHOLE - np.tril(np.ones((N, N))) @ n
    net = LIQUID["temporary"] - 0.5 * LIQUID["permanent"] * TAU
    cost = net / TAU * cvxpy.sum_squares(n)
    risk = LIQUID["volatility"] ** 2 * TAU * cvxpy.sum_squares(left)
    problem = cvxpy.Problem(cvxpy.Minimize(cost + aversion * risk), [cvxpy.sum(n) == WHOLE])
    problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    np.testing.assert_allclose(planned(aversion), n.value, atol=1e-6)
    fixed = 0.5 * LIQUID["permanent"] * WHOLE**2
    assert utility(planned(aversion), aversion) == pytest.approx(problem.value + fixed, rel=1e-6)


@pytest.mark.parametrize("aversion", AVERSIONS)
def test_nor_does_a_solver_that_sees_costs_alone(aversion: float) -> None:
    found = minimize(
        lambda n: utility(n, aversion),
        np.full(N, WHOLE / N),
        method="trust-constr",
        jac="3-point",
        hess=lambda _: np.zeros((N, N)),
        constraints=LinearConstraint(np.ones((1, N)), WHOLE, WHOLE),
        options={"gtol": 1e-10, "xtol": 1e-12, "maxiter": 2000},
    )
    assert utility(planned(aversion), aversion) == pytest.approx(found.fun, rel=1e-6)


def test_variance_costs_more_the_less_of_it_there_is() -> None:
    """The frontier falls and is convex."""
    points = [
        np.array(shortfall(np.asarray(planned(each)), **arrays(**LIQUID)))
        for each in np.geomspace(1e-3, 30.0, 12)
    ]
    mean, variance = np.array(points).T
    slope = np.diff(mean) / np.diff(variance)
    assert np.all(np.diff(variance) < 0.0)
    assert np.all(np.diff(slope) < 0.0)
    assert np.all(slope < 0.0)


def test_who_does_not_mind_variance_sells_evenly_and_in_the_limit_of_haste_at_once() -> None:
    time = np.linspace(0.0, 2.0, 9)
    np.testing.assert_allclose(part_left(time, np.asarray(2.0), np.asarray(0.0)), 1 - time / 2)
    hasty = np.asarray(part_left(time, np.asarray(2.0), np.asarray(900.0)))
    assert hasty[0] == 1.0
    np.testing.assert_allclose(hasty[1:], 0.0, atol=1e-90)


def healing(n_trades: int, horizon: float, rho: float) -> Numbers:
    """What each trade pays for every other: a concession that dies away."""
    at = np.linspace(0.0, horizon, n_trades)
    return np.asarray(np.exp(-rho * np.abs(at[:, None] - at)))


@pytest.mark.parametrize(("n", "horizon", "rho"), [(2, 1.0, 3.0), (9, 0.5, 4.0), (40, 2.0, 6.0)])
def test_blocks_at_both_ends_are_what_a_convex_solver_finds(
    n: int, horizon: float, rho: float
) -> None:
    block, between = spaced_blocks(n - 2, np.asarray(-np.expm1(-rho * horizon / (n - 1))))
    told = np.r_[block, np.full(n - 2, between), block]
    trades = cvxpy.Variable(n)
    paid = 0.5 * cvxpy.quad_form(trades, cvxpy.psd_wrap(healing(n, horizon, rho)))
    problem = cvxpy.Problem(cvxpy.Minimize(paid), [cvxpy.sum(trades) == 1.0])
    problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    np.testing.assert_allclose(told, trades.value, atol=1e-6)
    assert told.sum() == pytest.approx(1.0, abs=1e-12)
    solved = np.linalg.solve(healing(n, horizon, rho), np.ones(n))
    np.testing.assert_allclose(told, solved / solved.sum(), atol=1e-9)


def test_many_small_trades_come_to_blocks_and_an_even_rate() -> None:
    horizon, rho, n = 0.7, 5.0, 200_001
    block, between = spaced_blocks(n, np.asarray(-np.expm1(-rho * horizon / (n + 1))))
    ends = end_block(np.asarray(horizon), np.asarray(rho))
    assert float(block) == pytest.approx(float(ends), rel=1e-5)
    assert float(between) * (n + 1) / horizon == pytest.approx(rho * float(ends), rel=1e-5)
    assert 2 * float(ends) + rho * float(ends) * horizon == pytest.approx(1.0, abs=1e-12)
