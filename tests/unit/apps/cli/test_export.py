"""`export` on saved results."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest


@pytest.fixture
def saved(tmp_path: Path, whole_file: Path) -> Path:
    file = tmp_path / "made-up" / "result.nc"
    file.parent.mkdir()
    return Path(shutil.copy(whole_file, file))


def test_export_writes_beside_the_result_and_says_which_draws(selloff_: Any, saved: Path) -> None:
    answer = selloff_("export", str(saved), "--format", "scenario-table")
    assert answer.exit_code == 0, answer.stderr
    folder = saved.parent / "scenario-table"
    lines = answer.stdout.splitlines()
    assert lines[0] == "made-up: 21 draws, seed 7, books of 2026-07"
    assert [line.split()[0] for line in lines[4:8]] == ["S50", "S75", "S90", "S95"]
    assert lines[8:10] == ["", "Written:"]
    assert {Path(line.strip()) for line in lines[10:]} == set(folder.iterdir())
    draws = {int(line.split()[1]) for line in lines[4:8]}
    tidy = pd.read_csv(folder / "scenario_table.csv")
    assert set(tidy["Draw"].dropna()) == draws


def test_severities_and_folder_are_the_users(selloff_: Any, saved: Path, tmp_path: Path) -> None:
    asked = ("--severity", "5", "--severity", "99.5", "--out", "there", "--json")
    answer = selloff_("export", str(saved), *asked)
    assert answer.exit_code == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert [each["severity"] for each in found["severities"]] == ["S5", "S99.5"]
    assert found["severities"][0]["percentile_reached"] == 5.0
    assert {Path(name).parent for name in found["files"]} == {Path("there")}
    assert all((tmp_path / name).is_file() for name in found["files"])
    assert {"BBB corporate yield", "House Price Index (Level)"} <= {
        each["Variable"] for each in found["not_modelled"]
    }


def test_all_that_is_wrong_with_the_options_is_said_at_once(selloff_: Any, saved: Path) -> None:
    options = ("--format", "scenario-tabel", "--severity", "120", "--severity", "5")
    answer = selloff_("export", str(saved), *options)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.splitlines() == [
        "selloff: 2 problems",
        "  --format: got 'scenario-tabel'; allowed: scenario-table, levels, parquet, netcdf, iamc. "
        "Did you mean 'scenario-table'?",
        "  --severity: got 120; allowed: 0 to 100. "
        "90 asks for the path at the 90th percentile of severity.",
    ]
    assert list(saved.parent.iterdir()) == [saved]


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "100.5"])
def test_percentiles_out_of_range_are_refused(selloff_: Any, saved: Path, value: str) -> None:
    answer = selloff_("export", str(saved), "--severity", value)
    assert answer.exit_code == 2
    assert f"--severity: got {value}; allowed: 0 to 100" in answer.stderr
    assert not (saved.parent / "scenario-table").exists()


def test_a_percentile_that_is_no_number_is_a_usage_error(selloff_: Any, saved: Path) -> None:
    answer = selloff_("export", str(saved), "--severity", "high")
    assert answer.exit_code == 2


def test_a_file_in_place_of_the_folder_of_nobodys_choice_is_found_first(
    selloff_: Any, saved: Path
) -> None:
    saved.with_name("scenario-table").write_text("here", encoding="utf-8")
    answer = selloff_("export", str(saved))
    assert answer.exit_code == 3
    assert "a file in the way" in answer.stderr


def test_levels_are_a_format_of_their_own(selloff_: Any, saved: Path) -> None:
    answer = selloff_("export", str(saved), "--format", "levels")
    assert answer.exit_code == 0, answer.stderr
    folder = saved.parent / "levels"
    written = [f"  {folder / name}" for name in ("levels.csv", "levels.xlsx")]
    assert answer.stdout.splitlines() == ["Written:", *written]
    assert set(pd.read_csv(folder / "levels.csv")["Percentile"]) == {5, 25, 50, 75, 95}
    answer = selloff_("export", str(saved), "--format", "levels", "--json", "--out", "there")
    found = json.loads(answer.stdout)
    assert (found["format"], found["seed"]) == ("levels", 7)
    assert {Path(name).parent for name in found["files"]} == {Path("there")}


def test_levels_have_no_severity(selloff_: Any, saved: Path) -> None:
    answer = selloff_("export", str(saved), "--format", "levels", "--severity", "90")
    assert answer.exit_code == 2
    assert "--severity: got 90; allowed: nothing beside --format levels" in answer.stderr
    assert not (saved.parent / "levels").exists()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (("parquet", "--each-draw"), {"quantiles.parquet", "metrics.parquet", "draws.parquet"}),
        (("netcdf",), {"quantiles.nc"}),
        (("iamc",), {"iamc_quarters.csv", "iamc_years.csv"}),
    ],
)
def test_other_programs_get_files_of_their_own(
    selloff_: Any, saved: Path, asked: tuple[str, ...], names: set[str]
) -> None:
    answer = selloff_("export", str(saved), "--format", *asked)
    assert answer.exit_code == 0, answer.stderr
    assert {each.name for each in (saved.parent / asked[0]).iterdir()} == names


@pytest.mark.parametrize("form", ["scenario-table", "levels", "iamc"])
def test_some_formats_have_no_draws(selloff_: Any, saved: Path, form: str) -> None:
    answer = selloff_("export", str(saved), "--format", form, "--each-draw")
    assert answer.exit_code == 2
    assert f"--each-draw: got the flag; allowed: nothing beside --format {form}" in answer.stderr


def test_without_the_extra_it_says_what_to_install(
    selloff_: Any, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("parquet", "tidy"):
        monkeypatch.delitem(sys.modules, f"selloff.export.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = selloff_("export", str(saved), "--format", "parquet")
    assert answer.exit_code == 2
    assert "pip install 'selloff[tables]'" in answer.stderr
    assert not (saved.parent / "parquet").exists()
