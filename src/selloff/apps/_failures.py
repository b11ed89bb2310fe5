"""The one place where exceptions become messages and exit codes."""

import errno
import os
import sys
import traceback
from collections.abc import Callable
from typing import Final, TypeVar

from selloff.apps._printable import printable
from selloff.vocab.errors import InputError, OutputError, SelloffError

_SHOWN_PROBLEMS: Final = 100
EXIT_BUG: Final = 1
EXIT_INTERRUPTED: Final = 130
EXIT_BROKEN_PIPE: Final = 141
_DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)

Answer = TypeVar("Answer")


class FailedError(Exception):
    """A command that ended badly and has said why."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


def guarded(
    action: Callable[[], Answer], *, debug: bool, passing: tuple[type[Exception], ...] = ()
) -> Answer:
    """Run an action; if it fails, say why in plain words.

    Source: assumption; a traceback tells a user of the command line nothing.
    """
    try:
        return action()
    except passing:
        raise
    except (KeyboardInterrupt, BrokenPipeError) as failure:
        exit_code = _explain(failure, debug=debug)
    except Exception as failure:
        exit_code = _explain(failure, debug=debug)
    raise FailedError(exit_code)


def _explain(failure: BaseException, *, debug: bool) -> int:
    if isinstance(failure, BrokenPipeError):
        _silence_stdout()
        return EXIT_BROKEN_PIPE
    if debug:
        traceback.print_exception(failure, file=sys.stderr)
    message, exit_code = _told(failure)
    sys.stderr.write(f"{printable(message)}\n")
    return exit_code


def _told(failure: BaseException) -> tuple[str, int]:
    if isinstance(failure, KeyboardInterrupt):
        return "selloff: interrupted; nothing is half written", EXIT_INTERRUPTED
    if isinstance(failure, InputError):
        count = len(failure.problems)
        head = "selloff: 1 problem" if count == 1 else f"selloff: {count} problems"
        lines = [f"  {each}" for each in failure.problems[:_SHOWN_PROBLEMS]]
        if count > len(lines):
            lines.append(f"  and {count - len(lines):,} more")
        return "\n".join((head, *lines)), failure.exit_code
    if isinstance(failure, SelloffError):
        return f"selloff: {failure}", failure.exit_code
    if isinstance(failure, OSError) and (failure.filename or failure.errno in _DISK_FULL):
        return f"selloff: {_of_the_system(failure)}", OutputError.exit_code
    if isinstance(failure, MemoryError):
        return "selloff: not enough memory; run with fewer --draws", EXIT_BUG
    kind = type(failure).__name__
    reason = str(failure).strip().splitlines()
    return (
        f"selloff: {kind}: {reason[0] if reason else 'no message'}\n"
        "  This is a bug. Run again with `selloff --debug ...` and report what it prints.",
        EXIT_BUG,
    )


def _of_the_system(failure: OSError) -> str:
    if failure.errno in _DISK_FULL:
        return "the disk is full; free some space and run again"
    return f"{failure.filename}: {failure.strerror}"


def _silence_stdout() -> None:
    """Keep the interpreter from complaining about the closed pipe when it exits."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
    except (OSError, ValueError):
        return
