"""The monitor's page and its panel in the report."""

import json
from datetime import date
from typing import Any

import pytest

from page_read import read
from selloff.report import monitor_page, render
from selloff.report.monitor import lead, reserves_question
from selloff.report.monitor_tables import holders
from selloff.studies import monitor

DAY = date(2026, 9, 18)
EVIL = "<b>&</script><img src='https://evil.example/x' onerror=alert(1)>"


def answer(*names: str) -> dict[str, Any]:
    found = [monitor.nowcast(name, DAY, n_draws=5) for name in names]
    return {
        "as_of": DAY.isoformat(),
        "holders": [monitor.summarise(each) for each in found],
        "history": monitor.history(found[0]),
        "open_question": monitor.open_question(found[0]),
        "answered_question": monitor.answered_question(found[0]),
        "delays": [{"usd_bn_a_year": 50.0, "p05": 8.0, "p50": 25.0, "p95": float("inf")}],
        "signs": [each.plain for each in monitor.signs(DAY)],
        "data": "as packaged",
    }


@pytest.fixture(scope="module")
def japan() -> dict[str, Any]:
    return answer("japan", "uk")


def _charts(page: str) -> dict[str, Any]:
    found = json.loads(page.split('id="charts">')[1].split("</script>")[0])
    return {each["id"]: each for each in found}


def test_the_page_says_flag_fall_and_what_became_of_the_question(japan: dict[str, Any]) -> None:
    text = read(monitor_page(japan))[1]
    assert "Is Japan selling Treasuries quietly?" in text
    assert "bills −$73bn, notes and bonds −$15bn, price and the rest −$17bn" in text
    assert "In May to July 2026 the position changed by −$106bn" in text
    assert "Answered: in August 2026 securities in reserves fell by $86bn beyond price" in text
    assert "interventions took $97bn, and that explains it" in text
    assert "TIC of 2026-08, due 2026-10-19" in text
    assert "the days and the direction of the operations" in text
    assert "United Kingdom (keeps for others)" in text
    assert "20 years or never" in text
    assert "stale: the range is wider" in text
    assert "Hedged pick-up" in text


def test_chances_of_one_holder_add_up(japan: dict[str, Any]) -> None:
    thirds = {name: {"p50": 1.0 / 3.0} for name in ("none", "quiet", "fast")}
    row = japan["holders"][0] | {"chance": {"adjusted": thirds}}
    assert holders([row]).rows[0][3:6] == ("34%", "33%", "33%")
    assert "a quiet sale has a chance of 33%, a fast one of 33%" in lead(row)


def test_charts_hold_the_numbers_of_the_study(japan: dict[str, Any]) -> None:
    drawn = _charts(monitor_page(japan))
    assert list(drawn) == ["regimes", "flow", "fall", "explained"]
    steps = {each["name"]: each["p50"] for each in drawn["fall"]["rows"]}
    split = japan["holders"][0]["published_three_months"]
    assert steps["Bills"] == pytest.approx(split["bills_usd_bn"], abs=0.01)
    assert steps["Change"] == pytest.approx(split["change_usd_bn"], abs=0.01)
    parts = {each["name"]: each["values"] for each in drawn["regimes"]["parts"]}
    assert sum(values[-1] for values in parts.values()) == pytest.approx(100.0, abs=1.0)
    last = japan["holders"][0]["three_months"]["adjusted"]["p50"]
    assert drawn["flow"]["series"][0]["p50"][-1] == pytest.approx(last, abs=0.01)


def test_a_holder_without_split_or_intervention_has_two_charts() -> None:
    page = monitor_page(answer("china"))
    assert list(_charts(page)) == ["regimes", "flow"]
    assert "bills" not in read(page)[1]


def test_nothing_points_outside_and_nothing_is_run_that_was_not_meant(
    japan: dict[str, Any],
) -> None:
    said = {**japan["holders"][0], "label": EVIL, "reasons": [EVIL]}
    page = monitor_page(japan | {"holders": [said], "data": EVIL})
    for tag, attrs in read(page)[0].elements:
        assert "src" not in attrs, tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "img", "b")


def test_a_question_is_open_answered_or_not_asked(japan: dict[str, Any]) -> None:
    asked = {
        "month": "2026-08",
        "fall_usd_bn": 86.2,
        "whole_jpy_tn": 13.7,
        "explained_above_jpy_tn": 10.5,
        "alarm_below_jpy_tn": 6.5,
    }
    assert reserves_question(None, None) == ""
    assert "Below ¥10.5tn a sale is amber" in reserves_question(asked, None)
    left = japan["answered_question"] | {"is_explained": False, "left_usd_bn": -48.0, "tic_due": {}}
    said = reserves_question(None, left | {"days_are_out": True})
    assert said.endswith("interventions took $97bn, and $48bn stay unexplained.")
    assert "Interventions explain 72%" in lead(japan["holders"][0])


def test_the_report_shows_it_beside_the_fact_check(dump: Any, japan: dict[str, Any]) -> None:
    said = {"summary": japan["holders"][0], "open_question": None}
    said["answered_question"] = japan["answered_question"]
    asked = dump[0].assign_attrs(factcheck=json.dumps({"monitor": said}))
    reader, text = read(render([asked], [dump[1]]))
    assert f"Is it happening now? flag: {said['summary']['flag']}" in " ".join(text.split())
    assert "interventions took $97bn" in text
    assert "a quiet sale has a chance of" in text
    there = {attrs.get("id") for _, attrs in reader.elements}
    assert "happening" in there
    assert "happening" not in {
        attrs.get("id") for _, attrs in read(render([dump[0]], [dump[1]]))[0].elements
    }
