"""Presets against each other, books that are full, and what stress does abroad."""

from functools import cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

import selloff as so
from selloff.results import metric_draws

pytestmark = pytest.mark.slow
DRAWS = 96
YEARS = 2.0
HIGHER = ("us_10y_peak_bp", "us_30y_peak_bp", "hy_oas_peak_bp", "ig_oas_peak_bp")
LOWER = ("sp500_trough_pct", "us_gdp_trough_pct", "us_gdp_q4_pct")


@cache
def dataset(asked: str, kind: str = "") -> xr.Dataset:
    source: Any = asked
    if kind:
        source = {
            "schema_version": 1,
            "name": "asked",
            "title": "Asked",
            "sellers": [],
            "shocks": [{"kind": kind, "size": 1.0}],
        }
    return so.run(source, draws=DRAWS, horizon_years=YEARS, attribution=False).dataset


def added(ds: xr.Dataset) -> np.ndarray:
    return np.asarray((ds["em_crisis_prob"] - ds["em_crisis_prob_base"]).sum("country"))


def lost(ds: xr.Dataset) -> np.ndarray:
    return np.asarray(ds["em_flow_loss"].mean("country"))


def test_a_coordinated_exit_is_worse_than_japan_alone() -> None:
    alone, together = (metric_draws(dataset(p)) for p in ("japan-dump", "coordinated-exit"))
    for name in HIGHER:
        assert np.median(together[name]) > np.median(alone[name]), name
    for name in LOWER:
        assert np.median(together[name]) < np.median(alone[name]), name
    assert np.median(together["em_crises_expected"]) > np.median(alone["em_crises_expected"])


@pytest.mark.parametrize("preset", ["japan-dump", "fed-absent"])
def test_dealers_beyond_capacity_are_said_to_be_so(preset: str) -> None:
    """Use above one says so; who waits says so; nobody else is beyond."""
    ds = dataset(preset)
    use = ds["dealer_use"].max("step").values
    waited = ds["waiting_face"].max("step").values
    told = dict(zip(ds["capacity_outcome"].attrs["flag_meanings"].split(), range(3), strict=True))
    outcome = ds["capacity_outcome"].values
    np.testing.assert_array_equal(use > 1.0 + 1e-6, outcome == told["beyond_capacity"])
    assert np.all(waited[outcome == told["room_for_all"]] <= 1.0)
    assert {int(each) for each in outcome} >= {told["orders_waited"], told["beyond_capacity"]}


@pytest.mark.parametrize("kind", ["squeeze", "doubt"])
def test_a_squeeze_or_doubt_adds_crises(kind: str) -> None:
    """Capital hardly moves: it leaves where yields rise, and purchases of the Fed lower them."""
    ds = dataset("shock", kind)
    assert np.median(added(ds)) > 0.1
    assert np.mean(added(ds) > 0.0) > 0.8
    assert abs(np.median(lost(ds))) < 0.05


def test_a_dump_brings_crises_and_takes_more_capital_than_it_brings() -> None:
    """In most draws capital is back within the year, as the dollar is weaker and fear gone; where
    it leaves, it leaves in strength. Crises follow fear itself and not capital alone."""
    ds = dataset("japan-dump")
    assert np.median(added(ds)) > 0.0
    assert np.mean(lost(ds)) > 0.0
    assert abs(np.median(lost(ds))) < 0.1
    assert np.corrcoef(lost(ds), added(ds))[0, 1] > 0.5
