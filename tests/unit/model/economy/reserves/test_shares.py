"""Shares of reserves: nothing happens without a cause, and each cause does what it must."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.reserves.shares import (
    Feared,
    ReservePaths,
    ReserveRules,
    ReserveWorld,
    baseline,
    direct_move,
    reserve_paths,
)
from selloff.model.economy.reserves.tipping import CNY, EUR, GBP, GOLD, JPY, OTHER, USD
from twin.reserves_numpy import follow_shares

YEARS = 20
WORLD = ReserveWorld(
    share=jnp.array([0.41, 0.15, 0.04, 0.03, 0.01, 0.28, 0.08]),
    total=jnp.asarray(18000.0),
    retired=jnp.zeros(6),
    free=jnp.ones(7),
    unit_flow=jnp.ones(7),
    exchanged=jnp.zeros(7),
    bond_yield=jnp.zeros(7),
    duration=jnp.zeros(7),
    tonne=jnp.asarray(0.14),
)
RULES = ReserveRules(
    persistence=jnp.asarray(0.93),
    drift=jnp.array([0.0, 0.01, 0.003, 0.03, 0.08, 0.02, 0.08]),
    drift_kept=jnp.asarray(0.94),
    growth=jnp.asarray(0.03),
    network=jnp.asarray(1.0),
    networked=jnp.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]),
    doubt=jnp.asarray(0.4),
    freeze=jnp.asarray(0.2),
    freeze_spill=jnp.asarray(0.4),
    default=jnp.asarray(0.1),
    fx_passthrough=jnp.asarray(0.6),
    gold_passthrough=jnp.asarray(0.95),
    least=jnp.asarray(0.01),
)
CALM = Drivers(
    yields=jnp.zeros((YEARS, 9)),
    jgb=jnp.zeros(YEARS),
    rates=jnp.zeros((YEARS, 2)),
    log_fx=jnp.zeros((YEARS, 4)),
    broad=jnp.zeros(YEARS),
    stress=jnp.zeros((YEARS, 2)),
    gold=jnp.zeros(YEARS),
    jgbs=jnp.zeros(YEARS),
)
NOTHING = jnp.zeros((YEARS, 6))
NEVER = jnp.zeros(YEARS)
following = jax.jit(
    lambda drivers, placed, bought, gold, feared, world, rules: reserve_paths(
        drivers, placed, bought, gold_price=gold, feared=feared, world=world, rules=rules
    )
)


def fears(doubt: object = 0.0, frozen: object = 0.0, default: object = 0.0) -> Feared:
    return Feared(*(NEVER + jnp.asarray(each) for each in (doubt, frozen, default)))


def run(
    *,
    drivers: Drivers = CALM,
    placed: jax.Array = NOTHING,
    bought: jax.Array = NEVER,
    gold: jax.Array = NEVER,
    feared: Feared | None = None,
    world: ReserveWorld = WORLD,
    rules: ReserveRules = RULES,
) -> ReservePaths:
    return following(drivers, placed, bought, gold, feared or fears(), world, rules)


def put(asset: int, amount: float) -> jax.Array:
    """An amount that goes into one asset in the first year and stays."""
    return NOTHING.at[:, asset].set(amount)


def without(name: str) -> ReserveRules:
    return eqx.tree_at(lambda r: getattr(r, name), RULES, jnp.zeros_like(getattr(RULES, name)))


def gap(paths: ReservePaths) -> np.ndarray:
    return np.asarray(paths.share - paths.share_base)


def test_nothing_in_nothing_out_to_the_last_digit() -> None:
    paths = run()
    np.testing.assert_array_equal(paths.share, paths.share_base)
    np.testing.assert_array_equal(paths.parts, 0.0)
    assert not paths.tipped


def test_nothing_out_to_the_last_digit_in_every_draw_of_many() -> None:
    rng = np.random.default_rng(1)
    many = jax.tree.map(lambda x: x * jnp.asarray(rng.uniform(0.5, 1.05, (300, 1))), RULES)
    many = jax.tree.map(lambda x, y: x.reshape(300, *y.shape), many, RULES)
    paths = jax.jit(
        jax.vmap(
            lambda r: reserve_paths(
                CALM, NOTHING, NEVER, gold_price=NEVER, feared=fears(), world=WORLD, rules=r
            )
        )
    )(many)
    np.testing.assert_array_equal(paths.share, paths.share_base)
    assert not np.asarray(paths.tipped).any()


def test_dollars_that_stay_dollars_change_nothing() -> None:
    paths = run(placed=put(0, 1100.0))
    np.testing.assert_array_equal(paths.share, paths.share_base)


amounts = st.floats(0.0, 1500.0)


@settings(max_examples=40, deadline=None)
@given(
    placed=st.lists(amounts, min_size=6, max_size=6),
    doubt=st.floats(0.0, 2.0),
    prob=st.floats(0.0, 1.0),
    log_gold=st.floats(-0.5, 1.0),
    fx=st.floats(-0.3, 0.3),
)
def test_shares_are_shares(
    placed: list[float], doubt: float, prob: float, log_gold: float, fx: float
) -> None:
    drivers = eqx.tree_at(lambda d: d.log_fx, CALM, jnp.full((YEARS, 4), fx))
    paths = run(
        drivers=drivers,
        placed=jnp.broadcast_to(jnp.array(placed), (YEARS, 6)),
        gold=jnp.full(YEARS, log_gold),
        feared=fears(doubt, prob, prob),
    )
    np.testing.assert_allclose(
        np.asarray(paths.parts).sum(axis=2), paths.share - paths.share_base, atol=1e-15
    )
    np.testing.assert_allclose(np.asarray(paths.parts).sum(axis=1), 0.0, atol=1e-14)
    for share in (paths.share, paths.share_base):
        np.testing.assert_allclose(np.asarray(share).sum(axis=1), 1.0, rtol=1e-14)
        assert (np.asarray(share) > 0.0).all()
        assert (np.asarray(share) < 1.0).all()


def test_baseline_drifts_by_the_fading_sum_and_adds_up() -> None:
    found = np.asarray(baseline(YEARS, WORLD, RULES))
    for t in (1, 7, 20):
        grown = sum(0.94**n for n in range(t))
        raw = np.asarray(WORLD.share) * np.exp(np.asarray(RULES.drift) * grown)
        np.testing.assert_allclose(found[t - 1], raw / raw.sum(), rtol=1e-12)


def test_baseline_of_opposite_drifts_cancels_and_the_dollar_falls_when_others_rise() -> None:
    found = np.asarray(baseline(YEARS, WORLD, RULES))
    assert (np.diff(found[:, USD]) < 0.0).all()
    still = eqx.tree_at(lambda r: r.drift, RULES, jnp.zeros(7))
    np.testing.assert_allclose(
        baseline(YEARS, WORLD, still), np.tile(WORLD.share, (YEARS, 1)), rtol=1e-14
    )


def test_what_is_placed_is_moved_to_the_dollar_and_for_good() -> None:
    """Without feedback and growth the share moves by amount over total, and stays there."""
    rules = without("network")
    rules = eqx.tree_at(lambda r: (r.growth, r.drift), rules, (jnp.asarray(0.0), jnp.zeros(7)))
    moved = gap(run(placed=put(3, 900.0), rules=rules))
    wanted = np.zeros(7)
    wanted[[USD, EUR]] = -0.05, 0.05
    np.testing.assert_allclose(moved, np.tile(wanted, (YEARS, 1)), atol=1e-14)


@pytest.mark.parametrize(("asset", "into"), [(1, JPY), (2, JPY), (3, EUR), (4, CNY), (5, GOLD)])
def test_each_asset_goes_where_it_belongs(asset: int, into: int) -> None:
    moved = gap(run(placed=put(asset, 500.0), rules=without("network")))[0]
    assert moved[USD] < 0.0
    assert moved[into] == pytest.approx(-moved[USD])
    others = [i for i in range(7) if i not in (USD, into)]
    np.testing.assert_allclose(moved[others], 0.0, atol=1e-14)


def test_yen_that_go_home_are_no_reserves_any_more() -> None:
    """R s_USD - A over R - A, and nothing in yen."""
    world = eqx.tree_at(lambda w: w.retired, WORLD, jnp.array([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]))
    rules = eqx.tree_at(lambda r: (r.growth, r.drift), RULES, (jnp.asarray(0.0), jnp.zeros(7)))
    share = np.asarray(run(placed=put(1, 1000.0), world=world, rules=rules).share)[0]
    assert share[USD] == pytest.approx((18000.0 * 0.41 - 1000.0) / 17000.0)
    assert share[JPY] == pytest.approx(18000.0 * 0.04 / 17000.0)


def test_growing_reserves_make_a_sale_smaller() -> None:
    shift = np.asarray(
        direct_move(
            put(5, 900.0), NEVER, jnp.tile(WORLD.share, (YEARS, 1)), world=WORLD, rules=RULES
        )
    )
    for t in (1, 20):
        part = 900.0 / (18000.0 * np.exp(0.03 * t))
        assert shift[t - 1, GOLD] == pytest.approx(np.log1p(part / 0.28))
        assert shift[t - 1, USD] == pytest.approx(np.log1p(-part / 0.41))


def test_no_sale_takes_more_than_there_is() -> None:
    share = np.asarray(run(placed=put(5, 1e6)).share)
    assert (share > 0.0).all()


def test_a_lasting_doubt_ends_where_its_strength_says() -> None:
    """Without feedback u -> -beta D, half-life ln2 / ln(1/rho)."""
    rules = without("network")
    log = np.log(np.asarray(run(feared=fears(1.0), rules=rules).share / baseline_share(rules)))
    taste = log[:, USD] - log[:, GOLD]
    t = np.arange(1, YEARS + 1)
    np.testing.assert_allclose(taste, -0.4 * (1.0 - 0.93**t), rtol=1e-10)


def baseline_share(rules: ReserveRules) -> jax.Array:
    return run(rules=rules).share_base


def test_a_doubt_of_one_year_hardly_moves_shares_and_heals() -> None:
    moved = gap(run(feared=fears(NEVER.at[0].set(1.0))))[:, USD]
    assert -0.01 < moved[0] < 0.0
    assert (np.diff(moved) > 0.0).all()


@pytest.mark.parametrize("name", ["doubt", "frozen", "default"])
def test_dollar_loses_more_the_stronger_the_cause(name: str) -> None:
    def loss(size: float) -> float:
        paths = run(feared=fears(**{name: size}))
        np.testing.assert_array_equal(np.asarray(paths.parts)[..., :2], 0.0)
        return gap(paths)[-1, USD]

    losses = [loss(size) for size in (0.0, 0.2, 0.5, 1.0)]
    assert losses[0] == 0.0
    assert (np.diff(losses) < 0.0).all()


def test_a_freeze_pushes_into_gold_and_yuan_and_less_into_allies() -> None:
    paths = run(feared=fears(frozen=1.0), rules=without("network"))
    growth = np.asarray(paths.share / paths.share_base)[-1]
    assert growth[GOLD] == pytest.approx(growth[CNY])
    assert growth[GOLD] == pytest.approx(growth[OTHER])
    assert growth[USD] < growth[EUR] < growth[GOLD]
    assert growth[EUR] == pytest.approx(growth[JPY])
    assert growth[EUR] == pytest.approx(growth[GBP])


def test_feedback_makes_a_loss_larger() -> None:
    alone = gap(run(feared=fears(1.0), rules=without("network")))[-1, USD]
    together = gap(run(feared=fears(1.0)))[-1, USD]
    assert together < alone < 0.0


def test_a_higher_gold_price_is_a_larger_share_and_no_loss_of_network() -> None:
    paths = run(gold=jnp.full(YEARS, 0.3))
    np.testing.assert_allclose(np.asarray(paths.parts)[..., [0, 2]], 0.0, atol=1e-15)
    share = np.asarray(paths.share / paths.share_base)
    np.testing.assert_allclose(share[:, GOLD] / share[:, USD], np.exp(0.95 * 0.3), rtol=1e-12)
    for currency in (EUR, JPY, GBP, CNY, OTHER):
        np.testing.assert_allclose(share[:, currency], share[:, USD], rtol=1e-12)


@pytest.mark.parametrize(("column", "asset"), [(0, JPY), (1, EUR), (2, GBP), (3, CNY)])
def test_a_stronger_currency_keeps_part_of_its_gain(column: int, asset: int) -> None:
    log_fx = CALM.log_fx.at[:, column].set(0.1)
    drivers = eqx.tree_at(lambda d: d.log_fx, CALM, log_fx)
    paths = run(drivers=drivers, rules=without("network"))
    share = np.asarray(paths.share / paths.share_base)
    np.testing.assert_allclose(share[:, asset] / share[:, USD], np.exp(0.06), rtol=1e-12)
    rest = [i for i in range(7) if i != asset]
    np.testing.assert_allclose(share[:, rest], share[:, [USD]] @ np.ones((1, 6)), rtol=1e-12)


def test_a_price_that_moves_a_share_is_no_loss_of_network() -> None:
    drivers = eqx.tree_at(lambda d: d.log_fx, CALM, CALM.log_fx.at[:, 1].set(0.2))
    parts = np.asarray(run(drivers=drivers).parts)
    assert parts[-1, USD, 1] < -0.005
    np.testing.assert_allclose(parts[..., [0, 2]], 0.0, atol=1e-15)


def test_dollars_bought_for_their_own_currency_are_new_reserves() -> None:
    """(R s + B) / (R + B); what is spent in defence leaves them."""
    rules = eqx.tree_at(lambda r: (r.growth, r.drift), RULES, (jnp.asarray(0.0), jnp.zeros(7)))
    for amount in (900.0, -900.0):
        paths = run(bought=jnp.full(YEARS, amount), rules=rules)
        share = (18000.0 * 0.41 + amount) / (18000.0 + amount)
        assert float(paths.share[0, USD]) == pytest.approx(share)
        assert float(paths.parts[0, USD, 0]) == pytest.approx(share - 0.41)


def test_a_weaker_broad_dollar_lifts_the_other_currencies() -> None:
    drivers = eqx.tree_at(lambda d: d.broad, CALM, jnp.full(YEARS, -0.1))
    assert gap(run(drivers=drivers))[0, OTHER] > 0.0


def test_tipped_when_the_euro_ends_ahead_and_not_before() -> None:
    """Without feedback the two are level once half the difference has moved for good."""
    rules = eqx.tree_at(lambda r: (r.growth, r.drift), RULES, (jnp.asarray(0.0), jnp.zeros(7)))
    rules = eqx.tree_at(lambda r: r.network, rules, jnp.asarray(0.0))
    level = 0.5 * (0.41 - 0.15) * 18000.0
    assert not run(placed=put(3, level - 1.0), rules=rules).tipped
    assert run(placed=put(3, level + 1.0), rules=rules).tipped


def test_feedback_tips_what_would_have_held() -> None:
    rules = eqx.tree_at(lambda r: (r.growth, r.drift), RULES, (jnp.asarray(0.0), jnp.zeros(7)))
    held = run(placed=put(3, 1200.0), rules=rules)
    strong = eqx.tree_at(lambda r: r.network, rules, jnp.asarray(2.5))
    assert not held.tipped
    assert run(placed=put(3, 1200.0), rules=strong).tipped


def test_a_price_of_the_last_year_alone_tips_nothing() -> None:
    """The euro is ahead at that price, but prices are no choice and are not kept."""
    drivers = eqx.tree_at(lambda d: d.log_fx, CALM, CALM.log_fx.at[-1, 1].set(3.0))
    paths = run(drivers=drivers)
    assert paths.share[-1, EUR] > paths.share[-1, USD]
    assert not paths.tipped


def test_doubt_that_passes_tips_nothing_where_feedback_is_weak() -> None:
    assert not run(feared=fears(3.0)).tipped


@pytest.mark.parametrize("seed", range(6))
def test_against_plain_numbers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([8.0, 3.0, 1.0, 1.0, 0.5, 4.0, 2.0])
    world = eqx.tree_at(
        lambda w: (w.share, w.total, w.retired),
        WORLD,
        (jnp.array(shares), jnp.asarray(rng.uniform(5e3, 3e4)), jnp.array(rng.uniform(size=6))),
    )
    rules = ReserveRules(
        persistence=jnp.asarray(rng.uniform(0.85, 0.97)),
        drift=jnp.array([0.0, *rng.normal(0.02, 0.03, 6)]),
        drift_kept=jnp.asarray(rng.uniform(0.85, 0.98)),
        growth=jnp.asarray(rng.normal(0.03, 0.02)),
        network=jnp.asarray(rng.uniform(0.0, 4.0)),
        networked=RULES.networked,
        doubt=jnp.asarray(rng.uniform(0.1, 1.0)),
        freeze=jnp.asarray(rng.uniform(0.1, 0.5)),
        freeze_spill=jnp.asarray(rng.uniform()),
        default=jnp.asarray(rng.uniform(0.0, 0.3)),
        fx_passthrough=jnp.asarray(rng.uniform()),
        gold_passthrough=jnp.asarray(rng.uniform()),
        least=RULES.least,
    )
    drivers = jax.tree.map(lambda x: jnp.array(rng.normal(0.0, 0.1, x.shape)), CALM)
    placed = jnp.array(np.cumsum(rng.uniform(0.0, 20.0, (YEARS, 6)), axis=0))
    gold = jnp.array(rng.normal(0.1, 0.2, YEARS))
    bought = jnp.array(np.cumsum(rng.normal(0.0, 20.0, YEARS)))
    feared = fears(*rng.uniform(size=(3, YEARS)))
    asked = (drivers, placed, bought, gold, feared, world, rules)
    found = following(*asked)
    base, share, parts, tipped = follow_shares(*jax.tree.map(np.asarray, asked))
    np.testing.assert_allclose(found.share_base, base, rtol=1e-12)
    np.testing.assert_allclose(found.share, share, rtol=1e-12)
    np.testing.assert_allclose(found.parts, parts, rtol=1e-11, atol=1e-15)
    assert bool(found.tipped) == tipped
