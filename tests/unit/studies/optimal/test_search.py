"""The search on a market whose best way down is known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import differential_evolution

from optimal_toy import Toy, cost_and_risk
from selloff.studies.optimal import DescentQuestion, Frontier, Wish, check_question, find_frontier
from selloff.studies.optimal.plans import WayDown, done, scenario_of, schedule
from selloff.studies.optimal.search import Box
from selloff.studies.optimal.settings import Limit

AVERSIONS = (0.0, 0.5, 2.0)


@cache
def asked() -> DescentQuestion:
    return check_question(Wish(seller="japan", aversions=AVERSIONS, into=("jpy_cash",)))


def found(question: DescentQuestion, tries: int = 16) -> Frontier:
    return find_frontier(question, draws=50, final_draws=50, tries=tries, pool=Toy())


@cache
def free() -> Frontier:
    return found(asked())


@pytest.mark.parametrize(
    "aversion", [0.5, *(pytest.param(each, marks=pytest.mark.slow) for each in (0.0, 2.0))]
)
def test_no_global_search_of_the_same_numbers_finds_a_better_plan(aversion: float) -> None:
    """Differential evolution, on bills alone, is the judge."""
    box = Box(asked(), WayDown(1.0))

    def weighed(at: np.ndarray) -> float:
        plan = box.plan(np.r_[at, 0.0, 0.0, 0.0, 0.0][: box.size])
        cost, risk = cost_and_risk(scenario_of(plan, asked()))
        return cost + aversion * risk

    judged = differential_evolution(weighed, [(0.0, 1.0)] * 2, seed=1, maxiter=24, popsize=6)
    one = free().best[aversion]
    assert one.worth(asked(), aversion) <= 1.02 * judged.fun
    assert one.worth(asked(), aversion) >= 0.98 * judged.fun


def test_who_minds_risk_more_pays_more_for_less_of_it() -> None:
    calm, middle, anxious = (free().best[each] for each in AVERSIONS)
    assert calm.mean < middle.mean < anxious.mean
    assert calm.sd > middle.sd > anxious.sd
    assert calm.plan.years == pytest.approx(10.0)
    assert calm.plan.half_years == pytest.approx(5.0, rel=0.01)
    assert anxious.plan.half_years < middle.plan.half_years


def test_numbers_are_those_of_fresh_draws() -> None:
    one, again = free(), found(asked())
    assert one == again
    fresh = find_frontier(asked(), draws=50, final_draws=50, tries=0, seed=5, pool=Toy())
    searched = {each.plan: each for each in fresh.tried}
    best = fresh.best[0.5]
    assert best.plan in searched
    assert best.excess_p95 != searched[best.plan].excess_p95


def test_a_limit_is_kept_and_one_that_cannot_be_is_said_to_be_broken() -> None:
    cheap = free().best[2.0].mean / 2.0
    kept = found(replace(asked(), limits=(Limit("us_10y_peak_bp", cheap, 0.95),)))
    assert not kept.nearest
    assert all(each.rise_p95 <= cheap for each in kept.best.values())
    assert kept.best[2.0].plan != free().best[2.0].plan
    assert kept.sentences[0] == "Every limit is kept, on fresh draws too."
    never = found(replace(asked(), limits=(Limit("us_10y_peak_bp", 0.2, 0.95),)), tries=0)
    assert never.nearest
    assert never.best[2.0].plan.years == pytest.approx(10.0)
    assert never.sentences[0].startswith("No sale was found that keeps every limit")
    chance = found(replace(asked(), limits=(Limit("fed_purchases_usd_bn", 0.1),)), tries=0)
    assert not chance.nearest
    assert all(each.fed_chance <= 0.1 for each in chance.best.values())


def test_a_cap_on_turnover_is_the_markets_own() -> None:
    plan, capped = WayDown(1.0), replace(asked(), max_turnover=0.03)
    assert scenario_of(plan, capped).sellers[0].participation_cap_frac == 0.03
    assert scenario_of(plan, asked()).sellers[0].participation_cap_frac is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=8, max_size=8))
def test_every_place_in_the_box_is_a_plan_that_can_be_asked(at: list[float]) -> None:
    question = replace(asked(), into=("jpy_cash", "eur_cash", "jgb"))
    box = Box(question, WayDown(1.0, mix=(1.0, 0.0, 0.0)))
    plan = box.plan(np.array(at))
    scenario = scenario_of(plan, question)
    flows = {each.currency: each.amount_usd_bn for each in scenario.currency_flows}
    home = plan.mix[0] + plan.mix[2]
    amount = question.amount_usd_bn
    assert flows.get("JPY", 0.0) == pytest.approx(plan.hedged * home * amount, abs=1e-4)
    assert sum(plan.mix) == pytest.approx(1.0)
    proceeds = scenario.sellers[0].proceeds
    assert sum(proceeds.values()) == pytest.approx(1.0)
    assert proceeds.get("usd_cash", 0.0) == pytest.approx(plan.hedged)
    again = box.plan(box.place(plan))
    assert again.years == pytest.approx(plan.years, rel=1e-4)
    for one, other in zip(again.mix, plan.mix, strict=True):
        assert one == pytest.approx(other, abs=0.011)
    for name in ("haste", "ends", "told", "hedged"):
        assert getattr(again, name) == pytest.approx(getattr(plan, name), abs=0.011)


def test_a_schedule_has_blocks_at_its_ends_and_never_falls() -> None:
    plan = WayDown(0.5, haste=2.0, ends=0.3)
    part = np.linspace(0.0, 1.0, 400)
    sold = done(plan, part)
    assert sold[0] == 0.0
    assert sold[1] == pytest.approx(0.15, abs=0.01)
    assert sold[-2] == pytest.approx(0.85, abs=0.01)
    assert sold[-1] == 1.0
    assert np.all(np.diff(sold) >= 0.0)
    points = schedule(plan)
    assert points[-1] == {"day": 126, "cum_frac": 1.0}
    assert schedule(WayDown(1.0 / 252.0)) == [{"day": 1, "cum_frac": 1.0}]
    assert plan.half_years < 0.25
