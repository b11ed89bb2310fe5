"""The backtest on a history made up for it: a right model wins, a wrong one loses."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

import specimens
from selloff.evidence import Bank, load_bank, load_meta, load_scores, parameters
from selloff.scenario import episode_names, load_episode
from selloff.studies.backtest.aggregates import aggregate
from selloff.studies.backtest.cases import Case, Weighing, score_case
from selloff.studies.backtest.learning import (
    LEAST_ESS,
    learned_weights,
    log_likelihood,
    what_was_learned,
)
from selloff.studies.backtest.left_out import weights_without
from selloff.studies.backtest.noise import Surprise, extra_days, noise_scale, noise_scales
from selloff.studies.backtest.replay import Replay
from selloff.studies.backtest.scoring import score_alone
from selloff.studies.backtest.verdicts import Forecast, verdict
from selloff.studies.samples import effective_size
from selloff.vocab import EPISODE_ABROAD, EPISODE_VARIABLES, RIVALS

N = 64
EPISODE = load_episode("yen-2022-09")
EQUAL = np.full(N, 1.0 / N)
ONES = dict.fromkeys(EPISODE_VARIABLES, 1.0)
YEN_2010 = date(2010, 9, 14), date(2010, 9, 15)


def played(effect: float, seed: int = 0, noise: float = 3.0) -> Replay:
    rng = np.random.default_rng(seed)
    spread = effect * np.exp(0.3 * rng.standard_normal(N))
    return Replay(
        rows=np.arange(N),
        effects=dict.fromkeys(EPISODE_VARIABLES, spread),
        noise={name: noise * rng.standard_normal(N) for name in EPISODE_VARIABLES},
        days=1,
        face_usd_bn=100.0,
        equivalents_usd_bn=60.0,
        rivals={
            name: dict.fromkeys(EPISODE_VARIABLES, said)
            for name, said in (("walk", 0.0), ("rule", 6.0), ("simple", 3.0))
        },
        unsold_usd_bn=np.zeros(N),
        answers={},
    )


def told(sign: float) -> list[dict[str, Any]]:
    """Forty episodes in which 20 was meant to happen and did, give or take the noise."""
    rng = np.random.default_rng(9)
    cases = []
    for i in range(40):
        happened = dict.fromkeys(EPISODE_VARIABLES, 20.0 + 3.0 * float(rng.standard_normal()))
        case = Case(EPISODE, played(sign * 20.0, seed=i), happened)
        days = (date(2000, 1, 3) + timedelta(days=60 * i + d) for d in (0, 1))
        start, end = (each.isoformat() for each in days)
        rows = score_case(case, Weighing(EQUAL, ONES))
        cases.append({"flows": [1], "start": start, "end": end, "rows": rows})
    return cases


def test_a_right_model_beats_both_baselines_and_covers() -> None:
    found = aggregate(told(1.0))["all"]
    assert found["against_walk"] < 0.5
    assert found["against_rule"] < 0.8
    assert found["against_walk_range"][1] < 1.0
    assert found["signs_right"] == found["signs_claimed"] == 40 * len(EPISODE.judged)
    assert 0.8 < found["coverage"] <= 1.0


def test_the_range_of_coverage_counts_events_and_not_rows() -> None:
    """Many rows of one event share its news: of four events two inside, anything can be."""
    cases = told(1.0)[:4]
    for at, case in enumerate(cases):
        case["rows"] = [row | {"inside": at < 2} for row in case["rows"]]
    found = aggregate(cases)["all"]
    assert found["coverage"] == 0.5
    assert found["coverage_range"] == [0.0, 1.0]


def test_a_model_with_the_wrong_sign_loses() -> None:
    found = aggregate(told(-1.0))["all"]
    assert found["against_walk"] > 1.5
    assert found["signs_right"] == 0
    assert found["coverage"] < 0.2


def test_an_episode_brings_noise_worth_some_days() -> None:
    """Surprises with 3 days of extra noise, in windows of 1 to 250 days, give 3 back."""
    normal = specimens.normal_quantiles(2_000)
    found = [
        (float(z), days)
        for days in (1, 5, 20, 250)
        for z in normal * np.sqrt(1.0 + 3.0 / days) / normal.std()
    ]
    assert extra_days(found) == pytest.approx(3.0, rel=0.01)
    assert noise_scale(found, 1) == pytest.approx(2.0, rel=5e-3)
    assert noise_scale(found, 250) == pytest.approx(np.sqrt(1.0 + 3.0 / 250.0), rel=1e-3)


def test_ordinary_days_bring_none() -> None:
    z = 0.9 * specimens.normal_quantiles(1000)
    assert extra_days([(each, 5) for each in z]) == 0.0
    assert extra_days([]) == 0.0


@pytest.mark.parametrize(
    ("effect", "happened", "words"),
    [
        (10.0, 12.0, "inside, sign right"),
        (10.0, -2.0, "inside, sign wrong"),
        (10.0, 60.0, "outside, too small"),
        (30.0, 2.0, "outside, too large"),
        (10.0, -40.0, "outside, sign wrong"),
        (0.1, 3.0, "inside, no effect claimed"),
        (0.1, 60.0, "outside, other news"),
        (10.0, float("nan"), "no data"),
    ],
)
def test_verdicts(effect: float, happened: float, words: str) -> None:
    model = (effect - 15.0, effect, effect + 15.0)
    assert verdict(Forecast.of("us_10y_bp", effect, model, happened)) == words


def test_an_effect_within_its_own_error_claims_nothing() -> None:
    made = Forecast.of("us_10y_bp", 3.0, (-9.0, 3.0, 9.0), 5.0)
    assert made.sign_hit is True
    unsure = Forecast.of("us_10y_bp", 3.0, (-9.0, 3.0, 9.0), 5.0, error=3.5)
    assert unsure.sign_hit is None


def test_noise_is_found_by_variable_and_without_the_event() -> None:
    """Far yields are three times as surprising as the yen; the window's own event is not asked."""
    rng = np.random.default_rng(3)
    told = [
        Surprise(
            (day := date(2000, 1, 3) + timedelta(days=30 * i), day + timedelta(days=1)),
            1,
            {"us_30y_bp": 3.0 * float(rng.standard_normal()), "usdjpy_pct": 0.5},
        )
        for i in range(200)
    ]
    far = date(2022, 1, 3), date(2022, 1, 4)
    scales = noise_scales(told, far, 1)
    assert scales["usdjpy_pct"] == scales["us_2y_bp"] == 1.0
    assert 2.0 < scales["us_30y_bp"] < 4.0
    near = date(2022, 1, 6), date(2022, 1, 7)
    own = [Surprise(near, 1, {"usdjpy_pct": 50.0})] * 200
    assert noise_scales(told + own, far, 1) == scales


