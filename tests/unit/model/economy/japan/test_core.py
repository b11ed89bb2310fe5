"""Japan on the paths of the markets: limits, signs, calibration and a plain twin."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from selloff.model.economy.adjustment import adjust
from selloff.model.economy.drivers import Drivers
from selloff.model.economy.japan.branches import BranchRule, yen_up_and_inflation
from selloff.model.economy.japan.core import (
    JapanPaths,
    JapanRules,
    JapanWorld,
    effective_yen,
    japan_paths,
)
from twin import japan_numpy

Array = NDArray[np.float64]
N_Q = 40
TEN_PERCENT = float(np.log(1.1))
WORLD = JapanWorld(
    level=jnp.asarray(160.0),
    per_yen=jnp.array([50.0 / 3800.0, 0.004]),
    price=jnp.asarray(0.93),
    durations=jnp.array([0.05, 0.1, 0.5, 0.4, 0.8, 0.8, 0.6, 0.5, 0.4]),
    hedged=jnp.asarray(130.0),
)
RULES = JapanRules(
    rivals=jnp.array([0.0, 0.125, 0.0, 0.2]),
    pass_through=jnp.asarray(0.04),
    price_speed=jnp.asarray(np.log(2.0) / 0.9),
    exports=jnp.asarray(0.6),
    imports=jnp.asarray(0.67),
    trade_speed=jnp.asarray(np.log(2.0) / 3.0),
    trade_share=jnp.asarray(0.19),
    retained=jnp.asarray(0.5),
    rate_effect=jnp.asarray(0.9),
    rate_speed=jnp.asarray(np.log(2.0) / 0.5),
    long_weight=jnp.asarray(0.5),
    cover_speed=jnp.asarray(np.log(2.0) / 0.25),
    branches=BranchRule(
        yen=jnp.asarray(0.0125), jgb=jnp.asarray(25e-4), inflation=jnp.asarray(0.5)
    ),
)
"""Medians of the table."""
solve = jax.jit(japan_paths)


def moved(
    *,
    yen: float | Array = 0.0,
    jgb: float | Array = 0.0,
    short: float | Array = 0.0,
    us_short: float | Array = 0.0,
    yields: float = 0.0,
    jgbs: float = 0.0,
    others: tuple[float, float, float] = (0.0, 0.0, 0.0),
    n_q: int = N_Q,
) -> Drivers:
    def path(x: float | Array) -> jax.Array:
        return jnp.broadcast_to(jnp.asarray(x, dtype=float), (n_q,))

    return Drivers(
        yields=jnp.full((n_q, 9), yields),
        jgb=path(jgb),
        rates=jnp.stack([path(us_short), path(short)], axis=1),
        log_fx=jnp.stack([path(yen), *map(path, others)], axis=1),
        broad=jnp.zeros(n_q),
        stress=jnp.zeros((n_q, 2)),
        spent=jnp.zeros((n_q, 2)),
        jgbs=path(jgbs),
    )


def after(drivers: Drivers, rules: JapanRules = RULES, held: float = 850.0) -> JapanPaths:
    return solve(drivers, jnp.full(drivers.jgb.shape, held), WORLD, rules)


def first_years(path: jax.Array) -> Array:
    return np.asarray(path).reshape(-1, 4).mean(axis=1)


def test_where_nothing_moves_nothing_happens_at_all() -> None:
    for leaf in jax.tree.leaves(after(moved())):
        assert not np.asarray(leaf).any()


def test_a_follower_covers_half_the_way_in_its_half_life() -> None:
    speed = jnp.asarray(np.log(2.0) / 0.75)
    found = np.asarray(adjust(jnp.ones(12), speed, years=0.25))
    np.testing.assert_allclose(found, 1.0 - 0.5 ** (np.arange(1, 13) / 3.0), rtol=1e-13)


def test_a_yen_up_for_good_takes_prices_down_by_its_pass_through() -> None:
    found = np.asarray(after(moved(yen=TEN_PERCENT)).cpi)
    assert np.all(np.diff(found) < 0.0)
    years = 0.25 * np.arange(1, N_Q + 1)
    wanted = -0.04 * TEN_PERCENT * (1.0 - 0.5 ** (years / 0.9))
    np.testing.assert_allclose(found, wanted, rtol=1e-12)
    assert -0.005 < found[7] < -0.002


def test_ten_percent_of_the_yen_cost_output_what_the_models_said() -> None:
    """Cabinet Office: about 0.08 percent in the first year and 0.4 in the next ones."""
    years = 100.0 * first_years(after(moved(yen=TEN_PERCENT)).gdp)
    assert -0.33 < years[0] < -0.08
    assert -0.45 < years[1] < -0.3
    assert np.all(np.diff(years) < 0.0)


def test_a_point_on_the_short_rate_costs_output_what_esri_found() -> None:
    years = 100.0 * first_years(after(moved(short=0.01, jgb=0.005)).gdp)
    assert years[0] == pytest.approx(-0.32, abs=0.06)


def test_exports_end_at_their_elasticity() -> None:
    slow = np.asarray(after(moved(yen=0.1, n_q=400)).exports)
    assert slow[-1] == pytest.approx(-0.06, rel=1e-6)
    # Chinn's long run; the first year sees a tenth of it.
    assert 0.05 < first_years(jnp.asarray(slow))[0] / slow[-1] < 0.2


def test_the_effective_yen_nets_out_what_rivals_did() -> None:
    log_fx = jnp.array([[0.1, 0.05, 0.3, -0.02]])
    found = float(effective_yen(log_fx, RULES.rivals)[0])
    assert found == pytest.approx(0.1 - 0.125 * 0.05 + 0.2 * 0.02)


def test_a_dollar_down_against_all_is_less_than_a_yen_up_alone() -> None:
    alone = after(moved(yen=0.1))
    all_up = after(moved(yen=0.1, others=(0.1, 0.1, 0.1)))
    assert float(alone.cpi[-1]) < float(all_up.cpi[-1]) < 0.0
    assert float(alone.gdp[-1]) < float(all_up.gdp[-1]) < 0.0
    np.testing.assert_array_equal(alone.profits, all_up.profits)


def test_easing_by_the_bank_of_japan_makes_up_for_part_of_a_strong_yen() -> None:
    strong = after(moved(yen=0.1)).gdp
    eased = after(moved(yen=0.1, short=-0.003)).gdp
    assert np.all(np.asarray(eased) > np.asarray(strong))


def test_doubt_about_jgbs_lifts_prices_while_the_yen_falls() -> None:
    found = after(moved(yen=-0.05, jgb=0.01))
    assert int(found.branch) == 2
    calm = after(moved(yen=-0.05))
    assert int(calm.branch) == 0
    extra = np.asarray(found.cpi - calm.cpi)
    np.testing.assert_allclose(extra, 0.5 * 0.0075 * 0.25 * np.arange(1, N_Q + 1), rtol=1e-12)


@pytest.mark.parametrize(
    ("yen", "jgb", "branch"),
    [
        (0.05, 0.02, 1),
        (0.02, 0.0, 1),
        (-0.05, 0.002, 0),
        (0.0, 0.02, 0),
        (-0.02, 0.003, 2),
        (0.01, 0.02, 0),
    ],
)
def test_the_branch_is_read_off_yen_and_jgb(yen: float, jgb: float, branch: int) -> None:
    assert int(after(moved(yen=yen, jgb=jgb)).branch) == branch


draws = st.integers(0, 2**32 - 1)


def random_drivers(seed: int, n_q: int = 24) -> Drivers:
    rng = np.random.default_rng(seed)

    def walk(scale: float, *shape: int) -> jax.Array:
        return jnp.asarray(scale * rng.standard_normal((n_q, *shape)).cumsum(axis=0))

    return Drivers(
        yields=walk(2e-3, 9),
        jgb=walk(2e-3),
        rates=walk(1e-3, 2),
        log_fx=walk(0.02, 4),
        broad=walk(0.01),
        stress=jnp.abs(walk(0.1, 2)),
        spent=jnp.zeros((n_q, 2)),
        jgbs=jnp.abs(walk(20.0)),
    )


def random_rules(seed: int) -> JapanRules:
    rng = np.random.default_rng(seed)
    return jax.tree.map(lambda x: x * jnp.asarray(rng.uniform(0.5, 1.5, x.shape)), RULES)


@settings(max_examples=100, deadline=None)
@given(draws)
def test_both_branches_never_hold(seed: int) -> None:
    """Wherever the yen opened the first road, doubt adds nothing; and the other way round."""
    drivers, rules = random_drivers(seed), random_rules(seed + 1)
    found = after(drivers, rules)
    no_doubt = after(drivers, eqx.tree_at(lambda r: r.branches.inflation, rules, jnp.zeros(())))
    has_doubt = bool(np.any(np.asarray(found.cpi) != np.asarray(no_doubt.cpi)))
    assert has_doubt <= (int(found.branch) == 2)
    yen = np.asarray(effective_yen(drivers.log_fx, rules.rivals))
    if int(found.branch) == 1:
        assert np.any(yen >= float(rules.branches.yen))
    added = np.diff(np.asarray(found.cpi - no_doubt.cpi), prepend=0.0)
    assert not np.any((added > 1e-15) & (yen >= 0.0))


@settings(max_examples=50, deadline=None)
@given(draws, st.integers(4, 23))
@pytest.mark.slow
@pytest.mark.nightly
def test_what_comes_later_changes_nothing_before(seed: int, n_first: int) -> None:
    drivers = random_drivers(seed)
    short = after(jax.tree.map(lambda x: x[:n_first], drivers))
    whole = after(drivers)
    for name in ("cpi", "exports", "gdp", "profits", "reserve_loss"):
        np.testing.assert_allclose(
            getattr(whole, name)[:n_first], getattr(short, name), rtol=1e-12, atol=1e-16
        )


def test_a_strong_yen_never_ends_in_hyperinflation_whatever_the_jgb_does() -> None:
    drivers = moved(yen=0.15, jgb=0.05, short=-0.01, jgbs=2000.0)
    found = after(drivers)
    yen = effective_yen(drivers.log_fx, RULES.rivals)
    chain = yen_up_and_inflation(
        yen, found.cpi, rise=jnp.asarray(0.01), inflation=jnp.asarray(0.01)
    )
    assert not bool(chain.together)
    assert not bool(chain.after)


@settings(max_examples=25, deadline=None)
@given(draws)
def test_plain_numbers_say_the_same(seed: int) -> None:
    drivers, rules = random_drivers(seed), random_rules(seed + 1)
    rng = np.random.default_rng(seed)
    held = jnp.asarray(850.0 - rng.uniform(0.0, 30.0, drivers.jgb.shape[0]).cumsum())
    found = solve(drivers, held, WORLD, rules)
    wanted = japan_numpy.paths(drivers, held, WORLD, rules)
    assert int(found.branch) == wanted.pop("branch")
    for name, path in wanted.items():
        # A loss near zero is a difference of large numbers.
        scale = 1e-12 * max(float(np.abs(path).max()), 1e-3)
        np.testing.assert_allclose(getattr(found, name), path, rtol=1e-12, atol=scale, err_msg=name)
