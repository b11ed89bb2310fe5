"""Scenario tables: names, units, quarters, severities and files."""

import csv
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from numpy.testing import assert_allclose

from exported import CURVE, DAYS, DRAWS, FX, QUARTER_OF_STEP, QUARTERS, SIZE, result
from selloff.export import (
    not_modelled,
    scenario_table,
    severe_paths,
    severity_problems,
    severity_rows,
    write_scenario_table,
)
from selloff.export.scenario_names import labels, scenario_names
from selloff.export.scenario_table import MEDIAN
from selloff.vocab import InputError, OutputError, variables

DOMESTIC = (
    "Real GDP growth,Nominal GDP growth,Real disposable income growth,"
    "Nominal disposable income growth,Unemployment rate,CPI inflation rate,3-month Treasury rate,"
    "5-year Treasury yield,10-year Treasury yield,BBB corporate yield,Mortgage rate,Prime rate,"
    "Dow Jones Total Stock Market Index (Level),House Price Index (Level),"
    "Commercial Real Estate Price Index (Level),Market Volatility Index (Level)"
)
INTERNATIONAL = (
    "Euro area real GDP growth,Euro area inflation,"
    "Euro area bilateral dollar exchange rate (USD/euro),Developing Asia real GDP growth,"
    'Developing Asia inflation,"Developing Asia bilateral dollar exchange rate (F/USD, index)",'
    "Japan real GDP growth,Japan inflation,Japan bilateral dollar exchange rate (yen/USD),"
    "U.K. real GDP growth,U.K. inflation,U.K. bilateral dollar exchange rate (USD/pound)"
)
FILES = {
    "domestic.csv",
    "international.csv",
    "deviations.csv",
    "also_modelled.csv",
    "not_modelled.csv",
    "notes.csv",
    "scenario_table.csv",
    "scenario_table.xlsx",
}


@pytest.fixture
def ds() -> xr.Dataset:
    return result()


def _path(table: pd.DataFrame, name: str, severity: str = "S50") -> pd.DataFrame:
    return table[(table["Variable"] == name) & (table["Severity"] == severity)]


def _draw(percentile: float) -> int:
    """Severities are the whole numbers from zero, so the percentile says which draw it is."""
    return int(np.flatnonzero(percentile / 100.0 * (DRAWS - 1) == SIZE)[0])


def _rest(ds: xr.Dataset) -> None:
    for name, row in variables().items():
        if row.kind == "difference":
            ds[name][:] = 0.0


def test_names_are_those_of_the_published_files() -> None:
    names = scenario_names()
    for table, header, count in (
        ("domestic", DOMESTIC, 16),
        ("international", INTERNATIONAL, 12),
    ):
        (published,) = csv.reader([header])
        assert [name.name for name in names if name.table == table] == published
        assert len(published) == count


def test_every_name_is_modelled_from_a_variable_or_left_out_with_a_reason() -> None:
    known = variables()
    for name in scenario_names():
        if not name.is_modelled:
            assert name.remark.endswith("."), name.name
            assert (name.statistic, name.change, name.baseline) == ("", "", "")
            continue
        row = known[name.variable]
        is_by_step = name.statistic in {"mean", "end", "highest"}
        assert row.dims[:2] == ("draw", "step" if is_by_step else "quarter")
        assert name.statistic in {"mean", "end", "highest", "quarter", "growth"}
        of_unit = {"bp": "percentage points"}.get(row.unit, row.unit)
        assert name.change == ("percentage points" if name.statistic == "growth" else of_unit)
        assert set(labels(name.where)) == set(row.dims[2:])
    assert {"BBB corporate yield", "House Price Index (Level)", "U.K. inflation"} <= set(
        not_modelled()["Variable"]
    )
    assert len(not_modelled()) == 13


def test_a_severity_is_one_whole_draw(ds: xr.Dataset) -> None:
    table = scenario_table(ds, (50, 90))
    for severity, percentile in (("S50", 50), ("S90", 90)):
        row = _draw(percentile)
        path = table[table["Severity"] == severity]
        assert set(path["Draw"]) == {row}
        assert set(path["Scenario Name"]) == {f"made-up {severity}"}
        for name, variable in (
            ("Unemployment rate", "delta_us_unemployment"),
            ("CPI inflation rate", "delta_us_inflation"),
        ):
            assert_allclose(_path(table, name, severity)["Deviation"], ds[variable].values[row])
    assert list(_path(table, "Prime rate")["Date"]) == [
        "2026 Q3",
        "2026 Q4",
        "2027 Q1",
        "2027 Q2",
        "2027 Q3",
        "2027 Q4",
    ]


