"""Few programs for many questions: what they are compiled for is the same."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import questions
from selloff.pipeline import jax_settings, prepare, programs
from selloff.pipeline.machine import Machine
from selloff.scenario import load, preset_names

N = 10
Asked = Callable[..., list[str]]


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    """What opening, stretch and closing of a preset are compiled for; nothing is."""

    def found(name: str, **changes: Any) -> list[str]:
        scenario = load(name).model_copy(update=changes)
        with jax_settings():
            return list(Machine(prepare(scenario, bank=questions.bank()), N).programs)

    programs._compiled.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programs, "kept_programs", lambda asked, make: asked)
        yield found
    programs._compiled.cache_clear()


def test_presets_of_up_to_two_sellers_share_their_programs(asked: Asked) -> None:
    of = {len(load(name).sellers): name for name in preset_names()}
    none, one, two = (asked(of[n_sellers]) for n_sellers in range(3))
    assert none == one == two


def test_the_market_is_compiled_once_for_all_horizons(asked: Asked) -> None:
    (opening, stretch, closing), far = asked("no-sale"), asked("no-sale", horizon_years=30.0)
    assert far[:2] == [opening, stretch]
    assert far[2] != closing
    assert asked("no-sale", horizon_years=2.0) == [opening, stretch, closing]


def test_the_market_is_compiled_once_for_vintages_near_each_other(asked: Asked) -> None:
    assert asked("no-sale", vintage="2026-06")[:2] == asked("no-sale")[:2]


@pytest.mark.parametrize(("more", "is_same"), [(2, True), (3, False)])
def test_a_third_seller_has_programs_of_its_own(asked: Asked, more: int, is_same: bool) -> None:
    one = load("japan-dump").sellers[0]
    names = ("jpn_official", "chn_official", "gbr_private")[:more]
    sellers = tuple(one.model_copy(update={"holder": name, "sale_frac": 0.1}) for name in names)
    assert (asked("no-sale", sellers=sellers) == asked("no-sale")) is is_same
