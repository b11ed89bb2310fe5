"""Exceptions become messages and exit codes in one place."""

import pytest

from selloff.apps.cli._failures import FailedError, guarded
from selloff.vocab.errors import Problem, ScenarioError


def problem(place: int) -> Problem:
    return Problem(where=f"f.yaml:{place}", given="x", allowed="y", remedy="Do z.")


def failing(failure: BaseException) -> None:
    raise failure


def test_an_answer_passes_through() -> None:
    assert guarded(lambda: 42, debug=False) == 42


def test_what_is_none_of_its_business_passes_through() -> None:
    with pytest.raises(LookupError):
        guarded(lambda: failing(KeyError("k")), debug=False, passing=(LookupError,))


@pytest.mark.parametrize("count", [1, 3])
def test_every_problem_is_a_line(capsys: pytest.CaptureFixture[str], count: int) -> None:
    failure = ScenarioError(problem(place) for place in range(count))
    with pytest.raises(FailedError) as caught:
        guarded(lambda: failing(failure), debug=False)
    assert caught.value.exit_code == 2
    out, err = capsys.readouterr()
    assert out == ""
    head, *lines = err.splitlines()
    assert head == f"selloff: {count} problem{'s' if count > 1 else ''}"
    assert lines == [f"  f.yaml:{each}: got x; allowed: y. Do z." for each in range(count)]


def test_a_flood_of_problems_is_cut_with_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    failure = ScenarioError(problem(place) for place in range(1234))
    with pytest.raises(FailedError):
        guarded(lambda: failing(failure), debug=False)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "selloff: 1234 problems"
    assert lines[-1] == "  and 1,134 more"
    assert len(lines) == 102


def test_a_traceback_is_for_debug_only(capsys: pytest.CaptureFixture[str]) -> None:
    for debug in (False, True):
        with pytest.raises(FailedError) as caught:
            guarded(lambda: failing(RuntimeError("boom")), debug=debug)
        assert caught.value.exit_code == 1
        assert ("Traceback" in capsys.readouterr().err) == debug
