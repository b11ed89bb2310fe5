"""Summaries as the definition of `summary.json` has them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import xarray as xr

from papers import ROOT
from selloff.results import as_json, difference, metric_draws, summarise
from selloff.vocab import PARTS, TENORS, metrics

KEYS = [
    "scenario",
    "vintage",
    "data",
    "draws",
    "parameter_rows",
    "seed",
    "horizon_years",
    "warnings",
    "wall_seconds",
    "metrics",
    "absorbed_by",
    "buyers",
    "worlds",
    "attribution",
    "outcomes",
    "capacity",
    "reactions",
    "economy",
    "identities",
]
SPREAD = ["unit", "p05", "p50", "p95", "mean"]


def test_keys_are_exactly_those_of_the_definition(tiny: xr.Dataset) -> None:
    found = summarise(tiny)
    assert list(found) == KEYS
    page = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")
    (told,) = [line for line in page.splitlines() if line.startswith("| `selloff run SCENARIO` |")]
    assert re.findall(r"`(\w+)`", told) == KEYS
    assert list(found["wall_seconds"]) == ["total", "compile", "engine", "attribution"]
    assert list(found["metrics"]) == list(metric_draws(tiny))
    assert {tuple(row) for row in found["metrics"].values()} <= {
        (*SPREAD, "effective_draws"),
        (*SPREAD, "beyond", "effective_draws"),
    }
    assert list(found["identities"]) == ["max_abs_residual_usd_bn"]
    assert found["scenario"] == "tiny"
    assert (found["draws"], found["seed"], found["vintage"]) == (3, 7, "2026-07")


def _under_metrics(held: Any) -> Iterator[dict[str, Any]]:
    """Whatever stands under the name `metrics`, at any depth."""
    if isinstance(held, dict):
        for key, value in held.items():
            if key == "metrics":
                yield from value.values()
            yield from _under_metrics(value)


def test_whatever_is_called_a_metric_has_a_median_and_a_unit(tiny: xr.Dataset) -> None:
    found = [*_under_metrics(summarise(tiny))]
    assert len(found) >= len(metric_draws(tiny))
    assert all({"unit", "p50"} <= set(each) for each in found)
    assert all({"unit", "p50"} <= set(each) for each in difference(tiny, tiny).values())


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


def test_json_has_null_where_there_is_no_number(tiny: xr.Dataset) -> None:
    text = as_json(summarise(tiny))
    assert "NaN" not in text
    assert "Infinity" not in text
    days = json.loads(text)["metrics"]["days_to_complete"]
    assert days["p95"] is None
    assert days["p50"] == 5.0


def test_what_became_of_full_books_is_counted(tiny: xr.Dataset) -> None:
    tiny["capacity_outcome"][:2] = [2, 1]
    wanted = {"room_for_all": 1, "orders_waited": 1, "beyond_capacity": 1}
    assert summarise(tiny)["capacity"] == wanted


def test_outcomes_are_counted_by_name(tiny: xr.Dataset) -> None:
    counted = summarise(tiny)["outcomes"]
    assert counted == {"completed": 1, "completed_late": 1, "unfinished": 1}


def test_buyers_are_medians_by_holder(tiny: xr.Dataset) -> None:
    tiny["absorbed_by_holder"][:, 1] = [10.0, 30.0, 80.0]
    bought = summarise(tiny)["absorbed_by"]
    assert bought["usa_bank"] == 30.0
    assert "jpn_official" not in bought


def test_the_relay_names_who_holds_at_the_peak_after_a_year_and_at_the_end(
    tiny: xr.Dataset,
) -> None:
    """Dealers stand between for four days; what the Fed held in between is not lost at the end."""
    tiny["delta_par_yield"][:] = 0.0
    tiny["delta_par_yield"][:, 2, TENORS.index("10Y")] = 50.0
    tiny["absorbed_face"][:, :, 3], tiny["absorbed_face"][:, 5:, 0] = 0.0, 30.0
    tiny["absorbed_face"][:, 5, 3] = [900.0, 936.0, 950.0]
    found = summarise(tiny)["buyers"]
    assert found["peak"] == {"dealers": 20.0}
    assert found["after_1y"] == found["end"] == {"usa_bank": 30.0}
    assert list(found["most"].items()) == [("fed", 936.0), ("usa_bank", 30.0), ("dealers", 30.0)]
    assert found["most_on_day"]["fed"] == 5.0


def test_draws_without_prices_are_counted_and_left_out(tiny: xr.Dataset) -> None:
    tiny["outcome"][2] = 4
    tiny["delta_par_yield"][2] = np.nan
    found = summarise(tiny)
    assert found["outcomes"]["no_equilibrium"] == 1
    assert found["metrics"]["us_10y_peak_bp"]["mean"] == pytest.approx(75.0)


def test_the_largest_residual_is_shown(tiny: xr.Dataset) -> None:
    tiny["identity_residual"][1, 0] = 3e-7
    assert summarise(tiny)["identities"]["max_abs_residual_usd_bn"] == 3e-7


def test_parts_add_up_to_the_median_exactly(tiny: xr.Dataset) -> None:
    found = summarise(tiny)["attribution"]
    assert found["order"] == list(PARTS)
    assert list(found["metrics"]) == list(metric_draws(tiny))
    for name, split in found["metrics"].items():
        steps = [split["parts"][part]["p50"] for part in PARTS]
        assert split["unit"] == metrics()[name].unit
        assert split["p50"] == pytest.approx(summarise(tiny)["metrics"][name]["p50"])
        assert sum(steps) == pytest.approx(split["p50"], abs=1e-12)
    peak = found["metrics"]["us_10y_peak_bp"]["parts"]
    assert [peak[part]["p50"] for part in PARTS] == pytest.approx([50.0, 10.0, 30.0, 20.0, -10.0])
    low, mid, high = np.quantile([5.0, 10.0, 15.0], [0.05, 0.5, 0.95])
    assert [peak["followers"][k] for k in SPREAD[1:]] == pytest.approx([low, mid, high, 10.0])


def test_parts_of_a_sale_that_never_ends(tiny: xr.Dataset) -> None:
    """Policy, a freeze say, keeps most draws from finishing; the parts still add up."""
    tiny["days_to_complete"][:] = [3.0, np.nan, np.nan]
    at = list(metric_draws(tiny)).index("days_to_complete")
    tiny["attribution_level"][:, at] = np.nan
    tiny["attribution_level"][:, at, :3] = [[3.0, 4.0, 4.0], [5.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    tiny["attribution_level"][0, at, 3:] = 3.0
    split = summarise(tiny)["attribution"]["metrics"]["days_to_complete"]
    steps = [split["parts"][part]["p50"] for part in PARTS]
    assert steps[:3] == [5.0, 0.0, 1.0]
    assert steps[3] == np.inf
    assert split["p50"] == np.inf == np.nansum(steps)


def test_a_run_without_arms_has_no_parts(tiny: xr.Dataset) -> None:
    tiny["attribution_level"][:, :, :-1] = np.nan
    assert summarise(tiny)["attribution"] == {}


def test_reactions_are_counted(tiny: xr.Dataset) -> None:
    assert summarise(tiny)["reactions"] == {
        "followers_sold": 3, "funds_forced": 3, "fed_bought": 3, "mof_intervened": 2,
        "boj_bought": 1, "several_equilibria": 1,
    }  # fmt: skip
    tiny["followed_face"][0] = 0.05
    assert summarise(tiny)["reactions"]["followers_sold"] == 2


def test_frozen_draws_are_counted(tiny: xr.Dataset) -> None:
    tiny["outcome"][0] = 5
    assert summarise(tiny)["outcomes"]["frozen"] == 1


def test_difference_is_draw_by_draw(tiny: xr.Dataset) -> None:
    """Second less first, paired: not the difference of medians."""
    second = tiny.copy(deep=True)
    second["delta_par_yield"][:] = tiny["delta_par_yield"].values[[2, 0, 1]]
    found = difference(tiny, second)
    assert list(found) == list(metric_draws(tiny))
    assert found["us_10y_peak_bp"]["p50"] == pytest.approx(-50.0)
    assert found["us_10y_peak_bp"]["mean"] == pytest.approx(0.0)
    assert found["seller_proceeds_usd_bn"]["p95"] == 0.0


def test_the_economy_is_counted(tiny: xr.Dataset) -> None:
    tiny["japan_branch"][:] = [1, 0, 1]
    tiny["reserve_tipped"][:] = [0.0, 1.0, 0.0]
    found = summarise(tiny)["economy"]
    assert found["japan_branches"] == {
        "neither": 1,
        "yen_up_disinflation": 2,
        "fiscal_dominance": 0,
    }
    assert found["reserves_tipped"] == 1
    assert found["left_out"] == [{"country": "xyz", "name": "Xyz", "reason": "no reserves found"}]
    assert "debt_rises_in_year_5_frac" not in found
    longer = tiny.isel(quarter=np.arange(20) % 5)
    path = 100.0 + np.outer([1.0, 1.0, -1.0], np.arange(20.0))
    longer["us_debt_ratio_base"] = (("draw", "quarter"), path)
    longer["us_debt_ratio"] = (("draw", "quarter"), path + 5.0 * np.arange(20.0))
    shares = summarise(longer)["economy"]["debt_rises_in_year_5_frac"]
    assert shares == {"baseline": pytest.approx(2 / 3), "sale": 1.0}


def test_a_number_beyond_its_record_says_so_beside_it(tiny: xr.Dataset) -> None:
    found = {"hy_oas_peak_bp": {"text": "median beyond", "reached": ["p50"], "record": {}}}
    tiny.attrs["beyond"] = json.dumps(found)
    numbers = summarise(tiny)["metrics"]
    assert numbers["hy_oas_peak_bp"]["beyond"] == found["hy_oas_peak_bp"]
    assert "beyond" not in numbers["ig_oas_peak_bp"]
