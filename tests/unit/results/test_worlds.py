"""Conditional worlds: every draw in the world it belongs to, and what is said of each."""

import numpy as np
import pytest
import xarray as xr

from selloff.results import is_priced, metric_draws, summarise
from selloff.results.worlds import worlds


@pytest.fixture
def split(tiny: xr.Dataset) -> xr.Dataset:
    """The Federal Reserve buys in two draws; squeeze leads in the first, doubt in the last."""
    tiny["absorbed_face"].loc[{"group": "fed"}] = 0.0
    tiny["absorbed_face"].loc[{"group": "fed", "draw": [0, 1], "step": 3}] = 50.0
    tiny["squeeze_peak"][:] = [2.0, 1.0, 0.0]
    tiny["doubt_peak"][:] = [1.0, 1.0, 0.5]
    return tiny


def test_each_draw_is_where_it_belongs(split: xr.Dataset) -> None:
    found = {
        name: np.flatnonzero(flags).tolist()
        for name, flags in worlds(split, is_priced(split)).items()
    }
    assert found == {"fed_buys": [0, 1], "fed_stays_out": [2], "squeeze": [0], "doubt": [2]}


def test_a_world_has_its_share_and_its_own_numbers(split: xr.Dataset) -> None:
    summary = summarise(split)
    numbers = metric_draws(split)["us_10y_peak_bp"]
    buys, out = (summary["worlds"][name] for name in ("fed_buys", "fed_stays_out"))
    assert (buys["draws"], out["draws"]) == (2, 1)
    assert buys["share_frac"] + out["share_frac"] == pytest.approx(1.0)
    assert buys["metrics"]["us_10y_peak_bp"]["p50"] == pytest.approx(np.median(numbers[:2]))
    assert out["metrics"]["us_10y_peak_bp"]["mean"] == pytest.approx(numbers[2])
    assert list(buys["metrics"]) == list(metric_draws(split))


def test_draws_without_prices_are_in_no_world(split: xr.Dataset) -> None:
    priced = np.array([False, True, True])
    found = worlds(split, priced)
    assert not any(flags[0] for flags in found.values())
    assert "squeeze" not in found
