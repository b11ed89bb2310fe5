"""The event tree along the baseline."""

from collections.abc import Mapping
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.data import table, yen_trend
from selloff.evidence import load_bank, parameters
from selloff.pipeline import prepare, run
from selloff.scenario import load
from selloff.studies.triggers.inputs import triggers
from selloff.studies.triggers.odds import HORIZONS_YEARS, PATHS, STORIES, trigger_paths
from selloff.studies.triggers.settings import TRIGGERS
from selloff.studies.triggers.trees import grow_trees, yen_state
from selloff.vocab.errors import InputError, VintageError

DRAWS = 503
"""A whole chunk and three draws more, so that the program is compiled for few sizes."""
HORIZONS = [str(years) for years in HORIZONS_YEARS]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return trigger_paths(draws=DRAWS)


def mean(told: Mapping[str, Any], path: str, horizon: str = "10") -> float:
    return float(told["paths"][path]["chance_frac"][horizon]["mean"])


def test_paths_add_up_at_every_horizon(found: dict[str, Any]) -> None:
    for horizon in HORIZONS:
        whole = sum(mean(found, path, horizon) for path in PATHS)
        assert whole == pytest.approx(1.0, abs=1e-12)


def test_paths_add_up_in_every_draw() -> None:
    ready = prepare(load("no-sale"))
    yen = yen_state(ready)
    set_off = triggers(ready.bank, float(jnp.minimum(yen.gap, yen.limit)), {})
    tree, came = grow_trees(ready, yen, set_off, years=HORIZONS_YEARS, n_draws=DRAWS)
    whole = tree.none + tree.descent.sum(axis=2) + tree.dump.sum(axis=2)
    assert whole.shape == (DRAWS, len(HORIZONS_YEARS))
    np.testing.assert_allclose(whole, 1.0, rtol=0.0, atol=1e-13)
    # A sale needs its trigger: it cannot be likelier.
    assert np.all(np.asarray(tree.descent + tree.dump) <= np.asarray(came) + 1e-15)
    # Taiwan has no state: its chance is that of a constant intensity, draw by draw.
    rows = ready.rows(range(DRAWS))
    base = ready.bank.draws["taiwan_conflict_intensity"][rows]
    np.testing.assert_allclose(came[:, :, 1], -np.expm1(-np.outer(base, HORIZONS_YEARS)), rtol=1e-9)
    # The yen and the debt ceiling have one: no constant intensity explains both horizons.
    for k in (0, 2):
        sure = np.asarray(came)[:, -1, k] == 1.0
        per_year = -np.log1p(-np.asarray(came)[~sure][:, :, k]) / np.array(HORIZONS_YEARS)
        assert np.std(per_year[:, 2] / per_year[:, 0]) > 0.05


def test_ranges_are_ordered_and_chances_grow(found: dict[str, Any]) -> None:
    tables = [found["triggers"][name]["chance_frac"] for name in TRIGGERS]
    tables += [found["paths"][path]["chance_frac"] for path in ("descent", "dump")]
    for chances in tables:
        for spread in chances.values():
            assert 0.0 <= spread["p05"] < spread["p50"] < spread["p95"] <= 1.0
        for key in ("mean", "p05", "p50", "p95"):
            one, five, ten = (chances[horizon][key] for horizon in HORIZONS)
            assert one < five < ten
    assert mean(found, "none", "1") > mean(found, "none", "5") > mean(found, "none", "10")


@pytest.mark.slow
def test_seeds_are_reproducible_and_matter(found: dict[str, Any]) -> None:
    assert trigger_paths(draws=DRAWS) == found
    other = trigger_paths(draws=DRAWS, seed=1)
    assert mean(other, "none") != mean(found, "none")
    assert mean(other, "none") == pytest.approx(mean(found, "none"), abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIGGERS)
def test_a_trigger_set_to_zero_is_gone(found: dict[str, Any], name: str) -> None:
    without = trigger_paths(draws=DRAWS, intensities={name: 0.0})
    told = without["triggers"][name]
    assert told["is_set"]
    assert told["opening_intensity_pct"]["p95"] == 0.0
    assert all(spread["p95"] == 0.0 for spread in told["chance_frac"].values())
    assert told["share_of_descents_frac"] == 0.0
    assert told["share_of_dumps_frac"] == 0.0
    assert mean(without, "none") > mean(found, "none")
    assert [row["name"] for row in without["inputs"] if row["standing"] == "given"] == [
        f"{name} intensity"
    ]


def test_with_everything_off_no_sale_is_certain() -> None:
    off = trigger_paths(draws=8, intensities=dict.fromkeys(TRIGGERS, 0.0))
    assert mean(off, "none") == 1.0
    assert off["triggers"]["background"]["share_of_descents_frac"] is None


def test_a_set_intensity_has_its_closed_form() -> None:
    only = dict.fromkeys(TRIGGERS, 0.0) | {"background": 5.0}
    told = trigger_paths(draws=8, intensities=only)
    for years in HORIZONS_YEARS:
        assert mean(told, "descent", str(years)) == pytest.approx(-np.expm1(-0.05 * years))
    assert mean(told, "dump") == 0.0
    assert told["triggers"]["background"]["opening_intensity_pct"]["p50"] == pytest.approx(5.0)


def test_shares_are_shares(found: dict[str, Any]) -> None:
    told = found["triggers"].values()
    assert sum(each["share_of_descents_frac"] for each in told) == pytest.approx(1.0)
    assert sum(each["share_of_dumps_frac"] for each in told) == pytest.approx(1.0)
    assert found["triggers"]["background"]["share_of_dumps_frac"] == 0.0


