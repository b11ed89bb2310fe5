"""Tidy tables: what DuckDB finds in the files, against what the result holds."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
import xarray as xr
from numpy.testing import assert_allclose

from exported import CURVE, DAYS, DRAWS, QUARTERS, SIZE, result
from selloff.export import write_parquet
from selloff.export.parquet import _grouped
from selloff.export.tidy import tidy_draws
from selloff.results import metric_draws
from selloff.vocab import variables


@pytest.fixture(scope="module")
def ds() -> xr.Dataset:
    return result()


@pytest.fixture(scope="module")
def folder(ds: xr.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("parquet")
    names = [each.name for each in write_parquet(ds, place, each_draw=True)]
    assert names == ["quantiles.parquet", "metrics.parquet", "draws.parquet"]
    return place


def ask(folder: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as base:
        return base.execute(question.replace("FOLDER", str(folder))).fetchall()


def test_a_quantile_of_a_path_is_one_question(folder: Path) -> None:
    found = ask(
        folder,
        "SELECT day, date, value, unit FROM 'FOLDER/quantiles.parquet' WHERE quantile = 0.75 "
        "AND variable = 'delta_par_yield' AND tenor = '10Y' ORDER BY step",
    )
    assert [row[0] for row in found] == DAYS.astype(int).tolist()
    assert_allclose([row[2] for row in found], 0.75 * (DRAWS - 1) * 7 * DAYS / 63.0, atol=1e-9)
    assert {row[3] for row in found} == {"bp"}
    assert found[0][1].isoformat() == "2026-07-31"


def test_all_files_have_the_same_columns(folder: Path) -> None:
    (rows,) = ask(folder, "SELECT count(*) FROM 'FOLDER/*.parquet'")
    parts = [
        ask(folder, f"SELECT count(*) FROM 'FOLDER/{each}.parquet'")[0][0]
        for each in ("quantiles", "metrics", "draws")
    ]
    assert rows[0] == sum(parts)
    assert min(parts) > 0


def test_no_row_stands_twice(folder: Path) -> None:
    axes = "quantile, draw, step, quarter, year, tenor, currency, holder, bucket, metric, part, "
    axes += "economy, asset, cost, volatility, rate, market, exporter, country, reserve_asset, "
    axes += 'share_part, identity, "group"'
    for name in ("quantiles", "metrics", "draws"):
        (found,) = ask(
            folder,
            f"SELECT count(*), count(DISTINCT (variable, {axes})) FROM 'FOLDER/{name}.parquet'",
        )
        assert found[0] == found[1]


def test_metrics_are_those_of_the_summary_draw_by_draw(ds: xr.Dataset, folder: Path) -> None:
    wanted = metric_draws(ds)
    found = ask(folder, "SELECT variable, draw, value FROM 'FOLDER/metrics.parquet' ORDER BY draw")
    assert {row[0] for row in found} == set(wanted)
    peaks = [row[2] for row in found if row[0] == "us_10y_peak_bp"]
    assert_allclose(peaks, wanted["us_10y_peak_bp"])


def test_every_variable_is_there_draw_by_draw(ds: xr.Dataset, folder: Path) -> None:
    found = dict(ask(folder, "SELECT variable, count(*) FROM 'FOLDER/draws.parquet' GROUP BY 1"))
    assert found == {name: ds[name].size for name, row in variables().items() if "draw" in row.dims}
    gdp = ask(
        folder,
        "SELECT quarter, day, value FROM 'FOLDER/draws.parquet' "
        "WHERE variable = 'delta_us_gdp' AND draw = 3 ORDER BY day",
    )
    assert_allclose([row[2] for row in gdp], -0.1 * SIZE[3] * np.arange(1, QUARTERS + 1))
    assert [row[1] for row in gdp] == [63 * each for each in range(1, QUARTERS + 1)]


def test_what_has_no_draws_has_no_quantile(folder: Path) -> None:
    found = ask(
        folder,
        "SELECT tenor, value, quantile FROM 'FOLDER/quantiles.parquet' "
        "WHERE variable = 'curve_par_yield'",
    )
    assert {row[0]: row[1] for row in found} == pytest.approx(CURVE)
    assert {row[2] for row in found} == {None}


def test_parts_of_a_metric_are_in_its_own_unit(folder: Path) -> None:
    found = ask(
        folder,
        "SELECT DISTINCT unit FROM 'FOLDER/quantiles.parquet' WHERE metric = 'us_10y_peak_bp'",
    )
    assert found == [("bp",)]


def test_draws_without_prices_are_left_out(ds: xr.Dataset) -> None:
    poor = ds.copy(deep=True)
    poor["outcome"][4] = 0
    draws = {each for table in tidy_draws(poor) for each in table["draw"].to_pylist()}
    assert draws == set(range(DRAWS)) - {4}


def test_small_tables_are_put_together(ds: xr.Dataset) -> None:
    tables = list(tidy_draws(ds))
    groups = list(_grouped(tables))
    assert len(groups) < len(tables)
    assert sum(each.num_rows for each in groups) == sum(each.num_rows for each in tables)
