"""How far the work is, on standard error, if that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selloff.pipeline import Pool

SAVING = "saving"
Kept = Callable[[], str]
"""Says, once the work is interrupted, what is left of it."""


def nothing_kept() -> str:
    """Say that an interrupt leaves nothing behind."""
    return "nothing was written"


class Work:
    """What is being done, and how much of it is done."""

    def __init__(
        self, label: str, phase: str, opened: ExitStack, kept: Kept, *, bar: Any = None
    ) -> None:
        self.label, self.phase, self.bar = label, phase, bar
        self.opened, self.kept = opened, kept
        self.task = None if bar is None else bar.add_task(f"{label}: {phase}", total=None)

    def pool(self, where: str | None) -> "Pool | None":
        """Open a pool of workers, if any are asked for; it is closed with the work."""
        if where is None:
            return None
        from selloff.pipeline import pool_for

        return self.opened.enter_context(pool_for(where))

    def now(self, phase: str) -> None:
        """Go on to the next phase."""
        self.phase = phase
        self._show(completed=0, total=None, refresh=True)

    def count(self, done: int, total: int) -> None:
        """Say how many are done, of how many."""
        self.phase = "simulating"
        self._show(completed=done, total=total, refresh=True)

    def _show(self, **how: Any) -> None:
        if self.bar is not None:
            self.bar.update(self.task, description=f"{self.label}: {self.phase}", **how)


@contextmanager
def progress(
    label: str, *, is_quiet: bool, phase: str = "reading", kept: Kept = nothing_kept
) -> Iterator[Work]:
    """Show phases and numbers; whoever interrupts learns in which phase it was."""
    opened = ExitStack()
    try:
        if is_quiet or not sys.stderr.isatty():
            yield (work := Work(label, phase, opened, kept))
            return
        with _bar() as bar:
            yield (work := Work(label, phase, opened, kept, bar=bar))
    except KeyboardInterrupt as interrupt:
        left = "nothing is half written" if work.phase == SAVING else work.kept()
        interrupt.add_note(f"while {work.phase}; {left}")
        raise
    finally:
        opened.close()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)
