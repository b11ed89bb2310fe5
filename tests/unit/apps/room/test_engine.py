"""The real engine behind the desk, with few draws."""

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest

import selloff
from selloff import pipeline, report, results
from selloff.apps.room import _engine
from selloff.apps.room._desk import DroppedError
from selloff.apps.room._orders import Order
from selloff.apps.room._questions import read_question
from selloff.scenario import parse
from selloff.vocab import variables

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


def test_a_whole_answer_is_told_before_its_split(told: dict[str, Any]) -> None:
    """It is the answer of the same draws without a split; then comes the split, and no more."""
    order, early, seen = Order(read_question({"usd": 800}), FEW, is_whole=True), [], []
    last = json.loads(_engine.answer(order, lambda *far: seen.append(far), early.append))
    (first,) = map(json.loads, early)
    views = [{one["id"]: one for one in each["views"]} for each in (first, last)]
    ids = [{one["id"] for one in each["answer"]["charts"]} for each in views]
    assert ids[1] - ids[0] == {"parts_us_10y", "parts_usdjpy"}
    assert (first["numbers"], first["sentences"]) == (last["numbers"], last["sentences"])
    unsplit = pipeline.run(
        pipeline.prepare(order.question.scenario, seed=0), n_draws=FEW, attribution=False
    )
    alone = report.tell(unsplit, results.summarise(unsplit), is_whole=True)
    assert first["views"] == json.loads(json.dumps(alone["views"]))
    assert {name: one for name, one in last.items() if name != "seconds"} == {
        name: one for name, one in told.items() if name != "seconds"
    }
    # The bar runs through the draws, and then through those of the split.
    assert seen[:2] == [(0, FEW), (FEW, FEW)]
    assert seen[2][1] == seen[-1][1] == seen[-1][0] > FEW


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


@pytest.mark.parametrize(
    "asked", [{"usd": 800}, {"usd": 300, "days": 60, "squeeze": 1, "announced": 40, "years": 1}]
)
def test_a_draft_reads_no_more_than_it_has(asked: dict[str, Any]) -> None:
    """The same words and charts come of it as of a dataset with every variable."""
    scenario = read_question(asked).scenario
    few, many = (
        pipeline.sketch(scenario, n_draws=FEW, wanted=wanted)
        for wanted in (report.FIRST_VIEW, variables())
    )
    assert len(few[0].data_vars) < len(many[0].data_vars)
    told, whole = (
        report.tell(ds, results.brief(ds, each), is_whole=False) for ds, each in (few, many)
    )
    assert told == whole


def test_what_stands_on_top_need_be_no_headline_number() -> None:
    """In a squeeze the 10-year falls farther than it rises."""
    order = Order(read_question({"usd": 0, "squeeze": 1, "years": 1}), FEW, is_whole=False)
    told = json.loads(_engine.answer(order, lambda done, of: None))
    first = told["headline"][0]
    assert (first["name"], first["label"]) == (
        "lowest:delta_par_yield[tenor=10Y]",
        "US 10-year yield, lowest",
    )
    assert first["definition"].startswith("Lowest point of: ")
    assert first["level"]["p50"] < float(first["level"]["start"].rstrip("%"))


def test_banks_get_their_tables_and_paper_its_page() -> None:
    order = Order(read_question({"usd": 800}), FEW, is_whole=True)
    with ZipFile(io.BytesIO(_engine.workbook(order, lambda done, of: None))) as book:
        sheets = book.read("xl/workbook.xml").decode()
    assert all(f'name="{one}"' in sheets for one in ("Domestic", "International", "Notes"))
    page = _engine.page(order, lambda done, of: None).decode()
    assert "Japan sells $800bn at once, into yen" in page


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
