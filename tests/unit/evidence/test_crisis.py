"""The shipped logit of currency crises."""

import numpy as np
import pytest

from selloff.evidence import load_bank
from selloff.evidence.crisis import load_crisis


def test_there_is_a_draw_for_every_draw_of_the_bank() -> None:
    known = load_crisis()
    assert {len(values) for values in known.draws.values()} == {load_bank().n_draws}
    assert known.draws["slopes"].shape[1:] == known.centre.shape == known.scale.shape == (5,)
    assert known.draws["world"].shape[1:] == (3,)


def test_signs_are_kept() -> None:
    draws = load_crisis().draws
    for name in ("slopes", "world", "year_spread"):
        assert np.all(draws[name] >= 0.0)
    assert np.all(load_crisis().scale > 0.0)


def test_draws_cannot_be_written_over() -> None:
    assert not any(values.flags.writeable for values in load_crisis().draws.values())


def test_the_chains_agreed() -> None:
    told = load_crisis().certificate
    assert told["r_hat"] < 1.01
    assert told["effective_sample_size"] > 400
    assert told["divergences"] == 0
    assert len(told["economies"]) >= 40


def test_draws_are_the_posterior_the_certificate_tells_of() -> None:
    known = load_crisis()
    told = known.certificate["posterior_p05_p50_p95"]
    low, mid, high = told["broad_dollar"]
    drawn = known.draws["world"][:, 1]
    assert abs(np.median(drawn) - mid) < 0.1 * (high - low)
    assert abs(np.median(known.draws["intercept"]) - told["intercept"][1]) < 0.1


def test_scores_are_shares_and_a_forecaster_without_a_model_knows_the_share_of_crises() -> None:
    for name in ("in_sample", "expanding_window", "country_left_out"):
        told = load_crisis().scores[name]
        for key in ("auroc", "auroc_countries_only", "brier", "brier_climatology", "mean_chance"):
            assert 0.0 < told[key] < 1.0, (name, key)
        share = told["crises"] / told["country_years"]
        assert told["share_of_crises"] == pytest.approx(share, abs=5e-5)
        # One share for everybody is the best constant; the shares of the past do no better.
        assert told["brier_climatology"] >= share * (1.0 - share) - 5e-5
    best = load_crisis().scores["in_sample"]
    share = best["share_of_crises"]
    assert best["brier_climatology"] == pytest.approx(share * (1.0 - share), abs=1e-4)


def test_the_calibration_curve_counts_everybody_once() -> None:
    for name in ("in_sample", "expanding_window", "country_left_out"):
        told = load_crisis().scores[name]
        rows = told["calibration"]
        assert sum(row["country_years"] for row in rows) == told["country_years"]
        assert sum(row["crises"] for row in rows) == told["crises"]
        assert [row["predicted"] for row in rows] == sorted(row["predicted"] for row in rows)
