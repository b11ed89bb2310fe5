"""The meta-analysis, against closed forms and simulated studies."""

from dataclasses import replace

import numpy as np
import pytest

from selloff.evidence import load_meta
from selloff.pipeline import set_up_jax
from selloff.studies.calibration.meta import effects, new_case
from selloff.studies.calibration.meta_model import Priors, fit, table_priors
from selloff.studies.calibration.meta_rows import QUANTITIES, MetaRows

set_up_jax()
N = 12
PLAIN = Priors((0.0,) * 5, (10.0,) * 5, 1e-3, 1e-3)
"""Hardly any spread between studies and no offset: what is left has a closed form."""


def rows(by_gdp: np.ndarray, error: np.ndarray) -> MetaRows:
    """Estimates of one quantity, each by a study of its own."""
    n = by_gdp.size
    nothing = np.zeros(n)
    return MetaRows(
        ids=tuple(map(str, range(n))),
        studies=tuple(map(str, range(n))),
        episodes=("",) * n,
        standings=("verified",) * n,
        quantity=np.zeros(n, dtype=int),
        study=np.arange(n),
        by_gdp=by_gdp,
        by_stock=by_gdp,
        error=error,
        is_other_maturity=nothing,
        bound=nothing,
    )


@pytest.fixture(scope="module")
def given() -> MetaRows:
    rng = np.random.default_rng(0)
    return rows(1.0 + 0.3 * rng.standard_normal(N), rng.uniform(0.2, 0.6, N))


def centre(some: MetaRows, priors: Priors = PLAIN, **options) -> np.ndarray:  # type: ignore[no-untyped-def]
    return np.asarray(fit(some, priors, n_draws=400, seed=1, **options).draws["mu"][:, 0])


def test_without_spread_the_centre_is_the_weighted_mean(given: MetaRows) -> None:
    mu = centre(given)
    precision = 1.0 / given.error**2
    mean = np.sum(precision * given.by_gdp) / precision.sum()
    assert mu.mean() == pytest.approx(mean, abs=0.02)
    assert mu.std() == pytest.approx(1.0 / np.sqrt(precision.sum()), rel=0.15)


def test_a_row_with_no_weight_might_as_well_not_be_there(given: MetaRows) -> None:
    far = replace(given, by_gdp=np.r_[given.by_gdp[:-1], 50.0])
    far = replace(far, by_stock=far.by_gdp)
    weight = np.r_[np.ones(N - 1), 0.0]
    assert centre(far, weight=weight).mean() == pytest.approx(
        centre(given, weight=weight).mean(), abs=0.02
    )


def test_a_lower_bound_above_the_others_pulls_up_and_one_below_does_not(given: MetaRows) -> None:
    def bounded(value: float) -> float:
        some = replace(given, by_gdp=np.r_[given.by_gdp[:-1], value])
        some = replace(some, by_stock=some.by_gdp, bound=np.r_[np.zeros(N - 1), 1.0])
        return float(centre(some).mean())

    without = float(centre(given, weight=np.r_[np.ones(N - 1), 0.0]).mean())
    assert bounded(2.0) > without + 0.05
    assert bounded(-3.0) == pytest.approx(without, abs=0.03)


def test_a_less_certain_row_moves_the_centre_less(given: MetaRows) -> None:
    def moved(error: float) -> float:
        some = replace(given, by_gdp=np.r_[given.by_gdp[:-1], 4.0])
        errors = np.r_[given.error[:-1], error]
        some = replace(some, by_stock=some.by_gdp, error=errors)
        return float(centre(some).mean())

    assert moved(0.3) > moved(0.8) + 0.03


def test_spread_between_studies_is_recovered() -> None:
    rng = np.random.default_rng(5)
    n = 60
    some = rows(2.0 + 0.8 * rng.standard_normal(n), np.full(n, 0.2))
    found = fit(some, table_priors(), n_draws=400, seed=1)
    sample = np.sqrt(np.var(some.by_gdp) - 0.2**2)
    assert np.median(found.draws["tau"][:, 0]) == pytest.approx(sample, rel=0.12)
    assert found.divergences == 0


def test_what_is_transient_is_the_month_less_the_lasting_part() -> None:
    n = 4000
    draws = {
        "mu": np.tile(np.log([3.0, 20.0, 2.0, 2.1, 0.2]), (n, 1)),
        "tau": np.full((n, 5), 1e-9),
    }
    case = new_case(draws)
    assert np.median(case["transient_impact"]) == pytest.approx(17.0, rel=1e-6)
    assert np.median(case["fx_transient"]) == pytest.approx(0.21, rel=1e-6)
    assert effects(draws)["permanent_impact"] == [3.0, 3.0, 3.0]


def test_the_shipped_analysis_converged_and_knows_every_study() -> None:
    meta = load_meta()
    assert meta.certificate["largest_r_hat"] < 1.01
    assert meta.certificate["smallest_ess"] > 1000
    assert meta.certificate["divergences"] == 0
    assert len(meta.studies) == meta.certificate["studies"]
    assert set(meta.quantities) == set(next(iter(meta.studies.values())))
    assert {f"mu {name}" for name in QUANTITIES} <= set(meta.hyper)
    for spread in (*meta.quantities.values(), *meta.without["dash-for-cash-2020"].values()):
        assert 0.0 < spread[0] < spread[1] < spread[2]


def test_rows_from_memory_change_little() -> None:
    meta = load_meta()
    left = meta.sensitivity["without rows from memory"]
    for name, spread in meta.quantities.items():
        assert left[name][1] == pytest.approx(spread[1], rel=0.15)
