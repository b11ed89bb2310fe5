"""`run` and `compare`: what is asked, what is printed, what is written."""

import errno
import json
import re
from pathlib import Path
from typing import Any

import pytest

from selloff.apps._tables import _split_words
from selloff.vocab.errors import IdentityError, NoEquilibriumError, OutputError


def test_run_hands_over_its_options_and_prints_its_lines(selloff_: Any, session: Any) -> None:
    answer = selloff_(
        "run", "japan-dump", "--draws", "50", "--seed", "7", "--horizon-years", "2.5",
        "--vintage", "2020-03",
    )  # fmt: skip
    assert answer.exit_code == 0
    ((scenario, options),) = session.asked
    assert (options["draws"], options["seed"]) == (50, 7)
    assert (scenario.horizon_years, scenario.vintage) == (2.5, "2020-03")
    lines = answer.stdout.splitlines()
    assert lines[0] == "japan-dump: books of 2020-03, 50 draws, seed 7"
    cells = [re.split(r"\s{2,}", line, maxsplit=1) for line in lines]
    rows = {first: rest[0].split() for first, *rest in cells if rest}
    peak = rows["US 10-year yield, highest"]
    assert peak[-5:] == ["120", "-1", "to", "1,401", "bp"]
    assert rows["USD/JPY, lowest"] == ["-10.0", "-20.0", "to", "0.0", "percent"]
    assert rows["Business days to complete the sale"] == ["12", "9", "to", "-", "business", "days"]
    assert "Largest buyers, USD bn: usa_bank 400, usa_mmf 300" in lines
    assert "Outcomes: completed 50" in lines
    assert "Identities: largest residual 1.0e-09 USD bn" in lines
    assert str(Path("out/japan-dump/summary.json")) in lines[-1]
    assert answer.stderr == "Note: the order takes 12 days\n"


def test_the_parts_of_the_peak_are_one_line() -> None:
    steps = {"seller": 98.4, "followers": 7.2, "levered_funds": 79.1, "policy": -60.4, "haven": 0.1}
    summary = {
        "scenario": "japan-dump", "vintage": "2026-07", "draws": 5, "seed": 0, "metrics": {},
        "wall_seconds": {"total": 1.0, "engine": 0.5}, "outcomes": {"completed": 5},
        "identities": {"max_abs_residual_usd_bn": 0.0},
        "attribution": {
            "order": list(steps),
            "metrics": {
                "us_10y_peak_bp": {
                    "unit": "bp", "p50": 124.4,
                    "parts": {name: {"p50": step} for name, step in steps.items()},
                }
            },
        },
    }  # fmt: skip
    assert _split_words(summary) == (
        "Of the 10-year's peak: the sale 98, followers +7, levered funds +79, policy -60, "
        "haven 0 bp"
    )
    assert _split_words(summary | {"attribution": {}}) == ""


def test_json_is_alone_on_standard_output_and_has_no_nan(selloff_: Any, session: Any) -> None:
    answer = selloff_("run", "no-sale", "--json", "--out", "here")
    assert answer.exit_code == 0
    summary = json.loads(answer.stdout, parse_constant=pytest.fail)
    assert summary["scenario"] == "no-sale"
    assert summary["metrics"]["days_to_complete"]["p95"] is None
    assert answer.stderr == ""
    assert Path("here/summary.json").exists()


def test_compare_prints_both_side_by_side(selloff_: Any, session: Any) -> None:
    answer = selloff_("compare", "japan-dump", "controlled-descent", "--draws", "5")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("japan-dump against controlled-descent: books of 2026-07")
    assert "controlled-descent: Outcomes: completed 5" in answer.stdout
    assert answer.stderr.count("the order takes 12 days") == 1
    folder = Path("out/japan-dump-vs-controlled-descent")
    assert (folder / "japan-dump" / "summary.json").exists()
    assert (folder / "controlled-descent" / "summary.json").exists()


def test_compare_as_json_holds_both_runs(selloff_: Any, session: Any) -> None:
    answer = selloff_("compare", "japan-dump", "no-sale", "--json")
    found = json.loads(answer.stdout)
    assert [each["scenario"] for each in found["runs"]] == ["japan-dump", "no-sale"]
    assert "difference" in found


def test_compare_tells_the_problems_of_both(selloff_: Any, session: Any) -> None:
    answer = selloff_("compare", "japan-dmp", "no-sal", "--vintage", "1066-10")
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("selloff: 3 problems\n")
    for word in ("--vintage: got '1066-10'", "'japan-dump'?", "'no-sale'?"):
        assert word in answer.stderr
    assert not session.asked


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--draws", "0"], "--draws"),
        (["--draws", "100001"], "--draws"),
        (["--draws", "many"], "--draws"),
        (["--seed", "-1"], "--seed"),
        (["--horizon-years", "0"], "--horizon-years: got 0; allowed: a number from 0.25 to 50"),
        (["--horizon-years", "1000"], "--horizon-years: got 1000"),
        (["--horizon-years", "nan"], "--horizon-years: got nan"),
        (["--horizon-years", "long"], "--horizon-years"),
        (["--vintage", "2026-7"], "Did you mean '2026-07'?"),
        (["--drws", "3"], "--draws"),
    ],
)
def test_an_option_out_of_range_is_refused_before_anything_runs(
    selloff_: Any, session: Any, arguments: list[str], word: str
) -> None:
    answer = selloff_("run", "japan-dump", *arguments)
    assert answer.exit_code == 2
    assert word in answer.stderr
    assert answer.stdout == ""
    assert not session.asked
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("failure", "exit_code", "words"),
    [
        (OutputError("disk gone"), 3, "selloff: disk gone"),
        (IdentityError("bonds vanished"), 4, "selloff: bonds vanished"),
        (NoEquilibriumError("lower the risk aversion"), 5, "selloff: lower the risk aversion"),
        (OSError(errno.ENOSPC, "No space left on device", "f.nc"), 3, "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "f.nc"), 3, "f.nc: Permission denied"),
        (MemoryError(), 1, "fewer --draws"),
        (ValueError("boom"), 1, "selloff: ValueError: boom\n  This is a bug."),
        (ZeroDivisionError(), 1, "This is a bug. Run again with `selloff --debug"),
        (KeyboardInterrupt(), 130, "selloff: interrupted; nothing is half written"),
        (BrokenPipeError(), 141, ""),
    ],
)
def test_each_failure_has_its_exit_code_and_no_traceback(
    selloff_: Any, session: Any, failure: BaseException, exit_code: int, words: str
) -> None:
    session.failure = failure
    answer = selloff_("run", "japan-dump")
    assert answer.exit_code == exit_code
    assert words in answer.stderr
    assert "Traceback" not in answer.output
    assert answer.stdout == ""
    assert not Path("out").exists()


def test_debug_shows_where_it_failed(selloff_: Any, session: Any) -> None:
    session.failure = ValueError("boom")
    answer = selloff_("--debug", "run", "japan-dump")
    assert answer.exit_code == 1
    assert "Traceback" in answer.stderr
    assert "conftest.py" in answer.stderr


def test_a_file_in_the_way_is_found_before_the_run(selloff_: Any, session: Any) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    answer = selloff_("run", "japan-dump", "--out", "taken/deep")
    assert answer.exit_code == 2
    assert "--out taken/deep: got a file in the way" in answer.stderr
    assert not session.asked
    assert Path("taken").read_text(encoding="utf-8") == "mine"