def test_yields_are_means_of_quarters_on_the_opening_curve_held_flat(ds: xr.Dataset) -> None:
    table, row = scenario_table(ds, (50,)), _draw(50)
    for name, tenor in (("3-month Treasury rate", "3M"), ("5-year Treasury yield", "5Y")):
        steps = ds["delta_par_yield"].sel(tenor=tenor).values[row] / 100.0
        wanted = [steps[q == QUARTER_OF_STEP].mean() for q in range(QUARTERS)]
        found = _path(table, name)
        assert_allclose(found["Deviation"], wanted)
        assert_allclose(found["Level"], CURVE[tenor] + np.array(wanted))
    ten = _path(table, "10-year Treasury yield")
    assert_allclose(ten["Deviation"], SIZE[row] * 0.08 * np.arange(1, QUARTERS + 1))
    assert_allclose(ten["Level"] - ten["Deviation"], CURVE["10Y"])
    jgb = _path(table, "Japan 10-year yield")
    assert_allclose(jgb["Baseline"], CURVE["10Y"] - 1.0)


def test_a_step_across_a_border_counts_by_its_days_on_either_side(ds: xr.Dataset) -> None:
    coarse = ds.isel(step=[0, 21, 42, 84, 126], quarter=[0, 1])
    found = _path(scenario_table(coarse, (50,)), "5-year Treasury yield")["Deviation"]
    at = coarse["delta_par_yield"].sel(tenor="5Y").values[_draw(50)] / 100.0
    assert_allclose(found, [(at[1] + at[2] + at[3]) / 3.0, (at[3] + 2.0 * at[4]) / 3.0])


def test_growth_compounds_back_to_the_level(ds: xr.Dataset) -> None:
    table, row = scenario_table(ds, (90,)), _draw(90)
    for name, variable in (
        ("Real GDP growth", "delta_us_gdp"),
        ("Japan real GDP growth", "delta_japan_gdp"),
        ("Japan inflation", "delta_japan_cpi"),
    ):
        growth = _path(table, name, "S90")["Deviation"].to_numpy()
        level = 100.0 * (np.cumprod((1.0 + growth / 100.0) ** 0.25) - 1.0)
        assert_allclose(level, ds[variable].values[row], rtol=1e-12)
        assert _path(table, name, "S90")["Level"].isna().all()


def test_exchange_rates_are_of_the_last_day_and_quoted_as_the_fed_quotes_them(
    ds: xr.Dataset,
) -> None:
    table, row = scenario_table(ds, (50,)), _draw(50)
    last = [int(np.flatnonzero(q == QUARTER_OF_STEP)[-1]) for q in range(QUARTERS)]
    euro = _path(table, "Euro area bilateral dollar exchange rate (USD/euro)")
    stronger = ds["delta_fx"].sel(currency="EUR").values[row, last]
    assert_allclose(euro["Level"], FX["EUR"] * (1.0 + stronger / 100.0))
    yen = _path(table, "Japan bilateral dollar exchange rate (yen/USD)")
    dollars = FX["JPY"] * (1.0 + ds["delta_fx"].sel(currency="JPY").values[row, last] / 100.0)
    assert_allclose(yen["Level"], 1.0 / dollars)
    assert (yen["Deviation"] < 0.0).all()
    assert_allclose(yen["Level"], yen["Baseline"] * (1.0 + yen["Deviation"] / 100.0))


def test_prices_are_of_the_last_day_and_volatility_is_the_highest(ds: xr.Dataset) -> None:
    table, row = scenario_table(ds, (75,)), _draw(75)
    vix = ds["delta_volatility"].sel(volatility="vix").values[row]
    wanted = [vix[q == QUARTER_OF_STEP].max() for q in range(QUARTERS)]
    found = _path(table, "Market Volatility Index (Level)", "S75")
    assert_allclose(found["Deviation"], wanted)
    assert set(found["Deviation unit"]) == {"index points"}
    shares = _path(table, "Dow Jones Total Stock Market Index (Level)", "S75")
    assert_allclose(shares["Deviation"], -SIZE[row] * np.arange(1, QUARTERS + 1) / 10.0)
    assert set(shares["Deviation unit"]) == {"percent"}


