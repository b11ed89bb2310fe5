"""The questions of one page: the newest wins, and a draft under way is still delivered."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from selloff.apps.room._desk import DroppedError, Hears
from selloff.apps.room._logs import log
from selloff.apps.room._orders import Order
from selloff.apps.room._problems import RefusedError, body_of, refuse
from selloff.apps.room._reading import read
from selloff.apps.room._room import Room

Put = Callable[[str], None]
Message = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question as a page asks it."""

    number: int
    given: Any
    is_full: bool


class Asks:
    """One question at a time; a newer one waits for a draft under way, and ends all else."""

    def __init__(self, client: str, room: Room, put: Put) -> None:
        self.client, self.room, self._put = client, room, put
        self._now: Asked | None = None
        self._next: Asked | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_drafting = False

    def ask(self, asked: Asked) -> None:
        """Take a question; a hand that never rests still sees drafts."""
        if self._is_drafting:
            self._tell_dropped(self._next)
            self._next = asked
            return
        if self._task is not None and not self._task.done():
            self._task.cancel()
            self._tell_dropped(self._now)
        self._start(asked)

    def close(self) -> None:
        """Let all go."""
        self._next = None
        if self._task is not None:
            self._task.cancel()

    def refuse(self, number: int | None, refused: RefusedError) -> None:
        """Say why a question is not answered."""
        self._say({**body_of(refused), "type": "refused", "id": number})

    def _start(self, asked: Asked) -> None:
        self._now, self._next, self._is_drafting = asked, None, False
        self._task = asyncio.create_task(self._answer(asked))

    async def _answer(self, asked: Asked) -> None:
        """Answer one question, the draft first, and go on with the next."""
        try:
            question = await read(self.room, asked.given)
            draft, whole = (self.room.order(question, is_whole=one) for one in (False, True))
            if not asked.is_full or self.room.desk.kept.get(whole.key) is None:
                await self._one(asked, draft)
            if asked.is_full and self._next is None:
                await self._one(asked, whole)
            elif asked.is_full:
                self._tell_dropped(asked)
        except DroppedError:
            self._tell_dropped(asked)
        except RefusedError as refused:
            self.refuse(asked.number, refused)
        except Exception as failure:
            self._tell_bug(asked, failure)
        if self._next is not None:
            self._start(self._next)

    async def _one(self, asked: Asked, order: Order) -> None:
        def begun() -> None:
            self._is_drafting = not order.is_whole

        def progress(done: int, of: int) -> None:
            if order.is_whole:
                self._say({"type": "progress", "id": asked.number, "done": done, "of": of})

        def early(held: bytes) -> None:
            if self._now is asked:
                self._hand_on(held, asked, order, cached=False, more=True)

        hears = Hears(begun, progress, early)
        try:
            held, is_cached = await self.room.answer(self.client, order, hears)
        finally:
            self._is_drafting = False
        self._hand_on(held, asked, order, cached=is_cached, more=False)

    def _hand_on(self, held: bytes, asked: Asked, order: Order, **how: bool) -> None:
        """Send an answer: what is kept is JSON already, and the head goes in front of its fields.

        With `more` the same answer follows with its numbers split by mechanism.
        """
        head = {"type": "answer", "id": asked.number, "stage": order.stage, **how}
        self._put(f"{json.dumps(head)[:-1]},{held[1:].decode()}")

    def _tell_dropped(self, asked: Asked | None) -> None:
        if asked is not None:
            self._say({"type": "dropped", "id": asked.number})

    def _tell_bug(self, asked: Asked, failure: Exception) -> None:
        log("failed", what="answer", page=self.client, why=repr(failure)[:500])
        bug = refuse(
            500, "engine", type(failure).__name__, allowed="an answer",
            remedy="This is a bug; the log of the server says more.",
        )  # fmt: skip
        self._say({**body_of(bug), "type": "failed", "id": asked.number})

    def _say(self, message: Message) -> None:
        self._put(json.dumps(message, ensure_ascii=False))
