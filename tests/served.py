"""A room at a port of its own, whose engine answers at once or waits until it is let go on."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
import uvicorn
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from selloff.apps.room._app import make_app
from selloff.apps.room._desk import Early, Watch, unheard
from selloff.apps.room._jobs import Turns
from selloff.apps.room._keys import Keys
from selloff.apps.room._lab import Wanted
from selloff.apps.room._orders import Order
from selloff.apps.room._room import Engine
from selloff.apps.room._server import config_of, listen_on
from selloff.apps.room._settings import RoomSettings

BEARER = "for-programs"
TURNS = 3
"""Turns of a study of the stub."""
Said = dict[str, Any]


class Clock:
    """Stands still until it is set on."""

    def __init__(self) -> None:
        self.now = time.monotonic()

    def monotonic(self) -> float:
        return self.now


class Stub:
    """Answers with the question; held back, an answer waits and asks whether to go on."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, str]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def answer(self, order: Order, watch: Watch, early: Early = unheard) -> bytes:
        asked = order.question.asked
        self.asked.append((asked["usd"], order.stage))
        body = {"result": order.key, "asked": asked, "numbers": [asked["usd"]]}
        if order.is_whole:
            early(json.dumps(body | {"is_split": False}).encode())
        while not self.go_on.wait(0.005):
            watch(1, 2)
        if order.question.seed == 13:
            raise ZeroDivisionError("a bug")
        return json.dumps(body | {"is_split": True}).encode()

    def workbook(self, order: Order, watch: Watch) -> bytes:
        return b"PK" + self.answer(order, watch)

    def page(self, order: Order, watch: Watch) -> bytes:
        return b"<p>" + self.answer(order, watch)

    def parameters(self) -> dict[str, Any]:
        return {"parameters": []}

    def backtest(self, episode: str, draws: int) -> dict[str, Any]:
        return {"episode": episode, "draws": draws, "empty": float("nan")}

    def study(self, wanted: Wanted, pool: Turns) -> dict[str, Any]:
        name = wanted.body.event
        if name.endswith("13"):
            raise ZeroDivisionError("a bug")
        found = pool.map(self.turn, [(name, at) for at in range(TURNS)])
        return {"sentences": [name], "study": [int(one["at"]) for one in found]}

    def turn(self, item: tuple[str, int]) -> dict[str, Any]:
        self.asked.append((item[0], f"turn {item[1]}"))
        assert self.go_on.wait(20)
        return {"at": np.asarray(item[1])}


@dataclass
class Served:
    """A room that runs, and clients of it."""

    settings: RoomSettings
    keys: Keys
    server: uvicorn.Server
    thread: threading.Thread

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def client(self, **headers: str) -> httpx.Client:
        """A client without a key."""
        return httpx.Client(base_url=self.origin, headers=headers, timeout=30)

    def page(self) -> httpx.Client:
        """A client as the page is one: with its cookie and its origin."""
        return self.client(Origin=self.origin, Cookie=self.cookie())

    def cookie(self) -> str:
        return f"{self.settings.cookie}={self.keys.new_cookie()}"

    def socket(self, cookie: str | None = None, origin: str | None = None) -> ClientConnection:
        came_from = self.origin if origin is None else origin
        return connect(
            f"ws://127.0.0.1:{self.settings.port}/ws",
            origin=Origin(came_from) if came_from else None,
            additional_headers={"Cookie": self.cookie() if cookie is None else cookie},
            proxy=None,
            max_size=None,
        )

    def until_ready(self) -> None:
        with self.client() as client:
            for _ in range(2000):
                if client.get("/healthz").json()["state"] == "ready":
                    return
                time.sleep(0.005)
        raise AssertionError("the room never got ready")

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(30)
        assert not self.thread.is_alive()


@contextmanager
def served(engine: Engine | None, *, at: int = 0, **more: Any) -> Iterator[Served]:
    """Run a room in a thread; its keys are those of the one before at that port."""
    listening = listen_on("127.0.0.1", at)
    settings = RoomSettings(port=listening.getsockname()[1], **more)
    keys = Keys(b"secret", bearer=BEARER)
    server = uvicorn.Server(config_of(make_app(settings, keys, engine), settings))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    found = Served(settings, keys, server, thread)
    try:
        while not server.started:
            time.sleep(0.002)
        yield found
    finally:
        found.stop()


def ask(socket: Any, number: int, *, full: bool = False, **question: Any) -> None:
    said = {"type": "ask", "id": number, "question": question, "full": full}
    socket.send(json.dumps(said))


def heard(socket: Any, *kinds: str) -> Said:
    """Wait for a message of one of these kinds."""
    for _ in range(200):
        said: Said = json.loads(socket.recv(timeout=20))
        if said["type"] in kinds:
            return said
    raise AssertionError(f"nothing of {kinds}")
