"""Parameter objects from the rows of the table: nothing is left out, nothing is made up."""

from dataclasses import replace
from typing import Any

import equinox as eqx
import numpy as np
import pytest
from jaxtyping import Array, Float

import questions
from selloff.bridge import build as room
from selloff.bridge import economics, lower
from selloff.bridge.build import build, read
from selloff.bridge.size import growth_since
from selloff.evidence import Bank, Parameter, parameters
from selloff.model.mechanisms.haven import HavenRule
from selloff.vocab import CURRENCIES, FOREIGN, RESERVE_ASSETS


def value(name: str) -> Any:
    return questions.bank().draws[name]


def test_every_row_that_becomes_something_is_read_for_an_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: set[str] = set()
    turned = room._turned

    def spy(row: Parameter, *rest: Any) -> Any:
        seen.add(row.name)
        return turned(row, *rest)

    monkeypatch.setattr(room, "_turned", spy)
    fresh = replace(questions.bank())
    ready = lower(questions.scenario("nothing"), questions.world(), fresh)
    economics(ready, questions.world(), fresh)
    assert seen == {name for name, row in parameters().items() if row.becomes}


def test_what_turns_a_row_is_known() -> None:
    for row in parameters().values():
        known = row.turned in ("", "rate", "kept") or row.turned.removeprefix("x ") in parameters()
        assert known, row.name


class Short(eqx.Module):
    squeeze: Float[Array, "*d k"]


class Long(eqx.Module):
    squeeze: Float[Array, "*d k"]
    doubt: Float[Array, "*d k"]
    payment: Float[Array, "*d m"]
    courage: Float[Array, "*d k"]


def test_a_row_without_a_field_raises() -> None:
    with pytest.raises(ValueError, match=r"Short has no \['doubt', 'payment'\]"):
        build(Short, "haven.rule", questions.bank())


def test_a_field_without_a_row_raises() -> None:
    with pytest.raises(ValueError, match=r"no row becomes haven\.rule\.courage"):
        build(Long, "haven.rule", questions.bank())


def test_dollars_of_a_year_need_a_world() -> None:
    with pytest.raises(ValueError, match="dollars of 2020 need a vintage"):
        read("fed_purchases.rule.pace", questions.bank())
    wanted = growth_since(2020, questions.world()) * value("fed_pace_full")
    found = read("fed_purchases.rule.pace", questions.bank(), questions.world())
    np.testing.assert_allclose(found[:, 2], wanted, rtol=1e-15)


def test_a_vector_lies_along_its_axis_however_the_table_is_sorted() -> None:
    haven = build(HavenRule, "haven.rule", questions.bank())
    for place, currency in enumerate(FOREIGN):
        wanted = value("haven_scale") * value(f"haven_squeeze_{currency.lower()}") * 0.01
        np.testing.assert_allclose(haven.squeeze[:, place], wanted, rtol=1e-14)


def test_labels_without_a_row_are_zero_only_where_the_axis_is_named() -> None:
    drift = read("reserves.drift", questions.bank(), axis=RESERVE_ASSETS)
    assert not drift[:, RESERVE_ASSETS.at("USD")].any()
    np.testing.assert_allclose(
        drift[:, RESERVE_ASSETS.at("gold")], 0.01 * value("reserve_drift_gold"), rtol=1e-15
    )
    with pytest.raises(ValueError, match="no axis has the labels"):
        read("reserves.drift", questions.bank())


def test_half_lives_turn_into_speeds_and_into_what_is_kept() -> None:
    days = np.log(2.0) / (value("mof_memory") / 252.0)
    np.testing.assert_allclose(read("mof.rule.trend_speed", questions.bank()), days, rtol=1e-15)
    kept = 0.5 ** (1.0 / value("reserve_drift_half_life"))
    np.testing.assert_allclose(read("reserves.drift_kept", questions.bank()), kept, rtol=1e-15)


def test_an_object_follows_the_bank_it_is_given() -> None:
    draws = {name: np.full(3, 7.0) for name in parameters()}
    assert build(HavenRule, "haven.rule", Bank(draws, {})).doubt.shape == (3, len(CURRENCIES) - 1)
