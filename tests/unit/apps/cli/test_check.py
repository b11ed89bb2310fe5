"""`check` and `report` on saved results."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from selloff import report, results
from selloff.vocab.errors import IdentityError, OutputError


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that the results room is made to know."""
    dataset = xr.Dataset({"identity_residual": (("draw", "identity"), np.array([[1e-9, -3e-9]]))})
    monkeypatch.setattr(results, "load", lambda _: dataset, raising=False)
    monkeypatch.setattr(results, "check_identities", lambda found: found, raising=False)
    monkeypatch.setattr(results, "summarise", lambda _: {"scenario": "a"}, raising=False)
    file = tmp_path / "result.nc"
    file.write_bytes(b"")
    return file


def test_check_prints_the_largest_residual(selloff_: Any, saved: Path) -> None:
    answer = selloff_("check", str(saved))
    assert answer.exit_code == 0
    assert answer.stdout == (
        f"OK: {saved}: every identity holds, largest residual 3.0e-09 USD bn\n"
    )


@pytest.mark.parametrize(
    ("failure", "exit_code"),
    [(IdentityError("0.5 USD bn vanished"), 4), (OutputError("no result"), 3)],
)
def test_check_fails_with_the_exit_code_of_the_failure(
    selloff_: Any,
    saved: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
    exit_code: int,
) -> None:
    def fail(_: object) -> None:
        raise failure

    monkeypatch.setattr(results, "check_identities", fail, raising=False)
    answer = selloff_("check", str(saved))
    assert answer.exit_code == exit_code
    assert answer.stderr == f"selloff: {failure}\n"


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_missing_result_is_an_input_error(selloff_: Any, command: str) -> None:
    answer = selloff_(command, "nothing.nc")
    assert answer.exit_code == 2
    assert "RESULT: got nothing.nc, which is no file" in answer.stderr
    answer = selloff_(command, ".")
    assert answer.exit_code == 2
    assert "which is a folder" in answer.stderr


@pytest.mark.parametrize("count", [1, 2])
def test_report_hands_over_results_with_their_summaries(
    selloff_: Any, saved: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    asked: list[tuple[int, int, Path]] = []

    def write(datasets: list[Any], summaries: list[Any], file: Path) -> None:
        asked.append((len(datasets), len(summaries), file))

    monkeypatch.setattr(report, "write_report", write)
    answer = selloff_("report", *[str(saved)] * count, "--out", "page.html")
    assert answer.exit_code == 0
    assert answer.stdout == "Written: page.html\n"
    assert asked == [(count, count, Path("page.html"))]
