"""What a purchase of yen does to others, the basket of the broad dollar, against the record."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from origins.intervention_windows import betas, cross_responses, rounds, shares_left
from origins.jgb_windows import announcement_slope
from origins.leaning_panel import CHINA, MANAGED, defence, strength

from selloff.data import table
from selloff.data.emerging_panel import listed_economies
from selloff.evidence import load_bank, parameters
from selloff.vocab import FOREIGN

Array = NDArray[np.float64]
OTHERS = [currency for currency in FOREIGN if currency != "JPY"]


def drawn(name: str) -> Array:
    return np.asarray(load_bank().draws[name])


@cache
def effective() -> Array:
    """What the broad dollar loses per unit of each currency, by draw."""
    names = [currency.lower() for currency in FOREIGN]
    weights, rest = (
        np.stack([drawn(f"usd_{kind}_{name}") for name in names], axis=1)
        for kind in ("broad", "rest")
    )
    return np.asarray(weights + (1.0 - weights.sum(axis=1, keepdims=True)) * rest)


def basket() -> pd.DataFrame:
    """Log levels of the four currencies and of the rest of the basket."""
    index = table("usd_broad_daily").set_index("date")["usd_broad_index"]
    fx = table("fx_daily").set_index("date")[list(FOREIGN)]
    both = np.log(pd.concat([index, fx], axis=1, join="inner").dropna())
    weights = np.array([parameters()[f"usd_broad_{c.lower()}"].p50 for c in FOREIGN])
    rest = -both["usd_broad_index"] - both[list(FOREIGN)] @ weights
    return both[list(FOREIGN)].assign(rest=rest / (1.0 - weights.sum()))


def test_there_are_nine_rounds() -> None:
    assert len(rounds()) == 9


@pytest.mark.parametrize("currency", OTHERS)
def test_ranges_hold_what_windows_say_and_end_near_the_bound(currency: str) -> None:
    """Slopes of quiet times hold moves of the dollar too, so they bound from above."""
    row = parameters()[f"fx_cross_{currency.lower()}"]
    middle, error = cross_responses()[currency]
    assert f"{middle:.2f} (" in row.reason
    assert f"{error:.2f})" in row.reason
    assert middle - error < row.p50 < middle + error
    recent, long = betas("2020")[currency], betas("2006")[currency]
    assert row.p50 < long < recent
    assert row.p95 < recent


def test_a_dearer_yen_leaves_the_yuan_and_hardly_lifts_the_euro() -> None:
    """Two percent on the yen: the yuan below 0.4 percent, the euro below 0.6 in most draws."""
    yuan, euro = 2.0 * drawn("fx_cross_cny"), 2.0 * drawn("fx_cross_eur")
    assert np.percentile(yuan, 95) < 0.4
    assert np.median(euro) < 0.6
    assert np.mean(euro < 0.6) > 0.75


def test_slopes_of_the_rest_are_least_squares() -> None:
    moved = basket().resample("W-FRI").last().diff(4).dropna()
    found = np.linalg.lstsq(moved[list(FOREIGN)].to_numpy(), moved["rest"].to_numpy())[0]
    for currency, slope in zip(FOREIGN, found, strict=True):
        row = parameters()[f"usd_rest_{currency.lower()}"]
        assert row.p05 < slope < row.p95
        if currency != "JPY":
            assert row.p50 == pytest.approx(slope, abs=0.03)


def test_the_broad_dollar_of_a_purchase_of_yen_is_that_of_the_record() -> None:
    """In nine rounds it lost 0.30 (0.14) percent per percent of the yen."""
    cross = np.stack([np.ones(drawn("fx_cross_eur").size), *map(drawn, _crosses())], axis=1)
    low, middle, high = np.percentile((effective() * cross).sum(axis=1), [5, 50, 95])
    assert 0.1 < middle < 0.3
    assert low < 0.30 < high + 0.05


def _crosses() -> list[str]:
    return [f"fx_cross_{currency.lower()}" for currency in OTHERS]


@pytest.mark.parametrize(
    ("first", "last", "within"),
    [("2020-03-09", "2020-03-18", 2.2), ("2025-04-02", "2025-04-22", 0.8)],
)
def test_the_basket_gives_both_episodes(first: str, last: str, within: float) -> None:
    """Percent of the index: less than it rose in 2020, when pesos and wons fell most."""
    levels = basket()
    moved = 100.0 * (levels[list(FOREIGN)].loc[last] - levels[list(FOREIGN)].loc[first])
    index = np.log(table("usd_broad_daily").set_index("date")["usd_broad_index"])
    actual = 100.0 * (index.loc[last] - index.loc[first])
    found = float(np.median(-effective() @ moved.to_numpy()))
    assert np.sign(found) == np.sign(actual)
    assert abs(found - actual) < within


@pytest.mark.parametrize(("fixes", "name"), [(6, "week"), (22, "month"), (64, "three")])
def test_what_is_left_of_a_round_is_as_told(fixes: int, name: str) -> None:
    left, error = shares_left((fixes,))[fixes]
    assert f"{left:.2f} ({error:.2f})" in parameters()["fx_half_life"].reason


def test_rounds_cannot_tell_how_long_a_purchase_is_felt() -> None:
    """A month later neither six weeks of half-life nor nine years lie beyond two errors."""
    left, error = shares_left((22,))[22]
    row, whole = parameters()["fx_half_life"], parameters()
    jump = whole["fx_transient"].p50 / (whole["fx_transient"].p50 + whole["fx_impact"].p50)
    for half_life in (row.p05, row.p95):
        kept = (1.0 - jump) * 0.5 ** (20 / 252 / half_life)
        assert abs(kept - left) < 2.0 * error


def test_the_jgb_follows_announcements_by_the_drawn_part() -> None:
    """The record speaks against nothing, and against the core's quarter."""
    row, (found, error) = parameters()["wedge_spillover"], announcement_slope()
    assert f"{found:.2f} ({error:.2f})" in row.source
    assert row.p50 == pytest.approx(found, abs=error)
    assert found > 3.0 * error
    core = load_bank().certificate["reached_p05_p50_p95"]["spillover_jgb_10y"][1]
    assert core > found + 2.0 * error


