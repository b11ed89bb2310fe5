"""The filter: flows summed within a month, under regimes that come and go.

Statsmodels has no sums over part of a month, and dynamax one observation a step; hence our own."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_LEAST: Final = 1e-12
"""Variance and chance are kept above it."""


@dataclass(frozen=True, eq=False)
class Weeks:
    """What is observed of a month's flow so far, week by week; NaN where nothing is."""

    month: NDArray[np.int64]
    """Month of each week [week]."""
    part: Array
    """Part of its month that a week makes [week]."""
    seen: Array
    """Flow since the month began, as a signal tells it [draw, week, signal]."""
    error: Array
    """Its standard error [draw, week, signal]."""
    is_soft: NDArray[np.bool_]
    """Signals that share news with others [signal]."""


@dataclass(frozen=True, eq=False)
class Dynamics:
    """Regimes in the unit of the flow."""

    mean: Array
    """[draw, regime]"""
    spread: Array
    """[draw, regime]"""
    change: Array
    """Chance of a regime a month later [draw, from, to]."""
    softness: Array
    """Power to which soft signals count [draw]."""
    limit: Array
    """Odds a soft signal may turn at most [draw]."""


@dataclass(frozen=True, eq=False)
class Filtered:
    """Where the filter stands at the end of each month."""

    chance: Array
    """Of each regime [draw, month, regime]."""
    flow: Array
    """Mean flow of the month [draw, month]."""
    error: Array
    """Its standard error [draw, month]."""
    log_likelihood: Array
    """Of all that was observed [draw]."""


def run(weeks: Weeks, rules: Dynamics, n_months: int) -> Filtered:
    """Filter the weeks: c_w = c_{w-1} + mu_s / n + e, e ~ N(0, sigma_s^2 / n).

    Source: Hamilton (1989) across regimes; Kim (1994), the collapse of nine histories to three."""
    n_draws = rules.mean.shape[0]
    chance = _lasting(rules.change)
    mean, var = np.zeros((2, n_draws, 3))
    found = np.full((n_draws, n_months, 5), np.nan)
    total, before = np.zeros(n_draws), -1
    powers = {part: _powers(rules.change, part) for part in np.unique(weeks.part)}
    for w, month in enumerate(weeks.month):
        if month != before:
            mean, var, before = 0.0 * mean, 0.0 * var, month
        part = weeks.part[w]
        weight = chance[:, :, None] * powers[part]
        here = mean[:, :, None] + part * rules.mean[:, None, :]
        wide = var[:, :, None] + part * rules.spread[:, None, :] ** 2
        for k, is_soft in enumerate(weeks.is_soft):
            seen, error = weeks.seen[:, w, k], weeks.error[:, w, k]
            if np.isnan(seen).any():
                continue
            signal = _Seen(seen, error, rules if is_soft else None)
            here, wide, score = _update(here, wide, signal)
            scale = score.max(axis=(1, 2), keepdims=True)
            weight = weight * np.exp(score - scale)
            total = total + scale[:, 0, 0] + np.log(weight.sum(axis=(1, 2)))
            weight = weight / weight.sum(axis=(1, 2), keepdims=True)
        chance, mean, var = _collapse(weight, here, wide)
        middle = (chance * mean).sum(axis=1)
        around = (chance * (var + mean**2)).sum(axis=1) - middle**2
        found[:, month, :3] = chance
        found[:, month, 3], found[:, month, 4] = middle, np.sqrt(np.maximum(around, _LEAST))
    return Filtered(found[:, :, :3], found[:, :, 3], found[:, :, 4], total)


class _Seen(NamedTuple):
    """One signal of one week."""

    value: Array
    error: Array
    soft: Dynamics | None
    """How far it counts; fully without."""


def _update(mean: Array, var: Array, signal: _Seen) -> tuple[Array, Array, Array]:
    """Take in one signal under every pair of regimes; a soft one counts in part and has a limit."""
    seen, error, soft = signal
    noise = error[:, None, None] ** 2
    if soft is not None:
        noise = noise / soft.softness[:, None, None]
    gap, whole = seen[:, None, None] - mean, var + noise
    score = -0.5 * (gap**2 / whole + np.log(2.0 * np.pi * whole))
    if soft is not None:
        score = score * soft.softness[:, None, None]
        lowest = score.max(axis=(1, 2), keepdims=True) - np.log(soft.limit)[:, None, None]
        score = np.maximum(score, lowest)
    gain = var / whole
    return mean + gain * gap, np.maximum((1.0 - gain) * var, _LEAST), score


def _collapse(weight: Array, mean: Array, var: Array) -> tuple[Array, Array, Array]:
    """Keep one history a regime, with the mean and variance of the three that led to it."""
    chance = np.maximum(weight.sum(axis=1), _LEAST)
    share = weight / chance[:, None, :]
    middle = (share * mean).sum(axis=1)
    around = (share * (var + (mean - middle[:, None, :]) ** 2)).sum(axis=1)
    return chance / chance.sum(axis=1, keepdims=True), middle, around


def _powers(change: Array, part: float) -> Array:
    """Chances of change over part of a month: the matrix of a month to that power."""
    values, vectors = np.linalg.eig(change)
    grown = np.power(values.astype(complex), part)
    found = np.einsum("dij,dj,djk->dik", vectors, grown, np.linalg.inv(vectors)).real
    found = np.maximum(found, 0.0)
    return np.asarray(found / found.sum(axis=2, keepdims=True))


def _lasting(change: Array) -> Array:
    """Chance of each regime when nothing is known [draw, regime]."""
    n = change.shape[1]
    system = np.concatenate([np.swapaxes(change, 1, 2) - np.eye(n), np.ones_like(change[:, :1])], 1)
    right = np.append(np.zeros(n), 1.0)
    return np.stack([np.linalg.lstsq(one, right, rcond=None)[0] for one in system])
