"""Files are whole or not there."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

from selloff.results import check_identities, check_schema, load, load_any, max_residual, save
from selloff.results.soundness import check_soundness
from selloff.vocab import OutputError, SelloffError


def test_what_is_saved_is_loaded(tiny: xr.Dataset, tmp_path: Path) -> None:
    file = save(tiny, tmp_path / "deep" / "result.nc")
    back = load(file)
    assert back.attrs["scenario_name"] == "tiny"
    assert back["outcome"].attrs["flag_meanings"] == tiny["outcome"].attrs["flag_meanings"]
    for name in tiny.data_vars:
        single = back[name].dtype == np.float32
        np.testing.assert_allclose(
            back[name], tiny[name], rtol=1e-6 if single else 0.0, err_msg=str(name)
        )
    for name in ("sold_face", "unsold_face", "absorbed_face", "holdings_face", "seller_proceeds"):
        assert back[name].dtype == np.float64
    assert [each.name for each in file.parent.iterdir()] == ["result.nc"]


@pytest.fixture
def long(tiny: xr.Dataset) -> xr.Dataset:
    """Paths that wander, and one on which nothing happens."""
    paths = tiny.isel(draw=np.resize(np.arange(3), 40), step=np.resize(np.arange(11), 300))
    chance = np.random.default_rng(5)
    for name in ("delta_par_yield", "absorbed_face"):
        paths[name][:] = chance.normal(size=paths[name].shape).cumsum(axis=1)
    return paths.assign(boj_purchases=0.0 * paths["boj_purchases"])


def room_of(file: Path, name: str) -> float:
    """What a variable takes of the room that its numbers would."""
    with h5py.File(file) as held:
        return float(held[name].id.get_storage_size() / held[name].nbytes)


def test_what_stays_as_it_is_takes_little_room(long: xr.Dataset, tmp_path: Path) -> None:
    file = save(long, tmp_path / "result.nc")
    assert room_of(file, "boj_purchases") < 0.05
    assert room_of(file, "delta_par_yield") == room_of(file, "absorbed_face") == 1.0


def test_a_small_file_takes_less_room(long: xr.Dataset, tmp_path: Path) -> None:
    file = save(long, tmp_path / "result.nc", small=True)
    assert room_of(file, "delta_par_yield") < 0.8
    assert room_of(file, "absorbed_face") < 0.8


def test_a_small_file_is_rounded_as_it_says_and_keeps_its_identities(
    tiny: xr.Dataset, tmp_path: Path
) -> None:
    tiny["delta_par_yield"] += 1e-4 * np.random.default_rng(5).normal(
        size=tiny["delta_par_yield"].shape
    )
    back = load(save(tiny, tmp_path / "result.nc", small=True))
    for name, values in tiny.data_vars.items():
        step = back[name].attrs.get("rounded_to", 0.0)
        single = 1e-6 if back[name].dtype == np.float32 else 0.0
        np.testing.assert_allclose(
            back[name], values, rtol=single, atol=0.5 * step, err_msg=str(name)
        )
    assert back["absorbed_face"].attrs["rounded_to"] == pytest.approx(1e-9, rel=0.1)
    assert 0.0 < back["delta_par_yield"].attrs["rounded_to"] < 1e-3
    assert (back["delta_par_yield"] != tiny["delta_par_yield"].astype(np.float32)).any()
    assert max_residual(check_identities(back)) < 1e-6


def test_a_full_disk_leaves_nothing_and_does_not_bring_the_process_down(tmp_path: Path) -> None:
    code = """import sys, pathlib, numpy, xarray
from selloff.results import save
try:
    save(xarray.Dataset({"x": ("y", numpy.arange(1e6))}), pathlib.Path(sys.argv[1]))
except Exception as error:
    print(type(error).__name__, error)
