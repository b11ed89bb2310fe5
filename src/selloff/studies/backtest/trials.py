"""Is the effect there? Observed moves against predicted ones, and how well that can be told.

Everything is in standard deviations of an episode's noise. Moves of one event count as one: under
no effect the sign of a whole event is a coin's, which gives p-values without any distribution.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.studies.backtest.events import Window, events
from selloff.studies.backtest.scores import crps_of, ranks_of, weighted_quantiles
from selloff.vocab import RIVALS

Array = NDArray[np.float64]
Pick = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Draws of the effect and of the noise that made-up histories take [index]."""
N_FLIPS: Final = 1999
N_SIMULATED: Final = 400
LEVEL: Final = 0.05
_FIRST: Final = "us_2y_bp"
_LONGER: Final = ("us_5y_bp", "us_10y_bp", "us_30y_bp", "term_premium_10y_bp")
GROUPS: Final[Mapping[str, tuple[tuple[str, ...], bool]]] = {
    "US yields": ((_FIRST, *_LONGER), False),
    "US yields, given the 2-year": (_LONGER, True),
    "US 10-year": (("us_10y_bp",), False),
    "US 10-year, given the 2-year": (("us_10y_bp",), True),
    "Yen per dollar": (("usdjpy_pct",), False),
    "Yen per dollar, given the 2-year": (("usdjpy_pct",), True),
    "Japan 10-year": (("jgb_10y_bp",), False),
}
"""What is tested together; given the 2-year, its move is taken out of all others."""


@dataclass(frozen=True, eq=False)
class Trial:
    """An episode in draws: what flows do by the model and by rivals, noise, and what happened."""

    window: Window
    effects: Mapping[str, Array]
    rivals: Mapping[str, Mapping[str, float]]
    noise: Mapping[str, Array]
    """Enlarged as in other episodes."""
    weights: Array
    """Of the draws, summing to one [fraction]."""
    happened: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Cell:
    """One variable of one episode, in standard deviations of its noise."""

    event: int
    happened: float
    effect: Array
    noise: Array
    weights: Array
    predicted: Mapping[str, float]
    """Effect by forecast: the model's median, and what rivals say."""
    played: Mapping[str, Array]
    """Outcomes of made-up histories, by the forecast that is right in them."""


