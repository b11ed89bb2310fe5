"""Pages at the websocket: the newest question wins, nobody waits for another for long."""

import threading
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from selloff.apps.room._desk import Early, Watch, unheard
from selloff.apps.room._orders import Order
from served import Clock, Served, Stub, ask, heard, served
from waiting import until


@pytest.fixture
def held(stub: Stub) -> Iterator[Stub]:
    """The engine, held back until it is let go on."""
    stub.asked.clear()
    stub.go_on.clear()
    yield stub
    stub.go_on.set()


def code_of(socket: ClientConnection) -> int | None:
    """Read until the room ends the talk, and say with which code."""
    try:
        while True:
            socket.recv(timeout=20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_a_page_is_greeted_and_answered(room: Served) -> None:
    with room.socket() as socket:
        hello = heard(socket, "hello")
        assert (hello["state"], heard(socket, "state")["state"]) == ("ready", "ready")
        ask(socket, 3, usd=500)
        answer = heard(socket, "answer", "refused")
        assert (answer["id"], answer["stage"], answer["cached"]) == (3, "draft", False)
        assert answer["asked"]["usd"] == 500
        socket.send('{"type": "ping"}')
        assert heard(socket, "pong") == {"type": "pong"}


def test_a_full_answer_comes_after_its_draft_and_is_kept(room: Served) -> None:
    with room.socket() as socket:
        ask(socket, 1, full=True, usd=501)
        first, *rest = (heard(socket, "answer") for _ in range(3))
        assert (first["stage"], first["more"]) == ("draft", False)
        # The full answer comes twice: its parts take longer than all the rest.
        assert [(one["stage"], one["more"]) for one in rest] == [("full", True), ("full", False)]
        assert [one["is_split"] for one in rest] == [False, True]
        ask(socket, 2, full=True, usd=501)
        again = heard(socket, "answer")
        assert (again["id"], again["stage"], again["cached"]) == (2, "full", True)
        assert again["is_split"]
        assert not again["more"]


def test_the_newest_question_wins(room: Served, held: Stub) -> None:
    with room.socket() as socket:
        ask(socket, 1, usd=1)
        until(lambda: held.asked)
        for number in range(2, 9):
            ask(socket, number, usd=number)
        assert [heard(socket, "dropped")["id"] for _ in range(6)] == list(range(2, 8))
        held.go_on.set()
        # The draft under way is still delivered: a hand that never rests sees something.
        assert [heard(socket, "answer", "dropped")["id"] for _ in range(2)] == [1, 8]
    assert [usd for usd, _ in held.asked] == [1, 8]


def test_a_newer_question_ends_a_full_answer(room: Served, held: Stub) -> None:
    with room.socket() as socket:
        held.go_on.set()
        ask(socket, 1, usd=21)
        assert heard(socket, "answer")["id"] == 1
        held.go_on.clear()
        ask(socket, 2, full=True, usd=21)
        assert heard(socket, "answer")["stage"] == "draft"
        until(lambda: (21, "full") in held.asked)
        assert heard(socket, "progress")["of"] == 2
        ask(socket, 3, usd=22)
        assert heard(socket, "dropped", "answer")["id"] == 2
        held.go_on.set()
        assert heard(socket, "answer")["id"] == 3


def test_who_asks_anew_keeps_its_place(room: Served, held: Stub) -> None:
    with room.socket() as first, room.socket() as restless, room.socket() as later:
        ask(first, 1, usd=61)
        until(lambda: held.asked)
        ask(restless, 1, usd=62)
        assert heard(restless, "state")
        with room.client() as client:
            until(lambda: "selloff_room_waiting 1" in client.get("/metrics").text)
            ask(later, 1, usd=63)
            until(lambda: "selloff_room_waiting 2" in client.get("/metrics").text)
            ask(restless, 2, usd=64)
            assert heard(restless, "dropped")["id"] == 1
            until(lambda: "selloff_room_waiting 2" in client.get("/metrics").text)
        held.go_on.set()
        assert heard(later, "answer")["asked"]["usd"] == 63
        assert heard(restless, "answer")["asked"]["usd"] == 64
    assert [usd for usd, _ in held.asked] == [61, 64, 63]


def test_what_runs_for_nobody_is_ended(room: Served, held: Stub) -> None:
    with room.socket() as gone, room.socket() as other:
        ask(gone, 1, usd=31)
        until(lambda: held.asked)
        gone.close()
        ask(other, 1, usd=32)
        until(lambda: (32, "draft") in held.asked)
        held.go_on.set()
        assert heard(other, "answer")["asked"]["usd"] == 32


def test_two_pages_do_not_mix(room: Served, held: Stub) -> None:
    with room.socket() as one, room.socket() as two:
        ask(one, 7, usd=71)
        ask(two, 7, usd=72)
        held.go_on.set()
        assert heard(one, "answer")["asked"]["usd"] == 71
        assert heard(two, "answer")["asked"]["usd"] == 72


def test_pages_and_programs_take_turns(room: Served, held: Stub) -> None:
    """A client with much to ask lets the others in between."""
    with room.client(Authorization="Bearer for-programs") as program, room.socket() as page:

        def post(usd: int) -> None:
            body = {"question": {"usd": usd}}
            assert program.post("/api/run", json=body).status_code == 200

        threads = [threading.Thread(target=post, args=(80 + at,)) for at in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: len(held.asked) == 1)
        until(lambda: "selloff_room_waiting 3" in program.get("/metrics").text)
        ask(page, 1, usd=90)
        until(lambda: "selloff_room_waiting 4" in program.get("/metrics").text)
        held.go_on.set()
        assert heard(page, "answer")["asked"]["usd"] == 90
        for thread in threads:
            thread.join()
    assert [usd for usd, _ in held.asked].index(90) <= 2


def test_what_is_wrong_is_said_to_the_page(room: Served) -> None:
    with room.socket() as socket:
        ask(socket, 4, usd=99_999)
        refused = heard(socket, "refused", "answer")
        assert (refused["id"], refused["status"]) == (4, 422)
        assert refused["problems"][0]["field"] == "usd"
        for text in ("{", "[]", '{"type": "ask"}', '{"type": "ask", "id": true}', '{"id": NaN}'):
            socket.send(text)
            assert heard(socket, "refused")["id"] is None
        socket.send(b"\x00\xff")
        assert heard(socket, "refused")["status"] == 400
        socket.send("[" * 100_000)
        assert heard(socket, "refused")["status"] == 400
        ask(socket, 5, usd=5)
        assert heard(socket, "answer")["id"] == 5


def test_a_bug_is_told_and_the_desk_goes_on(room: Served) -> None:
    with room.socket() as socket:
        ask(socket, 1, seed=13)
        failed = heard(socket, "failed", "answer")
        assert (failed["id"], failed["status"]) == (1, 500)
        ask(socket, 2, usd=6)
        assert heard(socket, "answer")["id"] == 2


def test_who_asks_too_often_waits(room: Served, clock: Clock) -> None:
    most = int(room.settings.asks_burst)
    with room.socket() as socket:
        for number in range(most + 40):
            ask(socket, number, usd=1)
        # All of them, or one that is still on its way takes the turn that the clock gives.
        refused = [heard(socket, "refused") for _ in range(40)][-1]
        assert (refused["status"], refused["retry_after_s"] > 0) == (429, True)
        clock.now += refused["retry_after_s"] + 0.1
        ask(socket, 10_000, usd=2)
        while (answer := heard(socket, "answer"))["id"] != 10_000:
            pass
        assert answer["asked"]["usd"] == 2


def test_a_huge_frame_ends_the_talk(room: Served) -> None:
    with room.socket() as socket:
        socket.send("x" * (room.settings.most_body + 1))
        assert code_of(socket) == 1009


def test_questions_wait_while_the_engine_warms(stub: Stub) -> None:
    stub.go_on.clear()
    try:
        with served(stub) as room, room.socket() as socket, room.page() as page:
            assert heard(socket, "hello")["state"] == "warming"
            assert page.get("/healthz").json() == {"state": "warming"}
            assert "selloff_room_ready 0" in page.get("/metrics").text
            ask(socket, 1, usd=7)
            stub.go_on.set()
            while heard(socket, "state", "answer").get("state") != "ready":
                pass
            assert heard(socket, "answer")["id"] == 1
    finally:
        stub.go_on.set()


def test_a_stop_tells_the_pages_and_ends_what_runs() -> None:
    stub = Stub()
    with served(stub) as room:
        room.until_ready()
        stub.go_on.clear()
        with room.socket() as socket:
            ask(socket, 1, usd=8)
            until(lambda: (8, "draft") in stub.asked)
            room.server.should_exit = True
            assert code_of(socket) == 1012
        room.thread.join(20)
        assert not room.thread.is_alive()


def test_more_pages_than_there_is_room_for_are_sent_away() -> None:
    with served(Stub(), most_clients=1) as room, room.socket(), room.socket() as second:
        assert code_of(second) == 1013
    with served(Stub(), most_pages=1) as room:
        cookie = room.cookie()
        with room.socket(cookie=cookie), room.socket(cookie=cookie) as second:
            assert code_of(second) == 1013
        with room.socket(cookie=cookie), room.socket() as other:
            assert other.recv(timeout=20)


def test_an_engine_that_does_not_start_keeps_nobody_waiting() -> None:
    class Broken(Stub):
        def answer(self, order: Order, watch: Watch, early: Early = unheard) -> bytes:
            raise MemoryError

    with served(Broken()) as room, room.socket() as socket, room.page() as page:
        while heard(socket, "state")["state"] != "failed":
            pass
        ask(socket, 1, usd=1)
        assert heard(socket, "dropped")["id"] == 1
        assert page.post("/api/run", json={}).status_code == 503
        assert page.get("/healthz").json() == {"state": "failed"}
