"""Chance: the same for the same number, whatever else runs beside it."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.engine import Paths, draw_normals, draw_paths


def alone(draw: int, seed: int = 0) -> Paths:
    ready = questions.lowered("nothing")
    own = jax.tree.map(lambda leaf: leaf[draw], ready.draws)
    inputs = ready.inputs
    n_steps, n_factors = inputs.clock.years.shape[0], inputs.market.shock.shape[-1]
    (row,) = draw_normals(seed, [draw], n_steps=n_steps, n_factors=n_factors)
    return draw_paths(jnp.asarray(row), inputs.clock, market=inputs.market, draw=own)


def test_a_draw_alone_is_the_draw_among_others() -> None:
    batch, single = questions.paths(), alone(3)
    np.testing.assert_allclose(batch.noise[3], single.noise, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(batch.depth[3], single.depth, rtol=1e-12)
    assert float(batch.sunspot[3]) == pytest.approx(float(single.sunspot), rel=1e-12)
    assert float(batch.patience[3]) == pytest.approx(float(single.patience), rel=1e-12)


def test_same_seed_same_chance_other_seed_other_chance() -> None:
    questions.paths.cache_clear()
    first = questions.paths(seed=0)
    questions.paths.cache_clear()
    again, other = questions.paths(seed=0), questions.paths(seed=1)
    np.testing.assert_array_equal(first.noise, again.noise)
    np.testing.assert_array_equal(first.depth, again.depth)
    np.testing.assert_array_equal(first.sunspot, again.sunspot)
    np.testing.assert_array_equal(first.patience, again.patience)
    assert not np.any(np.asarray(first.sunspot) == np.asarray(other.sunspot))
    assert not np.any(np.asarray(first.patience) == np.asarray(other.patience))
    assert not np.any(np.asarray(first.noise) == np.asarray(other.noise))
    assert not np.any(np.asarray(first.noise[0]) == np.asarray(first.noise[1]))


def test_scenarios_share_their_chance() -> None:
    quiet = questions.paths("nothing")
    for name in ("two sellers", "everything"):
        busy = questions.paths(name)
        for path in ("noise", "depth", "sunspot", "patience"):
            np.testing.assert_array_equal(getattr(quiet, path), getattr(busy, path))


def test_noise_has_the_covariance_it_was_given() -> None:
    """Innovations whitened by their Cholesky factor are standard normal, day and month."""
    ready = questions.lowered("nothing")
    market, clock = ready.inputs.market, ready.inputs.clock
    spread = np.asarray(ready.draws.noise_spread)[:, None, None]
    noise = np.asarray(questions.paths().noise)
    before = np.concatenate([np.zeros_like(noise[:, :1]), noise[:, :-1]], axis=1)
    for kind, least in ((0, 2000), (1, 40)):
        steps = np.asarray(clock.kind) == kind
        fresh = noise[:, steps] - np.asarray(market.decay)[kind] * before[:, steps]
        scale = spread * np.asarray(market.swell)[None, steps]
        scaled = (fresh / scale).reshape(-1, fresh.shape[2]).T
        white = np.linalg.solve(np.asarray(market.shock)[kind], scaled)
        assert white.shape[1] >= least
        tolerance = 6.0 / np.sqrt(white.shape[1])
        np.testing.assert_allclose(np.cov(white), np.eye(white.shape[0]), atol=tolerance)
        np.testing.assert_allclose(white.mean(axis=1), 0.0, atol=tolerance)


def test_depth_is_positive_and_opens_as_spread_as_it_stays() -> None:
    depth = np.asarray(questions.paths().depth)
    assert np.all(depth > 0.0)
    spread = np.asarray(questions.lowered("nothing").draws.depth_volatility)
    scores = np.log(depth) / spread[:, None]
    assert 0.3 < scores[:, 0].std() < 2.0
    assert np.abs(scores).max() < 5.0


def test_a_sunspot_is_a_share_and_patience_a_hazard_of_mean_one() -> None:
    """Uniform and exponential, by the chance of the opening row that noise leaves unused."""
    ready = questions.lowered("nothing")
    given = draw_normals(0, range(2000), n_steps=1, n_factors=ready.inputs.market.shock.shape[-1])
    clock, market = (
        jax.tree.map(lambda leaf: leaf[:1], ready.inputs.clock),
        eqx.tree_at(lambda m: m.swell, ready.inputs.market, ready.inputs.market.swell[:1]),
    )
    own = jax.tree.map(lambda leaf: leaf[0], ready.draws)
    found = jax.vmap(lambda row: draw_paths(row, clock, market=market, draw=own))(
        jnp.asarray(given)
    )
    spots, patience = np.sort(np.asarray(found.sunspot)), np.sort(np.asarray(found.patience))
    even = (np.arange(2000) + 0.5) / 2000
    # Largest distance of 2000 from their distribution: above 0.036 once in a hundred times.
    assert np.abs(spots - even).max() < 0.036
    assert np.abs(1.0 - np.exp(-patience) - even).max() < 0.036
    assert abs(np.corrcoef(found.sunspot, found.patience)[0, 1]) < 0.07


def test_normals_are_standard_and_independent_across_draws_and_seeds() -> None:
    given = draw_normals(0, range(40), n_steps=100, n_factors=3)
    assert given.shape == (40, 101, 4)
    assert abs(given.mean()) < 5.0 / np.sqrt(given.size)
    assert abs(given.std() - 1.0) < 5.0 / np.sqrt(2 * given.size)
    assert abs(np.corrcoef(given[:-1].ravel(), given[1:].ravel())[0, 1]) < 0.05
    longer = draw_normals(0, [7], n_steps=200, n_factors=3)
    np.testing.assert_array_equal(longer[0, :101], given[7])
    assert not np.any(draw_normals(1, [7], n_steps=100, n_factors=3)[0] == given[7])
