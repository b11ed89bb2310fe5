"""Whose bonds are sold, and whose own money the proceeds become."""

import pytest

import questions
from selloff.bridge.origins import origins


def test_what_japan_takes_home_is_no_reserve_of_others() -> None:
    found = origins(questions.lowered("dump"), questions.world())
    assert found.own == {"JPY": 1.0, "EUR": 0.0, "GBP": 0.0, "CNY": 0.0}
    world = questions.world()
    assert found.official == pytest.approx(world.book("jpn_official") / world.book("jpn"))


def test_yuan_of_china_is_its_own_and_euro_of_japan_is_not() -> None:
    found = origins(questions.lowered("two sellers"), questions.world())
    assert (found.own["CNY"], found.own["EUR"]) == (1.0, 0.0)
    assert found.own["JPY"] == 1.0


def test_yen_bought_by_others_is_a_reserve() -> None:
    found = origins(questions.lowered("programme"), questions.world())
    assert found.own["JPY"] == 0.0
