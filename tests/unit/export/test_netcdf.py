"""netCDF by the CF conventions: what any reader finds, against what the result holds."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from numpy.testing import assert_allclose

from cf_rules import UNITS, breaches
from exported import CURVE, DRAWS, SIZE, result
from selloff.export import cf_dataset, write_netcdf
from selloff.export.netcdf import cf_units
from selloff.vocab import variables

QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]


@pytest.fixture(scope="module")
def ds() -> xr.Dataset:
    return result()


@pytest.fixture(scope="module")
def files(ds: xr.Dataset, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_netcdf(ds, tmp_path_factory.mktemp("cf"), each_draw=True)


def test_both_files_keep_the_rules(files: list[Path]) -> None:
    assert [each.name for each in files] == ["quantiles.nc", "draws.nc"]
    assert [breaches(str(each)) for each in files] == [[], []]


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (lambda one: one["delta_us_gdp"].attrs.update(units="USD bn"), "3.1: units 'USD bn'"),
        (lambda one: one["time"].attrs.update(units="days"), "4.4: units"),
        (lambda one: one["time"].encoding.update(_FillValue=-1.0), "5: a coordinate with"),
        (lambda one: one["delta_fx"].attrs.update(cell_methods="time: quantile"), "7.3"),
        (lambda one: one["quantile"].attrs.update(standard_name="quantile"), "3.3"),
        (lambda one: one.attrs.update(Conventions="CF-1.4"), "2.6.1"),
        (lambda one: one["quarter"].attrs.update(calendar="trading"), "4.4"),
        (lambda one: one["unsold_face"].attrs.pop("long_name"), "3: no long_name"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found_out(
    ds: xr.Dataset, tmp_path: Path, spoilt, words: str
) -> None:
    made, file = cf_dataset(ds, each_draw=False), tmp_path / "spoilt.nc"
    spoilt(made)
    made.to_netcdf(file, engine="scipy", format="NETCDF3_64BIT")
    assert words in " ".join(breaches(str(file)))


def test_plain_xarray_reads_times_and_quantiles(ds: xr.Dataset, files: list[Path]) -> None:
    with xr.open_dataset(files[0]) as found:
        assert found["time"].dtype == "datetime64[ns]"
        gap = np.abs(found["time"].values - ds["date"].values.astype("datetime64[ns]"))
        assert gap.max() < np.timedelta64(1, "s")
        assert found["quantile"].values.tolist() == QUANTILES
        ten = found["delta_par_yield"].isel(tenor=found["tenor_label"].values.tolist().index("10Y"))
        held = ds["delta_par_yield"].sel(tenor="10Y")
        assert_allclose(ten.sel(quantile=0.75), held.quantile(0.75, "draw"), rtol=1e-6)
        assert_allclose(found["curve_par_yield"], list(CURVE.values()))
        quarters = ds["date"].values[[63, 126, 189, 252]]
        assert np.abs(found["quarter"].values[:4] - quarters).max() < np.timedelta64(1, "s")


def test_every_draw_is_there_once(ds: xr.Dataset, files: list[Path]) -> None:
    with xr.open_dataset(files[1]) as found:
        assert found["realization"].values.tolist() == list(range(DRAWS))
        assert_allclose(found["delta_us_gdp"].isel(quarter=0), -0.1 * SIZE, rtol=1e-6)
        assert found["outcome"].attrs["flag_meanings"] == "no_equilibrium completed"


def test_draws_without_prices_are_in_neither(ds: xr.Dataset) -> None:
    poor = ds.copy(deep=True)
    worst = int(np.argmax(SIZE))
    poor["outcome"][worst] = 0
    poor["delta_us_gdp"][worst] = np.nan
    assert cf_dataset(poor, each_draw=True).sizes["realization"] == DRAWS - 1
    middle = cf_dataset(poor, each_draw=False)["delta_us_gdp"].values
    assert np.isfinite(middle).all()
    assert_allclose(middle[2, 0], -0.1 * np.median(np.delete(SIZE, worst)))


def test_every_unit_has_one_that_udunits_reads() -> None:
    wanted = {row.unit for row in variables().values() if "metric" not in row.dims}
    assert set(cf_units()) == wanted
    assert all(UNITS.fullmatch(row["cf"]) for row in cf_units().values())


def test_money_names_its_currency(ds: xr.Dataset) -> None:
    found = cf_dataset(ds.assign_attrs(seller_currency="JPY"), each_draw=False)
    told = {name: found[name].attrs.get("currency") for name in ("sold_face", "seller_bill_lc")}
    assert told == {"sold_face": "USD", "seller_bill_lc": "JPY"}
    assert "currency" not in found["delta_us_gdp"].attrs
