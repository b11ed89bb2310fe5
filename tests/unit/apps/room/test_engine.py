"""The real engine behind the desk, with few draws."""

import json
from typing import Any

import pytest

import selloff
from selloff.apps.room import _engine
from selloff.apps.room._desk import DroppedError
from selloff.apps.room._orders import Order
from selloff.apps.room._questions import read_question
from selloff.scenario import parse

FEW = 10
"""Draws that fit into one chunk, of the size that other tests compile for."""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    order = Order(read_question({"usd": 800}), FEW, is_whole=True)
    found: dict[str, Any] = json.loads(_engine.answer(order, lambda done, of: None))
    assert found["result"] == order.key
    return found


def test_the_answer_is_to_the_question(told: dict[str, Any]) -> None:
    assert told["asked"]["usd"] == 800.0
    assert (told["draws"], told["failed"], told["years"]) == (FEW, 0, 10.0)
    assert told["title"] == "Japan sells $800bn at once, into yen"
    numbers = {one["name"]: one for one in told["numbers"]}
    sold = numbers["seller_proceeds_usd_bn"]
    assert 600.0 < sold["p50"] < 800.0
    assert [one["name"] for one in told["headline"][:3]] == [
        "us_10y_peak_bp", "usdjpy_trough_pct", "days_to_complete",
    ]  # fmt: skip
    views = {one["id"]: one for one in told["views"]}
    assert {"answer", "story", "seller", "america", "japan", "world", "trust"} <= set(views)
    kinds = {one["id"]: one["kind"] for one in views["answer"]["charts"]}
    assert kinds["us_10y"] == kinds["usdjpy"] == "fan"
    assert kinds["parts_us_10y"] == "waterfall"
    assert kinds["relay_a"] == "relay"


def test_the_question_can_be_taken_along(
    told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    again = read_question({"yaml": told["copy"]["yaml"]}).scenario
    assert again == read_question({"usd": 800}).scenario
    names: dict[str, Any] = {}
    monkeypatch.setattr(selloff, "run", lambda asked, **how: (asked, how))
    exec(told["copy"]["python"], names)
    asked, how = names["answer"]
    assert parse(asked) == again
    assert how == {"draws": FEW, "seed": 0}
    assert told["copy"]["command"].startswith(f"selloff run what-if.yaml --draws {FEW} ")


def test_a_dropped_question_ends_between_two_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_engine, "CHUNK", FEW)
    seen: list[int] = []

    def watch(done: int, of: int) -> None:
        assert of == 300
        seen.append(done)
        if done:
            raise DroppedError

    with pytest.raises(DroppedError):
        _engine.answer(Order(read_question({}), 300, is_whole=False), watch)
    assert seen == [0, FEW]
