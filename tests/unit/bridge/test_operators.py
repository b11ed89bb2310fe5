"""Price maps reach the priors they were built to reach, draw by draw."""

import numpy as np
import pytest

import questions
from selloff.bridge.operators import BUCKET_YEARS, Supplies, price_map, supplies
from selloff.bridge.reference import GRID, reference
from selloff.data import table
from selloff.engine import PriceMap
from selloff.vocab import BOND_MARKETS, BUCKETS, CURRENCIES, FOREIGN, PRICES, TENORS

TEN = TENORS.index("10Y")
SEVEN_TO_TEN = BUCKETS.index("7-10Y")
N_FX = len(CURRENCIES) - 1
BUCKET_ROWS = slice(len(TENORS), len(TENORS) + len(BUCKETS))
FOLLOW = {"wedge_spillover": ("JPY", "CNY"), "wedge_spillover_europe": ("EUR", "GBP")}


@pytest.fixture(scope="module")
def what() -> Supplies:
    return supplies(questions.world(), reference(questions.world()))


@pytest.fixture(scope="module")
def prices() -> PriceMap:
    return questions.lowered("dump").draws.prices


@pytest.fixture(scope="module")
def dollars() -> float:
    """What one dollar of 2024 is today, both as a share of GDP."""
    gdp = table("gdp_annual").set_index(["area", "year"]).gdp_usd_bn
    return float(questions.world().gdp_usd_bn["USD"] / gdp["USD", 2024])


def test_lasting_impact_is_the_drawn_one(prices: PriceMap, what: Supplies, dollars: float) -> None:
    """USD 100bn of ten-year equivalents in 7-10 years against the prior on the 10-year.

    Within 6%: the prior is on a 10-year par bond at the curve of 2024-12 and the bucket is
    an 8.5-year bond at its average coupon and today's curve.
    """
    face = 100.0 * dollars / what.equivalents[SEVEN_TO_TEN]
    given = np.asarray(prices.lasting)[:, TEN, SEVEN_TO_TEN] * face * 1e4
    np.testing.assert_allclose(given, questions.bank().draws["permanent_impact"], rtol=0.06)


def test_wedge_completes_the_transient_impact(
    prices: PriceMap, what: Supplies, dollars: float
) -> None:
    carried = np.asarray(prices.carried)[:, TEN, SEVEN_TO_TEN] / what.equivalents[SEVEN_TO_TEN]
    wedge = np.asarray(questions.lowered("dump").draws.intermediaries.wedge)
    wanted = questions.bank().draws["transient_impact"]
    given = (carried + wedge) * 100.0 * dollars * 1e4
    has_wedge = wedge > 0.0
    assert has_wedge.sum() >= questions.N_DRAWS // 2
    np.testing.assert_allclose(given[has_wedge], wanted[has_wedge], rtol=1e-10)
    assert np.all(given[~has_wedge] >= wanted[~has_wedge])


def test_a_currency_rises_by_the_drawn_impact_per_percent_of_gdp(prices: PriceMap) -> None:
    fx = np.asarray(prices.fx)[:, -N_FX:]
    drawn = questions.bank().draws["fx_impact"] / 100.0
    for k, currency in enumerate(CURRENCIES[1:]):
        percent = 0.01 * questions.world().gdp_usd_bn[currency]
        np.testing.assert_allclose(fx[:, k, k] * percent, drawn, rtol=1e-10)


def test_the_extra_move_is_the_drawn_one() -> None:
    draws, gdp = questions.lowered("dump").draws, questions.world().gdp_usd_bn
    drawn = questions.bank().draws["fx_transient"] / 100.0
    for k, currency in enumerate(CURRENCIES[1:]):
        given = np.asarray(draws.fx_jump)[:, k] * 0.01 * gdp[currency]
        np.testing.assert_allclose(given, drawn, rtol=1e-10)


def test_bonds_move_no_currency_and_flows_no_bond(prices: PriceMap) -> None:
    """The desks are separate as long as the table says that nothing is integrated."""
    assert np.all(questions.bank().draws["fx_bond_integration"] == 0.0)
    for supply in (prices.lasting, prices.carried, prices.expected):
        assert np.all(np.asarray(supply)[:, -N_FX:] == 0.0)
    assert np.all(np.asarray(prices.fx)[:, :-N_FX] == 0.0)
    assert np.all(np.asarray(prices.foreign_bonds)[:, -N_FX:] == 0.0)


