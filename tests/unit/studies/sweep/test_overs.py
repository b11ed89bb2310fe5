"""Fields and values as they are typed."""

from typing import Any

import pytest

from selloff.studies.sweep import read_overs
from selloff.vocab import InputError


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a=100:1200:12", tuple(range(100, 1201, 100))),
        ("a=1:0:3", (1.0, 0.5, 0.0)),
        ("a=0.1:10:3:log", (0.1, 1.0, 10.0)),
        ("a=0.02,0.5,2", (0.02, 0.5, 2)),
        ("a=true,false", (True, False)),
        ("a=block", ("block",)),
        ("a = 2020-06, 2026-07", ("2020-06", "2026-07")),
        ("a={kind: block},{years: 1}", ({"kind": "block"}, {"years": 1})),
    ],
)  # fmt: skip
def test_values_are_read(text: str, values: tuple[Any, ...]) -> None:
    (found,) = read_overs([text])
    assert found.field == "a"
    assert found.values == values
    assert [type(one) for one in found.values] == [type(one) for one in values]


def test_labels_say_what_the_values_are() -> None:
    words, numbers = read_overs(["a=true,{kind: block},x", "b=1:2:3"])
    assert words.words == ("true", '{"kind": "block"}', "x")
    assert not words.is_numeric
    assert numbers.words == ("1", "1.5", "2")
    assert numbers.is_numeric


@pytest.mark.parametrize(
    "text",
    ["a", "a=", "=1", "a=1:2", "a=1:2:1", "a=1:2:1001", "a=1:1:3", "a=1:2:x", "a=0:2:3:log",
     "a=1:2:3:lin", "a=1,1", "a=1:inf:3", "a=[1", "a={b: 1"],
)  # fmt: skip
def test_what_is_no_axis_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_overs([text])


def test_all_that_is_wrong_is_named() -> None:
    with pytest.raises(InputError) as error:
        read_overs(["a=1:2:3", "b", "a=4", "c=1:2"])
    assert len(error.value.problems) == 3
    assert "each field once" in str(error.value)
