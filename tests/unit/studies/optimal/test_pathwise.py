"""Slopes of the bill through every step, against differences and a judge without slopes."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize, minimize_scalar

from selloff.pipeline import jax_settings
from selloff.studies.optimal import DescentQuestion, Wish, check_question, check_slopes
from selloff.studies.optimal.pathwise import (
    STEPS,
    compare,
    inside,
    ready_for,
    scheduled_for,
    slopes_of,
)
from selloff.studies.optimal.plans import (
    MOST_AT_ENDS,
    MOST_HASTE,
    SHORTEST_YEARS,
    WayDown,
    schedule,
)
from selloff.studies.optimal.settings import HORIZON_YEARS
from selloff.vocab import BUSINESS_DAYS_PER_YEAR

DRAWS = 8
PLAN = WayDown(0.4, haste=1.0, ends=0.1)


@pytest.fixture(scope="module")
def question() -> DescentQuestion:
    return check_question(Wish(seller="japan", into=("jpy_cash",)))


@pytest.mark.slow
@pytest.mark.nightly
def test_with_nobody_answering_slopes_are_those_of_differences(question: DescentQuestion) -> None:
    """A slow sale: in a fast one dealers' full books are a kink even then."""
    slow = WayDown(10.0, haste=6.75)
    for each in check_slopes(question, slow, draws=DRAWS, answering=False):
        assert abs(each.differences) > 0.01
        assert each.is_usable
        assert each.agreeing == 1.0


@pytest.mark.slow
@pytest.mark.nightly
@jax_settings()
def test_a_search_along_slopes_ends_where_one_without_them_does(question: DescentQuestion) -> None:
    """The smooth part of the bill, by how much is sold at both ends."""
    ready = ready_for(question, PLAN, seed=0, answering=False)
    bills = slopes_of(ready, DRAWS)

    def value_and_slope(at: float) -> tuple[float, float]:
        step = 1e-4
        here, up, down = (
            scheduled_for(question, replace(PLAN, ends=max(at + move, 0.0)))
            for move in (0.0, step, -step)
        )
        bill, slope = bills(here, (up - down) / (at + step - max(at - step, 0.0)))
        return float(np.mean(bill)), float(np.mean(slope))

    along = minimize(
        lambda x: value_and_slope(float(x[0])),
        [0.3],
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, 0.8)],
    )
    judge = minimize_scalar(
        lambda x: value_and_slope(x)[0],
        bounds=(0.0, 0.8),
        method="bounded",
        options={"xatol": 1e-3},
    )
    assert along.fun == pytest.approx(judge.fun, rel=1e-4)


@pytest.mark.parametrize("years", [SHORTEST_YEARS, 0.35, 1.0, 4.7, HORIZON_YEARS])
def test_neighbours_of_a_sale_end_as_many_days_apart_as_they_are_said_to(years: float) -> None:
    """A sale ends on a whole day: a step in between would be rounded to another one."""
    plan = inside(WayDown(years, haste=9.0, ends=1.0))
    assert plan.haste + STEPS["haste"] <= MOST_HASTE
    assert plan.ends + STEPS["ends"] <= MOST_AT_ENDS
    step = STEPS["years"]
    down, up = (
        schedule(replace(plan, years=plan.years + side * step))[-1]["day"] for side in (-1.0, 1.0)
    )
    assert down >= 1
    assert up <= HORIZON_YEARS * BUSINESS_DAYS_PER_YEAR
    assert up - down == pytest.approx(2.0 * step * BUSINESS_DAYS_PER_YEAR)


def test_a_gate_that_opens_in_between_is_seen() -> None:
    """Means disagree although most draws agree: a step along such a slope is not taken."""
    slope, apart = np.full(20, 3.0), np.full(20, 3.0)
    alike = compare("haste", slope, apart)
    apart[7] = 90.0
    torn = compare("haste", slope, apart)
    assert alike.is_usable
    assert alike.agreeing == 1.0
    assert not torn.is_usable
    assert torn.agreeing == pytest.approx(0.95)
    assert torn.median_gap == 0.0
