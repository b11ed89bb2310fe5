"""Levels by quarter: what they stand on, their percentiles, and the summary they agree with."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from numpy.testing import assert_allclose

from exported import CURVE, DRAWS, FX, QUARTERS, SIZE, result
from selloff.export import levels_table, write_levels
from selloff.export.levels import PERCENTILES, levels_sheets
from selloff.results import summarise
from selloff.vocab import levels

SAME = {
    "us_10y_after_1y_bp": ("us_10y", 3),
    "us_10y_end_bp": ("us_10y", QUARTERS - 1),
    "usdjpy_after_1y_pct": ("usdjpy", 3),
    "gold_after_1y_pct": ("gold", 3),
    "us_gdp_q4_pct": ("us_gdp", 3),
    "us_debt_to_gdp_end_pp": ("us_debt_ratio", QUARTERS - 1),
}
"""Metrics of the summary, the level that changes by them, and the quarter."""


@pytest.fixture(scope="module")
def ds() -> xr.Dataset:
    made = result()
    made["opening_policy_rate"][:] = [4.0, 1.0]
    made["opening_mortgage_rate"][...] = 6.5
    made["holdings_face"].loc[{"holder": "fed"}] = 600.0
    made["absorbed_face"].loc[{"group": "fed"}] = 2.0 * SIZE[:, None]
    ends = np.arange(QUARTERS) + 1.0
    made["us_debt_ratio_base"][:] = 100.0 + ends + (SIZE[:, None] - 10.0)
    made["us_debt_ratio"][:] = made["us_debt_ratio_base"] + 0.1 * np.outer(SIZE, ends)
    return made


def _rows(table: pd.DataFrame, name: str, percentile: int = 50) -> pd.DataFrame:
    of_it = table["Variable"] == levels()[name].label
    return table[of_it & (table["Percentile"] == percentile)]


@pytest.mark.parametrize("metric", SAME)
def test_changes_are_those_of_the_summary(ds: xr.Dataset, metric: str) -> None:
    found, (name, quarter) = summarise(ds)["metrics"][metric], SAME[metric]
    table = levels_table(ds)
    for percentile, key in ((5, "p05"), (50, "p50"), (95, "p95")):
        change = _rows(table, name, percentile)["Change"].iloc[quarter]
        assert_allclose(change, found[key], rtol=1e-12)


def test_a_level_is_its_baseline_and_the_change(ds: xr.Dataset) -> None:
    table, middle, ends = levels_table(ds), (DRAWS - 1) / 2, np.arange(1.0, QUARTERS + 1)
    ten = _rows(table, "us_10y")
    assert_allclose(ten["Level"], CURVE["10Y"] + 0.07 * middle * ends)
    dollars = FX["JPY"] * (1.0 + middle * ends * 0.1 / 100.0)
    assert_allclose(_rows(table, "usdjpy")["Level"], 1.0 / dollars)
    assert_allclose(_rows(table, "mortgage_30y")["Level"], 6.5 + 0.02 * middle * ends)
    assert_allclose(_rows(table, "boj_rate")["Level"], 1.0)
    assert_allclose(_rows(table, "us_gdp", 95)["Level"], 100.0 - 0.1 * ends)
    fed = 600.0 * ds.sizes["bucket"]
    assert_allclose(_rows(table, "fed_holdings", 75)["Level"], fed + 2.0 * 0.75 * (DRAWS - 1))


def test_chance_in_the_baseline_does_not_widen_a_level(ds: xr.Dataset) -> None:
    debt, ends = _rows(levels_table(ds), "us_debt_ratio", 95), np.arange(1.0, QUARTERS + 1)
    assert_allclose(debt["Baseline"], 100.0 + ends)
    assert_allclose(debt["Level"] - debt["Baseline"], 0.1 * 0.95 * (DRAWS - 1) * ends)


def test_what_has_no_level_is_a_change_alone(ds: xr.Dataset) -> None:
    table = levels_table(ds)
    without = {row.label for row in levels().values() if not row.baseline}
    assert set(table["Variable"][table["Level"].isna()]) == without
    sheets = levels_sheets(table)
    assert not without & set(sheets["Levels"]["Variable"])
    assert list(dict.fromkeys(sheets["Changes"]["Variable"])) == [
        row.label for row in levels().values()
    ]


def test_draws_without_prices_are_left_out(ds: xr.Dataset) -> None:
    failed = ds.copy(deep=True)
    failed["outcome"][SIZE > 10] = 0
    assert _rows(levels_table(failed), "us_10y")["Change"].iloc[0] == pytest.approx(5.0 * 7.0)


def test_files_hold_what_the_table_holds(ds: xr.Dataset, tmp_path: Path) -> None:
    files = write_levels(ds, tmp_path / "deep")
    assert [file.name for file in files] == ["levels.csv", "levels.xlsx"]
    read, table = pd.read_csv(files[0]), levels_table(ds)
    assert list(read.columns) == list(table.columns)
    assert len(read) == len(levels()) * len(PERCENTILES) * QUARTERS
    assert_allclose(read["Change"], table["Change"], atol=1e-4)
    with zipfile.ZipFile(files[1]) as book:
        index = book.read("xl/workbook.xml").decode()
        sheets = [part.split('"')[1] for part in index.split("<sheet ")[1:]]
        assert sheets == ["Levels", "Changes", "Notes"]
        texts = book.read("xl/sharedStrings.xml").decode()
        assert "no sale" in texts
        assert "Seed" in texts
    shown = levels_sheets(table)["Levels"]
    assert list(shown.columns) == ["Variable", "Unit", "Path", *table["Date"].unique()]
    assert list(shown["Path"][:6]) == ["no sale", "5%", "25%", "50%", "75%", "95%"]
