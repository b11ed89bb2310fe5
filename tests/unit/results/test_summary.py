"""Summaries as the definition of `summary.json` has them."""

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from selloff.results import METRICS, difference, save_summary, summarise

KEYS = [
    "scenario",
    "vintage",
    "draws",
    "seed",
    "wall_seconds",
    "metrics",
    "outcomes",
    "identities",
]
SPREAD = ["unit", "p05", "p50", "p95", "mean"]


def test_keys_are_exactly_those_of_the_definition(tiny: xr.Dataset) -> None:
    found = summarise(tiny)
    assert list(found) == KEYS
    assert list(found["wall_seconds"]) == ["total", "compile", "engine"]
    assert list(found["metrics"]) == [*METRICS, "absorbed_by"]
    assert all(list(found["metrics"][name]) == SPREAD for name in METRICS)
    assert list(found["identities"]) == ["max_abs_residual_usd_bn"]
    assert found["scenario"] == "tiny"
    assert (found["draws"], found["seed"], found["vintage"]) == (3, 7, "2026-07")


def test_quantiles_are_numpy_s(tiny: xr.Dataset) -> None:
    peak = summarise(tiny)["metrics"]["us_10y_peak_bp"]
    low, mid, high = np.quantile([50.0, 100.0, 150.0], [0.05, 0.5, 0.95])
    assert [peak[k] for k in SPREAD[1:]] == pytest.approx([low, mid, high, 100.0])


def test_a_draw_that_never_ends_is_later_than_any_other(tiny: xr.Dataset) -> None:
    days = summarise(tiny)["metrics"]["days_to_complete"]
    assert days["p50"] == 5.0
    assert days["p95"] == np.inf
    assert days["mean"] == np.inf


def test_nothing_ever_ends(tiny: xr.Dataset) -> None:
    tiny["days_to_complete"][:] = np.nan
    days = summarise(tiny)["metrics"]["days_to_complete"]
    assert all(days[key] == np.inf for key in SPREAD[1:])


def test_json_has_null_where_there_is_no_number(tiny: xr.Dataset, tmp_path: Path) -> None:
    file = save_summary(summarise(tiny), tmp_path / "summary.json")
    text = file.read_text(encoding="utf-8")
    assert "NaN" not in text
    assert "Infinity" not in text
    days = json.loads(text)["metrics"]["days_to_complete"]
    assert days["p95"] is None
    assert days["p50"] == 5.0


def test_outcomes_are_counted_by_name(tiny: xr.Dataset) -> None:
    counted = summarise(tiny)["outcomes"]
    assert counted == {"completed": 1, "completed_late": 1, "unfinished": 1}


def test_buyers_are_medians_by_holder(tiny: xr.Dataset) -> None:
    tiny["absorbed_by_holder"][:, 1] = [10.0, 30.0, 80.0]
    bought = summarise(tiny)["metrics"]["absorbed_by"]
    assert bought["usa_bank"] == 30.0
    assert "jpn_official" not in bought


def test_draws_without_prices_are_counted_and_left_out(tiny: xr.Dataset) -> None:
    tiny["outcome"][2] = 4
    tiny["delta_par_yield"][2] = np.nan
    found = summarise(tiny)
    assert found["outcomes"]["no_equilibrium"] == 1
    assert found["metrics"]["us_10y_peak_bp"]["mean"] == pytest.approx(75.0)


def test_the_largest_residual_is_shown(tiny: xr.Dataset) -> None:
    tiny["identity_residual"][1, 0] = 3e-7
    assert summarise(tiny)["identities"]["max_abs_residual_usd_bn"] == 3e-7


def test_difference_is_draw_by_draw(tiny: xr.Dataset) -> None:
    """Second less first, paired: not the difference of medians."""
    second = tiny.copy(deep=True)
    second["delta_par_yield"][:] = tiny["delta_par_yield"].values[[2, 0, 1]]
    found = difference(tiny, second)
    assert list(found) == list(METRICS)
    assert found["us_10y_peak_bp"]["p50"] == pytest.approx(-50.0)
    assert found["us_10y_peak_bp"]["mean"] == pytest.approx(0.0)
    assert found["seller_proceeds_usd_bn"]["p95"] == 0.0
