"""The search finds what is known in closed form."""

import numpy as np
import pytest

from selloff.studies.calibration.search import effective_size, search

CENTRE, WIDTH = np.array([1.5, -0.5]), np.array([0.4, 0.8])


def kernel(scores: np.ndarray) -> tuple[np.ndarray, int]:
    return -0.5 * np.sum(((scores - CENTRE) / WIDTH) ** 2, axis=1), len(scores)


def test_a_gaussian_kernel_gives_the_conjugate_posterior() -> None:
    found = search(kernel, 2, (40_000, 40_000), least_ess=100.0, rng=np.random.default_rng(0))
    weights = np.exp(found.log_weights - found.log_weights.max())
    weights /= weights.sum()
    precision = 1.0 + 1.0 / WIDTH**2
    mean = CENTRE / WIDTH**2 / precision
    np.testing.assert_allclose(weights @ found.scores, mean, atol=0.05)
    spread = weights @ (found.scores - mean) ** 2
    np.testing.assert_allclose(spread, 1.0 / precision, rtol=0.12)
    assert found.powers == (1.0, 1.0)
    assert found.found == (40_000, 40_000)


def test_rounds_bring_more_effective_draws() -> None:
    once = search(kernel, 2, (500,), least_ess=10.0, rng=np.random.default_rng(1))
    twice = search(kernel, 2, (500, 500), least_ess=10.0, rng=np.random.default_rng(1))
    assert twice.ess[-1] > 1.5 * once.ess[-1]


def test_a_kernel_too_sharp_is_flattened_until_enough_draws_count() -> None:
    def sharp(scores: np.ndarray) -> tuple[np.ndarray, None]:
        return 1e4 * kernel(scores)[0], None

    found = search(sharp, 2, (400,), least_ess=50.0, rng=np.random.default_rng(2))
    assert found.powers[0] < 0.01
    assert found.ess[0] >= 50.0


def test_what_is_impossible_never_counts() -> None:
    def half(scores: np.ndarray) -> tuple[np.ndarray, None]:
        return np.where(scores[:, 0] > 0.0, 0.0, -np.inf), None

    found = search(half, 2, (400,), least_ess=300.0, rng=np.random.default_rng(3))
    assert np.all(np.isneginf(found.log_weights) == (found.scores[:, 0] <= 0.0))


def test_effective_size() -> None:
    assert effective_size(np.zeros(7)) == pytest.approx(7.0)
    assert effective_size(np.array([0.0, -np.inf])) == pytest.approx(1.0)
    assert effective_size(np.array([-np.inf])) == 0.0
