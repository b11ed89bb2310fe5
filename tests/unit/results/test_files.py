"""Files are whole or not there."""

import errno
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from selloff.results import load, save, save_summary
from selloff.results.files import write_whole
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


def test_a_full_disk_leaves_nothing(
    tiny: xr.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: xr.Dataset, file: Path, **options: Any) -> None:
        Path(file).write_bytes(b"half a file")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(xr.Dataset, "to_netcdf", full)
    with pytest.raises(OutputError, match="No space left on device"):
        save(tiny, tmp_path / "result.nc")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "summary.json"
    save_summary({"a": 1}, file)
    before = file.read_bytes()

    def half(part: Path) -> None:
        part.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError):
        write_whole(file, half)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    def stopped(part: Path) -> None:
        part.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "result.nc", stopped)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tiny: xr.Dataset, tmp_path: Path) -> None:
    """A file where the folder should be: refused for everyone, the superuser too."""
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OutputError, match="cannot be written"):
        save(tiny, tmp_path / "taken" / "result.nc")
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_read_only_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**options: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("selloff.results.files.tempfile.mkstemp", refused)
    with pytest.raises(OutputError, match="Permission denied"):
        save_summary({"a": 1}, tmp_path / "summary.json")
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
