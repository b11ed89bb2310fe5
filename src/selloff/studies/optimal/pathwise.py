"""Slopes of the mean bill along a plan's numbers, by the chain rule and by differences."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float
from numpy.typing import NDArray

from selloff.engine import Draws, Inputs, Paths, Trajectory, simulate
from selloff.pipeline import Prepared, chance, gather, jax_settings, prepare
from selloff.scenario import Reactions
from selloff.studies.optimal.plans import (
    MOST_AT_ENDS,
    MOST_HASTE,
    SHORTEST_YEARS,
    WayDown,
    scenario_of,
)
from selloff.studies.optimal.settings import HORIZON_YEARS, DescentQuestion
from selloff.vocab import BUSINESS_DAYS_PER_YEAR

Numbers = NDArray[np.float64]
Bills = Callable[[Array, Array], tuple[Array, Array]]
STEPS: Final = {"haste": 0.02, "years": 3.0 / BUSINESS_DAYS_PER_YEAR, "ends": 0.005}
"""By how much each number of a plan is moved to either side; time by whole days, as sales end."""
_CLOSE: Final = 0.02
"""Relative gap up to which two slopes agree."""
_NOTHING: Final = 1e-3
"""Slopes below this are alike whatever their ratio [USD bn]."""


@dataclass(frozen=True)
class SlopeCheck:
    """One slope of the mean bill, worked out twice on the same draws."""

    number: str
    pathwise: float
    """By the chain rule through every step [USD bn per unit]."""
    differences: float
    """By the bills of two plans next to it [USD bn per unit]."""
    agreeing: float
    """Part of the draws in which the two agree: no gate opens or shuts in between [fraction]."""
    median_gap: float
    """Middle relative gap over the draws [ratio]."""

    @property
    def is_usable(self) -> bool:
        """Whether a step may follow the slope."""
        return bool(_are_close(np.array(self.pathwise), np.array(self.differences)))


@jax_settings()
def check_slopes(
    question: DescentQuestion,
    plan: WayDown,
    *,
    draws: int = 24,
    seed: int = 0,
    answering: bool = True,
) -> tuple[SlopeCheck, ...]:
    """Hold slopes by the chain rule against differences, with everybody answering or nobody."""
    inner = inside(plan)
    ready = ready_for(question, inner, seed=seed, answering=answering)
    bills = slopes_of(ready, draws)
    here = ready.lowered.inputs.sale.scheduled
    found = []
    for name, step in STEPS.items():
        sides = [
            replace(inner, **{name: getattr(inner, name) + side * step}) for side in (1.0, -1.0)
        ]
        up, down = (scheduled_for(question, each) for each in sides)
        slope = np.asarray(bills(here, (up - down) / (2.0 * step))[1])
        bill_up, bill_down = (np.asarray(bills(each, 0.0 * here)[0]) for each in (up, down))
        apart = (bill_up - bill_down) / (2.0 * step)
        found.append(compare(name, slope, apart))
    return tuple(found)


def inside(plan: WayDown) -> WayDown:
    """Move a plan off the edges, where it has no neighbour on the other side."""
    haste, years, ends = (2.0 * STEPS[name] for name in ("haste", "years", "ends"))
    return replace(
        plan,
        haste=min(max(plan.haste, haste), MOST_HASTE - haste),
        ends=min(max(plan.ends, ends), MOST_AT_ENDS - ends),
        years=min(max(plan.years, SHORTEST_YEARS + years), HORIZON_YEARS - years),
    )


def compare(name: str, slope: Numbers, apart: Numbers) -> SlopeCheck:
    """Hold slopes against differences, draw by draw and in the mean."""
    gap = np.abs(slope - apart) / np.maximum(np.abs(apart), _NOTHING)
    return SlopeCheck(
        number=name,
        pathwise=float(slope.mean()),
        differences=float(apart.mean()),
        agreeing=float(_are_close(slope, apart).mean()),
        median_gap=float(np.median(gap)),
    )


def slopes_of(ready: Prepared, draws: int) -> Bills:
    """Give bills of a schedule and their slopes along a direction, one a draw."""
    arrays = ready.lowered.inputs, ready.lowered.draws
    normals = chance(ready.lowered.inputs, ready.seed, range(draws))
    given = gather(arrays, jnp.asarray(ready.rows(range(draws))), jnp.asarray(normals))
    return lambda at, along: _bills(given, at, along)


@jax.jit
def _bills(
    given: tuple[Inputs, Paths, Draws], at: Float[Array, "t s b"], along: Float[Array, "t s b"]
) -> tuple[Array, Array]:
    """One program for all questions of a shape: what is asked is an argument."""
    inputs, paths, drawn = given

    def bill(scheduled: Float[Array, "t s b"]) -> Float[Array, " d"]:
        asked = eqx.tree_at(lambda each: each.sale.scheduled, inputs, scheduled)
        return bill_of(simulate(asked, paths, drawn))

    return jax.jvp(bill, (at,), (along,))


def bill_of(run: Trajectory) -> Float[Array, " d"]:
    """Add the parts of the sellers' bill up."""
    account = run.account
    lost = account.at_baseline - account.proceeds
    parts = lost + account.conversion + account.mark + account.carry
    return jnp.sum(parts + run.ended["sanction_loss"], axis=1)


def ready_for(question: DescentQuestion, plan: WayDown, *, seed: int, answering: bool) -> Prepared:
    """Prepare a plan, with everybody answering or nobody."""
    scenario = scenario_of(plan, question)
    if not answering:
        silent = dict.fromkeys(Reactions.model_fields, False)
        scenario = scenario.model_copy(update={"reactions": Reactions(**silent)})
    return prepare(scenario, seed=seed)


def scheduled_for(question: DescentQuestion, plan: WayDown) -> Array:
    """Read what a plan puts up in each step."""
    return prepare(scenario_of(plan, question)).lowered.inputs.sale.scheduled


def _are_close(one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    return np.abs(one - other) <= _CLOSE * np.maximum(np.abs(other), _NOTHING)
