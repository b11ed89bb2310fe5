"""Draws have the quantiles of their row."""

from dataclasses import replace

import numpy as np
import pytest

from marks import every
from selloff.evidence import Parameter, parameters, quantiles_to_values, sample, sample_with

LEVELS = np.array([0.05, 0.5, 0.95])


def logit(x: float) -> float:
    return float(np.log(x / (1.0 - x)))


@every(parameters().values(), lambda row: row.name)
def test_median_and_width(row: Parameter) -> None:
    low, mid, high = quantiles_to_values(row, LEVELS)
    match row.distribution:
        case "constant":
            assert low == mid == high == row.p50
        case "uniform":
            assert mid == pytest.approx(row.p50)
            assert high - low == pytest.approx(0.9 * (row.p95 - row.p05))
        case "loguniform":
            assert mid == pytest.approx(np.sqrt(row.p05 * row.p95))
            assert np.log(high / low) == pytest.approx(0.9 * np.log(row.p95 / row.p05))
        case "normal":
            assert mid == pytest.approx(row.p50, rel=1e-12)
            assert high - low == pytest.approx(row.p95 - row.p05)
        case "lognormal":
            assert mid == pytest.approx(row.p50, rel=1e-12)
            assert high / low == pytest.approx(row.p95 / row.p05, rel=1e-9)
        case _:
            assert mid == pytest.approx(row.p50, rel=1e-12)
            assert logit(high) - logit(low) == pytest.approx(logit(row.p95) - logit(row.p05))


class Lattice:
    """Uniforms that fill the interval evenly, and each call the square with the one before."""

    def __init__(self) -> None:
        self.turns = [None, 0.5 * (np.sqrt(5.0) - 1.0)]

    def uniform(self, *, size: int) -> np.ndarray:
        turn = self.turns.pop(0) or 1.0 / size
        return np.mod((np.arange(size) + 0.5) * turn, 1.0)


def test_samples_fill_the_distribution() -> None:
    row = parameters()["dealer_capacity"]
    drawn = sample(row, 2000, Lattice())  # type: ignore[arg-type]
    assert np.median(drawn) == pytest.approx(row.p50, rel=5e-3)
    low, high = np.quantile(drawn, [0.05, 0.95])
    assert high / low == pytest.approx(row.p95 / row.p05, rel=5e-3)


def test_the_same_chance_gives_the_same_sample() -> None:
    row = parameters()["dealer_capacity"]
    one, again, other = (sample(row, 9, np.random.default_rng(seed)) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, again)
    assert not np.any(one == other)


@pytest.mark.parametrize("correlation", [-0.8, -0.5, 0.6])
def test_pairs_have_their_correlation_and_keep_their_own_range(correlation: float) -> None:
    row = replace(parameters()["stress_multiple"], correlation=correlation)
    chance = Lattice()
    partner = sample(parameters()["transient_impact"], 4000, chance)  # type: ignore[arg-type]
    drawn = sample_with(row, partner, chance)  # type: ignore[arg-type]
    given = np.corrcoef(np.log(drawn), np.log(partner))[0, 1]
    assert given == pytest.approx(correlation, abs=5e-3)
    assert np.median(drawn) == pytest.approx(row.p50, rel=5e-3)
    low, high = np.quantile(drawn, [0.05, 0.95])
    assert high / low == pytest.approx(row.p95 / row.p05, rel=0.01)


def test_an_unknown_distribution_is_refused() -> None:
    row = replace(parameters()["stress_power"], distribution="cauchy")
    with pytest.raises(ValueError, match="stress_power: unknown distribution 'cauchy'"):
        quantiles_to_values(row, LEVELS)
