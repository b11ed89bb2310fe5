"""Fields changed by their dotted path, with the checks of a scenario."""

from typing import Any

import pytest

from selloff.scenario import Scenario, change, change_each, load, read_list
from selloff.vocab import ScenarioError

BOOKS = {"jpn": 1000.0}


@pytest.fixture(scope="module")
def dump() -> Scenario:
    return load("japan-dump")


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("horizon_years", 2, lambda s: s.horizon_years),
        ("sellers.0.hostility", 0.5, lambda s: s.sellers[0].hostility),
        ("sellers[0].hostility", 0.5, lambda s: s.sellers[0].hostility),
        ("reactions.fed_purchases", False, lambda s: s.reactions.fed_purchases),
        ("rules.fed_gate_bp", 60, lambda s: s.rules.fed_gate_bp),
        ("fed_programme.amount_usd_bn", 300, lambda s: s.fed_programme.amount_usd_bn),
    ],
)
def test_any_field_can_be_changed(dump: Scenario, path: str, value: Any, at: Any) -> None:
    changed = change(dump, {path: value})
    assert at(changed) == value
    assert dump == load("japan-dump")


def test_of_two_amounts_the_one_given_replaces_the_other(dump: Scenario) -> None:
    (seller,) = change(dump, {"sellers.0.sale_usd_bn": 300}).sellers
    assert (seller.sale_usd_bn, seller.sale_frac) == (300, None)
    (seller,) = change(dump, {"sellers.0.sale_usd_bn": 300, "sellers.0.sale_frac": 0.2}).sellers
    assert (seller.sale_usd_bn, seller.sale_frac) == (None, 0.2)


def test_a_field_of_a_pace_brings_its_kind_and_a_kind_drops_what_it_does_not_have(
    dump: Scenario,
) -> None:
    slow = change(dump, {"sellers.0.pace.years": 2})
    assert slow.sellers[0].pace.model_dump() == {"kind": "linear", "years": 2}
    fading = change(slow, {"sellers.0.pace.half_life_years": 1})
    assert fading.sellers[0].pace.model_dump() == {"kind": "exponential", "half_life_years": 1}
    assert change(slow, {"sellers.0.pace.kind": "block"}).sellers[0].pace.kind == "block"
    assert change(slow, {"sellers.0.pace.years": 5}).sellers[0].pace.years == 5
    with pytest.raises(ScenarioError, match=r"pace.years: got nothing.*Add the key years"):
        change(dump, {"sellers.0.pace.kind": "linear"})


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("selers.0.hostility", 1, "Did you mean 'sellers'?"),
        ("sellers.0.sale_usd_b", 1, "Did you mean 'sale_usd_bn'?"),
        ("sellers.1.hostility", 1, "sellers.1: got 1; allowed: an entry from 0 to 0"),
        ("sellers.x", 1, "allowed: an entry from 0 to 0"),
        (f"sellers.{'9' * 5000}.hostility", 1, "...; allowed: an entry from 0 to 0"),
        ("shocks.0.size", 1, "allowed: none: the list is empty"),
        ("reactions.fed_purchase", True, "Did you mean 'fed_purchases'?"),
        ("horizon_years.0", 1, "horizon_years"),
        ("", 1, "the unknown key ''"),
    ],
)
def test_what_is_no_field_is_refused_in_words(
    dump: Scenario, path: str, value: Any, words: str
) -> None:
    with pytest.raises(ScenarioError) as error:
        change(dump, {path: value})
    assert words in str(error.value)


def test_what_is_wrong_in_the_same_way_at_many_points_is_said_once(dump: Scenario) -> None:
    many = [{"sellers.0.sale_usd_bn": 1000 + at, "sellers.0.hostility": 2} for at in range(1, 200)]
    with pytest.raises(ScenarioError) as error:
        change_each(dump, many, limits=BOOKS)
    told = [str(each) for each in error.value.problems]
    assert len(told) == 2
    assert any("got 1001, and 198 more like it" in each for each in told)
    assert any("hostility: got 2;" in each for each in told)


def test_what_is_right_comes_in_order(dump: Scenario) -> None:
    found = change_each(dump, [{"horizon_years": each} for each in (3, 1, 2)], limits=BOOKS)
    assert [each.horizon_years for each in found] == [3, 1, 2]


def test_a_list_is_read_as_in_a_file() -> None:
    assert read_list("true, 1, 0.5,block,{kind: linear, years: 2}, '2026-07'") == [
        True, 1, 0.5, "block", {"kind": "linear", "years": 2}, "2026-07",
    ]  # fmt: skip
    with pytest.raises(ScenarioError):
        read_list("{kind: linear")
