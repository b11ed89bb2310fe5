"""From tables and draws to arrays: units, facts about $1.1tn, estimates and the pages."""

import importlib
import math
from types import ModuleType

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from papers import ROOT
from selloff.bridge.reserves import (
    capacity,
    capacity_rules,
    reserve_rules,
    reserve_world,
)
from selloff.data import OUNCES_PER_TONNE, vintage
from selloff.data.reserves import gold_price, official_reserves, reserve_fact, reserve_facts
from selloff.evidence import fix, load_bank, parameters
from selloff.model.economy.reserves.capacity import move_price
from selloff.model.economy.reserves.shares import baseline
from selloff.model.economy.reserves.tipping import critical_network
from selloff.vocab import ASSETS, RESERVE_ASSETS

PROGRAMME = 1100.0
Z95 = 1.6448536269514722


@pytest.fixture(scope="module")
def tools() -> dict[str, ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        names = ("reserve_fit", "reserve_tables")
        return {name: importlib.import_module(name) for name in names}


def test_the_world_is_the_tables_in_the_engines_units() -> None:
    world = vintage()
    found = reserve_world(world)
    opening = official_reserves(world.date)
    np.testing.assert_allclose(found.share, [opening.shares[name] for name in RESERVE_ASSETS])
    assert float(found.share.sum()) == pytest.approx(1.0, abs=1e-12)
    assert float(found.total) == opening.total_usd_bn
    by_name = dict(zip(RESERVE_ASSETS, np.asarray(found.free), strict=True))
    assert by_name["USD"] == pytest.approx(
        world.outstanding.sum() - world.books[world.holders.index("fed")].sum()
    )
    assert by_name["EUR"] == pytest.approx(1711.0 * 1.1485 * (1.0 - 0.337))
    assert by_name["JPY"] == pytest.approx(1080e3 * world.fx_usd_per_lc["JPY"] * (1.0 - 0.533))
    tonnes = 220000.0 - 37107.3
    assert by_name["gold"] == pytest.approx(tonnes * float(found.tonne))
    np.testing.assert_array_equal(found.exchanged, [0, 1, 1, 1, 1, 0, 1])
    assert found.unit_flow[1] == 0.01 * world.gdp_usd_bn["EUR"]
    assert found.bond_yield[0] == pytest.approx(0.0475)
    assert found.bond_yield[2] == pytest.approx(0.02801)
    np.testing.assert_array_equal(found.retired, np.zeros(len(ASSETS)))


def test_what_an_issuer_takes_home_is_told_by_currency() -> None:
    found = reserve_world(vintage(), own={"JPY": 0.8})
    np.testing.assert_allclose(found.retired, [0.0, 0.8, 0.8, 0.0, 0.0, 0.0, 0.0])


def test_markets_of_an_older_vintage_are_smaller() -> None:
    now, then = capacity(vintage()), capacity(vintage("2008-12"))
    assert all(then[name] < now[name] for name in RESERVE_ASSETS)
    assert all(size > 0.0 for size in then.values())


def test_rules_change_units_once() -> None:
    bank = fix(
        load_bank(),
        {
            "reserve_drift_eur": 1.3,
            "reserve_drift_half_life": 12.0,
            "reserve_growth": 3.0,
            "reserve_gold_impact": 1.7,
            "reserve_yield_floor": -0.5,
        },
    )
    rules, prices = reserve_rules(bank), capacity_rules(bank)
    np.testing.assert_allclose(rules.drift[:, 1], 0.013)
    np.testing.assert_array_equal(rules.drift[:, 0], 0.0)
    np.testing.assert_allclose(rules.drift_kept**12, 0.5)
    np.testing.assert_allclose(rules.growth, 0.03)
    np.testing.assert_array_equal(rules.networked[0], [1, 1, 1, 1, 1, 0, 0])
    np.testing.assert_allclose(prices.gold * 100.0, 0.017)
    np.testing.assert_allclose(prices.floor, -0.005)
    n_draws = bank.n_draws
    assert all(leaf.shape[0] == n_draws for leaf in jax.tree.leaves((rules, prices)))


def test_paces_are_means_of_what_is_left() -> None:
    """1 + (b_T / b_P) (1 - e^-kT) / kT in a quarter."""
    bank = load_bank()
    found = np.asarray(capacity_rules(bank).bond_pace)
    value = {name: draws[7] for name, draws in bank.draws.items() if draws.ndim == 1}
    fade = math.log(2.0) / value["transient_half_life"]
    jump = value["transient_impact"] / value["permanent_impact"]
    days = np.linspace(0.0, 0.25, 20001)
    assert found[7, 0] == pytest.approx(1.0 + jump * np.exp(-fade * days).mean(), rel=1e-3)
    years = np.linspace(0.0, 10.0, 200001)
    kept = np.exp(-value["supply_decay"] * years) + jump * np.exp(-fade * years)
    assert found[7, 1] == pytest.approx(kept.mean(), rel=1e-2)
    assert (found[:, 0] > found[:, 1]).all()


def test_haste_costs_more_in_every_draw() -> None:
    world, rules = reserve_world(vintage()), capacity_rules(load_bank())
    fast, slow = jax.vmap(lambda r: move_price(jnp.asarray(PROGRAMME), world, r))(rules)
    assert (np.asarray(fast) > np.asarray(slow)).all()
    assert np.isfinite(np.asarray(fast)).all()


# Facts of the evidence note, from the shipped table.


def programme_tonnes(programme_usd_bn: float, usd_per_oz: float) -> float:
    """Turn an amount into gold at one price."""
    return programme_usd_bn * 1e9 / (usd_per_oz * OUNCES_PER_TONNE)


def test_the_programme_is_7600_tonnes_or_seven_to_nine_years_of_buying() -> None:
    told = programme_tonnes(PROGRAMME, 4483.0)
    assert told == pytest.approx(7600.0, rel=0.01)
    bought = [
        row.value for row in reserve_facts() if row.item == "bought" and row.unit == "t a year"
    ]
    assert (min(bought), max(bought)) == (863.3, 1082.0)
    assert 7.0 < told / max(bought) < told / min(bought) < 9.0
    at_opening = programme_tonnes(PROGRAMME, gold_price(vintage().date)[0])
    assert 7.0 < at_opening / max(bought) < at_opening / min(bought) < 9.5


def test_the_programme_is_more_than_half_of_the_tradable_bunds() -> None:
    euro = vintage().fx_usd_per_lc["EUR"]
    tradable = reserve_fact("EUR", "size").value * euro
    assert 0.5 < PROGRAMME / tradable < 0.6
    assert 0.8 < PROGRAMME / capacity(vintage())["EUR"] < 0.9


def test_the_programme_is_about_a_day_of_treasury_turnover() -> None:
    assert 0.8 < PROGRAMME / reserve_fact("USD", "turnover").value < 1.2


# What was estimated is what the parameter table says.


@pytest.mark.parametrize("code", ["eur", "jpy", "gbp", "other", "cny"])
def test_drifts_of_the_table_are_those_of_the_data(code: str, tools: dict[str, ModuleType]) -> None:
    fit = tools["reserve_fit"]
    first = fit.FIRST_YUAN if code == "cny" else 1999
    mean, error = fit.drift(fit.log_ratios()[code].loc[first:])
    row = parameters()[f"reserve_drift_{code}"]
    assert row.p50 == pytest.approx(100.0 * mean, abs=0.06)
    assert row.p95 - row.p50 == pytest.approx(100.0 * Z95 * error, abs=0.1)


def test_passthrough_of_the_table_is_that_of_the_data(tools: dict[str, ModuleType]) -> None:
    fit = tools["reserve_fit"]
    slope, error = fit.pooled([fit.passthrough(code) for code in ("eur", "jpy", "gbp")])
    row = parameters()["reserve_fx_passthrough"]
    assert row.p50 == pytest.approx(slope, abs=0.02)
    assert row.p95 - row.p50 == pytest.approx(Z95 * error, abs=0.02)


def test_persistence_of_the_data_is_inside_the_prior(tools: dict[str, ModuleType]) -> None:
    fit = tools["reserve_fit"]
    slope, _ = fit.pooled([fit.persistence(code) for code in fit.SHOWN])
    row = parameters()["reserve_persistence"]
    assert row.p05 < slope < row.p95


def test_feedback_stays_below_the_strength_that_tips_by_itself() -> None:
    world = reserve_world(vintage())
    bar = float(critical_network(world.share, jnp.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])))
    row = parameters()["reserve_network"]
    assert row.p95 == pytest.approx(0.5 * bar, abs=0.05)


