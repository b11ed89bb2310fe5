"""The study: points, a screen, indices for what the screen found, slopes, and worths."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.pipeline import Pool
from selloff.scenario import Scenario
from selloff.studies.measuring import Measurer, Numbers, Progress
from selloff.studies.samples import LEVELS
from selloff.studies.sensitivity.answer import Sensitivity
from selloff.studies.sensitivity.found import Effect, OfMetric
from selloff.studies.sensitivity.indices import library, sobol
from selloff.studies.sensitivity.inputs import CHANCE, CORE
from selloff.studies.sensitivity.points import (
    SLOTS,
    Block,
    Nudge,
    Star,
    answer_points,
    joined_values,
    shipped,
    slots,
)
from selloff.studies.sensitivity.slopes import STEP, Slope, slope
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
_SIDES: Final = 6
"""Independent blocks for each block of the Saltelli sample, its two sides among them [count]."""


@dataclass(frozen=True)
class Design:
    """A sample of the independent inputs, and all that is asked of it."""

    text: str
    draws: int
    seed: int
    measurer: Measurer

    def blocks(self) -> list[tuple[int, int]]:
        """Cut the sample into blocks of at most the rows of the bank: first number and size."""
        most = shipped().bank.n_draws
        sizes = [most] * (self.draws // most) + [self.draws % most]
        return [(at * _SIDES, size) for at, size in enumerate(sizes) if size]

    def points(self) -> list[Block]:
        """List the independent blocks."""
        return [
            Block(self.text, self.seed, size, number + side)
            for number, size in self.blocks()
            for side in range(_SIDES)
        ]

    def swapped(self, groups: Mapping[str, tuple[str, ...]]) -> dict[str, Numbers]:
        """Answer the first side with each group of inputs taken from the second."""
        asked = [
            Block(self.text, self.seed, size, number, names, number + 1)
            for names in groups.values()
            for number, size in self.blocks()
        ]
        found, n = self.measurer.answer(asked, answer_points), len(self.blocks())
        parts = (joined(found[at : at + n]) for at in range(0, len(found), n))
        return dict(zip(groups, parts, strict=True))

    def far(self, base: Numbers, metrics: Iterable[str]) -> dict[str, dict[str, float]]:
        """Move each input at a few points, all else and chance being equal: how far each metric
        moves on average.

        mean |f_A - f_ABi|.  Source: Campolongo, Saltelli and Cariboni (2011), radial design.
        """
        size = self.blocks()[0][1]
        parts = _parts(list(shipped().by_name))
        stars = [Star(self.text, self.seed, size, 0, 1, names) for names in parts]
        found = list(zip(parts, self.measurer.answer(stars, answer_points), strict=True))
        return {
            metric: {
                name: _apart(base[metric][slot], moved[metric][slot])
                for names, moved in found
                for name, slot in zip(names, slots(size), strict=False)
            }
            for metric in metrics
        }

    def screened(self) -> int:
        """Count the draws behind `far`."""
        return len(_parts(list(shipped().by_name))) * self.blocks()[0][1]

    def nudged(self, names: Sequence[str]) -> int:
        """Count the draws behind slopes."""
        return (1 + 2 * math.ceil(len(names) / SLOTS)) * min(self.draws, shipped().bank.n_draws)

    def slopes(self, names: Sequence[str], metrics: Iterable[str]) -> dict[str, dict[str, Slope]]:
        """Move each parameter a little to either side of the median of all: slopes by metric."""
        size = min(self.draws, shipped().bank.n_draws)
        parts = _parts(names)
        nudges = [Nudge(self.text, self.seed, size, x, by) for by in (-STEP, STEP) for x in parts]
        base = Nudge(self.text, self.seed, size, (), 0.0)
        at, *ends = self.measurer.answer([base, *nudges], answer_points)
        sides = list(zip(parts, ends[: len(parts)], ends[len(parts) :], strict=True))
        return {
            metric: {
                name: slope(below[metric][slot], at[metric][slot], above[metric][slot])
                for part, below, above in sides
                for name, slot in zip(part, slots(size), strict=False)
            }
            for metric in metrics
        }


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
    answers = measurer.answer(blocks, answer_points)
    values, points = joined_values(blocks), joined(answers)
    inputs = shipped().by_name
    largest = {name: _largest(far) for name, far in design.far(answers[0], chosen).items()}
    listed = list(dict.fromkeys([CORE, *chain.from_iterable(largest.values())]))
    groups: dict[str, tuple[str, ...]] = {name: (name,) for name in (*listed, CHANCE)}
    groups[REST] = tuple(name for name in inputs if name not in listed)
    found = design.swapped(groups)
    singles = [x for x in listed if not inputs[x].is_group]
    slopes = design.slopes(singles, chosen)
    first, second = (joined(answers[side::_SIDES]) for side in (0, 1))
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
        points=_SIDES * draws,
        runs=draws * (_SIDES + len(groups)) + design.screened() + design.nudged(singles),
        inputs=len(inputs),
        of=of,
    )


def joined(answers: Sequence[Numbers]) -> Numbers:
    """Lay answers one after the other."""
    return {name: np.concatenate([each[name] for each in answers]) for name in answers[0]}


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


def _parts(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(names[at : at + SLOTS]) for at in range(0, len(names), SLOTS)]


def _apart(one: Array, other: Array) -> float:
    known = np.isfinite(one) & np.isfinite(other)
    return float(np.mean(np.abs(one - other)[known])) if known.any() else 0.0


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
