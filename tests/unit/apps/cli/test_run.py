"""`run`: what is asked, what is printed, what is written."""

import json
import re
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from selloff import pipeline
from selloff.apps.cli import _app
from selloff.scenario import load
from selloff.vocab.errors import NoEquilibriumError


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
    assert " ".join(lines[1:3]) == (
        "Balance sheets of March 2020; 50 simulations of 50 sets of parameters, seed 7; "
        "90% of them lie in the brackets."
    )
    assert lines[4].startswith("Nothing is sold and nothing else is asked")
    cells = [re.split(r"\s{2,}", line, maxsplit=1) for line in lines]
    rows = {first: rest[0] for first, *rest in cells if rest}
    assert rows["US 10-year yield, highest"] == "120bp (−1 to 1,401)"
    assert rows["Dollar in yen, lowest"] == "−10.0% (−20.0 to 0)"
    assert rows["Time from first sale to last"] == "12 business days (9 to never)"
    assert "--all prints every number, who bought, the parts of the answer and the checks." in lines
    assert "Identities" not in answer.stdout
    assert str(Path("out/japan-dump/summary.json")) in lines[-1]
    assert answer.stderr == "Note: the order takes 12 days\n"


def test_a_question_may_come_as_json_by_standard_input(
    selloff_: Any, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = selloff_("presets", "--show", "controlled-descent", "--json").stdout
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text.encode())))
    answer = selloff_("run", "-", "--draws", "20", "--json")
    assert answer.exit_code == 0, answer.stderr
    ((scenario, _),) = session.asked
    assert scenario == load("controlled-descent")
    assert json.loads(answer.stdout)["draws"] == 20


def test_all_prints_the_rest(selloff_: Any, session: Any) -> None:
    lines = selloff_("run", "japan-dump", "--draws", "50", "--all").stdout.splitlines()
    bought = "Largest buyers, USD bn, "
    assert bought + "while the 10-year stands highest: dealers 200" in lines
    assert bought + "at the end: usa_bank 400, usa_mmf 300" in lines
    assert bought + "most ever held: fed 936 (day 63)" in lines
    assert "How the simulations ended: all is sold in time in every simulation." in lines
    assert "Identities: largest residual 1.0e-09 USD bn" in lines
    (row,) = (line for line in lines if line.startswith("US 10-year yield, largest rise in five"))
    assert row.endswith("  60bp (10–98)")
    assert not any("--all" in line for line in lines)


@pytest.mark.parametrize("command", [("run", "no-sale"), ("compare", "no-sale", "japan-dump")])
def test_levels_are_written_beside_each_result(
    selloff_: Any, session: Any, command: tuple[str, ...]
) -> None:
    answer = selloff_(*command, "--levels", "--out", "here")
    assert answer.exit_code == 0, answer.stderr
    results = sorted(Path("here").rglob("result.nc"))
    assert len(results) == len(command) - 1
    for each in results:
        for name in ("levels.csv", "levels.xlsx"):
            assert each.with_name(name).stat().st_size > 1000
            assert f"  {each.with_name(name)}" in answer.stdout.splitlines()


def test_json_is_alone_on_standard_output_and_has_no_nan(selloff_: Any, session: Any) -> None:
    answer = selloff_("run", "no-sale", "--json", "--out", "here")
    assert answer.exit_code == 0
    summary = json.loads(answer.stdout, parse_constant=pytest.fail)
    assert summary["scenario"] == "no-sale"
    assert summary["metrics"]["days_to_complete"]["p95"] is None
    assert answer.stderr == ""
    assert Path("here/summary.json").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--draws", "0"], "--draws"),
        (["--draws", "1000000001"], "--draws"),
        (["--draws", "many"], "--draws"),
        (["--seed", "-1"], "--seed"),
        (["--seed", "18446744073709551616"], "--seed"),
        (["--seed", "9223372036854775808"], "--seed"),
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
        (NoEquilibriumError("lower the risk aversion"), 5, "selloff: lower the risk aversion\n"),
        (ValueError("boom"), 1, "selloff: ValueError: boom\n  This is a bug."),
        (
            KeyboardInterrupt(),
            130,
            "selloff: interrupted while compiling; nothing was written\n",
        ),
    ],
)
def test_a_failure_of_the_run_has_its_exit_code_and_no_traceback(
    selloff_: Any, session: Any, failure: BaseException, exit_code: int, words: str
) -> None:
    session.failure = failure
    answer = selloff_("run", "japan-dump")
    assert (answer.exit_code, answer.stdout) == (exit_code, "")
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not Path("out").exists()


def test_the_time_is_that_of_the_whole_command(
    selloff_: Any, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_app, "BEGAN", time.perf_counter() - 1000.0)
    assert "\nTime: 100" in selloff_("run", "no-sale").stdout
    assert " s, of which engine 3.0 s\n" in selloff_("compare", "no-sale", "no-sale").stdout


def test_debug_shows_where_it_failed(selloff_: Any, session: Any) -> None:
    session.failure = ValueError("boom")
    answer = selloff_("--debug", "run", "japan-dump")
    assert answer.exit_code == 1
    assert "Traceback" in answer.stderr
    assert "conftest.py" in answer.stderr


@pytest.mark.parametrize(("asked", "wanted"), [([], b""), (["--small"], b"small")])
def test_a_small_result_is_saved_where_it_is_asked_for(
    selloff_: Any, session: Any, asked: list[str], wanted: bytes
) -> None:
    assert selloff_("run", "no-sale", *asked).exit_code == 0
    assert Path("out/no-sale/result.nc").read_bytes() == wanted


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--resume", "kept"), "add --stream"),
        (("--cluster", "local"), "add --stream"),
        (("--keep-draws",), "add --stream"),
        (("--stream", "--levels"), "which a streamed run lets go"),
        (("--stream", "--seed", "-1"), "--seed"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    selloff_: Any, session: Any, more: tuple[str, ...], told: str
) -> None:
    answer = selloff_("run", "no-sale", *more)
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_very_many_draws_are_streamed_and_said_so(
    selloff_: Any, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def stop(scenario: Any, how: Any, **options: Any) -> Any:
        asked.append((how, options))
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "stream", stop)
    answer = selloff_("run", "no-sale", "--draws", "100001", "--out", "here", "--no-attribution")
    assert answer.exit_code == 130
    assert "more than 100,000 draws are streamed" in answer.stderr
    assert "no batch was finished" in answer.stderr
    ((how, options),) = asked
    assert (how.folder, how.keep, how.resume) == (Path("here/batches"), None, False)
    assert (options["n_draws"], options["attribution"]) == (100_001, False)
