"""Files are whole or not there."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from selloff.results import load, save
from selloff.vocab import OutputError


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
    with pytest.raises(OutputError, match="variable 'delta_fx' is missing"):
        load(file)
