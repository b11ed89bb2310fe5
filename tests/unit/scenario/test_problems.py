"""Remedies that name the very number to write, and messages that fit on a screen."""

from typing import Any

import pytest
from pydantic.fields import FieldInfo

from selloff.scenario import parse
from selloff.scenario.problems import _range, dotted, undressed
from selloff.vocab.errors import Problem, ScenarioError, shown


def seller_with(**fields: object) -> dict[str, object]:
    return {
        "schema_version": 1,
        "name": "a",
        "title": "a",
        "sellers": [{"holder": "jpn", "sale_frac": 0.5, **fields}],
    }


def found_in(raw: dict[str, object]) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        parse(raw)
    return caught.value.problems


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("1,000", "1000"),
        ("$75bn", "75"),
        ("75 bn", "75"),
        ("USD 1_100.5 bn", "1100.5"),
        ("12,5", "12.5"),
        ("0,25", "0.25"),
        ("0,250", "0.25"),
        ("-0,5", "-0.5"),
        ("1,400", "1400"),
        ("1,234,567.8", "1234567.8"),
        ("1.234,5", "1234.5"),
        ("12,50 bn", "12.5"),
        ("12,5 %", "0.125"),
        ("1,4000", "1.4"),
        ("25%", "0.25"),
        ("2 years", "2"),
    ],
)
def test_a_number_dressed_as_text_is_undressed_in_the_remedy(given: str, number: str) -> None:
    (told,) = found_in(seller_with(announced_frac=given))
    assert told.remedy == f"Write {number}, a bare number without quotes, units or separators."


@pytest.mark.parametrize(
    "given", ["half", "1e999", "nan", "--3", "%", "", "1,2,3", "1,,5", "9" * 5000 + "x"]
)
def test_text_that_is_no_number_gets_the_general_remedy(given: str) -> None:
    (told,) = found_in(seller_with(announced_frac=given))
    assert told.remedy == "Write a bare number without quotes, units or separators."


@pytest.mark.parametrize(
    ("field", "given", "place", "allowed"),
    [
        ("pace", "fast", ("pace",), "a mapping with the key kind: block, linear"),
        ("pace", 3, ("pace",), "a mapping with the key kind: block, linear"),
        ("pace", {}, ("pace", "kind"), "block, linear, exponential, custom"),
        ("pace", {"kind": ["x"]}, ("pace", "kind"), "block, linear, exponential, custom"),
        ("pace", {"kind": "custom"}, ("pace", "points"), "points of the schedule"),
        ("pace", {"kind": "custom", "points": [{"day": 1}]}, ("pace", "points", 0, "cum_frac"), ""),
        ("proceeds", "gold", ("proceeds",), "weights by asset"),
        ("proceeds", {"gold": None}, ("proceeds", "gold"), "a number from 0 to 1"),
        ("proceeds", {1: 1.0}, ("proceeds", "1"), "usd_cash, jpy_cash"),
        ("buckets", 4, ("buckets",), "pro_rata"),
        ("buckets", {"10Y": 1}, ("buckets", "10Y"), "0-1Y, 1-3Y"),
        ("holder", 3, ("holder",), "a holder id"),
        ("colour", "red", ("colour",), "holder, sale_usd_bn, sale_frac"),
    ],
)
def test_each_mistake_is_told_at_its_place_with_what_is_allowed(
    field: str, given: object, place: tuple[str | int, ...], allowed: str
) -> None:
    told = found_in(seller_with(**{field: given}))
    assert [each.where for each in told] == [dotted(("sellers", 0, *place))]
    assert allowed in told[0].allowed
    assert told[0].remedy


def test_too_many_sellers_are_refused_with_the_limit() -> None:
    raw = seller_with()
    raw["sellers"] = [{"holder": "jpn", "sale_frac": 1}] * 65
    with pytest.raises(ScenarioError, match="at most 64"):
        parse(raw)


def test_what_was_given_is_shown_short() -> None:
    assert shown("x" * 1000).endswith("...")
    assert len(shown("x" * 1000)) < 80
    assert [shown(each) for each in (None, True, 1.0, "a", [1, 2], {})] == [
        "nothing",
        "true",
        "1",
        "'a'",
        "a list of 2",
        "a mapping",
    ]
    assert shown(10**5000).startswith("a number of 16610 bits")
    assert shown(10**50) == "1" + "0" * 50
    assert shown(object()) == "a value of type object"
    assert shown("a\x1b[2J\ud800") == "'a\\x1b[2J\\ud800'"


def test_a_place_is_printable_and_short() -> None:
    assert dotted(("a", 0, "b\n")) == "a[0].b\\n"
    assert len(dotted(("x" * 1000,))) < 80


def test_half_a_number_is_no_number() -> None:
    assert undressed("12,5") == 12.5
    assert undressed("1,2,3") is None


def test_a_number_too_long_to_print_is_refused_like_any_other() -> None:
    for field, value in (
        ("pace", {"kind": 10**5000}),
        ("pace", 10**5000),
        ("buckets", 10**5000),
        ("holder", 10**5000),
        ("proceeds", {10**5000: 1.0}),
        ("start_day", 10**5000),
        ("sale_frac", 10**400),
    ):
        assert found_in(seller_with(**{field: value}))[0].where.startswith(f"sellers[0].{field}")


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, "a number"),
        ({"ge": 1}, "a number from 1 up"),
        ({"gt": 0}, "a number above 0"),
        ({"le": 5}, "a number up to 5"),
        ({"ge": 1, "le": 5}, "a number from 1 to 5"),
        ({"gt": 0, "le": 5}, "a number above 0 up to 5"),
    ],
)
def test_a_range_is_told_whatever_ends_it_has(limits: dict[str, Any], told: str) -> None:
    assert _range(FieldInfo(annotation=float, **limits)) == told