def test_every_input_is_told_and_judgement_is_labelled(found: dict[str, Any]) -> None:
    used = [row for row in parameters().values() if row.mechanism == "reaction: triggers"]
    told = {row["name"]: row for row in found["inputs"]}
    assert set(told) == {row.name for row in used}
    for row in used:
        assert told[row.name]["standing"] == row.standing
        assert told[row.name]["judgement"] == (row.standing in ("assumption", "synthesis"))
        assert row.moves == ("trigger_paths",)


def test_the_presets_exist() -> None:
    for name in (*PATHS.values(), *STORIES.values()):
        assert load(name).name == name


def test_the_weaker_the_yen_when_books_open_the_likelier_a_crash() -> None:
    bank = load_bank()
    rows = parameters()
    at = rows["yen_round_gap"].p50
    here, far = triggers(bank, at, {}), triggers(bank, at - 0.1, {})
    np.testing.assert_allclose(
        here.base[:, 0], bank.draws["yen_crash_share"] * bank.draws["yen_round_rate"]
    )
    np.testing.assert_allclose(
        here.base[:, 0] / far.base[:, 0], np.exp(0.1 * bank.draws["yen_round_loading"])
    )
    np.testing.assert_array_equal(here.base[:, 1:], far.base[:, 1:])


def test_the_yen_opens_at_its_distance_from_a_trend_of_a_year() -> None:
    ready = prepare(load("no-sale"))
    memory = parameters()["yen_trend_memory"].p50
    yen = yen_state(ready)
    assert float(yen.gap) == pytest.approx(-yen_trend(ready.world.date, memory_days=memory))
    assert 0.0 < float(yen.gap) < float(yen.limit)
    assert float(yen.half_life) == 1.0


def test_long_yields_fell_in_the_standoff_of_2011() -> None:
    """Why the standoff is one of bills and equity, and raises no term premium."""
    ten = table("us_yields_daily").set_index("date")["10Y"]
    assert 100.0 * (ten["2011-08-05"] - ten["2011-07-22"]) == pytest.approx(-41.0, abs=0.5)


def test_bad_settings_are_refused_in_words() -> None:
    with pytest.raises(InputError) as caught:
        trigger_paths(intensities={"yen_crsh": 1.0, "debt_ceiling": -1.0, "background": np.inf})
    first, second, third = (str(problem) for problem in caught.value.problems)
    assert first == (
        "triggers: got 'yen_crsh'; allowed: yen_crash, taiwan_conflict, debt_ceiling, background. "
        "Did you mean 'yen_crash'?"
    )
    assert second == (
        "triggers.debt_ceiling: got -1; allowed: 0 to 1000 percent a year. "
        "Give a chance a year in percent, such as 5; 0 switches the trigger off."
    )
    assert "got inf" in third
    assert caught.value.exit_code == 2


def test_an_unknown_vintage_is_refused() -> None:
    with pytest.raises(VintageError):
        trigger_paths(vintage="1990-01", draws=2)


@pytest.mark.slow
def test_a_chunk_more_changes_no_draw() -> None:
    """500 draws go through at once; what they give is the same with more behind them."""
    ready = prepare(load("no-sale"))
    yen = yen_state(ready)
    set_off = triggers(ready.bank, float(yen.gap), {})
    few, _ = grow_trees(ready, yen, set_off, years=(10,), n_draws=3)
    many, _ = grow_trees(ready, yen, set_off, years=(10,), n_draws=DRAWS)
    np.testing.assert_allclose(few.none, many.none[:3], rtol=1e-12)


@pytest.mark.slow
def test_the_state_of_a_draw_is_that_of_its_baseline() -> None:
    """A slow loop over a saved baseline gives the chances of both triggers that have a state."""
    ready, n_draws = prepare(load("no-sale")), 3
    yen = yen_state(ready)
    limit = 0.5 * float(yen.gap)
    tight = eqx.tree_at(lambda each: each.limit, yen, jnp.asarray(limit))
    set_off = triggers(ready.bank, limit, {})
    _, came = grow_trees(ready, tight, set_off, years=(10,), n_draws=n_draws)
    ds = run(ready, n_draws=n_draws)
    dollars = -np.log(ds["baseline_fx"].sel(currency="JPY").to_numpy())
    ten_year = ds["baseline_par_yield_10y"].sel(currency="USD").to_numpy()
    years = ready.lowered.steps.years
    rows = ready.rows(range(n_draws))
    base, loading = np.asarray(set_off.base)[rows], np.asarray(set_off.loading)[rows]
    for draw in range(n_draws):
        trend, hazard, has_left_limit = dollars[draw, 0] - float(yen.gap), np.zeros(2), False
        for step, length in enumerate(years):
            if step > 0:
                kept = 0.5 ** years[step - 1]
                trend = kept * trend + (1.0 - kept) * dollars[draw, step]
            gap = dollars[draw, step] - trend
            has_left_limit |= step > 0 and gap < limit
            rise = (ten_year[draw, step] - ten_year[draw, 0]) / 100.0
            state = np.array([min(gap, limit) - limit, rise])
            hazard += base[draw, [0, 2]] * np.exp(loading[draw, [0, 2]] * state) * length
        assert has_left_limit
        np.testing.assert_allclose(came[draw, 0, [0, 2]], -np.expm1(-hazard), rtol=1e-7)
