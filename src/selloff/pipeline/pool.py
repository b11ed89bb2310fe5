"""Who works: this process, processes of this machine, or a cluster that is there already."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any, Final, Protocol, TypeVar

from selloff.pipeline.environment import cores
from selloff.vocab import InputError, OutputError, Problem, SelloffError
from selloff.vocab.extras import without

Item = TypeVar("Item")
Result = TypeVar("Result")
LOCAL: Final = "local"
_AHEAD: Final = 2
"""Items given out for each thread that works, so that none waits and few results do [count]."""
_ANY_PORT: Final = "127.0.0.1:0"
"""For the scheduler's pages, which Dask serves with or without a dashboard."""
_LOOK: Final = 0.02
"""Between two looks for a result and at whether the scheduler lives [s]."""
_DEAF: Final = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""For workers: whoever presses Ctrl-C means the one who asked, who ends them."""
_PATIENCE: Final = "20s"
"""For a scheduler to answer."""


class Pool(Protocol):
    """Whoever applies a function to items; it and they can go to another process."""

    def each(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[int, Result]]:
        """Hand on results as they come, each with the number of its item."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Hand on results in the order of their items."""


@contextmanager
def pool_for(where: str | None) -> Iterator[Pool]:
    """Open a pool: none for this process, `local`, or the address of a Dask scheduler."""
    if where is None:
        yield Here()
        return
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise without("cluster", missing.name, extra="cluster") from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with ExitStack() as opened:
        if where == LOCAL:
            scratch = TemporaryDirectory(prefix="selloff-", ignore_cleanup_errors=True)
            cluster = LocalCluster(
                n_workers=cores(),
                threads_per_worker=1,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": _ANY_PORT},
                preload=_DEAF,
                local_directory=opened.enter_context(scratch),
                silence_logs=logging.CRITICAL,
            )
            client = opened.enter_context(Client(opened.enter_context(cluster)))
        else:
            try:
                client = opened.enter_context(Client(where, timeout=_PATIENCE))
                client.wait_for_workers(1, timeout=_PATIENCE)
            except (OSError, ValueError, TypeError) as error:
                allowed = "local, or the address of a Dask scheduler, such as tcp://host:8786"
                remedy = f"Start one with `dask scheduler` ({error})."
                raise _refused(f"'{where}', where none answers", allowed, remedy) from None
        yield Cluster(client)


@dataclass(frozen=True)
class Here:
    """This process, one item after the other."""

    def each(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[int, Result]]:
        """Hand on results as they come, each with the number of its item."""
        return enumerate(map(function, items))

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Hand on results in the order of their items."""
        return map(function, items)


@dataclass(frozen=True)
class Cluster:
    """Workers of a Dask scheduler; what a worker that dies was at is given to another."""

    client: Any

    def each(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[int, Result]]:
        """Hand on results as they come, each with the number of its item."""
        from distributed import CancelledError, KilledWorker, as_completed  # noqa: PLC0415

        waiting, numbers = enumerate(items), dict[str, int]()
        running = as_completed(with_results=True)

        def give_out(n: int) -> None:
            for number, item in islice(waiting, n):
                future = self.client.submit(function, item, pure=False)
                numbers[future.key] = number
                running.add(future)

        give_out(_AHEAD * max(sum(self.client.nthreads().values()), 1))
        try:
            while numbers:
                if running.has_ready():
                    future, result = next(running)
                    if isinstance(result, CancelledError):  # Dask hands it on as a result
                        raise result
                    yield numbers.pop(future.key), result
                    give_out(1)
                elif self.client.status == "closed":
                    raise _left()
                else:
                    sleep(_LOOK)
        except KilledWorker as killed:
            raise SelloffError(
                f"workers died again and again at the same piece of work ({killed}). "
                "Give each of them more memory."
            ) from None
        except CancelledError:
            raise _left() from None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Hand on results in the order of their items."""
        early: dict[int, Result] = {}
        at = 0
        for number, result in self.each(function, items):
            early[number] = result
            while at in early:
                yield early.pop(at)
                at += 1


def other_version() -> OutputError:
    """Say why a worker will not answer."""
    return OutputError(
        "a worker has another version of Selloff or its libraries, other tables or another device "
        "than the one who asks. Give all of them the same."
    )


def _left() -> SelloffError:
    return SelloffError("the scheduler has gone. Start it again, and go on from what was kept.")


def _refused(given: str, allowed: str, remedy: str) -> InputError:
    return InputError([Problem(where="cluster", given=given, allowed=allowed, remedy=remedy)])