def test_managed_currencies_bought_dollars_when_others_rose() -> None:
    row = parameters()["lean_strength"]
    for economies, years in (
        (MANAGED, (2001, 2021)),
        (MANAGED, (2003, 2013)),
        (CHINA, (2001, 2021)),
    ):
        found, error = strength(*years, economies)
        assert f"{found:.3f} ({error:.3f})" in row.reason
    found, error = strength(2001, 2021)
    assert found > 2.0 * error
    assert row.p05 < found - error < row.p50 < found + error < row.p95


def test_emerging_economies_sold_when_others_fell() -> None:
    row = parameters()["defence_strength"]
    everybody = tuple(each.iso3 for each in listed_economies())
    found = [defence(2008, 2021, each) for each in (everybody, MANAGED)]
    for slope, error in found:
        assert f"{slope:.2f} ({error:.2f})" in row.reason
    (slope, error), _ = found
    assert row.p05 > slope - error > 0.0
    assert row.p50 == pytest.approx(slope, abs=0.01)
    assert row.p95 > slope + 2.0 * error


def test_what_was_borrowed_and_what_was_spent_lie_within_their_ranges() -> None:
    borrowed, spent = parameters()["repo_take_up"], parameters()["emerging_spent"]
    assert 1.4 / 146.0 < borrowed.p05 < 60.0 / 136.0 < borrowed.p95
    assert spent.p50 == pytest.approx(56.0 / 146.0, abs=0.02)


def test_the_part_that_goes_into_treasuries_is_between_china_s_and_japan_s() -> None:
    row = parameters()["lean_treasuries"]
    held = table("tic_holdings_monthly").query("country == 'China, Mainland'")
    china = held[held["series"] == "primary"].set_index("date")["usd_bn"]
    bought = float(china.loc["2013-12"].iloc[0] - china.loc["2002-12"].iloc[0])
    reserves = table("emerging_wealth_annual").set_index(["iso3", "date"])["reserves_usd_bn"]["chn"]
    kept = float(reserves.loc["2013"].iloc[0] - reserves.loc["2002"].iloc[0])
    assert bought / kept == pytest.approx(0.32, abs=0.01)
    assert row.p05 < 0.32 < row.p50 < 0.84 <= row.p95
