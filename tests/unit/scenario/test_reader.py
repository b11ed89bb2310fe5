"""No text, however hostile, gets further than a clear refusal."""

import math

import pytest

from selloff.scenario.reader import MAX_VALUES, read
from selloff.vocab.errors import ScenarioError

BOMB = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(9))


@pytest.mark.parametrize(
    ("text", "line", "given"),
    [
        ("a: 1\nb: c: d\n", 2, "mapping values are not allowed here"),
        ("a: 1\n\tb: 2\n", 2, "cannot start any token"),
        ("a: [1,\nb: 2\n", 3, "expected ',' or ']'"),
        ("a: 'open\n", 2, "unexpected end of stream"),
        (BOMB, 1, "anchor or alias"),
        ("a: 1\nb: *nobody\n", 2, "anchor or alias"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "the YAML tag"),
        ("a: 1\n---\nb: 2\n", 2, "a second YAML document"),
        ("? [a, b]\n: 1\n", 1, "a list or a mapping as a key"),
        ("a: \x01\n", 1, "unacceptable character"),
        ("[" * 30, 1, "12 levels"),
        ("\n" * 5 + "x" * 30_000, 6, "a line of 30,000 characters"),
    ],
)
def test_what_a_scenario_has_no_need_of_is_refused_at_its_line(
    text: str, line: int, given: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(text, "f.yaml")
    (told,) = caught.value.problems
    assert told.where == f"f.yaml:{line}"
    assert given in told.given
    assert told.remedy


def test_the_size_of_what_is_built_is_bounded() -> None:
    read("- 1\n" * (MAX_VALUES - 1), "f.yaml")
    with pytest.raises(ScenarioError, match=f"more than {MAX_VALUES} values"):
        read("- 1\n" * (MAX_VALUES + 1), "f.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-2", -2),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("null", None),
        ("", None),
        ("true", True),
        ("'1'", "1"),
        ('"null"', "null"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("yes", "yes"),
        ("2026-07", "2026-07"),
        ("9" * 500, math.inf),
    ],
)
def test_plain_values_follow_the_core_schema(text: str, value: object) -> None:
    read_value = read(f"a: {text}\n", "f.yaml").values["a"]
    assert read_value == value
    assert type(read_value) is type(value)


def test_every_key_has_its_line_and_missing_ones_that_of_their_parent() -> None:
    document = read("a: 1\nb:\n  - c: 2\n  - d: 3\n", "f.yaml")
    assert document.line(("a",)) == 1
    assert document.line(("b", 1, "d")) == 4
    assert document.line(("b", 1, "missing", 3)) == 4
    assert document.line(("nothing",)) == 1


def test_a_key_given_twice_keeps_the_first_value_and_is_told() -> None:
    document = read("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert document.values == {"a": 1, "b": 2}
    (told,) = document.repeats
    assert told.location == ("a",)
    assert told.given == "the key a second time, on line 3"
