"""Arms of an attribution."""

import numpy as np
import pytest

import questions
from selloff.bridge import NOBODY, nested_arms
from selloff.engine import Switches
from selloff.scenario import PART_OF, Reactions
from selloff.vocab import PARTS

OFF = {name for name, is_on in Reactions().model_dump().items() if not is_on}
"""Mechanisms that are off unless switched on."""


def arms_of(name: str, chosen: Reactions) -> dict[str, Switches]:
    ready = questions.lowered(name)
    programme = np.asarray(ready.inputs.sale.programme)
    return nested_arms(chosen, ready.rows, questions.world(), programme=programme)


def at_work(arm: Switches) -> set[str]:
    return {name for name in PART_OF if float(arm[name]) == 1.0}


def test_every_mechanism_belongs_to_one_part() -> None:
    assert set(PART_OF) == set(Reactions.model_fields)
    assert set(PART_OF.values()) == set(PARTS) - {"seller"}


def test_parts_are_switched_on_one_after_the_other() -> None:
    arms = arms_of("squeeze", Reactions())
    assert list(arms) == list(PARTS)
    assert at_work(arms["seller"]) == set()
    on: set[str] = set()
    for part in PARTS[1:]:
        on |= {name for name, belongs in PART_OF.items() if belongs == part} - OFF
        assert at_work(arms[part]) == on
    assert at_work(arms["haven"]) == {*PART_OF} - OFF


def test_what_is_switched_off_is_in_no_arm() -> None:
    chosen = Reactions(followers=False, defence=False, boj=False)
    arms = arms_of("squeeze", chosen)
    assert "followers" not in arms
    assert at_work(arms["policy"]) == set(PART_OF) - {"followers", "defence", "boj", "haven"} - OFF


def test_alone_there_is_one_arm() -> None:
    assert list(arms_of("squeeze", NOBODY)) == ["seller"]


@pytest.mark.parametrize("name", ["two sellers answered", "dump answered"])
def test_the_ministry_does_not_intervene_against_its_own_sale(name: str) -> None:
    arms = arms_of(name, Reactions())
    assert "mof" not in at_work(arms["haven"])
