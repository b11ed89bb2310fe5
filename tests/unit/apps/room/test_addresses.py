"""The addresses for programs, and the document that describes them."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from selloff.apps.room import _facts, _printed
from selloff.apps.room._api import WAYS
from selloff.apps.room._bodies import question_schema
from selloff.apps.room._controls import controls
from selloff.apps.room._counts import HELP, Counts
from selloff.apps.room._kept import Kept
from selloff.scenario import preset_names
from served import Stub


def test_the_page_is_told_what_it_is_made_of(page: httpx.Client) -> None:
    found = page.get("/api/schema").json()
    assert [one["name"] for one in found["controls"]] == list(controls())
    held = {one["id"]: one["usd_bn"] for one in found["sellers"]}
    assert held["jpn"] == pytest.approx(held["jpn_official"] + held["jpn_private"], abs=0.01)
    assert "usa_dealers" not in held
    assert {"word": "jpy", "label": "yen"} in found["assets"]
    assert [one["name"] for one in found["presets"]] == list(preset_names())
    assert found["month"] == found["months"][-1]
    assert found["observed"]["usd_per_month"] == 300.0
    assert found["pages"]["fed"]
    earlier = page.get("/api/schema", params={"m": "2015-06"}).json()
    assert {one["id"]: one["usd_bn"] for one in earlier["sellers"]}["jpn"] != held["jpn"]
    assert page.get("/api/schema", params={"m": "never"}).status_code == 422


def test_plain_facts_are_readable(page: httpx.Client) -> None:
    assert page.get("/api/presets").json()[0]["asked"]["who"] == "jpn"
    assert page.get("/api/vintages").json()[-1]["is_default"]
    assert page.get("/api/backtest").json()["episodes"]
    assert page.get("/api/parameters").json() == {"parameters": []}
    assert page.get("/api/monitor", params={"as_of": "never"}).status_code == 422
    assert page.get("/healthz").json() == {"state": "ready"}


def test_the_monitor_is_worked_out_once(
    page: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_facts.study, "holders", lambda: ("japan",))
    first = page.get("/api/monitor", params={"as_of": "2026-03-02"})
    again = page.get("/api/monitor", params={"as_of": "2026-03-02"})
    assert first.json()["holders"][0]["flag"]
    assert again.content == first.content
    assert 'outcome="cached",stage="monitor"' in page.get("/metrics").text


def test_a_question_is_checked_without_a_run(page: httpx.Client, stub: Stub) -> None:
    before = len(stub.asked)
    found = page.post("/api/check", json={"question": {"usd": 100, "days": 252}}).json()
    assert found["title"] == "Japan sells $100bn over 1 year, into yen"
    again = page.post("/api/check", json={"question": {"yaml": found["yaml"]}}).json()
    assert again["asked"] == found["asked"]
    assert again["query"] == ""
    assert len(stub.asked) == before


def test_an_answer_can_be_fetched_while_it_is_kept(page: httpx.Client) -> None:
    found = page.post("/api/run", json={"question": {"usd": 41}, "draws": 24, "only": ["numbers"]})
    assert set(found.json()) == {"result", "asked", "numbers", "cached"}
    assert found.json()["cached"] is False
    result = found.json()["result"]
    assert found.headers["location"] == f"api/result/{result}"
    assert page.get(f"/api/result/{result}").json()["numbers"] == [41.0]
    again = page.post("/api/run", json={"question": {"usd": 41.0}, "draws": 24}).json()
    assert (again["result"], again["cached"]) == (result, True)
    whole = {"question": {"usd": 41}, "draws": 24, "full": True}
    other = page.post("/api/run", json=whole).json()
    assert other["result"] != result
    gone = page.get("/api/result/nope")
    assert (gone.status_code, gone.json()["problems"][0]["remedy"]) == (
        404,
        "Ask the question again.",
    )


def test_a_file_does_not_take_the_link_of_controls(page: httpx.Client) -> None:
    asked = {"usd": 43}
    text = page.post("/api/check", json={"question": asked}).json()["yaml"]
    one, two = (
        page.post("/api/run", json={"question": each}).json() for each in ({"yaml": text}, asked)
    )
    assert one["asked"] == two["asked"]
    assert one["result"] != two["result"]


def test_an_episode_is_played_again_within_bounds(page: httpx.Client) -> None:
    found = page.post("/api/backtest", json={"episode": "russia-2018", "draws": 24})
    assert found.json() == {"episode": "russia-2018", "draws": 24, "empty": None}
    for body in ({"episode": "/etc/passwd"}, {"episode": "russia-2018", "draws": 10_000}, {}):
        assert page.post("/api/backtest", json=body).status_code == 422, body


def test_files_of_a_question_are_worked_out_once(
    page: httpx.Client, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_printed, "find_browser", lambda: "browser")
    monkeypatch.setattr(_printed, "print_page", lambda text, browser: f"%PDF-{text}".encode())
    asked = {"question": {"usd": 47}}
    for kind, head in (("workbook", b"PK{"), ("pdf", b"%PDF-<p>{")):
        found = page.post(f"/api/{kind}", json=asked)
        assert found.status_code == 200
        assert found.content.startswith(head)
        assert found.headers["content-disposition"].startswith('attachment; filename="what-if.')
        before = len(stub.asked)
        assert page.post(f"/api/{kind}", json=asked).content == found.content
        assert len(stub.asked) == before
        assert page.post(f"/api/{kind}", json={"question": {"usd": -1}}).status_code == 422


def test_where_no_browser_prints_the_page_is_told_what_to_do(
    page: httpx.Client, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    before = len(stub.asked)
    found = page.post("/api/pdf", json={"question": {"usd": 48}})
    assert found.status_code == 501
    problem = found.json()["problems"][0]
    assert problem["where"] == "browser"
    assert "download the question as YAML" in problem["remedy"]
    assert len(stub.asked) == before


def test_the_document_names_every_address(page: httpx.Client) -> None:
    found = page.get("/api/openapi.json").json()
    assert found["openapi"] == "3.1.0"
    named = {(method.upper(), path) for path, held in found["paths"].items() for method in held}
    assert named == {(way.method, way.path) for way in WAYS}
    operations = [one for held in found["paths"].values() for one in held.values()]
    assert len({one["operationId"] for one in operations}) == len(WAYS)
    assert all(one["summary"] and not one["responses"].keys() & {"500"} for one in operations)
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    asked = Draft202012Validator(question_schema())
    assert asked.is_valid({"who": "jpn", "usd": "all", "days": 1, "fed": True, "into": "gold"})
    assert not asked.is_valid({"usd": "some"})
    assert not asked.is_valid({"colour": "red"})


def test_counters_are_written_as_prometheus_reads_them(page: httpx.Client) -> None:
    page.get("/nope")
    text = page.get("/metrics").text
    assert "# TYPE selloff_room_requests_total counter" in text
    assert 'selloff_room_requests_total{route="other",status="404"}' in text
    assert "selloff_room_memory_bytes " in text
    counts = Counts()
    counts.add("answers_total", stage="draft", outcome="cached")
    counts.add("answers_total", 2.0, stage="full", outcome="cached")
    counts.gauges |= dict.fromkeys(HELP, lambda: 7.0)
    assert 'selloff_room_answers_total{outcome="cached",stage="full"} 2' in counts.text()
    assert "selloff_room_clients 7" in counts.text()


def test_what_is_kept_is_bounded() -> None:
    kept = Kept(10)
    for key in "abc":
        kept.put(key, b"xxxx")
    assert (kept.get("a"), kept.n_bytes, len(kept)) == (None, 8, 2)
    assert kept.get("b") == b"xxxx"
    kept.put("d", b"yyy")
    assert (kept.get("c"), kept.get("b")) == (None, b"xxxx")
    kept.put("large", b"z" * 11)
    assert (len(kept), kept.n_bytes) == (0, 0)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=4), one, max_size=3),
    max_leaves=6,
)
"""Whatever JSON can say, and NaN."""
NAMES = {
    "question": st.dictionaries(st.sampled_from([*controls(), "preset", "yaml", "scenario"]), ANY),
    "draws": st.integers(0, 300) | ANY,
    "full": st.booleans() | ANY,
    "only": st.just(["numbers"]) | ANY,
    "event": st.just("us_10y_peak_bp >= 1") | ANY,
    "find": st.just("fastest") | ANY,
    "metric": st.just("us_10y_peak_bp") | ANY,
    "seller": st.just("jpn") | ANY,
    "amount": st.just(100) | ANY,
    "page": ANY,
    "episode": st.just("russia-2018") | ANY,
}
BODIES = ANY | st.fixed_dictionaries({}, optional=NAMES)


@pytest.mark.slow
@given(body=BODIES, way=st.sampled_from([way for way in WAYS if way.body is not None]))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_body_breaks_the_room(page: httpx.Client, body: Any, way: Any) -> None:
    text = json.dumps(body)
    found = page.post(way.path, content=text, headers={"Content-Type": "application/json"})
    assert found.status_code in (200, 400, 422, 429), found.text
    if found.status_code != 200:
        assert found.headers["content-type"] == "application/problem+json"