def test_nothing_is_weighed_where_the_registry_has_no_row() -> None:
    bank, meta = load_bank(), load_meta()
    window = date(2023, 8, 1), date(2023, 8, 3)
    np.testing.assert_allclose(weights_without(window, bank, meta), 1.0 / bank.n_draws)


def test_leaving_an_episode_out_moves_the_median_to_where_it_is_without_it() -> None:
    bank, meta = load_bank(), load_meta()
    weights = weights_without(YEN_2010, bank, meta)
    assert weights.sum() == pytest.approx(1.0)
    assert 100 < effective_size(weights) < bank.n_draws
    mean = np.exp(weights @ np.log(bank.draws["fx_transient"]))
    before = np.exp(np.mean(np.log(bank.draws["fx_transient"])))
    wanted = meta.without["mof-yen-2010-09"]["fx_transient"][1] / meta.quantities["fx_transient"][1]
    assert mean / before == pytest.approx(wanted, rel=0.2)


def test_learning_prefers_rows_whose_effect_happened() -> None:
    bank = Bank({"permanent_impact": np.linspace(1.0, 20.0, N)}, {})
    effects = dict.fromkeys(EPISODE_VARIABLES, np.linspace(1.0, 20.0, N))
    scaled = replace(played(1.0), effects=effects)
    happened = dict.fromkeys(EPISODE_VARIABLES, 5.0)
    score = log_likelihood(scaled, happened, bank, scales=ONES)
    assert abs(np.linspace(1.0, 20.0, N)[np.argmax(score)] - 5.0) < 3.0
    nothing = dict.fromkeys(EPISODE_VARIABLES, float("nan"))
    np.testing.assert_array_equal(log_likelihood(scaled, nothing, bank, scales=ONES), 0.0)


