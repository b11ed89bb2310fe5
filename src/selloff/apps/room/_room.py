"""The room itself: the engine at its desk, and all that answers share."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, Final, Protocol, cast

from selloff.apps.room._counts import Counts
from selloff.apps.room._desk import NOBODY, BusyError, Desk, DroppedError, Early, Hears, Watch, Work
from selloff.apps.room._jobs import Jobs, Turns
from selloff.apps.room._kept import Kept
from selloff.apps.room._lab import Wanted
from selloff.apps.room._logs import log
from selloff.apps.room._orders import Order
from selloff.apps.room._problems import of_input, refuse, unanswered
from selloff.apps.room._questions import Question, read_question
from selloff.apps.room._settings import RoomSettings
from selloff.vocab import InputError, SelloffError

ENGINE: Final = "selloff.apps.room._engine"
STEPS: Final = ("Loading the model", "Getting the engine ready")
READERS: Final = 2
"""Questions read side by side: long files take a while."""
State = dict[str, Any]


class Engine(Protocol):
    """What works answers out, in a thread of its own."""

    def answer(self, order: Order, watch: Watch, early: Early = ...) -> bytes: ...
    def workbook(self, order: Order, watch: Watch) -> bytes: ...
    def page(self, order: Order, watch: Watch) -> bytes: ...
    def parameters(self) -> dict[str, Any]: ...
    def backtest(self, episode: str, draws: int) -> dict[str, Any]: ...
    def study(self, wanted: Wanted, pool: Turns) -> dict[str, Any]: ...


class Room:
    """One engine, kept answers, and the pages that are told when it is ready."""

    def __init__(
        self, settings: RoomSettings, counts: Counts, engine: Engine | None = None
    ) -> None:
        self.settings, self.counts, self._engine = settings, counts, engine
        self.desk = Desk(
            Kept(settings.most_kept),
            counts,
            most_waiting=settings.most_waiting,
            most_each=settings.most_each,
        )
        self.jobs = Jobs(self)
        self.readers = asyncio.Semaphore(READERS)
        self.openapi: dict[str, Any] = {}
        self.state: State = {"state": "warming", "step": STEPS[0], "part": 0.0}
        self.listeners: set[Callable[[State], None]] = set()
        self.is_closing = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        counts.gauges |= {
            "clients": lambda: len(self.listeners),
            "waiting": lambda: self.desk.n_waiting,
            "kept_bytes": lambda: self.desk.kept.n_bytes,
            "kept_answers": lambda: len(self.desk.kept),
            "studies": lambda: len(self.jobs.running),
            "ready": lambda: self.is_ready,
        }

    @property
    def engine(self) -> Engine:
        """The engine; its first use is in its own thread."""
        if self._engine is None:
            self._engine = cast("Engine", import_module(ENGINE))
        return self._engine

    @property
    def is_ready(self) -> bool:
        """Whether the engine is warm."""
        return bool(self.state["state"] == "ready")

    def open(self) -> None:
        """Begin to warm the engine, and serve whoever asks once it is warm."""
        self._tasks = [asyncio.create_task(self._warm_and_serve())]

    async def close(self) -> None:
        """Stop: what waits is dropped, pages are told."""
        self.is_closing.set()
        await self.jobs.close()
        self.desk.close()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        log("stopped")

    def order(self, question: Question, *, is_whole: bool) -> Order:
        """Order an answer of the usual size."""
        draws = self.settings.full_draws if is_whole else self.settings.draft_draws
        return Order(question, draws, is_whole=is_whole)

    async def answer(self, client: str, order: Order, hears: Hears = NOBODY) -> tuple[bytes, bool]:
        """Have a question answered, in turn."""
        loop = asyncio.get_running_loop()

        def early(held: bytes) -> None:
            if hears.early is not None:
                loop.call_soon_threadsafe(hears.early, held)

        return await self._asked(
            client, order.key, lambda watch: self.engine.answer(order, watch, early),
            stage=order.stage, hears=hears,
        )  # fmt: skip

    async def work(self, client: str, key: str, work: Work) -> bytes:
        """Have something else worked out, in turn."""
        held, _ = await self._asked(client, key, work, stage=key.partition(" ")[0])
        return held

    async def _asked(
        self, client: str, key: str, work: Work, *, stage: str, hears: Hears = NOBODY
    ) -> tuple[bytes, bool]:
        try:
            return await self.desk.ask(client, key, work, stage=stage, hears=hears)
        except BusyError:
            raise refuse(
                429, "engine", "more questions than wait at once", allowed="a few at a time",
                remedy="Ask again in a moment.", wait_s=1.0,
            ) from None  # fmt: skip
        except InputError as error:
            raise of_input(error) from None
        except SelloffError as error:
            raise unanswered(error) from None

    async def _warm_and_serve(self) -> None:
        try:
            self._tell({"state": "warming", "step": STEPS[0], "part": 0.1})
            engine = await self.desk.in_thread(lambda: self.engine)
            self._tell({"state": "warming", "step": STEPS[1], "part": 0.3})
            order = self.order(await asyncio.to_thread(read_question, {}), is_whole=False)
            first = await self.desk.in_thread(lambda: engine.answer(order, self._go_on))
            self.desk.kept.put(order.key, first)
            self._tell({"state": "ready", "step": "", "part": 1.0})
            log("ready")
            await self.desk.serve()
        except DroppedError:
            log("stopped while warming")
        except Exception as failure:
            log("failed", level=logging.ERROR, what="warming", why=repr(failure)[:500])
            self._tell({"state": "failed", "step": "The engine did not start", "part": 0.0})
            self.desk.close()

    def _go_on(self, done: int, of: int) -> None:
        del done, of
        if self.is_closing.is_set():
            raise DroppedError

    def _tell(self, state: State) -> None:
        self.state = state
        for listener in tuple(self.listeners):
            listener(state)