def test_medians_are_taken_by_variable_and_quarter_over_priced_draws(ds: xr.Dataset) -> None:
    ds["outcome"][int(np.argmax(SIZE))] = 0
    ds["outcome"][int(np.flatnonzero(SIZE == 10)[0])] = 0
    table = scenario_table(ds, (50,))
    found = _path(table, "Unemployment rate", MEDIAN)
    left = np.delete(np.arange(DRAWS), [10, DRAWS - 1])
    assert_allclose(found["Deviation"], 0.05 * np.median(left) * np.arange(1, QUARTERS + 1))
    assert found["Draw"].isna().all()
    assert set(found["Scenario Name"]) == {"made-up median"}


def test_severity_ranks_by_all_four_numbers(ds: xr.Dataset) -> None:
    # One draw has the highest yield but the mildest of all else: it is no longer the worst.
    worst, mildest = int(np.argmax(SIZE)), int(np.argmin(SIZE))
    for name in ("delta_us_gdp", "delta_asset_price", "delta_borrowing_rate"):
        ds[name][worst] = ds[name].values[mildest] * 0.5
    (path,) = severe_paths(ds, (100,))
    assert path.draw == int(np.flatnonzero(SIZE == DRAWS - 2)[0])
    (row,) = severity_rows([path])
    assert row["severity"] == "S100"
    assert row["percentile_reached"] == 100.0
    assert_allclose(row["us_gdp_trough_pct"], ds["delta_us_gdp"].values[path.draw].min())


@pytest.mark.parametrize(
    ("variable", "worse"),
    [
        ("delta_par_yield", 1.0),
        ("delta_us_gdp", -1.0),
        ("delta_asset_price", -1.0),
        ("delta_borrowing_rate", 1.0),
    ],
)
def test_each_of_the_four_numbers_counts_by_its_sign(
    ds: xr.Dataset, variable: str, worse: float
) -> None:
    _rest(ds)
    ds[variable][8] = worse
    ds[variable][3] = -worse
    assert [path.draw for path in severe_paths(ds, (100,))] == [8]


def test_draws_without_prices_stand_for_nothing(ds: xr.Dataset) -> None:
    ds["outcome"][:10] = 0
    left = np.sort(SIZE[10:])
    table = scenario_table(ds, (0, 50, 100))
    found = [int(table["Draw"][table["Severity"] == s].iloc[0]) for s in ("S0", "S50", "S100")]
    assert_allclose(SIZE[found], left[[0, 5, 10]])


def test_percentiles_go_from_the_mildest_to_the_worst_draw(ds: xr.Dataset) -> None:
    paths = severe_paths(ds, (100, 99.4, 0, 50, 50.0))
    assert [path.label for path in paths] == ["S0", "S50", "S99.4", "S100"]
    assert [SIZE[path.draw] for path in paths] == [0.0, 10.0, DRAWS - 1, DRAWS - 1]
    assert [path.reached for path in paths] == [0.0, 50.0, 100.0, 100.0]


def test_no_effect_is_no_deviation_and_draws_come_in_order(ds: xr.Dataset) -> None:
    _rest(ds)
    assert [path.draw for path in severe_paths(ds, (0, 50, 100))] == [0, 10, 20]
    table = scenario_table(ds)
    assert (table["Deviation"] == 0.0).all()
    known = table["Level"].notna()
    assert_allclose(table["Level"][known], table["Baseline"][known], rtol=0.0, atol=0.0)


def test_one_draw_stands_for_every_percentile(ds: xr.Dataset) -> None:
    alone = ds.isel(draw=[4])
    assert [path.draw for path in severe_paths(alone, (5, 95))] == [4, 4]
    assert set(scenario_table(alone, (5,))["Draw"].dropna()) == {4}


@pytest.mark.parametrize("asked", [(), (-1.0,), (100.1,), (float("nan"),)])
def test_percentiles_out_of_range_are_refused(ds: xr.Dataset, asked: tuple[float, ...]) -> None:
    assert len(severity_problems(asked)) == 1
    with pytest.raises(InputError, match="allowed: 0 to 100"):
        scenario_table(ds, asked)


def test_a_result_without_prices_is_refused(ds: xr.Dataset) -> None:
    ds["outcome"][:] = 0
    with pytest.raises(InputError, match="no draw with prices"):
        scenario_table(ds)


