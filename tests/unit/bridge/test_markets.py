"""Parameters of markets: units, mixtures, and the episodes as the raw series tell them."""

from dataclasses import replace
from functools import cache

import jax
import numpy as np
import pytest

from selloff.bridge.markets import market_responses
from selloff.data import table
from selloff.evidence import Bank, load_bank, parameters
from selloff.model.economy.markets.assets import MarketResponses, episode_shocks
from selloff.vocab import BORROWING_RATES, MARKETS, VOLATILITIES

ALL = (*VOLATILITIES, *BORROWING_RATES[1:], *MARKETS)
OURS = [
    n
    for n, r in parameters().items()
    if r.mechanism in ("economy: markets", "economy: mortgage", "economy: gold")
]


def fixed(**values: float) -> Bank:
    """A bank of one draw, each parameter at its middle or at the number given."""
    middles = {name: row.p50 for name, row in parameters().items()}
    return replace(load_bank(), draws={n: np.array([v]) for n, v in (middles | values).items()})


@cache
def usual() -> MarketResponses:
    return market_responses(fixed())


def test_each_draw_has_its_row() -> None:
    found = market_responses(load_bank())
    n = load_bank().n_draws
    assert found.volatility.by_type.shape == (n, 2, 5)
    assert found.spreads.by_stress.shape == (n, 2, 2)
    assert found.assets.by_type.shape == (n, 6, 5)
    assert found.episodes.shape == (n, 2, 4)
    assert found.spread_volatility.shape == (n, 2, 2)
    assert np.isfinite(np.asarray(found.assets.by_type)).all()
    assert found.gold.depth.shape == (n,)


def test_percent_per_100_basis_points_is_a_ratio() -> None:
    """-4 percent for 100bp: a rise of 0.01 moves the log price by -0.04."""
    assert float(usual().assets.by_type[0, 0, 1]) * 0.01 == pytest.approx(-0.04)
    assert float(usual().volatility.by_type[0, 0, 1]) * 0.01 == pytest.approx(3.2)
    assert float(usual().spreads.by_type[0, 1, 0]) * 0.01 == pytest.approx(-60e-4)
    assert float(usual().spread_volatility[0, 1, 0]) == pytest.approx(3.4e-4)


def test_a_stronger_yen_lowers_the_nikkei_alone_and_a_stronger_dollar_does_not_touch_it() -> None:
    yen, dollar = (np.asarray(usual().assets.by_type[0, :, i]) for i in (3, 4))
    np.testing.assert_allclose(yen, [0.0, -0.75, 0.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(dollar, [0.0, 0.0, -1.9, -1.3, -1.5, -1.2])


@pytest.mark.parametrize(("weight", "stocks", "vix"), [(0.0, 2.82, -2.82), (1.0, -3.57, 4.95)])
def test_one_weight_mixes_the_samples_for_all_markets(
    weight: float, stocks: float, vix: float
) -> None:
    found = market_responses(fixed(market_premium_regime=weight))
    assert float(found.assets.by_type[0, 0, 2]) == pytest.approx(stocks)
    assert float(found.volatility.by_type[0, 0, 2]) * 0.01 == pytest.approx(vix)


def test_the_scale_of_an_episode_is_that_of_all_markets() -> None:
    strong = market_responses(fixed(market_squeeze_scale=2.0))
    for group in ("volatility", "spreads", "assets"):
        one, two = (getattr(each, group).by_stress for each in (usual(), strong))
        np.testing.assert_allclose(two[..., 0], 2.0 * one[..., 0])
        np.testing.assert_array_equal(two[..., 1], one[..., 1])


def test_episodes_are_what_the_federal_reserve_and_the_bank_published() -> None:
    known = np.asarray(usual().episodes[0])
    np.testing.assert_allclose(known[:, 1], [0.0064, 0.0022])
    np.testing.assert_allclose(known[:, 2], [-0.0523, 0.0615])
    np.testing.assert_allclose(known[:, 3], [0.0578, -0.0317])


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("squeeze", "2020-03-09", "2020-03-18"), ("doubt", "2025-04-02", "2025-04-21")],
)
def test_episodes_are_those_of_the_packaged_series(name: str, first: str, last: str) -> None:
    yields = table("us_yields_daily").set_index("date")[["2Y", "10Y"]]
    dollar = np.log(table("usd_broad_daily").set_index("date")["usd_broad_index"])
    moved = [
        *(100.0 * (yields.loc[last] - yields.loc[first])),
        100.0 * (dollar[last] - dollar[first]),
    ]
    rows = [parameters()[f"market_episode_{name}_{each}"].p50 for each in ("2y", "10y", "dollar")]
    np.testing.assert_allclose(rows, moved, atol=0.005)


def test_a_squeeze_is_kept_apart_from_the_premium_that_came_with_it() -> None:
    found = market_responses(fixed(market_path_reading=0.0))
    known = jax.vmap(episode_shocks)(found)[0]
    np.testing.assert_allclose(known[:, 2], [0.0064, 0.0022])
    read = jax.vmap(episode_shocks)(market_responses(fixed(market_path_reading=1.0)))[0]
    np.testing.assert_allclose(read[:, 1], [0.0016, -0.0016])


def test_gold_of_200_billion_is_so_many_tonnes() -> None:
    """4,228 dollars an ounce is 136 million a tonne; 1.5 percent per 100 tonnes."""
    assert float(usual().gold.depth[0]) == pytest.approx(135.93e-3 * 100.0 / 0.015, rel=1e-3)


def test_what_would_double_bitcoin() -> None:
    """1.2 percent per billion: 83 billions."""
    assert float(usual().bitcoin.depth[0]) == pytest.approx(1.0 / 0.012)


def test_every_number_of_the_table_is_read() -> None:
    """Move each by itself, and something moves."""
    plain = [np.asarray(x) for x in _leaves(usual())]
    for name in OURS:
        row = parameters()[name]
        other = fixed(**{name: row.p50 + max(0.1 * abs(row.p50), 0.01)})
        found = [np.asarray(x) for x in _leaves(market_responses(other))]
        changed = [a for a, b in zip(plain, found, strict=True) if not np.array_equal(a, b)]
        assert changed, name


def _leaves(found: MarketResponses) -> list[jax.Array]:
    groups = (found.volatility, found.spreads, found.assets)
    rest = (found.expectations.reversion, found.expectations.reading, found.spread_volatility)
    return [
        *rest,
        found.episodes,
        *(each for group in groups for each in (group.by_type, group.by_stress)),
        found.mortgage.pass_through,
        found.mortgage.speed,
        found.mortgage.volatility,
        found.gold.depth,
        found.gold.lasting,
        found.gold.speed,
        found.bitcoin.depth,
        found.bitcoin.lasting,
        found.bitcoin.speed,
    ]


@pytest.mark.parametrize("name", ALL)
def test_the_premium_spans_both_samples_and_stress_has_a_sign(name: str) -> None:
    draws = load_bank().draws
    long, recent = (
        parameters()[f"market_premium_{name}_{each}"].p50 for each in ("long", "recent")
    )
    mixed = draws["market_premium_regime"]
    value = (1 - mixed) * draws[f"market_premium_{name}_long"]
    value = value + mixed * draws[f"market_premium_{name}_recent"]
    low, high = np.quantile(value, [0.05, 0.95])
    assert low < min(long, recent) < max(long, recent) < high
    squeeze = parameters()[f"market_squeeze_{name}"]
    assert (squeeze.p50 > 0.0) == (name in (*VOLATILITIES, *BORROWING_RATES))
