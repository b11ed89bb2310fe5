"""`check` on saved results."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from selloff import results
from selloff.vocab.errors import IdentityError, OutputError

UNITS = {"USD bn": 3e-9, "percentage points": 0.0}


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that the results room is made to know."""
    monkeypatch.setattr(results, "load_any", lambda _: xr.Dataset())
    monkeypatch.setattr(results, "check_identities", lambda found: found)
    monkeypatch.setattr(results, "residuals_by_unit", lambda _: UNITS)
    file = tmp_path / "result.nc"
    file.write_bytes(b"")
    return file


def test_the_largest_residual_of_each_unit_is_said(selloff_: Any, saved: Path) -> None:
    answer = selloff_("check", str(saved))
    assert answer.exit_code == 0
    assert answer.stdout == (
        f"OK: {saved}: every identity holds, largest residual 3.0e-09 USD bn, "
        "0.0e+00 percentage points\n"
    )


@pytest.mark.parametrize(
    ("failure", "exit_code"),
    [(IdentityError("0.5 USD bn vanished"), 4), (OutputError("no result"), 3)],
)
def test_a_failed_check_has_the_exit_code_of_the_failure(
    selloff_: Any,
    saved: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
    exit_code: int,
) -> None:
    def fail(_: object) -> None:
        raise failure

    monkeypatch.setattr(results, "check_identities", fail)
    answer = selloff_("check", str(saved))
    assert answer.exit_code == exit_code
    assert answer.stderr == f"selloff: {failure}\n"


@pytest.mark.parametrize("command", ["check", "report", "export"])
def test_a_result_that_cannot_be_read_is_one_kind(
    selloff_: Any, whole_file: Path, other_file: Path, command: str
) -> None:
    """Missing, a folder, no netCDF, another netCDF, cut short: exit 3 from every command."""
    Path("junk.nc").write_bytes(b"junk")
    whole = whole_file.read_bytes()
    Path("short.nc").write_bytes(whole[: len(whole) // 2])
    shutil.copy(other_file, "other.nc")
    before = sorted(Path().iterdir())
    for name in ("nothing.nc", ".", "junk.nc", "short.nc", "other.nc", ""):
        answer = selloff_(command, name)
        assert (answer.exit_code, answer.stdout) == (3, ""), name
        assert answer.stderr.startswith("selloff: ")
        assert name in answer.stderr
        assert "bug" not in answer.stderr
    assert sorted(Path().iterdir()) == before


def test_a_tilde_is_the_home_folder(
    selloff_: Any, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(saved.parent))
    assert selloff_("check", "~/result.nc").exit_code == 0