def test_learned_weights_keep_enough_rows_and_tell_what_they_learned() -> None:
    bank = load_bank()
    x = np.log(bank.draws["permanent_impact"])
    sharp = -500.0 * (x - x.mean()) ** 2
    weights, power = learned_weights([sharp])
    assert power < 1.0
    assert effective_size(weights) >= LEAST_ESS
    first = what_was_learned(bank, weights)[0]
    assert first["parameter"] == "permanent_impact"
    assert first["contraction"] > 0.5


@pytest.mark.slow
def test_a_real_episode_is_played_and_scored() -> None:
    found = score_alone(EPISODE, n_draws=64)
    rows = {row["variable"]: row for row in found["rows"]}
    assert tuple(rows) == EPISODE.judged
    assert rows["usdjpy_pct"]["effect"][1] < 0.0
    # Bills and a little defence: next to nothing on the 10-year.
    assert max(map(abs, rows["us_10y_bp"]["effect"])) < 0.5
    assert rows["usdjpy_pct"]["observed"] == pytest.approx(-2.22, abs=0.01)
    assert min(found["noise_scales"].values()) >= 1.0
    assert len(set(found["noise_scales"].values())) > 1


def mean_ratio(rows: list[dict[str, Any]], base: str) -> float:
    """Mean over variables of the model's summed error over a baseline's, in a plain loop."""
    ratios = []
    for name in EPISODE.judged:
        own = other = 0.0
        for row in rows:
            if row["variable"] == name:
                own, other = own + row["crps"], other + row[base]
        ratios.append(own / other)
    return sum(ratios) / len(ratios)


def test_the_shipped_scores_are_what_their_rows_add_up_to() -> None:
    """Whether they flatter the model is for the table to say, not for a test."""
    scores = load_scores()
    assert [each["name"] for each in scores["episodes"]] == list(episode_names())
    assert scores["scores"] == aggregate(scores["episodes"])
    everything = scores["scores"]["all"]
    known = [row for case in scores["episodes"] for row in case["rows"] if row["crps"] is not None]
    rows = [row for row in known if row["variable"] not in EPISODE_ABROAD]
    assert everything["n"] == len(rows) < len(known)
    bases = [f"crps_{rival}" for rival in RIVALS]
    for row in rows:
        low, _, high = row["model"]
        assert all(np.isfinite(row[key]) for key in ("crps", *bases))
        # Printed to two digits, an outcome at the very edge can lie on either side of it.
        if min(abs(row["observed"] - low), abs(row["observed"] - high)) > 0.01:
            assert row["inside"] == (low < row["observed"] < high)
    inside = sum(row["inside"] for row in rows)
    claimed = [row for row in rows if row["sign_hit"] is not None]
    assert everything["coverage"] == pytest.approx(inside / len(rows), abs=5e-5)
    assert everything["signs_claimed"] == len(claimed)
    assert everything["signs_right"] == sum(
        row["effect"][1] * row["observed"] > 0.0 for row in claimed
    )
    for base in RIVALS:
        low, high = everything[f"against_{base}_range"]
        assert everything[f"against_{base}"] == pytest.approx(
            mean_ratio(rows, f"crps_{base}"), abs=2e-4
        )
        assert low < everything[f"against_{base}"] < high
    assert parameters()["flat_rule"].p50 == 6.0