def effect_tests(trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """Test each group of variables: effects, scores and ranges."""
    numbers = events([trial.window for trial in trials])
    rng = np.random.default_rng(0)
    picks = [_picks(trial, rng) for trial in trials]
    signs = rng.choice([-1.0, 1.0], (N_FLIPS, len(trials)))
    found = []
    for name, (variables, given) in GROUPS.items():
        cells = [
            _cell(trial, variable, number, pick, given=given)
            for trial, number, pick in zip(trials, numbers, picks, strict=True)
            for variable in variables
            if np.isfinite(trial.happened[variable])
            and (not given or np.isfinite(trial.happened[_FIRST]))
        ]
        if cells:
            found.append({"group": name, **_tests(cells, signs)})
    return found


def _picks(trial: Trial, rng: np.random.Generator) -> Pick:
    n = trial.weights.size
    return rng.choice(n, N_SIMULATED, p=trial.weights), rng.integers(0, n, N_SIMULATED)


def _cell(trial: Trial, name: str, event: int, pick: Pick, *, given: bool) -> Cell:
    """Take the 2-year out by its slope in the noise, and measure in what is left of the noise.

    x - b x_2,  b = cov(noise, noise_2) / var(noise_2)
    """
    noise, first = trial.noise[name], trial.noise[_FIRST]
    slope = float(np.cov(noise, first)[0, 1] / np.var(first, ddof=1)) if given else 0.0
    left = noise - slope * first
    unit = float(np.std(left))

    def taken(values: Mapping[str, Any]) -> Any:
        return (values[name] - slope * values[_FIRST]) / unit

    effect, left = np.asarray(taken(trial.effects)), left / unit
    rivals = {rival: float(taken(said)) for rival, said in trial.rivals.items()}
    middle = float(weighted_quantiles(effect, trial.weights, (0.5,))[0])
    drawn, luck = pick
    played = {rival: said + left[luck] for rival, said in rivals.items()}
    return Cell(
        event=event,
        happened=float(taken(trial.happened)),
        effect=effect,
        noise=left,
        weights=trial.weights,
        predicted={"model": middle} | rivals,
        played={"model": effect[drawn] + left[luck]} | played,
    )


def _tests(cells: Sequence[Cell], signs: Array) -> dict[str, Any]:
    forecasts = ("model", *(rival for rival in RIVALS if rival != "walk"))
    return {
        "n": len(cells),
        "events": len({c.event for c in cells if abs(c.predicted["model"]) > 0.0}),
        "effects": {name: _slope(cells, name, signs) for name in forecasts},
        "scores": {rival: _difference(cells, rival, signs) for rival in RIVALS},
        "uniform": _uniform(cells),
    }


def _slope(cells: Sequence[Cell], name: str, signs: Array) -> dict[str, float]:
    """Regress what happened on what was predicted, through the origin.

    b = sum(x y) / sum(x^2);  s.e. = sqrt(sum over events of (sum x e)^2) / sum(x^2)

    `p` is of no effect, `p_size` of an effect as large as predicted.
    """
    x = np.array([cell.predicted[name] for cell in cells])
    y = np.array([cell.happened for cell in cells])
    played = np.array([cell.played[name] for cell in cells])
    total = float(x @ x)
    slope = float(x @ y) / total if total else 0.0
    scores = _by_event(cells, x * (y - slope * x))
    error = float(np.sqrt(np.sum(scores**2))) / total if total else 0.0
    return {
        "slope": round(slope, 3),
        "error": round(error, 3),
        "p": _p(_by_event(cells, x * y), signs),
        "p_size": _p(_by_event(cells, x * (y - x)), signs),
        "power": _power(_by_event(cells, x[:, None] * played), signs),
    }


def _difference(cells: Sequence[Cell], rival: str, signs: Array) -> dict[str, float]:
    """Score less the rival's, below zero where the model is better; in a world by the model too."""

    def gap(cell: Cell, outcomes: Array) -> Array:
        own = crps_of(cell.effect + cell.noise, cell.weights, outcomes)
        equal = np.full(cell.noise.size, 1.0 / cell.noise.size)
        return own - crps_of(cell.noise + cell.predicted[rival], equal, outcomes)

    seen = np.array([gap(cell, np.array([cell.happened]))[0] for cell in cells])
    made_up = np.array([gap(cell, cell.played["model"]) for cell in cells])
    return {
        "difference": round(float(seen.mean()), 4),
        "p": _p(_by_event(cells, seen), signs),
        "power": _power(_by_event(cells, made_up), signs),
    }


def _uniform(cells: Sequence[Cell]) -> dict[str, Any]:
    """Kolmogorov's distance of ranks from uniform, and how often the model's own world is as far.

    p counts what happened among the made-up worlds, so that it is never zero.

    Source: probability integral transforms (Dawid 1984; Diebold, Gunther and Tay 1998).
    """
    sums = [cell.effect + cell.noise for cell in cells]
    ranks = np.array(
        [
            ranks_of(total, cell.weights, np.r_[cell.happened, cell.played["model"]])
            for cell, total in zip(cells, sums, strict=True)
        ]
    )
    ordered = np.sort(ranks, axis=0)
    at = np.arange(len(cells))[:, None] / len(cells)
    distance = np.maximum(ordered - at, at + 1.0 / len(cells) - ordered).max(axis=0)
    fifths = np.histogram(ranks[:, 0], bins=5, range=(0.0, 1.0))[0]
    return {
        "distance": round(float(distance[0]), 3),
        "p": round(float(np.mean(distance >= distance[0])), 4),
        "fifths": [int(x) for x in fifths],
    }


def _by_event(cells: Sequence[Cell], values: Array) -> Array:
    numbers = np.unique([cell.event for cell in cells], return_inverse=True)[1]
    sums = np.zeros((numbers.max() + 1, *values.shape[1:]))
    np.add.at(sums, numbers, values)
    return sums


def _p(sums: Array, signs: Array) -> float:
    return round(float(_ps(sums[:, None], signs)[0]), 4)


def _ps(sums: Array, signs: Array) -> Array:
    """Count how many flips of whole events give as much, either way."""
    flipped = np.abs(signs[:, : len(sums)] @ sums)
    as_far = flipped >= np.abs(sums.sum(axis=0)) * (1.0 - 1e-9)
    return np.asarray((1.0 + as_far.sum(axis=0)) / (1.0 + len(signs)))


def _power(sums: Array, signs: Array) -> float:
    """Count made-up histories in which a true effect is told from none."""
    return round(float(np.mean(_ps(sums, signs) < LEVEL)), 3)
