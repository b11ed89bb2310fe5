"""A run in a few lines."""

from math import nan

import pytest
import xarray as xr

from selloff.apps.cli._tables import _cell, _show_metrics, _split_words, _world_words
from selloff.report.estimate import Estimate


def test_the_parts_of_the_peak_are_one_line() -> None:
    steps = {"seller": 98.4, "followers": 7.2, "levered_funds": 79.1, "policy": -60.4, "haven": 0.1}
    summary = {
        "scenario": "japan-dump", "vintage": "2026-07", "draws": 5, "seed": 0, "metrics": {},
        "wall_seconds": {"total": 1.0, "engine": 0.5}, "outcomes": {"completed": 5},
        "identities": {"max_abs_residual_usd_bn": 0.0},
        "attribution": {
            "draws": 5,
            "order": list(steps),
            "metrics": {
                "us_10y_peak_bp": {
                    "unit": "bp", "p50": 124.4,
                    "parts": {name: {"p50": step} for name, step in steps.items()},
                }
            },
        },
    }  # fmt: skip
    assert _split_words(summary) == (
        "Of the 10-year's peak: the sale 98, followers +7, levered funds +79, policy -60, "
        "haven 0 bp"
    )
    assert _split_words(summary | {"attribution": {}}) == ""


def test_a_world_is_one_line() -> None:
    metrics = {"us_10y_peak_bp": {"p50": 147.4}, "us_10y_after_1y_bp": {"p50": -6.2}}
    world = {"label": "The Federal Reserve buys", "share_frac": 0.768, "metrics": metrics}
    lead = "The Federal Reserve buys in 77% of simulations: 10-year 147 bp at its peak"
    assert _world_words(world) == f"{lead}, -6 bp after a year"
    short = world | {"metrics": {"us_10y_peak_bp": {"p50": 147.4}}}
    assert _world_words(short) == lead


def test_a_cell_names_the_currency_of_the_seller() -> None:
    bill = Estimate(10.0, 20.0, 250.0, "LC bn")
    yen = xr.Dataset(attrs={"seller_currency": "JPY"})
    assert _cell(bill, yen) == "¥20bn (10–250)"
    assert _cell(Estimate(nan, nan, nan, ""), yen) == "-"


def test_a_bill_in_dollars_is_not_told_twice(capsys: pytest.CaptureFixture[str]) -> None:
    bill = {"unit": "LC bn", "p05": 10.0, "p50": 20.0, "p95": 250.0}
    summary = {"scenario": "a", "horizon_years": 1.0, "metrics": {"seller_total_cost_lc_bn": bill}}
    for currency, said in (("USD", ""), ("JPY", "¥20bn (10–250)")):
        _show_metrics([(xr.Dataset(attrs={"seller_currency": currency}), summary)], "")
        assert said in (out := capsys.readouterr().out)
        assert bool(out) == bool(said)


def test_a_number_beyond_its_record_has_a_mark_and_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of two runs side by side, only the one that is beyond it has the mark."""
    within = {"unit": "bp", "p05": 10.0, "p50": 20.0, "p95": 900.0}
    found = {"text": "95% end beyond 1.5 times the record", "reached": ["p95"]}
    further = within | {"p95": 2500.0, "beyond": found}
    summaries = [
        {"scenario": name, "horizon_years": 1.0, "metrics": {"hy_oas_peak_bp": stat}}
        for name, stat in (("near", within), ("far", further))
    ]
    _show_metrics([(xr.Dataset(), summary) for summary in summaries], "")
    head, row, *rest = capsys.readouterr().out.splitlines()
    assert head.split()[-2:] == ["near", "far"]
    assert row.endswith("20bp (10–900)  20bp (10–2,500)*")
    assert rest == ["* High-yield spread, highest: 95% end beyond 1.5 times the record", ""]
