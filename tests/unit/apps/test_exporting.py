"""`export` on saved results."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import xarray as xr

import selloff.apps
from exported import result
from selloff import results


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return results.save(result(), tmp_path / "made-up" / "result.nc")


def test_export_writes_beside_the_result_and_says_which_draws(selloff_: Any, saved: Path) -> None:
    answer = selloff_("export", str(saved), "--format", "scenario-table")
    assert answer.exit_code == 0, answer.output
    folder = saved.parent / "scenario-table"
    lines = answer.stdout.splitlines()
    assert lines[0] == "made-up: 21 draws, seed 7, books of 2026-07"
    assert [line.split()[0] for line in lines[4:8]] == ["S50", "S75", "S90", "S95"]
    (written,) = {line.split(": ")[0] for line in lines[9:]}
    assert written == "Written"
    assert {Path(line.split(": ")[1]) for line in lines[9:]} == set(folder.iterdir())
    draws = {int(line.split()[1]) for line in lines[4:8]}
    tidy = pd.read_csv(folder / "scenario_table.csv")
    assert set(tidy["Draw"].dropna()) == draws


def test_severities_and_folder_are_the_users(selloff_: Any, saved: Path, tmp_path: Path) -> None:
    asked = ("--severity", "5", "--severity", "99.5", "--out", "there", "--json")
    answer = selloff_("export", str(saved), *asked)
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert [each["severity"] for each in found["severities"]] == ["S5", "S99.5"]
    assert found["severities"][0]["percentile_reached"] == 5.0
    assert {Path(name).parent for name in found["files"]} == {Path("there")}
    assert all((tmp_path / name).is_file() for name in found["files"])
    assert {"BBB corporate yield", "House Price Index (Level)"} <= {
        each["Variable"] for each in found["not_modelled"]
    }


def test_all_that_is_wrong_is_said_at_once(selloff_: Any, tmp_path: Path) -> None:
    answer = selloff_(
        "export", "nothing.nc", "--format", "scenario-tabel", "--severity", "120", "--severity", "5"
    )
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.splitlines() == [
        "selloff: 3 problems",
        "  --format: got 'scenario-tabel'; allowed: scenario-table. Did you mean 'scenario-table'?",
        "  severity: got 120; allowed: 0 to 100. "
        "90 asks for the path at the 90th percentile of severity.",
        "  RESULT: got nothing.nc, which is no file; allowed: a saved result (.nc). "
        "`selloff run` writes one and prints its name.",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "100.5"])
def test_percentiles_out_of_range_are_refused(selloff_: Any, saved: Path, value: str) -> None:
    answer = selloff_("export", str(saved), "--severity", value)
    assert answer.exit_code == 2
    assert f"severity: got {value}; allowed: 0 to 100" in answer.stderr
    assert not (saved.parent / "scenario-table").exists()


def test_a_percentile_that_is_no_number_is_a_usage_error(selloff_: Any, saved: Path) -> None:
    answer = selloff_("export", str(saved), "--severity", "high")
    assert answer.exit_code == 2


def test_a_folder_is_no_result(selloff_: Any) -> None:
    answer = selloff_("export", ".")
    assert answer.exit_code == 2
    assert "RESULT: got ., which is a folder" in answer.stderr


@pytest.mark.parametrize("command", ["export", "check", "report"])
def test_every_reader_tells_a_file_that_is_no_result(
    selloff_: Any, saved: Path, tmp_path: Path, command: str
) -> None:
    xr.Dataset({"x": 1}).to_netcdf(tmp_path / "other.nc", engine="h5netcdf")
    (tmp_path / "junk.nc").write_bytes(b"junk")
    damaged = bytearray(saved.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.nc").write_bytes(damaged)
    before = set(tmp_path.rglob("*"))
    for name, words in (
        ("junk.nc", "cannot be read as a result"),
        ("other.nc", "attribute 'scenario' is missing (and "),
        ("damaged.nc", "it is damaged"),
    ):
        answer = selloff_(command, name)
        assert answer.exit_code == 3
        assert answer.stderr.startswith(f"selloff: {name}: cannot be read as a result: ")
        assert words in answer.stderr
        assert "Run the scenario again if an older version saved it" in answer.stderr
    assert set(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_written_is_an_output_error(
    selloff_: Any, saved: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("here")
    answer = selloff_("export", str(saved), "--out", "file")
    assert answer.exit_code == 3
    assert answer.stderr.startswith("selloff: file: cannot be written")


def test_factcheck_hands_its_options_over(selloff_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, dict[str, Any]]] = []
    fake: Any = ModuleType("selloff.apps._factcheck")
    fake.show_factcheck = lambda vintage, **options: asked.append((vintage, options))
    monkeypatch.setitem(sys.modules, fake.__name__, fake)
    monkeypatch.setattr(selloff.apps, "_factcheck", fake, raising=False)
    assert selloff_("factcheck").exit_code == 0
    options = ("--vintage", "2026-07", "--draws", "9", "--seed", "3", "--out", "f.json", "--json")
    assert selloff_("factcheck", *options).exit_code == 0
    assert asked == [
        (None, {"draws": 512, "seed": 0, "is_json": False, "out": None}),
        ("2026-07", {"draws": 9, "seed": 3, "is_json": True, "out": Path("f.json")}),
    ]
