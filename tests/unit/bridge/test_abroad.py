"""What bonds bought abroad do to their own yield, to Treasuries and to each other."""

import numpy as np
import pytest

import questions
from selloff.bridge.abroad import bonds_bought_abroad, spillover
from selloff.data import bonds_abroad, vintage
from selloff.evidence import load_bank
from selloff.vocab import BOND_MARKETS, BP, FOREIGN, PCT, PRICES, TENORS

TEN = TENORS.at("10Y")
SHAPE = np.linspace(0.2, 1.4, PRICES.foreign.start)
DRAWS = questions.bank().draws


@pytest.fixture(scope="module")
def found() -> np.ndarray:
    shape = np.repeat(SHAPE[None, :, None], len(BOND_MARKETS), axis=2)
    shape = np.repeat(shape, questions.bank().n_draws, axis=0)
    return bonds_bought_abroad(questions.bank(), questions.world(), shape)


def own(found: np.ndarray, market: str) -> np.ndarray:
    return found[:, PRICES.foreign.start + FOREIGN.at(market), BOND_MARKETS.at(market)]


@pytest.mark.parametrize("market", BOND_MARKETS)
def test_one_percent_of_a_market_moves_it_by_the_drawn_impact(
    found: np.ndarray, market: str
) -> None:
    world = questions.world()
    percent = PCT * bonds_abroad(world.date)[market] * world.gdp_usd_bn[market]
    moved = own(found, market) * percent
    np.testing.assert_allclose(moved, -BP * DRAWS["bond_impact_abroad"], rtol=1e-12)


@pytest.mark.parametrize("market", BOND_MARKETS)
def test_treasuries_and_the_others_take_their_parts_of_it(found: np.ndarray, market: str) -> None:
    at, part = BOND_MARKETS.at(market), DRAWS[f"bond_cross_{market.lower()}"]
    ten = part * own(found, market)
    np.testing.assert_allclose(found[:, TEN, at], ten, rtol=1e-12)
    curve = found[:, : PRICES.foreign.start, at] / ten[:, None]
    np.testing.assert_allclose(curve, np.broadcast_to(SHAPE / SHAPE[TEN], curve.shape))
    for other in set(BOND_MARKETS) - {market}:
        moved = found[:, PRICES.foreign.start + FOREIGN.at(other), at]
        taken = spillover(questions.bank())[:, FOREIGN.at(other)]
        np.testing.assert_allclose(moved, taken * ten, rtol=1e-12)
    assert np.all(found[:, PRICES.fx] == 0.0)


def test_way_out_and_way_back_stand_to_each_other_as_published() -> None:
    """Bunds and Treasuries take about half of each other's moves within hours, news included.

    The map has less of it both ways, and no market moves Treasuries as it moves itself.
    """
    draws = load_bank().draws
    for name in ("bond_cross_eur", "wedge_spillover_europe"):
        assert 0.2 < np.median(draws[name]) < 0.5 < np.percentile(draws[name], 97.5)
    for market in BOND_MARKETS:
        assert np.percentile(draws[f"bond_cross_{market.lower()}"], 95) < 0.6


@pytest.mark.parametrize(
    ("month", "market", "published"),
    [
        # 10 percent of GDP by 65bp (Altavilla, Carboni and Motto 2021).
        ("2014-12", "EUR", 6.5),
        # 14 percent of GDP by 100bp (Joyce and others 2010), which no parameter has seen.
        ("2009-07", "GBP", 7.1),
        # 50 to 100bp with three quarters of GDP held (Sudo and Tanaka 2021).
        ("2017-12", "JPY", 1.0),
    ],
)
def test_purchases_have_about_the_published_size(month: str, market: str, published: float) -> None:
    """In bp per percent of the area's GDP: within a factor of two, and inside the range."""
    world, bank = vintage(month), load_bank()
    flat = np.ones((bank.n_draws, PRICES.foreign.start, len(BOND_MARKETS)))
    moved = -own(bonds_bought_abroad(bank, world, flat), market) / BP
    low, mid, high = np.percentile(moved * PCT * world.gdp_usd_bn[market], [5, 50, 95])
    assert low < published < high
    assert 0.5 * published < mid < 2.0 * published
