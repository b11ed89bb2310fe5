"""`sweep` reads axes, prints a small table and writes files."""

import json
from pathlib import Path
from typing import Any

import pytest

from measured import METRIC, Formula
from papers import promised
from selloff.studies import measuring

OVER = ("--over", "sellers.0.sale_frac=0.25:1:4")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "Measurer", Formula)


def test_a_table_of_medians_and_the_files(selloff_: Any, tmp_path: Path) -> None:
    over = (*OVER, "--over", "sellers.0.pace.years=1,3")
    answer = selloff_("sweep", "japan-dump", *over, "--draws", "11")
    assert (answer.exit_code, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert "japan-dump at 8 points" in lines[0]
    assert [line.split() for line in lines[4:9]] == [
        ["sellers.0.sale_frac", "1", "3"],
        ["0.25", "12", "6.2"],
        ["0.5", "25", "12"],
        ["0.75", "38", "19"],
        ["1", "50", "25"],
    ]
    names = ["sweep.csv", "sweep.html", "sweep.json", "sweep.nc"]
    assert sorted(each.name for each in (tmp_path / "out" / "japan-dump-sweep").iterdir()) == names
    assert max(map(len, lines)) <= 100


def test_a_large_grid_is_thinned_and_says_so(selloff_: Any) -> None:
    over = ("--over", "sellers.0.sale_frac=0.01:1:14", "--over", "sellers.0.pace.years=1:9:9")
    text = selloff_("sweep", "japan-dump", *over, "--over", "sellers.0.hostility=0,1").stdout
    assert len([line for line in text.splitlines() if line.startswith(("0.", "1 "))]) == 12
    assert max(map(len, text.splitlines())) <= 100
    assert "Some rows or columns are left out here; the files hold all." in text
    assert "where sellers.0.hostility is 0" in " ".join(text.split())


def test_json_is_all_of_it(selloff_: Any) -> None:
    answer = selloff_("sweep", "japan-dump", *OVER, "--draws", "11", "--json", "--out", "here")
    found = json.loads(answer.stdout)
    assert found["over"] == {"sellers.0.sale_frac": [0.25, 0.5, 0.75, 1]}
    assert [row[2] for row in found["metrics"][METRIC]["values"]] == [25.0, 50.0, 75.0, 100.0]
    assert found["metrics"]["days_to_complete"]["values"][0][4] is None
    assert promised("sweep") <= set(found)
    assert next(Path(each).name for each in found["files"]) == "sweep.nc"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("japan-dump",), "--over: got nothing to sweep"),
        (("japan-dmp", *OVER), "Did you mean 'japan-dump'?"),
        (("japan-dump", *OVER, "--metric", "us_10y_pek_bp"), "Did you mean 'us_10y_peak_bp'?"),
        (("japan-dump", "--over", "sellers.0.sale_fra=0:1:3"), "Did you mean 'sale_frac'?"),
        (("japan-dump", "--over", "sellers.0.sale_frac=0:2:3"), "from 0 to 1"),
        (("japan-dump", "--over", "sellers.0.sale_frac"), "FIELD=FROM:TO:COUNT"),
        (("japan-dump", "--over", "sellers.0.sale_frac=[0.1"), "--over: got expected"),
        (("japan-dump", "--over", "sellers.0.sale_frac=0.1:1:1000000000"), "from 2 to 1,000"),
        (("japan-dump", *OVER, "--horizon-years", "1", "--metric", "days_to_complete"), "--metric"),
    ],
)
def test_bad_input_ends_with_code_two_and_writes_nothing(
    selloff_: Any, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = selloff_("sweep", *arguments)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []
