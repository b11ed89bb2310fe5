"""Chance: the same for the same number, whatever else runs beside it."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import questions
import specimens
from selloff.engine import Draws, Paths, draw_normals, draw_paths, draw_rows


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
    """Innovations whitened by their Cholesky factor are the normals given, day and month."""
    ready = questions.lowered("nothing")
    market, clock = ready.inputs.market, ready.inputs.clock
    spread = np.asarray(ready.draws.noise_spread)[:, None, None]
    noise = np.asarray(questions.paths().noise)
    before = np.concatenate([np.zeros_like(noise[:, :1]), noise[:, :-1]], axis=1)
    for kind, least in ((0, 2000), (1, 40)):
        steps = np.asarray(clock.kind) == kind
        fresh = noise[:, steps] - np.asarray(market.decay)[kind] * before[:, steps]
        scale = spread * np.asarray(market.swell)[None, steps]
        white = np.linalg.solve(np.asarray(market.shock)[kind], (fresh / scale)[..., None])[..., 0]
        assert white[..., 0].size >= least
        given = questions.normals()[:, 1:, :-1][:, steps]
        np.testing.assert_allclose(white, given, rtol=1e-9, atol=1e-9)


def first_step(normals: np.ndarray) -> tuple[Paths, Draws]:
    """What chance of an opening row and of one step more becomes, in the first draw of the bank."""
    inputs = questions.lowered("nothing").inputs
    clock, market = (
        jax.tree.map(lambda leaf: leaf[:1], inputs.clock),
        eqx.tree_at(lambda m: m.swell, inputs.market, inputs.market.swell[:1]),
    )
    own = jax.tree.map(lambda leaf: leaf[0], questions.lowered("nothing").draws)
    one = jax.jit(jax.vmap(lambda row: draw_paths(row, clock, market=market, draw=own)))
    return one(jnp.asarray(normals)), own


def chance(n_draws: int) -> np.ndarray:
    """Opening row and a step, every column of them white."""
    n_columns = questions.lowered("nothing").inputs.market.shock.shape[-1] + 1
    return specimens.white(n_draws, 2 * n_columns).reshape(n_draws, 2, n_columns)


def test_depth_is_positive_and_opens_as_spread_as_it_stays() -> None:
    assert np.all(np.asarray(questions.paths().depth) > 0.0)
    found, own = first_step(chance(200))
    scores = np.log(np.asarray(found.depth)[:, 0]) / float(own.depth_volatility)
    assert scores.std() == pytest.approx(1.0)
    assert scores.mean() == pytest.approx(0.0, abs=1e-12)


def test_a_sunspot_is_a_share_and_patience_a_hazard_of_mean_one() -> None:
    """Uniform and exponential, by the chance of the opening row that noise leaves unused."""
    given, even = chance(200), (np.arange(200) + 0.5) / 200
    given[:, 0, 0] = specimens.normal_quantiles(200)
    given[:, 0, 1] = specimens.normal_quantiles(200)[::-1]
    found, _ = first_step(given)
    np.testing.assert_allclose(found.sunspot, even)
    np.testing.assert_allclose(1.0 - np.exp(-np.asarray(found.patience)), even)


def test_normals_are_standard_and_independent_across_draws_and_seeds() -> None:
    given = draw_normals(0, range(400), n_steps=100, n_factors=3)
    assert given.shape == (400, 101, 4)
    room = 10.0 / np.sqrt(given.size)
    assert abs(given.mean()) < room
    assert abs(given.std() - 1.0) < room
    assert abs(np.corrcoef(given[:-1].ravel(), given[1:].ravel())[0, 1]) < room
    longer = draw_normals(0, [7], n_steps=200, n_factors=3)
    np.testing.assert_array_equal(longer[0, :101], given[7])
    assert not np.any(draw_normals(1, [7], n_steps=100, n_factors=3)[0] == given[7])


def test_every_round_goes_once_through_all_rows_in_an_order_of_its_own() -> None:
    rows = draw_rows(3, range(40), n_rows=8).reshape(5, 8)
    np.testing.assert_array_equal(np.sort(rows, axis=1), np.tile(np.arange(8), (5, 1)))
    assert len({tuple(each) for each in rows.tolist()}) == 5
    assert not np.array_equal(rows[0], draw_rows(4, range(8), n_rows=8))


@given(st.integers(0, 2**63), st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_a_draw_has_its_row_whoever_is_drawn_beside_it(seed: int, draws: list[int]) -> None:
    together = draw_rows(seed, draws, n_rows=7)
    alone = [int(draw_rows(seed, [each], n_rows=7)[0]) for each in draws]
    assert together.tolist() == alone
