"""Exceptions become messages and exit codes in one place."""

import errno
from collections.abc import Callable

import pytest

from papers import ROOT, section, table_rows
from selloff.apps.cli._failures import EPILOG, EXIT_CODES, exit_code_of
from selloff.vocab import errors
from selloff.vocab.errors import InputError, Problem, ScenarioError, SelloffError


def code_of(action: Callable[[], int], *, is_debug: bool = False) -> int:
    return exit_code_of(
        action, flags=lambda: {"horizon_years": "--horizon-years"}, is_debug=is_debug
    )


def code_after(failure: BaseException, *, is_debug: bool = False) -> int:
    def fail() -> int:
        raise failure

    return code_of(fail, is_debug=is_debug)


def problem(where: str) -> Problem:
    return Problem(where=where, given="x", allowed="y", remedy="Do z.")


def test_an_exit_code_passes_through() -> None:
    assert code_of(lambda: 42) == 42


@pytest.mark.parametrize("count", [1, 3])
def test_every_problem_is_a_line(capsys: pytest.CaptureFixture[str], count: int) -> None:
    assert code_after(ScenarioError(problem(f"f.yaml:{at}") for at in range(count))) == 2
    out, err = capsys.readouterr()
    assert out == ""
    head, *lines = err.splitlines()
    assert head == f"selloff: {count} problem{'s' if count > 1 else ''}"
    assert lines == [f"  f.yaml:{at}: got x; allowed: y. Do z." for at in range(count)]


def test_a_flood_of_problems_is_cut_with_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    code_after(ScenarioError(problem(f"f.yaml:{at}") for at in range(1234)))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "selloff: 1234 problems"
    assert lines[-1] == "  and 1,134 more"
    assert len(lines) == 102


def test_a_field_of_the_command_line_goes_by_its_flag(capsys: pytest.CaptureFixture[str]) -> None:
    code_after(InputError([problem("horizon_years"), problem("f.yaml:3 horizon_years")]))
    _, first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("  --horizon-years: got x")
    assert second.startswith("  f.yaml:3 horizon_years: got x")


def every_error() -> list[type[SelloffError]]:
    found = [each for each in vars(errors).values() if isinstance(each, type)]
    return [each for each in found if issubclass(each, SelloffError)]


@pytest.mark.parametrize("kind", every_error())
def test_every_error_of_ours_has_its_code_and_a_traceback_for_debug_only(
    capsys: pytest.CaptureFixture[str], kind: type[SelloffError]
) -> None:
    failure = kind([problem("a")]) if issubclass(kind, InputError) else kind("words")
    for is_debug in (False, True):
        assert code_after(failure, is_debug=is_debug) == kind.exit_code
        err = capsys.readouterr().err
        assert ("Traceback" in err) == is_debug
        assert "bug" not in err
        assert "selloff: 1 problem\n" in err or "selloff: words\n" in err
    assert kind.exit_code in EXIT_CODES


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "f.nc"), 3, "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "f.nc"), 3, "f.nc: Permission denied"),
        (OSError(errno.EIO, "Input/output error"), 3, "selloff: Input/output error"),
        (MemoryError(), 1, "fewer --draws"),
        (RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating"), 1, "fewer --draws"),
        (ValueError("boom"), 1, "selloff: ValueError: boom\n  This is a bug."),
        (ZeroDivisionError(), 1, "This is a bug. Run again with `selloff --debug"),
        (BrokenPipeError(), 141, ""),
        (KeyboardInterrupt(), 130, "selloff: interrupted\n"),
    ],
)
def test_every_other_failure_is_a_sentence(
    capsys: pytest.CaptureFixture[str], failure: BaseException, code: int, words: str
) -> None:
    assert code_after(failure) == code
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


def test_the_help_lists_every_exit_code() -> None:
    for code, meaning in EXIT_CODES.items():
        assert f"\n{code:5d}  {meaning}" in EPILOG


def test_the_papers_list_every_exit_code() -> None:
    rows = table_rows(section(ROOT / "docs" / "command-line.md", "Exit codes"))
    assert {int(code): meaning for code, meaning in rows[2:]} == EXIT_CODES
