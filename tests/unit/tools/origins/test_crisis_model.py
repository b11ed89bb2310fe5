"""Estimating currency crises: the panel, the sampler and the scores."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pandas as pd
import pytest
from numpyro.infer.util import log_density
from origins.crisis_model import CrisisFit, estimate, model, predict, sampler
from origins.crisis_panel import (
    FIRST_YEAR,
    LAST_YEAR,
    CrisisPanel,
    crashes,
    crisis_panel,
    onsets,
)
from origins.crisis_scores import against_flags, auroc, brier, calibration
from scipy.stats import halfnorm, norm

from selloff.data import table
from selloff.evidence import parameters
from selloff.evidence.crisis import load_crisis

CALM = dict.fromkeys(range(FIRST_YEAR, LAST_YEAR + 1), 20.0)


@pytest.fixture(scope="module")
def panel() -> CrisisPanel:
    return crisis_panel(CALM)


def one_currency(*rates: float) -> pd.Series:
    index = pd.MultiIndex.from_product([["abc"], range(2000, 2000 + len(rates))])
    return pd.Series(rates, index=index.set_names(["iso3", "year"]), dtype=float)


def test_a_crisis_begins_once_and_years_inside_are_left_out() -> None:
    rates = one_currency(1.0, 1.0, 1.16, 1.4, 1.4, 1.4, 1.7)
    assert crashes(rates, 0.15).tolist()[1:] == [0.0, 1.0, 1.0, 0.0, 0.0, 1.0]
    begins = onsets(rates, 0.15).tolist()
    assert begins[2] == 1.0
    assert np.isnan(begins[3])
    assert np.isnan(begins[4])
    assert begins[5:] == [0.0, 1.0]


def test_currencies_do_not_run_into_each_other() -> None:
    two = pd.concat([one_currency(1.0, 1.0), one_currency(50.0, 50.0).rename({"abc": "xyz"})])
    assert np.isnan(crashes(two, 0.15).loc[("xyz", 2000)])


@pytest.mark.parametrize(
    ("iso3", "year"), [("tha", 1997), ("kor", 1997), ("rus", 1998), ("bra", 1999), ("tur", 2018)]
)
def test_famous_crises_begin_when_they_did(panel: CrisisPanel, iso3: str, year: int) -> None:
    at = (panel.iso3 == iso3) & (panel.year == year)
    assert panel.onset[at].tolist() == [1.0]


def test_the_panel_looks_back_one_year(panel: CrisisPanel) -> None:
    at = (panel.iso3 == "tha") & (panel.year == 1997)
    wealth, outlook = (
        table(name).set_index(["iso3", "date"]).loc[("tha", "1996-12-31")]
        for name in ("emerging_wealth_annual", "emerging_outlook_annual")
    )
    ratio = wealth["reserves_usd_bn"] / outlook["gdp_usd_bn"]
    assert panel.seen[at][0, 0] == pytest.approx(-np.log(ratio))
    assert panel.seen[at][0, 1] == pytest.approx(-outlook["current_account_pct_gdp"] / 100.0)


def test_economies_without_a_currency_are_not_in_it(panel: CrisisPanel) -> None:
    assert "pan" not in panel.iso3
    assert panel.year[panel.iso3 == "slv"].max() < 2001
    assert np.isfinite(panel.seen).all()


def test_the_shipped_scores_are_of_this_panel(panel: CrisisPanel) -> None:
    told = load_crisis().certificate
    assert told["country_years"] == panel.onset.size
    assert told["crises"] == panel.onset.sum()
    assert told["economies"] == sorted(set(panel.iso3.tolist()))
    np.testing.assert_allclose(load_crisis().centre, panel.seen.mean(axis=0), rtol=1e-4)


def test_ranking_countries_can_be_done_again_from_the_shipped_draws(panel: CrisisPanel) -> None:
    known = load_crisis()
    shipped = CrisisFit(known.draws, known.centre, known.scale, 1.0, 512.0, 0)
    again = auroc(panel.onset, predict(shipped, panel, is_quiet=True))
    assert again == pytest.approx(known.scores["in_sample"]["auroc_countries_only"], abs=0.005)


def test_the_density_is_the_one_written_out_by_hand() -> None:
    rng = np.random.default_rng(3)
    seen, world = rng.standard_normal((6, 5)), rng.standard_normal((6, 3))
    floating, onset = np.array([0.0, 1.0] * 3), np.array([0.0, 0.0, 1.0] * 2)
    weight, year = rng.uniform(size=6), np.array([0, 0, 1, 1, 2, 2])
    prior = {"intercept_mean": -2.0, "intercept": 1.5, "slope": 0.7, "floating": 0.5}
    prior |= {"year_spread": 0.6, "years": np.zeros(3)}
    at = {"intercept": -1.0, "slopes": rng.uniform(size=5), "floating": 0.3, "year_spread": 0.8}
    at |= {"world": rng.uniform(size=3), "luck": rng.standard_normal(3)}
    odds = at["intercept"] + seen @ at["slopes"] + at["floating"] * floating
    odds = odds + world @ at["world"] + at["year_spread"] * at["luck"][year]
    wanted = np.sum(weight * (onset * odds - np.log1p(np.exp(odds))))
    wanted += norm.logpdf(-1.0, -2.0, 1.5) + norm.logpdf(0.3, 0.0, 0.5)
    wanted += halfnorm.logpdf(np.r_[at["slopes"], at["world"]], scale=0.7).sum()
    wanted += halfnorm.logpdf(0.8, scale=0.6) + norm.logpdf(at["luck"]).sum()
    given = {"world": world, "year": year, "onset": onset, "weight": weight, "prior": prior}
    arrays = jax.tree.map(jnp.asarray, (seen, floating, given, at))
    found, _ = log_density(model, arrays[:2], arrays[2], arrays[3])
    assert float(found) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.slow
@pytest.mark.nightly
def test_the_sampler_finds_what_made_the_data(panel: CrisisPanel) -> None:
    """Chance of the sampler: 0.02 in a slope; the data are always the same."""
    rng = np.random.default_rng(1)
    n = panel.onset.size
    world = np.concatenate([np.zeros((n, 1)), rng.normal(size=(n, 2))], axis=1)
    standard = (panel.seen - panel.seen.mean(axis=0)) / panel.seen.std(axis=0)
    slopes, pushed = np.array([1.0, 0.0, 0.6, 0.0, 0.0]), np.array([0.0, 1.2, 0.0])
    odds = -1.5 + standard @ slopes + world @ pushed + 0.5 * panel.floating
    onset = (rng.uniform(size=n) < 1.0 / (1.0 + np.exp(-odds))).astype(float)
    made = replace(panel, world=world, onset=onset)
    found = estimate(made, sampler(200, n_chains=1))
    assert np.all(found.draws["slopes"] >= 0.0)
    middle = np.median(found.draws["slopes"], axis=0)
    assert middle[0] == pytest.approx(1.0, abs=0.3)
    assert middle[2] == pytest.approx(0.6, abs=0.3)
    assert np.all(middle[[1, 3, 4]] < 0.3)
    assert np.median(found.draws["world"][:, 1]) == pytest.approx(1.2, abs=0.3)
    assert auroc(onset, predict(found, made)) > 0.75


def test_auroc_counts_pairs() -> None:
    onset = np.array([1.0, 0.0, 1.0, 0.0])
    assert auroc(onset, np.array([0.9, 0.1, 0.8, 0.2])) == 1.0
    assert auroc(onset, np.array([0.1, 0.9, 0.2, 0.8])) == 0.0
    assert auroc(onset, np.full(4, 0.3)) == 0.5
    assert auroc(onset, np.array([0.5, 0.4, 0.1, 0.2])) == 0.5


def test_brier_by_hand() -> None:
    assert brier(np.array([1.0, 0.0]), np.array([0.8, 0.4])) == pytest.approx(0.1)


def test_calibration_of_a_forecaster_who_knows() -> None:
    chance = 0.6 * (np.arange(200_000) + 0.5) / 200_000
    # Multiples of the golden section fill every stretch of the interval evenly.
    onset = (np.mod(np.arange(200_000) * 0.5 * (np.sqrt(5.0) - 1.0), 1.0) < chance).astype(float)
    rows = calibration(onset, chance)
    assert sum(row["country_years"] for row in rows) == chance.size
    for row in rows:
        assert row["observed"] == pytest.approx(row["predicted"], abs=5e-3)


def test_the_broad_dollar_follows_advanced_currencies_as_its_row_tells() -> None:
    broad = table("usd_broad_daily").set_index("date")["usd_broad_index"]
    late = broad[broad.index.month >= 10]
    monthly = late.groupby([late.index.year, late.index.month]).mean()
    own = np.log(monthly.groupby(level=0).mean()).diff()
    world = table("world_conditions_annual")
    world = world.set_index(world["date"].dt.year)
    other = np.log(world["dollar_advanced_q4_index"]).diff()
    years = list(range(2007, 2026))
    slope = np.polyfit(other[years], own[years], 1)[0]
    assert slope == pytest.approx(parameters()["crisis_broad_share"].p50, abs=0.005)


def test_a_tight_world_is_what_the_dollar_did_in_the_summer_of_2013() -> None:
    broad = table("usd_broad_daily").set_index("date")["usd_broad_index"]
    rise = 100.0 * np.log(broad["2013-09-05"] / broad["2013-05-21"])
    assert parameters()["emerging_tight_dollar"].p50 == pytest.approx(rise, abs=0.01)


def test_crisis_years_agree_with_the_published_flags_as_told() -> None:
    told = load_crisis().scores["against_flags"]
    assert against_flags() == told
    assert told["to_2010_equal"] / told["to_2010_compared"] > 0.95
