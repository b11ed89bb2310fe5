"""Japan down to arrays: units, levels and the official book."""

from dataclasses import replace
from functools import cache

import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.bridge.japan import japan_rules, japan_world, value_and_durations
from selloff.data import DEFAULT_VINTAGE, exporters, vintage
from selloff.evidence import fix, parameters
from selloff.model.economy.japan.core import JapanRules, JapanWorld
from selloff.model.pricing.bonds import bond_price
from selloff.vocab import TENOR_YEARS, TENORS

MINE = [
    name
    for name, row in parameters().items()
    if row.mechanism in {"economy: Japan", "economy: exporters"}
]


@cache
def world() -> JapanWorld:
    return japan_world(vintage(DEFAULT_VINTAGE))


def flat(rules: JapanRules) -> dict[str, np.ndarray]:
    named = {
        name: np.asarray(getattr(rules, name))
        for name in rules.__dataclass_fields__
        if name != "branches"
    }
    branches = rules.branches
    more = {f"branch_{n}": np.asarray(getattr(branches, n)) for n in branches.__dataclass_fields__}
    return named | more


def test_the_yen_stands_where_the_vintage_has_it() -> None:
    assert float(world().level) == pytest.approx(160.2, abs=0.1)


def test_toyota_gains_a_seventy_sixth_of_its_profit_per_yen() -> None:
    assert world().per_yen.shape == (len(exporters()),)
    assert float(world().per_yen[0]) == pytest.approx(1.0 / 76.0)


def test_the_official_book_is_worth_its_price_and_falls_with_yields() -> None:
    assert world().durations.shape == (len(TENORS),)
    assert np.all(np.asarray(world().durations) >= 0.0)
    assert 3.0 < float(world().durations.sum()) < 6.0
    assert 0.85 < float(world().price) < 1.02


def test_stale_points_of_the_curve_price_no_bond() -> None:
    """The curve of July 2026 has points of nine days before, at 7 and at 20 years."""
    here = vintage(DEFAULT_VINTAGE)
    curve = here.curves["USD"]
    is_old = np.array([day != curve.as_of for day in curve.point_as_of]) & (curve.tenor_years > 1)
    assert is_old.sum() == 2
    moved = replace(curve, par_yield_pct=curve.par_yield_pct + 5.0 * is_old)
    found = value_and_durations(here.outstanding, replace(here, curves={"USD": moved}))
    np.testing.assert_equal(found, value_and_durations(here.outstanding, here))


def test_durations_are_those_of_the_bonds_themselves() -> None:
    """A rise of all yields by a basis point, bond by bond."""
    from_curve = vintage(DEFAULT_VINTAGE)
    curve = from_curve.curves["USD"]
    years = np.array([0.5, 2.0, 4.0, 6.0, 8.5, 15.0, 25.0])
    face = from_curve.books[from_curve.holders.index("jpn_official")]
    # Points of the freshest day, and bills.
    fresh = np.array([day == curve.as_of for day in curve.point_as_of]) | (curve.tenor_years < 1.0)
    yields = np.interp(years, curve.tenor_years[fresh], curve.par_yield_pct[fresh]) / 100.0

    def value(shift: float) -> float:
        prices = bond_price(
            jnp.asarray(yields + shift),
            jnp.asarray(from_curve.coupon_pct / 100.0),
            jnp.asarray(years),
        )
        return float(face @ np.asarray(prices))

    slope = -(value(1e-5) - value(-1e-5)) / (2e-5 * value(0.0))
    assert float(world().durations.sum()) == pytest.approx(slope, rel=1e-6)
    assert value(0.0) == pytest.approx(float(world().price) * face.sum())
    middle = float(np.asarray(world().durations) @ np.array(TENOR_YEARS))
    assert middle > 3.0 * float(world().durations.sum())


def test_hedges_cover_the_disclosed_part_of_the_assumed_book() -> None:
    assert float(world().hedged) == pytest.approx(0.444 * 290.0)


@pytest.mark.parametrize("name", ["2008-12", "2013-06", "2020-03"])
def test_every_vintage_has_a_japan(name: str) -> None:
    found = japan_world(vintage(name))
    assert 75.0 < float(found.level) < 130.0
    assert np.all(np.isfinite(np.asarray(found.durations)))


@pytest.mark.parametrize("name", MINE)
def test_every_parameter_moves_one_leaf_and_its_own_draw(name: str) -> None:
    bank = questions.bank()
    before = flat(japan_rules(bank))
    after = flat(japan_rules(fix(bank, {name: 1.1 * float(bank.draws[name].max())})))
    assert sum(not np.array_equal(before[leaf], after[leaf]) for leaf in before) == 1
    assert {leaf.shape[0] for leaf in before.values()} == {questions.N_DRAWS}


def test_units_of_the_table_become_those_of_the_model() -> None:
    draws, rules = questions.bank().draws, japan_rules(questions.bank())
    np.testing.assert_allclose(rules.branches.jgb, 1e-4 * draws["japan_branch_jgb"])
    for speed, half_life in (
        (rules.price_speed, "japan_price_half_life"),
        (rules.trade_speed, "japan_trade_half_life"),
        (rules.rate_speed, "japan_rate_half_life"),
        (rules.cover_speed, "exporter_cover_half_life"),
    ):
        assert parameters()[half_life].unit == "years"
        np.testing.assert_allclose(np.exp(-np.asarray(speed) * draws[half_life]), 0.5)
    np.testing.assert_array_equal(rules.rivals[:, [0, 2]], 0.0)
    np.testing.assert_array_equal(rules.rivals[:, 1], draws["japan_euro_weight"])
    np.testing.assert_array_equal(rules.rivals[:, 3], draws["japan_yuan_weight"])
