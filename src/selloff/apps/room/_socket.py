"""One page at its websocket: it asks, the newest question wins, answers come as they are ready."""

import asyncio
import json
from collections import deque
from contextlib import suppress
from itertools import count
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from selloff import __version__
from selloff.apps.room._api import parsed, read
from selloff.apps.room._desk import DroppedError
from selloff.apps.room._logs import log
from selloff.apps.room._orders import Order
from selloff.apps.room._problems import RefusedError, body_of, refuse
from selloff.apps.room._rates import Rates
from selloff.apps.room._room import Room, State

RESTARTS: Final = 1012
TOO_LARGE: Final = 1009
CROWDED: Final = 1013
MOST_UNSENT: Final = 512
"""Messages a page may leave unread before it is let go."""
_NUMBERS: Final = count(1)
Message = dict[str, Any]


class Page:
    """One page that is connected."""

    def __init__(self, socket: WebSocket, room: Room) -> None:
        self.socket, self.room = socket, room
        self.name = f"page {next(_NUMBERS)}"
        settings = room.settings
        self.rates = Rates(settings.asks_per_second, settings.asks_burst)
        self._unsent: deque[str] = deque()
        self._call = asyncio.Event()
        self._asking: asyncio.Task[None] | None = None
        self._number = 0

    async def talk(self) -> None:
        """Talk until one of both leaves."""
        await self.socket.accept()
        self.room.listeners.add(self._tell_state)
        log("page", page=self.name, client=self.socket.scope["client_name"])
        self._say({"type": "hello", "version": __version__, "state": self.room.state["state"]})
        self._tell_state(self.room.state)
        tasks = [asyncio.create_task(one()) for one in (self._listen, self._send, self._wait)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            codes = [one.result() for one in done]
            await self._leave(next((code for code in codes if code), None))
        finally:
            self.room.listeners.discard(self._tell_state)
            for task in (*tasks, self._asking):
                if task is not None:
                    task.cancel()
            log("page left", page=self.name)

    async def _leave(self, code: int | None) -> None:
        if code and self.socket.application_state is WebSocketState.CONNECTED:
            with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
                await asyncio.wait_for(self.socket.close(code), 1.0)

    async def _wait(self) -> int:
        await self.room.is_closing.wait()
        return RESTARTS

    async def _listen(self) -> int | None:
        """Read what the page says."""
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                return None
            text = message.get("text")
            size = len(message.get("bytes") or text or "")
            if size > self.room.settings.most_body:
                self.room.counts.add("refused_total", reason="frame")
                return TOO_LARGE
            try:
                self._hear(text)
            except RefusedError as refused:
                self._refuse(None, refused)
            await asyncio.sleep(0)  # a page that says much at once lets others in between

    def _hear(self, text: str | None) -> None:
        said = parsed(text or "")
        kind = said.get("type") if isinstance(said, dict) else None
        if kind == "ping":
            self._say({"type": "pong"})
            return
        number = said.get("id") if kind == "ask" else None
        if not isinstance(number, int) or isinstance(number, bool) or abs(number) > 2**53:
            raise refuse(
                422, "message", str(text)[:60], allowed="type ask with a whole number id, or ping",
                remedy='Send {"type": "ask", "id": 1, "question": {}}.',
            )  # fmt: skip
        wait = self.rates.wait_for(self.name)
        self._drop()
        if wait:
            refused = refuse(
                429, "rate", "too many questions", allowed="what a hand can ask",
                remedy="Ask again in a moment.",
            )  # fmt: skip
            self._refuse(number, RefusedError(429, refused.problems, wait_s=wait))
            return
        is_full, self._number = said.get("full") is True, number
        self._asking = asyncio.create_task(
            self._answer(number, said.get("question", {}), is_full=is_full)
        )

    def _drop(self) -> None:
        """Let the question before go, if it is not answered yet."""
        if self._asking is not None and not self._asking.done():
            self._asking.cancel()
            self._say({"type": "dropped", "id": self._number})

    async def _answer(self, number: int, given: Any, *, is_full: bool) -> None:
        """Answer one question, the draft first; a newer question ends it."""
        try:
            question = await read(self.room, given)
            orders = [self.room.order(question, is_whole=one) for one in (False, True)]
            if not is_full:
                orders = orders[:1]
            elif self.room.desk.kept.get(orders[-1].key) is not None:
                orders = orders[1:]
            for order in orders:
                await self._one(number, order)
        except DroppedError:
            self._say({"type": "dropped", "id": number})
        except RefusedError as refused:
            self._refuse(number, refused)
        except Exception as failure:
            log("failed", what="answer", page=self.name, why=repr(failure)[:500])
            bug = refuse(
                500, "engine", type(failure).__name__, allowed="an answer",
                remedy="This is a bug; the log of the server says more.",
            )  # fmt: skip
            self._say({**body_of(bug), "type": "failed", "id": number})

    async def _one(self, number: int, order: Order) -> None:
        def progress(done: int, of: int) -> None:
            self._say({"type": "progress", "id": number, "done": done, "of": of})

        whole = progress if order.is_whole else None
        held, is_cached = await self.room.answer(self.name, order, whole)
        head = {"type": "answer", "id": number, "stage": order.stage, "cached": is_cached}
        # What is kept is JSON already: the head goes in front of its fields.
        self._put(f"{json.dumps(head)[:-1]},{held[1:].decode()}")

    def _refuse(self, number: int | None, refused: RefusedError) -> None:
        self._say({**body_of(refused), "type": "refused", "id": number})

    def _tell_state(self, state: State) -> None:
        self._say({"type": "state", **state})

    def _say(self, message: Message) -> None:
        self._put(json.dumps(message, ensure_ascii=False))

    def _put(self, text: str) -> None:
        self._unsent.append(text)
        self._call.set()

    async def _send(self) -> int | None:
        """Send what there is; who does not read is let go."""
        while len(self._unsent) <= MOST_UNSENT:
            if not self._unsent:
                self._call.clear()
                await self._call.wait()
                continue
            text = self._unsent.popleft()
            try:
                async with asyncio.timeout(self.room.settings.send_seconds):
                    await self.socket.send_text(text)
            except TimeoutError:
                break
            except (RuntimeError, WebSocketDisconnect):
                return None
        self.room.counts.add("refused_total", reason="slow")
        return CROWDED