def test_the_error_of_the_baseline_of_1999_is_that_of_a_plain_loop(
    tools: dict[str, ModuleType],
) -> None:
    fit = tools["reserve_fit"]
    path = fit.follow(1999, 2025, known_until=2025, half_life=fit.HALF_LIFE)
    np.testing.assert_allclose(path.sum(axis=1), 100.0)
    gaps = [path.loc[year, "usd"] - fit.shares().loc[year, "usd"] for year in range(2000, 2026)]
    mean_square = sum(gap**2 for gap in gaps) / len(gaps)
    assert fit.error(path)["usd"] == pytest.approx(mean_square**0.5)
    assert parameters()["reserve_drift_half_life"].p50 == fit.HALF_LIFE


def test_the_history_run_is_the_models_own_baseline(tools: dict[str, ModuleType]) -> None:
    """The tool's path from 1999 is `baseline` with the same drift."""
    fit = tools["reserve_fit"]
    path = fit.follow(1999, 2025, known_until=2025, half_life=12.0) / 100.0
    bank = load_bank()
    rules = jax.tree.map(lambda x: x[0], reserve_rules(fix(bank, {"reserve_drift_half_life": 12})))
    kept = 0.5 ** (1.0 / 12.0)
    first = np.log(path.loc[2000] / path.loc[1999])
    drift = np.zeros(7)
    for i, code in ((1, "eur"), (2, "jpy"), (3, "gbp"), (6, "other")):
        drift[i] = first[code] - first["usd"]
    opening = path.loc[1999]
    start = np.array([*(opening[c] for c in ("usd", "eur", "jpy", "gbp")), 1e-12, 1e-12, 0.0])
    start[6] = opening["other"]
    world = reserve_world(vintage())
    world = eqx.tree_at(lambda w: w.share, world, jnp.array(start))
    rules = eqx.tree_at(
        lambda r: (r.drift, r.drift_kept), rules, (jnp.array(drift), jnp.asarray(kept))
    )
    found = np.asarray(baseline(26, world, rules))
    np.testing.assert_allclose(found[:, 0], path["usd"].to_numpy()[1:], rtol=1e-9)
    np.testing.assert_allclose(found[:, 6], path["other"].to_numpy()[1:], rtol=1e-9)


def test_tables_of_the_pages_are_current(tools: dict[str, ModuleType]) -> None:
    made = tools["reserve_tables"]
    assert len(made.pages()) == 2
    for file in made.pages():
        text = file.read_text(encoding="utf-8")
        assert text == made.page(text), "run: python tools/reserve_tables.py"
