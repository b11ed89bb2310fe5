"""One engine for all: clients wait at a desk and take turns; who asks anew drops what was asked."""

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeVar

from selloff.apps.room._counts import Counts
from selloff.apps.room._kept import Kept

Watch = Callable[[int, int], None]
Early = Callable[[bytes], None]
Work = Callable[[Watch], bytes]
Found = TypeVar("Found")
EVERY: Final = 0.2
"""Progress is told no more often [seconds]."""


class DroppedError(Exception):
    """The client asked something newer, or left."""


class BusyError(Exception):
    """Too much is waiting already."""


@dataclass(frozen=True)
class Hears:
    """What a client wants to hear of its work: that it begins, how far it is, and the answer before
    it is whole."""

    begun: Callable[[], None] | None = None
    progress: Watch | None = None
    early: Early | None = None


NOBODY: Final = Hears()


def unheard(held: bytes) -> None:
    """Hear an answer for nobody."""


@dataclass(eq=False)
class Ticket:
    """One piece of work that waits, runs or is done."""

    client: str
    key: str
    work: Work
    stage: str
    hears: Hears
    done: asyncio.Future[bytes]
    is_cached: bool = False
    is_dropped: threading.Event = field(default_factory=threading.Event)
    told: float = 0.0


class Desk:
    """Tickets by client, one engine thread, answers kept."""

    def __init__(self, kept: Kept, counts: Counts, *, most_waiting: int, most_each: int) -> None:
        self.kept, self.counts = kept, counts
        self.most_waiting, self.most_each = most_waiting, most_each
        self._waiting: OrderedDict[str, deque[Ticket]] = OrderedDict()
        self._running: Ticket | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="engine")
        self._call = asyncio.Event()
        self._is_open = True

    @property
    def n_waiting(self) -> int:
        """Tickets that wait for their turn."""
        return sum(map(len, self._waiting.values()))

    async def ask(
        self, client: str, key: str, work: Work, *, stage: str, hears: Hears = NOBODY
    ) -> tuple[bytes, bool]:
        """Wait for a piece of work; say also whether its answer was there already."""
        held = self.kept.get(key)
        if held is not None:
            self.counts.add("answers_total", stage=stage, outcome="cached")
            return held, True
        done = asyncio.get_running_loop().create_future()
        ticket = Ticket(client, key, work, stage, hears, done)
        self._line_up(ticket)
        try:
            return await done, ticket.is_cached
        except asyncio.CancelledError:
            self._drop(ticket)
            raise

    async def in_thread(self, function: Callable[[], Found]) -> Found:
        """Do something in the engine's thread, before all that waits."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    async def serve(self) -> None:
        """Serve one ticket after another, the clients in turn."""
        while self._is_open:
            ticket = self._next()
            if ticket is None:
                self._call.clear()
                await self._call.wait()
            else:
                await self._serve_one(ticket)

    def close(self) -> None:
        """Take no more, drop all that waits and what runs."""
        self._is_open = False
        for ticket in [*(one for each in self._waiting.values() for one in each), self._running]:
            if ticket is not None:
                self._drop(ticket)
                if not ticket.done.done():
                    ticket.done.set_exception(DroppedError())
        self._call.set()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _line_up(self, ticket: Ticket) -> None:
        mine = self._waiting.get(ticket.client, ())
        if not self._is_open:
            raise DroppedError
        if self.n_waiting >= self.most_waiting or len(mine) >= self.most_each:
            self.counts.add("answers_total", stage=ticket.stage, outcome="busy")
            raise BusyError
        self._waiting.setdefault(ticket.client, deque()).append(ticket)
        self._call.set()

    def _next(self) -> Ticket | None:
        """Take a ticket of the client whose turn it is; the client goes to the end of the line."""
        while self._waiting:
            client, line = self._waiting.popitem(last=False)
            if line:
                ticket = line.popleft()
                if line:
                    self._waiting[client] = line
                return ticket
        return None

    def _drop(self, ticket: Ticket) -> None:
        ticket.is_dropped.set()
        line = self._waiting.get(ticket.client, ())
        if ticket in line:
            # The line stays, if empty: who asks anew before its turn comes keeps its place.
            self._waiting[ticket.client].remove(ticket)

    async def _serve_one(self, ticket: Ticket) -> None:
        loop, self._running = asyncio.get_running_loop(), ticket
        held, outcome = self.kept.get(ticket.key), "answered"
        try:
            if held is None:
                if ticket.hears.begun is not None:
                    ticket.hears.begun()
                work = loop.run_in_executor(self._thread, self._work, ticket, loop)
                with self.counts.worked(stage=ticket.stage):
                    held = await work
                self.kept.put(ticket.key, held)
            else:
                ticket.is_cached, outcome = True, "cached"
            if not ticket.done.done():
                ticket.done.set_result(held)
        except DroppedError as dropped:
            outcome = "dropped"
            if not ticket.done.done():
                ticket.done.set_exception(dropped)
        except Exception as failure:  # whatever it is, the desk goes on and the client is told
            outcome = "failed"
            if not ticket.done.done():
                ticket.done.set_exception(failure)
        finally:
            self._running = None
            self.counts.add("answers_total", stage=ticket.stage, outcome=outcome)

    @staticmethod
    def _work(ticket: Ticket, loop: asyncio.AbstractEventLoop) -> bytes:
        """In the engine's thread: every chunk of draws asks whether to go on."""

        def watch(done: int, of: int) -> None:
            if ticket.is_dropped.is_set():
                raise DroppedError
            now = loop.time()
            if of and ticket.hears.progress is not None and now - ticket.told >= EVERY:
                ticket.told = now
                with suppress(RuntimeError):  # the loop may have ended
                    loop.call_soon_threadsafe(ticket.hears.progress, done, of)

        watch(0, 0)
        return ticket.work(watch)
