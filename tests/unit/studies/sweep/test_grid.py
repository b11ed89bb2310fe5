"""A grid of answers: laid out right, the same as a run's, written whole."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from measured import METRIC, Formula
from selloff.scenario import load
from selloff.studies.measuring import Measurer
from selloff.studies.sweep import Over, Sweep, read_overs, sweep
from selloff.studies.sweep.drawing import table
from selloff.vocab import InputError

DRAWS = 11


def swept(*texts: str, **options: Any) -> Sweep:
    return sweep(load("japan-dump"), read_overs(texts), Formula(draws=DRAWS), **options)


@pytest.fixture(scope="module")
def plane() -> Sweep:
    return swept("sellers.0.sale_frac=0.25:1:4", "sellers.0.pace.years=2,1")


def test_every_point_stands_in_its_place(plane: Sweep) -> None:
    found = plane.medians(METRIC)
    assert found.dims == ("sellers.0.sale_frac", "sellers.0.pace.years")
    at = {"sellers.0.sale_frac": 0.5, "sellers.0.pace.years": 1}
    assert float(found.sel(at)) == pytest.approx(500.0 / 10.0 / 2.0)
    assert plane.dataset[METRIC].attrs["units"] == "bp"
    assert plane.dataset.attrs["points"] == 8


def test_what_never_ends_counts_as_later_than_all_that_ends(plane: Sweep) -> None:
    ends = plane.levels("days_to_complete").to_numpy()
    assert np.isfinite(ends[..., 2]).all()
    assert np.isinf(ends[..., 3]).all()


def test_kept_draws_have_the_same_quantiles(plane: Sweep) -> None:
    kept = swept("sellers.0.sale_frac=0.25:1:4", "sellers.0.pace.years=2,1", keep_draws=True)
    assert kept.dataset[METRIC].sizes["draw"] == DRAWS
    for name in kept.metrics:
        np.testing.assert_array_equal(kept.levels(name), plane.levels(name))


def test_a_number_that_some_points_lack_is_a_gap_there() -> None:
    found = swept("horizon_years=1,2").medians("days_to_complete")
    assert np.isnan(found.to_numpy()).tolist() == [True, False]


def test_many_points_are_asked_in_parts_and_counted_through() -> None:
    seen: list[tuple[int, int]] = []
    measurer = Formula(draws=2)
    overs = read_overs(["sellers.0.sale_frac=0.1:1:70"])
    found = sweep(load("japan-dump"), overs, measurer, progress=lambda *at: seen.append(at))
    assert seen == [(64, 70), (70, 70)]
    assert np.all(np.diff(found.medians(METRIC)) > 0.0)


def test_too_many_points_and_none_are_refused() -> None:
    for texts in (["horizon_years=1:10:101", "sellers.0.hostility=0:1:101"], []):
        with pytest.raises(InputError, match="1 to 10,000 points"):
            swept(*texts)


def test_files_hold_all_and_agree(plane: Sweep, tmp_path: Path) -> None:
    files = plane.save(tmp_path / "out", [METRIC])
    assert [each.name for each in files] == ["sweep.nc", "sweep.csv", "sweep.json", "sweep.html"]
    held = xr.load_dataset(files[0], engine="h5netcdf")
    xr.testing.assert_identical(held[METRIC], plane.dataset[METRIC])
    rows = list(csv.DictReader(files[1].read_text("utf-8").splitlines()))
    assert len(rows) == 8 * len(plane.metrics)
    told = json.loads(files[2].read_text("utf-8"))
    numbers = np.array(told["metrics"][METRIC]["values"])
    mine = [float(row["p50"]) for row in rows if row["metric"] == METRIC]
    np.testing.assert_allclose(mine, numbers[..., 2].ravel())
    late = [row["p75"] for row in rows if row["metric"] == "days_to_complete"]
    assert set(late) == {""}
    text = files[3].read_text("utf-8")
    assert '"kind":"heat"' in text
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_numbers_of_a_table_are_written_out() -> None:
    """In three digits 1,234 would be 1.23e+03."""
    (over,) = read_overs(["sellers.0.sale_frac=0.25:1:4"])
    values = xr.DataArray([1234.5, -0.01234, 56.78, np.nan])
    told = table(METRIC, values, [over])
    assert [number for _, number in told.rows] == ["1,234", "−0.0123", "56.8", "–"]


def test_a_plane_is_heat_with_the_largest_on_top(plane: Sweep) -> None:
    figure = plane.figure(METRIC)
    assert figure is not None
    (trace,) = figure["data"]
    assert (trace["type"], trace["y"]) == ("heatmap", ["1", "0.75", "0.5", "0.25"])
    assert trace["x"] == ["2", "1"]
    assert trace["z"][0] == pytest.approx([1000.0 / 30.0, 50.0], abs=0.01)
    assert figure["layout"]["xaxis"]["type"] == "category"


def test_a_line_is_a_fan_words_are_dots_and_more_has_no_picture() -> None:
    line = swept("sellers.0.sale_frac=1:0.5:3").chart(METRIC)
    assert line is not None
    assert line.kind == "fan"
    assert line.x.values == (0.5, 0.75, 1.0)
    words = swept("reactions.fed_purchases=true,false").chart(METRIC)
    assert words is not None
    assert words.kind == "dots"
    deep = swept("sellers.0.sale_frac=1,0.5", "horizon_years=2,3", "sellers.0.hostility=0,1")
    assert deep.figure(METRIC) is None
    assert deep.medians(METRIC).shape == (2, 2, 2)


@pytest.mark.slow
def test_a_point_is_what_a_question_of_its_own_comes_to() -> None:
    dump, over = load("japan-dump"), Over("sellers.0.hostility", (0.5,))
    found = sweep(dump, [over], Measurer(draws=10), keep_draws=True)
    seller = dump.sellers[0].model_copy(update={"hostility": 0.5})
    (alone,) = Measurer(draws=10).ask([dump.model_copy(update={"sellers": (seller,)})])
    for name, values in alone.items():
        np.testing.assert_array_equal(found.dataset[name].to_numpy()[0], values)
