"""Studies of the lab: in turns with others' questions, the newest of a page wins, bounded."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from selloff.apps.room import _jobs
from selloff.apps.room._lab import LAB, lab_fields
from served import TURNS, Clock, Served, Stub, served
from waiting import until

EVENT = "us_10y_peak_bp >= {}"
DONE = ("done", "dropped", "refused", "failed")


@pytest.fixture
def held(stub: Stub) -> Iterator[Stub]:
    """The engine, held back until it is let go on."""
    stub.asked.clear()
    stub.go_on.clear()
    yield stub
    stub.go_on.set()


def begin(page: httpx.Client, number: int, tab: str = "") -> dict[str, Any]:
    body = {"event": EVENT.format(number), "page": tab}
    found = page.post("/api/study/reverse", json=body)
    assert found.status_code == 200, found.text
    return dict(found.json())


def look(page: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    return dict(page.get(f"/api/study/{job['id']}").json())


def ended(page: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    until(lambda: look(page, job).get("state") in DONE)
    return look(page, job)


def test_a_study_runs_in_turns_and_is_told(page: httpx.Client) -> None:
    job = begin(page, 1)
    assert (job["study"], job["state"], job["turns"]) == ("reverse", "running", 0)
    found = ended(page, job)
    assert (found["state"], found["turns"]) == ("done", TURNS)
    assert found["study"] == list(range(TURNS))
    assert found["sentences"] == [EVENT.format(1)]


def test_others_are_answered_between_two_turns(room: Served, held: Stub) -> None:
    with room.page() as page, room.page() as other:
        job = begin(page, 2)
        until(lambda: held.asked)
        answer = {"question": {"usd": 81}, "draws": 24}
        asking = threading.Thread(target=lambda: other.post("/api/run", json=answer))
        asking.start()
        until(lambda: "selloff_room_waiting 1" in other.get("/metrics").text)
        assert "selloff_room_studies 1" in other.get("/metrics").text
        held.go_on.set()
        asking.join()
        ended(page, job)
    assert [stage for _, stage in held.asked] == ["turn 0", "draft", "turn 1", "turn 2"]


def test_a_question_asked_before_is_not_asked_again(page: httpx.Client, stub: Stub) -> None:
    ended(page, begin(page, 3))
    stub.asked.clear()
    assert ended(page, begin(page, 3))["study"] == list(range(TURNS))
    assert stub.asked == []


def test_the_newest_study_of_a_page_wins(page: httpx.Client, held: Stub) -> None:
    first, other = begin(page, 4, tab="a"), begin(page, 5, tab="b")
    newer = begin(page, 6, tab="a")
    assert [look(page, each)["state"] for each in (first, other, newer)] == [
        "dropped", "running", "running",
    ]  # fmt: skip
    held.go_on.set()
    assert [ended(page, each)["state"] for each in (other, newer)] == ["done", "done"]
    assert (EVENT.format(4), "turn 1") not in held.asked


def test_a_study_is_stopped_by_its_own_client(room: Served, held: Stub) -> None:
    with room.page() as page, room.page() as stranger:
        job = begin(page, 7)
        until(lambda: held.asked)
        address = f"/api/study/{job['id']}"
        assert stranger.get(address).status_code == stranger.delete(address).status_code == 404
        assert look(page, job)["state"] == "running"
        assert page.delete(address).json()["state"] == "dropped"
        with room.client(Cookie=page.headers["Cookie"], Origin="http://elsewhere") as foreign:
            assert foreign.delete(address).status_code == 403
        held.go_on.set()
        assert ended(page, begin(page, 8))["state"] == "done"
    assert (EVENT.format(7), "turn 1") not in held.asked


def test_few_run_at_once_and_few_are_kept() -> None:
    stub = Stub()
    with served(stub, most_studies=2, most_jobs=3) as room, room.page() as page:
        room.until_ready()
        stub.go_on.clear()
        jobs = [begin(page, number, tab=f"{number}") for number in (1, 2)]
        more = page.post("/api/study/reverse", json={"event": EVENT.format(3), "page": "3"})
        assert (more.status_code, more.headers["retry-after"]) == (429, "10")
        stub.go_on.set()
        for job in jobs:
            ended(page, job)
        later = [begin(page, number) for number in (4, 4)]
        assert page.get(f"/api/study/{jobs[0]['id']}").status_code == 404
        assert ended(page, later[-1])["state"] == "done"


def test_a_study_that_nobody_looks_at_ends(
    room: Served, held: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(_jobs, "time", clock)
    with room.page() as page:
        job = begin(page, 9)
        until(lambda: held.asked)
        clock.now += room.settings.look_seconds + 1
        held.go_on.set()
        until(lambda: "selloff_room_studies 0" in page.get("/metrics").text)
        assert look(page, job)["state"] == "dropped"
        ended(page, begin(page, 10))
    assert (EVENT.format(9), "turn 1") not in held.asked


def test_a_server_that_stops_waits_for_no_study() -> None:
    stub = Stub()
    with served(stub) as room, room.page() as page:
        room.until_ready()
        stub.go_on.clear()
        begin(page, 1)
        until(lambda: (EVENT.format(1), "turn 0") in stub.asked)
        threading.Timer(0.2, stub.go_on.set).start()
    assert (EVENT.format(1), "turn 1") not in stub.asked


def test_a_bug_is_told_as_one(page: httpx.Client) -> None:
    found = ended(page, begin(page, 13))
    assert (found["state"], found["problems"][0]["given"]) == ("failed", "ZeroDivisionError")


@pytest.mark.parametrize(
    ("study", "body", "fields"),
    [
        ("reverse", {"event": "us_10y >= 1 and us_10y_peak_bp >= x"}, ["event", "event"]),
        ("reverse", {"event": "nonsense", "seller": "japn"}, ["seller", "event"]),
        ("reverse", {"event": EVENT.format(1), "find": "any", "draws": 1000}, ["find", "draws"]),
        ("reverse", {"event": EVENT.format(1), "question": {"usd": -1}}, ["usd"]),
        ("sensitivity", {"metric": "us_10y"}, ["metric"]),
        ("sensitivity", {"metric": "us_10y_peak_bp", "draws": 4}, ["draws"]),
        ("optimal", {"amount": "much"}, ["seller", "amount"]),
    ],
)
def test_what_is_wrong_is_said_of_the_field(
    page: httpx.Client, study: str, body: dict[str, Any], fields: list[str]
) -> None:
    found = page.post(f"/api/study/{study}", json=body)
    assert found.status_code == 422
    assert sorted(one["where"] for one in found.json()["problems"]) == sorted(fields)


def test_a_question_of_two_sellers_has_no_one_sale_to_find(page: httpx.Client) -> None:
    body = {"event": EVENT.format(1), "question": {"preset": "coordinated-exit"}}
    found = page.post("/api/study/reverse", json=body)
    assert [one["where"] for one in found.json()["problems"]] == ["question"]


def test_the_page_is_told_the_fields_of_every_study(page: httpx.Client) -> None:
    told = page.get("/api/schema").json()["studies"]
    assert told == lab_fields()
    for one in told:
        needed = {name for name, f in LAB[one["name"]].body.model_fields.items() if f.is_required()}
        assert needed <= {field["name"] for field in one["fields"] if field["start"]}
