"""What episodes say of the parameters, if they are allowed to."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import ECONOMY, Bank, parameters
from selloff.studies.backtest.replay import Replay
from selloff.studies.backtest.scores import weighted_quantiles
from selloff.studies.samples import LEVELS, effective_size, weights_of

Array = NDArray[np.float64]
LEAST_ESS: Final = 64.0
_DEGREES: Final = 4.0
_JUDGED: Final = ("us_2y_bp", "us_10y_bp", "us_30y_bp", "usdjpy_pct")


def log_likelihood(
    played: Replay, happened: Mapping[str, float], bank: Bank, *, scales: Mapping[str, float]
) -> Array:
    """Score every row of the bank by what happened in an episode.

    r = observed - effect of the flows;  r ~ t_4(0, Sigma), Sigma of the enlarged noise

    Source: multivariate Student t (Lange, Little and Taylor 1989), against outliers.
    """
    names = [name for name in _JUDGED if np.isfinite(happened[name])]
    if not names:
        return np.zeros(bank.n_draws)
    noise = np.stack([played.noise[name] * scales[name] for name in names])
    root = np.linalg.cholesky(np.cov(noise).reshape(len(names), len(names)))
    row = played.rows
    count = np.maximum(np.bincount(row, minlength=bank.n_draws), 1)
    effect = np.stack(
        [
            np.bincount(row, weights=played.effects[name], minlength=bank.n_draws) / count
            for name in names
        ]
    )
    gap = np.array([happened[name] for name in names])[:, None] - effect
    squares = np.sum(np.linalg.solve(root, gap) ** 2, axis=0)
    return np.asarray(-0.5 * (_DEGREES + len(names)) * np.log1p(squares / _DEGREES))


def learned_weights(log_likelihoods: Sequence[Array]) -> tuple[Array, float]:
    """Turn log-likelihoods into weights, flattened until enough rows of the bank carry them."""
    total = np.sum(log_likelihoods, axis=0)
    power = 1.0
    weights = weights_of(total)
    while effective_size(weights) < LEAST_ESS:
        power *= 0.9
        weights = weights_of(power * total)
    return weights, power


def what_was_learned(bank: Bank, weights: Array) -> list[dict[str, Any]]:
    """Set parameters before and after the episodes side by side.

    Contraction is 1 - (sd after / sd before)^2, in logs where a parameter is positive: near zero
    where history says nothing.
    """
    equal = np.full(bank.n_draws, 1.0 / bank.n_draws)
    rows = []
    for name, row in parameters().items():
        values = bank.draws.get(name)
        if values is None or values.ndim != 1 or row.distribution == "constant":
            continue
        # Nearly all outcomes are dollar yields and the yen, which the economy does not move.
        if row.mechanism.startswith(ECONOMY):
            continue
        scale = np.log(values) if values.min() > 0.0 else values
        mean = weights @ scale
        contraction = 1.0 - float(weights @ (scale - mean) ** 2 / np.var(scale))
        rows.append(
            {
                "parameter": name,
                "before": _points(values, equal),
                "after": _points(values, weights),
                "contraction": round(contraction, 3),
            }
        )
    return sorted(rows, key=lambda each: -float(each["contraction"]))


def _points(values: Array, weights: Array) -> list[float]:
    found = weighted_quantiles(values, weights, LEVELS)
    return [float(f"{x:.4g}") for x in found]