def test_every_sale_lifts_every_dollar_yield_and_long_ones_more(prices: PriceMap) -> None:
    lasting = np.asarray(prices.lasting)[:, : len(TENORS)]
    assert np.all(lasting > 0.0)
    assert np.all(np.diff(lasting[:, TEN, : SEVEN_TO_TEN + 1], axis=1) > 0.0)
    half_life = questions.bank().draws["transient_half_life"]
    is_slower = questions.bank().draws["supply_decay"] < np.log(2.0) / half_life
    assert is_slower.all()
    carried = np.asarray(prices.carried)[:, TEN]
    assert np.all(np.asarray(prices.lasting)[:, TEN] > carried)


def test_an_expected_sale_moves_less_than_a_done_one(prices: PriceMap) -> None:
    expected, lasting = np.asarray(prices.expected)[:, TEN], np.asarray(prices.lasting)[:, TEN]
    assert np.all(expected > 0.0)
    assert np.all(expected < lasting)


def test_yields_abroad_take_the_drawn_part_of_the_dollars(prices: PriceMap) -> None:
    draws = questions.bank().draws
    for name, currencies in FOLLOW.items():
        for supply in (prices.lasting, prices.carried, prices.expected):
            given = np.asarray(supply)
            for currency in currencies:
                abroad = given[:, PRICES.foreign.start + FOREIGN.at(currency)]
                np.testing.assert_allclose(abroad, draws[name][:, None] * given[:, TEN], rtol=1e-12)


@pytest.mark.parametrize("market", BOND_MARKETS)
def test_buying_foreign_bonds_lowers_their_yield(prices: PriceMap, market: str) -> None:
    moves = np.asarray(prices.foreign_bonds)[:, PRICES.foreign, BOND_MARKETS.at(market)]
    assert np.all(moves[:, FOREIGN.at(market)] < 0.0)


def test_the_wedge_has_the_shape_of_the_table(prices: PriceMap) -> None:
    wedge = np.asarray(prices.wedge)
    np.testing.assert_allclose(wedge[:, TEN], 1.0)
    draws = questions.bank().draws
    for tenor in ("3M", "2Y", "5Y", "30Y"):
        given = draws[f"wedge_shape_{tenor.lower()}"]
        np.testing.assert_allclose(wedge[:, TENORS.index(tenor)], given)
    between = 0.6 * draws["wedge_shape_5y"] + 0.4
    np.testing.assert_allclose(wedge[:, TENORS.index("7Y")], between)
    np.testing.assert_array_equal(wedge[:, -N_FX:], 0.0)
    for name, currencies in FOLLOW.items():
        for currency in currencies:
            abroad = wedge[:, PRICES.foreign.start + FOREIGN.at(currency)]
            np.testing.assert_allclose(abroad, draws[name])


def test_ten_year_equivalents(what: Supplies) -> None:
    """One for the reference bond itself; dollar duration against it for the buckets."""
    times, profile = np.asarray(GRID.years), what.ten_year
    assert profile.sum() == pytest.approx(1.0, abs=1e-12)
    duration = profile @ times
    assert 7.5 < duration < 9.0
    np.testing.assert_allclose(what.equivalents, (what.buckets @ times) / duration)
    assert np.all(np.diff(what.equivalents) > 0.0)
    assert BUCKET_YEARS[SEVEN_TO_TEN] == 8.5


def test_bucket_yields_match_tenor_yields_where_they_meet(prices: PriceMap) -> None:
    """The 1-3 year bucket is a 2-year bond; the 3-5 year bucket lies between 3 and 5 years."""
    lasting = np.asarray(prices.lasting)
    buckets = lasting[:, BUCKET_ROWS]
    np.testing.assert_allclose(buckets[:, 1], lasting[:, TENORS.index("2Y")], rtol=1e-12)
    below, above = lasting[:, TENORS.index("3Y")], lasting[:, TENORS.index("5Y")]
    middle = buckets[:, 2]
    assert np.all((np.minimum(below, above) <= middle) & (middle <= np.maximum(below, above)))


def test_an_announcement_abroad_brings_less_the_longer_the_wait() -> None:
    world = questions.world()
    what = supplies(world, reference(world))
    soon, late = (
        np.asarray(price_map(questions.bank(), world, what, mean_wait=w).foreign_expected)
        for w in (0.25, 1.0)
    )
    assert soon.shape == (questions.bank().n_draws, len(BOND_MARKETS))
    assert np.all((late > 0.0) & (late < soon) & (soon < 1.0))
