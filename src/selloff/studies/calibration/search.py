"""Adaptive importance sampling in the space of normal scores, where every prior is standard."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.studies import samples
from selloff.studies.samples import weights_of

Array = NDArray[np.float64]
LogKernel = Callable[[Array], tuple[Array, Any]]
_WIDENED: Final = 1.3
_PRIOR_SHARE: Final = 0.2
_LEAST_ESS: Final = 64.0
_COOLING: Final = 0.85


@dataclass(frozen=True, eq=False)
class Sample:
    """Weighted candidates of all rounds."""

    scores: Array
    """Normal scores, candidate by dimension."""
    log_weights: Array
    """Up to a constant; minus infinity where there is no equilibrium [log]."""
    found: tuple[Any, ...]
    """What the kernel handed back, round by round."""
    ess: tuple[float, ...]
    """Effective sample size after each round [count]."""
    powers: tuple[float, ...]
    """Power to which the kernel was raised after each round [ratio]."""


def search(
    kernel: LogKernel,
    n_dimensions: int,
    sizes: tuple[int, ...],
    *,
    least_ess: float,
    rng: np.random.Generator,
) -> Sample:
    """Sample prior x kernel in rounds, each proposing from what the last ones found.

    w_i = N(z_i; 0, I) K(z_i)^p / sum_r (n_r / n) q_r(z_i)
    """
    centre, root = np.zeros(n_dimensions), np.eye(n_dimensions)
    proposals: list[tuple[Array, Array]] = []
    scores, logs = np.empty((0, n_dimensions)), np.empty(0)
    found: list[Any] = []
    ess: list[float] = []
    powers: list[float] = []
    for turn, size in enumerate(sizes, start=1):
        proposals.append((centre, root))
        fresh = _propose(centre, root, size, rng)
        log_kernel, more = kernel(fresh)
        found.append(more)
        scores, logs = np.vstack([scores, fresh]), np.concatenate([logs, log_kernel])
        base = _log_prior_over_proposals(scores, proposals, sizes)
        least = least_ess if turn == len(sizes) else _LEAST_ESS
        power = _cooled(base, logs, least)
        log_weights = base + _raised(logs, power)
        ess.append(effective_size(log_weights))
        powers.append(power)
        centre, root = _fit(scores, log_weights)
    return Sample(scores, log_weights, tuple(found), tuple(ess), tuple(powers))


def effective_size(log_weights: Array) -> float:
    """Count how many equal weights are as good."""
    if not np.isfinite(log_weights.max()):
        return 0.0
    return samples.effective_size(weights_of(log_weights))


def _propose(centre: Array, root: Array, size: int, rng: np.random.Generator) -> Array:
    normal = rng.standard_normal((size, centre.size))
    is_prior = rng.uniform(size=size) < _PRIOR_SHARE
    return np.where(is_prior[:, None], normal, centre + normal @ root.T)


def _log_prior_over_proposals(
    scores: Array, proposals: list[tuple[Array, Array]], sizes: tuple[int, ...]
) -> Array:
    """Prior over the mixture of the rounds so far."""
    prior = _log_normal(scores, np.zeros(scores.shape[1]), np.eye(scores.shape[1]))
    used = np.array(sizes[: len(proposals)], dtype=np.float64)
    parts = [
        np.log(n / used.sum())
        + np.logaddexp(
            np.log(_PRIOR_SHARE) + prior, np.log1p(-_PRIOR_SHARE) + _log_normal(scores, *each)
        )
        for n, each in zip(used, proposals, strict=True)
    ]
    return np.asarray(prior - np.logaddexp.reduce(parts, axis=0))


def _cooled(base: Array, logs: Array, least: float) -> float:
    power = 1.0
    most = effective_size(base + _raised(logs, 0.0))
    while effective_size(base + _raised(logs, power)) < min(least, 0.5 * most):
        power *= _COOLING
    return power


def _raised(logs: Array, power: float) -> Array:
    """What has no equilibrium stays impossible at any power."""
    return np.where(np.isfinite(logs), power * np.where(np.isfinite(logs), logs, 0.0), -np.inf)


def _fit(scores: Array, log_weights: Array) -> tuple[Array, Array]:
    """Mean and widened root of covariance of the weighted candidates."""
    weights = weights_of(log_weights)
    centre = weights @ scores
    gap = scores - centre
    shrunk = (gap * weights[:, None]).T @ gap + 0.02 * np.eye(centre.size)
    return np.asarray(centre), np.asarray(_WIDENED * np.linalg.cholesky(shrunk))


def _log_normal(scores: Array, centre: Array, root: Array) -> Array:
    standard = np.linalg.solve(root, (scores - centre).T)
    size = np.log(np.diag(root)).sum() + 0.5 * centre.size * np.log(2.0 * np.pi)
    return np.asarray(-0.5 * np.sum(standard**2, axis=0) - size)
