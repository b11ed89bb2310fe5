"""What a failure says of itself."""

import pytest

from selloff.vocab.errors import InputError, OutputError, Problem, ScenarioError


def problem(*, is_file: bool = False) -> Problem:
    return Problem(where="a", given="b", allowed="c", remedy="Do d.", is_file=is_file)


@pytest.mark.parametrize("kind", [InputError, ScenarioError])
def test_a_file_that_cannot_be_read_is_one_kind_wherever_it_is_named(
    kind: type[InputError],
) -> None:
    assert kind([problem(), problem()]).exit_code == InputError.exit_code == 2
    assert kind([problem(), problem(is_file=True)]).exit_code == OutputError.exit_code == 3