"""
    file = tmp_path / "new" / "result.nc"
    command = [
        "bash",
        "-c",
        'ulimit -f 1000; exec "$@"',
        "-",
        sys.executable,
        "-c",
        code,
        str(file),
    ]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout.startswith(f"OutputError {file}: cannot be written (File too large)")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, b"", b"no netcdf at all"])
def test_what_is_no_result_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "result.nc"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(OutputError, match="cannot be read as a result"):
        load(file)


def test_another_netcdf_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.nc"
    xr.Dataset({"x": ("y", [1.0])}).to_netcdf(file, engine="h5netcdf")
    with pytest.raises(OutputError, match=r"attribute 'scenario' is missing \(and"):
        load(file)


def rewritten(ds: xr.Dataset, file: Path) -> Path:
    """Write as any other program would: nothing says that the file is as Selloff wrote it."""
    ds.to_netcdf(file, engine="h5netcdf")
    return file


def backwards(ds: xr.Dataset) -> xr.Dataset:
    return ds.isel(step=slice(None, None, -1))


def with_values(name: str, value: float) -> Callable[[xr.Dataset], xr.Dataset]:
    return lambda ds: ds.assign({name: ds[name].copy(data=np.full(ds[name].shape, value))})


DAMAGED: dict[str, Callable[[xr.Dataset], xr.Dataset]] = {
    "'step' does not rise": backwards,
    "'day' does not rise": lambda ds: ds.assign_coords(day=("step", -ds["day"].values)),
    "one step": lambda ds: ds.isel(step=[0]),
    "'delta_fx' is missing": lambda ds: ds.drop_vars("delta_fx"),
    "'holder_name' is missing": lambda ds: ds.drop_vars("holder_name"),
    "no tenor": lambda ds: ds.drop_vars(["tenor", "tenor_years"]),
    "'tenor' is not 3M": lambda ds: ds.assign_coords(tenor=ds["tenor"].values[::-1]),
    "lacks fed": lambda ds: ds.assign_coords(group=[f"g{i}" for i in range(ds.sizes["group"])]),
    "names what is no metric": lambda ds: ds.assign_coords(metric=np.arange(ds.sizes["metric"])),
    "'delta_fx' holds no numbers": lambda ds: ds.assign(
        delta_fx=ds["delta_fx"].astype(str).assign_attrs(ds["delta_fx"].attrs)
    ),
    "'delta_fx' has numbers": with_values("delta_fx", np.nan),
    "'days_to_complete' has numbers": with_values("days_to_complete", np.inf),
    "holds a code": with_values("outcome", 77),
    "have no meaning": lambda ds: ds.assign(
        japan_branch=ds["japan_branch"].assign_attrs(flag_meanings="one")
    ),
    "'warnings' cannot be read": lambda ds: ds.assign_attrs(warnings="["),
    "'limits' cannot be read": lambda ds: ds.assign_attrs(limits="[1]"),
    "'parameters' cannot be read": lambda ds: ds.assign_attrs(parameters='{"a": {}}'),
    "'vintage' is": lambda ds: ds.assign_attrs(vintage="yesterday"),
    "'seed' is no": lambda ds: ds.assign_attrs(seed="many"),
    "'draws' is not": lambda ds: ds.assign_attrs(draws=999),
    "'horizon_years' is no": lambda ds: ds.assign_attrs(horizon_years=np.nan),
    "it has no name": lambda ds: ds.assign_attrs(title=""),
}

BY_FILE = ["'delta_fx' is missing", "'tenor' is not 3M", "holds a code", "'seed' is no"]
"""Kinds of damage that are written and read back, which takes long."""


def test_what_another_program_wrote_is_read(tiny: xr.Dataset, tmp_path: Path) -> None:
    assert load(rewritten(tiny, tmp_path / "result.nc")).sizes == tiny.sizes


@pytest.mark.parametrize("words", DAMAGED)
def test_a_damaged_result_is_told(tiny: xr.Dataset, words: str) -> None:
    with pytest.raises(SelloffError, match=words):
        check_soundness(check_schema(DAMAGED[words](tiny)))


@pytest.mark.parametrize("words", BY_FILE)
def test_a_damaged_file_is_told(tiny: xr.Dataset, tmp_path: Path, words: str) -> None:
    file = rewritten(DAMAGED[words](tiny), tmp_path / "result.nc")
    with pytest.raises(OutputError, match=f"result.nc: cannot be read as a result: .*{words}"):
        load(file)


@pytest.mark.parametrize(
    "damage",
    [
        lambda ds: ds.drop_vars("identity_residual"),
        lambda ds: ds.drop_vars("identity"),
        lambda ds: ds.isel(identity=slice(0)),
        lambda ds: ds.assign(identity_residual=ds["identity_residual"].astype(str)),
    ],
)
def test_a_damaged_streamed_file_is_told(
    tmp_path: Path, damage: Callable[[xr.Dataset], xr.Dataset]
) -> None:
    fans = xr.Dataset(
        {"identity_residual": ("identity", [0.0, 1e-9])},
        {"identity": ["bonds", "money"]},
        {"streamed": "{}"},
    )
    assert load_any(rewritten(fans, tmp_path / "fans.nc")).sizes == fans.sizes
    with pytest.raises(OutputError, match="no residual for each identity"):
        load_any(rewritten(damage(fans), tmp_path / "fans.nc"))


def test_a_result_without_draws_is_told(tiny: xr.Dataset, tmp_path: Path) -> None:
    file = rewritten(tiny.isel(draw=slice(0)), tmp_path / "result.nc")
    with pytest.raises(OutputError, match="it is damaged"):
        load(file)


def test_draws_without_prices_may_lack_numbers(tiny: xr.Dataset, tmp_path: Path) -> None:
    tiny["outcome"][1] = 4
    tiny["delta_fx"][1] = np.nan
    assert np.isnan(load(save(tiny, tmp_path / "result.nc"))["delta_fx"][1]).all()


def test_a_bit_that_has_flipped_is_found(tiny: xr.Dataset, tmp_path: Path) -> None:
    """Anywhere in the file; where the seal itself suffers, what it seals is whole."""
    whole = bytearray(save(tiny, tmp_path / "whole.nc").read_bytes())
    file, rng = tmp_path / "result.nc", np.random.default_rng(11)
    places = [*rng.integers(0, len(whole) - 40, 60).tolist(), len(whole) - 30, len(whole) - 3]
    for place in places:
        damaged = whole.copy()
        damaged[place] ^= 1 << int(rng.integers(8))
        file.write_bytes(damaged)
        with pytest.raises(OutputError, match="it is damaged: not as it was written"):
            load(file)
    for length in (0, 1, 8, 100, len(whole) // 2, len(whole) - 40):
        file.write_bytes(whole[:length])
        with pytest.raises(OutputError, match="cannot be read as a result"):
            load(file)
