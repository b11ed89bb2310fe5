"""Studies under way: each in a thread of its own, every question of it a turn at the desk."""

import asyncio
import hashlib
import io
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from selloff.apps.room._desk import DroppedError, Watch, Work
from selloff.apps.room._lab import Wanted, by_field
from selloff.apps.room._logs import log
from selloff.apps.room._problems import RefusedError, body_of, of_input, refuse, unanswered
from selloff.vocab import InputError, SelloffError

if TYPE_CHECKING:
    from selloff.apps.room._room import Room

Plain = dict[str, Any]
RUNNING: Final = "running"
_END_SECONDS: Final = 2.0
"""Studies that are dropped at the end may take so long to notice [seconds]."""


@dataclass(eq=False)
class Job:
    """One study: who asked it, how far it is, what it found."""

    wanted: Wanted
    client: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: str = RUNNING
    n_turns: int = 0
    """Turns of the engine so far."""
    found: Plain = field(default_factory=dict)
    """What it found, or why it found nothing."""
    looked: float = field(default_factory=time.monotonic)
    turn: Future[bytes] | None = None
    task: asyncio.Task[None] | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Name the page that asked."""
        return self.client, self.wanted.body.page

    def drop(self) -> None:
        """End it: it waits no more, and its next turn does not come."""
        if self.state == RUNNING:
            self.state = "dropped"
            if self.turn is not None:
                self.turn.cancel()

    def told(self) -> Plain:
        """Say how far it is."""
        usual = self.wanted.study.turns
        head = {"id": self.id, "study": self.wanted.study.name, "state": self.state}
        return head | {"turns": self.n_turns, "usual_turns": usual} | self.found


class Turns:
    """A pool for a study: each item is one turn, and others' questions come between."""

    def __init__(self, room: "Room", job: Job, loop: asyncio.AbstractEventLoop) -> None:
        self.room, self.job, self.loop = room, job, loop

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Apply a function to each item, in the engine's thread."""
        for item in items:
            yield self._turn(function, item)

    def _turn(self, function: Callable[[Any], Any], item: Any) -> Any:
        job = self.job
        if time.monotonic() - job.looked > self.room.settings.look_seconds:
            job.drop()
        asked = hashlib.sha256(f"{function!r} {item!r}".encode()).hexdigest()[:32]
        turn = self._asked(f"study {asked}", _packing(function, item))
        job.turn = asyncio.run_coroutine_threadsafe(turn, self.loop)
        try:
            held = job.turn.result()
        except CancelledError:
            raise DroppedError from None
        job.n_turns += 1
        with np.load(io.BytesIO(held), allow_pickle=False) as file:
            return dict(file)

    async def _asked(self, key: str, work: Work) -> bytes:
        """In the loop, where jobs are dropped: one that is takes no turn."""
        if self.job.state != RUNNING:
            raise DroppedError
        return await self.room.work(f"study {self.job.id}", key, work)


class Jobs:
    """Studies by name; the newest of a page wins, and few run at once."""

    def __init__(self, room: "Room") -> None:
        self.room, self._held = room, OrderedDict[str, Job]()
        self._threads = ThreadPoolExecutor(room.settings.most_studies, thread_name_prefix="study")

    @property
    def running(self) -> list[Job]:
        """Studies that run."""
        return [each for each in self._held.values() if each.state == RUNNING]

    def start(self, wanted: Wanted, client: str) -> Job:
        """Begin a study; an older one of the same page ends."""
        job = Job(wanted, client)
        for each in self.running:
            if each.place == job.place:
                each.drop()
        if len(self.running) >= self.room.settings.most_studies:
            raise refuse(
                HTTPStatus.TOO_MANY_REQUESTS, "engine", "more studies than run at once",
                allowed=f"{self.room.settings.most_studies} at once", wait_s=10.0,
                remedy="Ask again when one is done.",
            )  # fmt: skip
        self._held[job.id] = job
        self._forget()
        job.task = asyncio.create_task(self._run(job))
        return job

    def look(self, name: str, client: str) -> Job:
        """Find a study of a client."""
        job = self._held.get(name)
        if job is None or job.client != client:
            raise refuse(
                HTTPStatus.NOT_FOUND, "study", f"'{name[:60]}'",
                allowed="a study of yours that is still kept", remedy="Ask the study again.",
            )  # fmt: skip
        job.looked = time.monotonic()
        return job

    async def close(self) -> None:
        """End all."""
        for each in self.running:
            each.drop()
        tasks = [each.task for each in self._held.values() if each.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=_END_SECONDS)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _forget(self) -> None:
        """Keep as many as there is room for; the oldest that are done go first."""
        done = [each.id for each in self._held.values() if each.state != RUNNING]
        for name in done[: max(0, len(self._held) - self.room.settings.most_jobs)]:
            del self._held[name]

    async def _run(self, job: Job) -> None:
        loop = asyncio.get_running_loop()
        turns = Turns(self.room, job, loop)
        try:
            engine = await self.room.desk.in_thread(lambda: self.room.engine)
            found = await loop.run_in_executor(self._threads, engine.study, job.wanted, turns)
            self._end(job, "done", found)
        except DroppedError:
            self._end(job, "dropped", {})
        except RefusedError as refused:
            self._end(job, "refused", body_of(refused))
        except InputError as error:
            self._end(job, "refused", body_of(of_input(by_field(error))))
        except SelloffError as error:
            self._end(job, "refused", body_of(unanswered(error)))
        except Exception as failure:  # whatever it is, the page is told
            self._fail(job, failure)

    @staticmethod
    def _end(job: Job, state: str, found: Plain) -> None:
        if job.state == RUNNING:
            job.state, job.found = state, found

    def _fail(self, job: Job, failure: Exception) -> None:
        log("failed", level=logging.ERROR, what=job.wanted.study.name, why=repr(failure)[:500])
        bug = refuse(
            500, "study", type(failure).__name__, allowed="a study that has an answer",
            remedy="This is a bug; the log of the server says more.",
        )  # fmt: skip
        self._end(job, "failed", body_of(bug))


def _packing(function: Callable[[Any], Any], item: Any) -> Work:
    def work(watch: Watch) -> bytes:
        del watch
        packed = io.BytesIO()
        np.savez(packed, **function(item))
        return packed.getvalue()

    return work
