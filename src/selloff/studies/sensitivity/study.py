"""The study: points, a screen, indices for what the screen found, slopes, and worths."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.pipeline import Pool
from selloff.scenario import Scenario
from selloff.studies.measuring import Measurer, Progress
from selloff.studies.samples import LEVELS
from selloff.studies.sensitivity.answer import Sensitivity
from selloff.studies.sensitivity.design import SIDES, Design, joined
from selloff.studies.sensitivity.found import Effect, OfMetric
from selloff.studies.sensitivity.indices import library, sobol
from selloff.studies.sensitivity.inputs import CHANCE, CORE
from selloff.studies.sensitivity.points import SLOTS, joined_values, shipped
from selloff.studies.sensitivity.slopes import Slope
from selloff.studies.sensitivity.worth import narrowest, worth, worth_of_studies
from selloff.vocab import InputError, Metric, Problem, check_metrics, metrics_at

Array = NDArray[np.float64]
METRICS: Final = ("us_10y_peak_bp", "seller_total_cost_usd_bn", "us_gdp_q4_pct")
DRAWS: Final = 512
LOOKED_AT: Final = 12
"""Inputs that move a metric most, looked at one by one [count]."""
SHOWN: Final = 10
"""Inputs of a metric that the answer holds [count]."""
REST: Final = "everything else"
_STREAM: Final = 10
"""Keeps random numbers of worths apart from others."""


def find_sensitivity(
    scenario: Scenario,
    *,
    metrics: Sequence[str] = METRICS,
    draws: int = DRAWS,
    seed: int = 0,
    folder: Path | None = None,
    pool: Pool | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Find which unknowns move the metrics of a scenario, and what would narrow them."""
    chosen = _checked(metrics, scenario.horizon_years, draws)
    library()
    measurer = Measurer(draws=draws, seed=seed, folder=folder, pool=pool, progress=progress)
    design = Design(scenario.model_dump_json(), draws, seed, measurer)
    blocks = design.points()
    answers = design.answered(blocks)
    values, points = joined_values(blocks), joined(answers)
    inputs = shipped().by_name
    largest = {name: _largest(far) for name, far in design.far(answers[0], chosen).items()}
    listed = list(dict.fromkeys([CORE, *chain.from_iterable(largest.values())]))
    groups: dict[str, tuple[str, ...]] = {name: (name,) for name in (*listed, CHANCE)}
    groups[REST] = tuple(name for name in inputs if name not in listed)
    found = design.swapped(groups)
    singles = [x for x in listed if not inputs[x].is_group]
    slopes = design.slopes(singles, chosen)
    first, second = (joined(answers[side::SIDES]) for side in (0, 1))
    of = {
        name: _assemble(
            metric,
            (first[name], second[name]),
            {group: numbers[name] for group, numbers in found.items()},
            values=values,
            y=points[name],
            largest=largest[name],
            slopes=slopes[name],
            seed=seed,
        )
        for name, metric in chosen.items()
    }
    return Sensitivity(
        scenario.name,
        scenario.title,
        draws=draws,
        seed=seed,
        points=SIDES * draws,
        runs=draws * (SIDES + len(groups)) + design.screened() + design.nudged(singles),
        inputs=len(inputs),
        of=of,
    )


def _checked(names: Sequence[str], years: float, draws: int) -> dict[str, Metric]:
    known = metrics_at(years)
    wrong: list[Problem] = []
    try:
        chosen = check_metrics(names, tuple(known))
    except InputError as error:
        wrong += error.problems
    if draws < SLOTS:
        remedy = f"Give more draws; {DRAWS} are the usual number."
        allowed = f"at least {SLOTS}"
        wrong.append(Problem(where="draws", given=f"{draws}", allowed=allowed, remedy=remedy))
    if wrong:
        raise InputError(wrong)
    return {name: known[name] for name in chosen}


def _largest(far: Mapping[str, float]) -> list[str]:
    """Name the inputs to look at one by one."""
    return sorted(far, key=far.__getitem__, reverse=True)[:LOOKED_AT]


def _assemble(
    metric: Metric,
    sides: tuple[Array, Array],
    swapped: Mapping[str, Array],
    *,
    values: Mapping[str, Array],
    y: Array,
    largest: Sequence[str],
    slopes: Mapping[str, Slope],
    seed: int,
) -> OfMetric:
    known = np.isfinite(y)
    y, values = y[known], {name: x[known] for name, x in values.items()}
    rng = np.random.default_rng([seed, _STREAM])
    indices, inputs = sobol(*sides, swapped, seed=seed), shipped().by_name
    members = chain.from_iterable(inputs[name].members for name in dict.fromkeys([CORE, *largest]))
    told_of = [name for name in members if name in values]

    def effect(name: str, members: Sequence[str] = ()) -> Effect:
        told = [each for each in members if each in values]
        found = worth(name, told, values, y, rng=rng) if told else None
        return Effect(name, tuple(members), *indices[name], found, slopes.get(name))

    order = sorted((x for x in indices if x in inputs), key=lambda x: -indices[x][1].value)
    low, middle, high = np.quantile(y, LEVELS)
    return OfMetric(
        metric.name,
        metric.at_the_end,
        metric.unit,
        float(low),
        float(middle),
        float(high),
        variance=float(np.var(y)),
        effects=tuple(effect(name, inputs[name].members) for name in order[:SHOWN]),
        chance=effect(CHANCE),
        rest=effect(REST),
        core=narrowest(
            worth(x, [x], values, y, rng=rng) for x in inputs[CORE].members if x in values
        ),
        studies=narrowest(worth_of_studies(told_of, values, y, rng=rng)),
        n_left_out=int(np.sum(~known)),
    )
