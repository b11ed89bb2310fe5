"""The format of the IAMC: its rules, and the levels it holds."""

from pathlib import Path

import pandas as pd
import pytest
import xarray as xr
from numpy.testing import assert_allclose

from exported import CURVE, DRAWS, QUARTERS, result
from selloff.export import levels_table, write_iamc
from selloff.export.iamc import INDEX, iamc_names
from selloff.vocab import levels

TEN = "Interest Rate|Government Bond|10-year"


@pytest.fixture(scope="module")
def ds() -> xr.Dataset:
    return result()


@pytest.fixture(scope="module")
def files(ds: xr.Dataset, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_iamc(ds, tmp_path_factory.mktemp("iamc"))


@pytest.fixture(scope="module")
def quarters(files: list[Path]) -> pd.DataFrame:
    return pd.read_csv(files[0])


def test_the_columns_are_those_of_the_format(files: list[Path], quarters: pd.DataFrame) -> None:
    assert [each.name for each in files] == ["iamc_quarters.csv", "iamc_years.csv"]
    assert list(quarters.columns) == [*INDEX, "time", "value"]
    assert list(quarters.columns[:5]) == ["model", "scenario", "region", "variable", "unit"]
    assert not quarters.isna().any().any()
    assert quarters["value"].dtype == "float64"
    assert pd.to_datetime(quarters["time"], format="%Y-%m-%d").is_monotonic_increasing is False
    assert not quarters.duplicated([*INDEX, "time"]).any()


def test_a_year_is_a_column_and_a_series_a_row(files: list[Path], quarters: pd.DataFrame) -> None:
    years = pd.read_csv(files[1])
    assert list(years.columns) == [*INDEX, "2026", "2027", "2028"]
    assert not years.duplicated(INDEX).any()
    assert not years.isna().any().any()
    assert len(years) == len(quarters.drop_duplicates(INDEX))
    last = quarters[quarters["time"] < "2028"].drop_duplicates(INDEX, keep="last")
    both = years.merge(last, on=INDEX, validate="one_to_one")
    assert len(both) == len(years)
    assert_allclose(both["2027"], both["value"])


def test_a_variable_has_one_unit_and_one_name(quarters: pd.DataFrame) -> None:
    assert (quarters.groupby(["variable", "region"])["unit"].nunique() == 1).all()
    parts = quarters["variable"].str.split("|").explode()
    assert (parts == parts.str.strip()).all()
    assert (parts != "").all()


def test_every_level_is_named_once() -> None:
    assert list(iamc_names()) == list(levels())
    series = [(row["variable"], row["region"]) for row in iamc_names().values()]
    assert len(set(series)) == len(series)
    for name, row in iamc_names().items():
        assert row["variable"].endswith("|Change") is not bool(levels()[name].baseline)


def test_the_plain_name_is_the_median_and_tails_say_so(quarters: pd.DataFrame) -> None:
    us = quarters[(quarters["region"] == "United States") & (quarters["scenario"] == "made-up")]
    ends = range(1, QUARTERS + 1)
    for name, share in ((TEN, 0.5), (f"{TEN}|95.0th Percentile", 0.95)):
        wanted = [CURVE["10Y"] + 0.07 * share * (DRAWS - 1) * each for each in ends]
        assert_allclose(us[us["variable"] == name]["value"], wanted, atol=1e-4)


def test_the_baseline_is_a_scenario_of_its_own(ds: xr.Dataset, quarters: pd.DataFrame) -> None:
    without = quarters[quarters["scenario"] == "made-up no sale"]
    assert not without["variable"].str.contains("Percentile").any()
    us = without[(without["region"] == "United States") & (without["variable"] == TEN)]
    assert_allclose(us["value"], CURVE["10Y"])
    assert len(without) == len(levels_table(ds)) / 5
    changes = without[without["variable"].str.endswith("|Change")]
    assert len(changes)
    assert (changes["value"] == 0.0).all()
