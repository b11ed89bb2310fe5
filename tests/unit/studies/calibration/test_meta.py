"""The meta-analysis, against closed forms and simulated studies."""

from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from numpyro.infer.util import log_density
from scipy.stats import halfnorm, norm

from selloff.evidence import fixed, load_meta
from selloff.studies.calibration import meta_model
from selloff.studies.calibration.meta import effects, new_case
from selloff.studies.calibration.meta_model import Priors, fit, table_priors
from selloff.studies.calibration.meta_rows import QUANTITIES, MetaRows

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
        standings=("verified",) * n,
        quantity=np.zeros(n, dtype=int),
        study=np.arange(n),
        by_gdp=by_gdp,
        by_stock=by_gdp,
        error=error,
        is_noisy=nothing,
        is_other_maturity=nothing,
        bound=nothing,
    )


@pytest.fixture(scope="module")
def given() -> MetaRows:
    rng = np.random.default_rng(0)
    return rows(1.0 + 0.3 * rng.standard_normal(N), rng.uniform(0.2, 0.6, N))


def density(
    some: MetaRows, priors: Priors, weight: np.ndarray | None = None, **at: Any
) -> jax.Array:
    """Log density of the model where all but what is given is nothing."""
    args, named = meta_model.given(some, priors, weight)
    nothing = {"mu": jnp.zeros(5), "tau": jnp.full(5, 1e-12), "lambda": 0.5, "delta": 0.0}
    asked = nothing | {"study": jnp.zeros(named["place"][2].size)} | at
    found, _ = log_density(meta_model.model, args, named, asked)
    return found


def centre(some: MetaRows, weight: np.ndarray | None = None) -> float:
    """Posterior mean of the first centre where studies do not differ, by quadrature."""
    grid = jnp.linspace(-4.0, 6.0, 2001)
    log = jax.jit(jax.vmap(lambda mu: density(some, PLAIN, weight, mu=jnp.zeros(5).at[0].set(mu))))
    chance = jax.nn.softmax(log(grid))
    return float(chance @ grid)


def with_last(given: MetaRows, value: float, **more: Any) -> MetaRows:
    """The same rows with another estimate in the last of them."""
    effects = np.r_[given.by_gdp[:-1], value]
    return replace(given, by_gdp=effects, by_stock=effects, **more)


def test_the_density_is_the_one_written_out_by_hand() -> None:
    rng = np.random.default_rng(2)
    some = replace(
        rows(rng.standard_normal(N), rng.uniform(0.2, 0.6, N)),
        by_stock=rng.standard_normal(N),
        quantity=np.arange(N) % 5,
        study=np.arange(N) // 2,
        is_other_maturity=np.arange(N) % 3 == 0,
        bound=np.arange(N) % 3 - 1.0,
        is_noisy=(np.arange(N) % 4 == 1).astype(float),
    )
    weight = rng.uniform(size=N)
    priors = Priors((0.1, 0.2, 0.3, 0.4, 0.5), (1.0, 2.0, 3.0, 4.0, 5.0), 0.7, 0.3)
    mu, tau, own = rng.standard_normal(5), rng.uniform(size=5), rng.standard_normal(N // 2)
    at = {"mu": mu, "tau": tau, "lambda": 0.3, "delta": 0.2, "study": own}
    wanted = norm.logpdf(mu, priors.centre, priors.width).sum() + norm.logpdf(0.2, scale=0.3)
    wanted += halfnorm.logpdf(tau, scale=0.7).sum() + norm.logpdf(own).sum()
    for i in range(N):
        effect = 0.3 * some.by_gdp[i] + 0.7 * some.by_stock[i]
        expected = mu[i % 5] + tau[i % 5] * own[i // 2] + 0.2 * (i % 3 == 0)
        if some.is_noisy[i]:
            effect, expected = np.exp(effect), np.exp(expected)
        z = (effect - expected) / some.error[i]
        one = norm.logcdf(-some.bound[i] * z) if some.bound[i] else -0.5 * z**2
        wanted += weight[i] * (one - (0.0 if some.bound[i] else np.log(some.error[i])))
    assert float(density(some, priors, weight, **at)) == pytest.approx(wanted, rel=1e-9)


def test_without_spread_the_centre_is_the_weighted_mean(given: MetaRows) -> None:
    precision = 1.0 / given.error**2
    # The prior is a row of its own: zero, give or take ten.
    mean = np.sum(precision * given.by_gdp) / (precision.sum() + 0.01)
    assert centre(given) == pytest.approx(mean, rel=1e-6)


def test_a_row_with_no_weight_might_as_well_not_be_there(given: MetaRows) -> None:
    weight = np.r_[np.ones(N - 1), 0.0]
    assert centre(with_last(given, 50.0), weight) == pytest.approx(centre(given, weight))


def test_a_lower_bound_above_the_others_pulls_up_and_one_below_does_not(given: MetaRows) -> None:
    def bounded(value: float) -> float:
        return centre(with_last(given, value, bound=np.r_[np.zeros(N - 1), 1.0]))

    without = centre(given, np.r_[np.ones(N - 1), 0.0])
    assert bounded(2.0) > without + 0.02
    assert bounded(-3.0) == pytest.approx(without, abs=1e-6)


def test_noisy_moves_are_averaged_as_they_came_and_not_in_logs() -> None:
    """A small outcome of a noisy day counts as much as a large one."""
    moves, error = np.linspace(0.2, 3.8, N), np.full(N, 1.0)
    noisy = replace(rows(np.log(moves), error), is_noisy=np.ones(N))
    assert np.exp(centre(noisy)) == pytest.approx(2.0, rel=0.1)
    # In logs, with the error of each over what came out, the large ones win.
    assert np.exp(centre(rows(np.log(moves), error / moves))) > 2.3


def test_what_lasts_is_part_of_what_came() -> None:
    rng = np.random.default_rng(4)
    draws = {"mu": rng.standard_normal((500, 5)), "tau": rng.uniform(size=(500, 5))}
    case = new_case(draws)
    least = fixed("least_transient")
    for lasting, rest in (("permanent_impact", "transient_impact"), ("fx_impact", "fx_transient")):
        total = case[lasting] + case[rest]
        assert (case[rest] >= least * total * (1.0 - 1e-9)).all()


def test_a_less_certain_row_moves_the_centre_less(given: MetaRows) -> None:
    def moved(error: float) -> float:
        return centre(with_last(given, 4.0, error=np.r_[given.error[:-1], error]))

    assert moved(0.3) > moved(0.8) + 0.1


@pytest.mark.slow
@pytest.mark.nightly
def test_the_sampler_finds_the_weighted_mean_and_its_error(given: MetaRows) -> None:
    """Chance of the sampler: 0.0015 in the mean, one percent in the error."""
    mu = fit(given, PLAIN, n_draws=400, seed=1).draws["mu"][:, 0]
    precision = 1.0 / given.error**2
    mean = np.sum(precision * given.by_gdp) / precision.sum()
    assert mu.mean() == pytest.approx(mean, abs=0.02)
    assert mu.std() == pytest.approx(1.0 / np.sqrt(precision.sum()), rel=0.15)


@pytest.mark.slow
@pytest.mark.nightly
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
    for spread in (*meta.quantities.values(), *meta.without["march-2020"].values()):
        assert 0.0 < spread[0] < spread[1] < spread[2]


def test_rows_from_memory_change_little() -> None:
    meta = load_meta()
    left = meta.sensitivity["without rows from memory"]
    for name, spread in meta.quantities.items():
        assert left[name][1] == pytest.approx(spread[1], rel=0.15)