def test_a_horizon_within_a_quarter_gives_the_part_there_is(ds: xr.Dataset) -> None:
    short = ds.isel(step=slice(0, 101), quarter=slice(0, 2))
    found = _path(scenario_table(short, (50,)), "5-year Treasury yield")["Deviation"].to_numpy()
    steps = short["delta_par_yield"].sel(tenor="5Y").values[_draw(50)] / 100.0
    assert_allclose(found, [steps[1:64].mean(), steps[64:101].mean()])
    assert DAYS[100] < 126.0


def test_files_hold_what_the_table_holds(ds: xr.Dataset, tmp_path: Path) -> None:
    files, paths = write_scenario_table(ds, tmp_path / "deep" / "out", (50, 90))
    assert {file.name for file in files} == FILES
    assert set((tmp_path / "deep" / "out").iterdir()) == set(files)
    assert [path.label for path in paths] == ["S50", "S90"]
    place = files[0].parent
    domestic = pd.read_csv(place / "domestic.csv")
    assert list(domestic.columns) == [
        "Scenario Name",
        "Date",
        "3-month Treasury rate",
        "5-year Treasury yield",
        "10-year Treasury yield",
    ]
    assert list(dict.fromkeys(domestic["Scenario Name"])) == [
        "made-up baseline",
        "made-up S50",
        "made-up S90",
        "made-up median",
    ]
    assert_allclose(domestic["10-year Treasury yield"][:QUARTERS], CURVE["10Y"], atol=1e-4)
    assert len(domestic) == 4 * QUARTERS
    international = pd.read_csv(place / "international.csv")
    assert list(international.columns[2:]) == [
        "Euro area bilateral dollar exchange rate (USD/euro)",
        "Japan bilateral dollar exchange rate (yen/USD)",
        "U.K. bilateral dollar exchange rate (USD/pound)",
    ]
    deviations = pd.read_csv(place / "deviations.csv")
    table = scenario_table(ds, (50, 90))
    for name, unit in (
        ("Real GDP growth", "percentage points"),
        ("Market Volatility Index (Level)", "index points"),
        ("Dow Jones Total Stock Market Index (Level)", "percent"),
    ):
        column = deviations[f"{name}: deviation from your baseline ({unit})"]
        wanted = pd.concat([_path(table, name, s) for s in ("S50", "S90", MEDIAN)])["Deviation"]
        assert_allclose(column, wanted, atol=5e-5)
    assert len(deviations.columns) == 2 + sum(
        name.is_modelled and name.table != "own" for name in scenario_names()
    )
    assert "-0.0," not in (place / "deviations.csv").read_text(encoding="utf-8")


def test_notes_tell_where_it_comes_from(ds: xr.Dataset, tmp_path: Path) -> None:
    write_scenario_table(ds, tmp_path, (90,))
    notes = pd.read_csv(tmp_path / "notes.csv").set_index("Topic")["Note"]
    assert notes["Selloff version"] == "9.9.9"
    assert notes["Vintage"] == "2026-07"
    assert str(notes["Seed"]) == "7"
    assert notes["Draws"] == "21, of which 21 have prices"
    assert f"Draw {_draw(90)}, at percentile 90.00" in notes["Path S90"]
    assert "90th percentile of severity" in notes["Severity"]
    assert "S&P 500 stands in" in notes["Dow Jones Total Stock Market Index (Level)"]
    assert notes["Limit"] == "It is made up."


def test_the_workbook_has_the_sheets_and_no_formulas(ds: xr.Dataset, tmp_path: Path) -> None:
    write_scenario_table(ds, tmp_path)
    with zipfile.ZipFile(tmp_path / "scenario_table.xlsx") as book:
        assert book.testzip() is None
        index = book.read("xl/workbook.xml").decode()
        sheets = [part.split('"')[1] for part in index.split("<sheet ")[1:]]
        assert sheets == [
            "Domestic",
            "International",
            "Deviations",
            "Also modelled",
            "Not modelled",
            "Notes",
        ]
        for at in range(1, 7):
            assert "<f>" not in book.read(f"xl/worksheets/sheet{at}.xml").decode()
        assert "=Made up" in book.read("xl/sharedStrings.xml").decode()


def test_a_file_in_the_way_is_told(ds: xr.Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(OutputError, match="cannot be written"):
        write_scenario_table(ds, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "here"
