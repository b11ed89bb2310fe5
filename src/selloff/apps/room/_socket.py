"""One page at its websocket: it asks, and answers come as they are ready."""

import asyncio
import json
from collections import deque
from contextlib import suppress
from itertools import count
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from selloff import __version__
from selloff.apps.room._asks import Asked, Asks
from selloff.apps.room._logs import log
from selloff.apps.room._problems import RefusedError, refuse
from selloff.apps.room._rates import Rates
from selloff.apps.room._reading import parsed
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
        self.asks = Asks(self.name, room, self._put)

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
            self.asks.close()
            for task in tasks:
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
                self.asks.refuse(None, refused)
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
        if wait:
            refused = refuse(
                429, "rate", "too many questions", allowed="what a hand can ask",
                remedy="Ask again in a moment.", wait_s=wait,
            )  # fmt: skip
            self.asks.refuse(number, refused)
            return
        self.asks.ask(Asked(number, said.get("question", {}), said.get("full") is True))

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
