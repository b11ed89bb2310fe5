"""The one place where exceptions become messages and exit codes."""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final

from typer.exceptions import TyperException

from selloff.apps.cli._console import printable
from selloff.vocab.errors import (
    FeedError,
    IdentityError,
    InputError,
    NoEquilibriumError,
    OutputError,
    SelloffError,
)

EXIT_BUG: Final = SelloffError.exit_code
EXIT_INTERRUPTED: Final = 130
EXIT_BROKEN_PIPE: Final = 141
EXIT_CODES: Final = {
    0: "done",
    EXIT_BUG: "a bug, or not enough memory",
    InputError.exit_code: "a wrong option, a wrong scenario, or an extra that is not installed",
    OutputError.exit_code: "a file or folder that is missing, damaged or cannot be read or written",
    IdentityError.exit_code: "an identity that does not hold",
    NoEquilibriumError.exit_code: "no parameter draw has an equilibrium",
    FeedError.exit_code: "a public source failed, and nothing was written",
    EXIT_INTERRUPTED: "interrupted",
    EXIT_BROKEN_PIPE: "whoever read the output has left",
}
"""What each exit code means."""
EPILOG: Final = "\n\n".join(("Start with: selloff run japan-dump", "Exit codes:", "\b")) + "".join(
    f"\n{code:5d}  {meaning}" for code, meaning in EXIT_CODES.items()
)
_SHOWN_PROBLEMS: Final = 100
_DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_NO_MEMORY: Final = "RESOURCE_EXHAUSTED"
"""What XLA says."""

Flags = Callable[[], Mapping[str, str]]


def exit_code_of(action: Callable[[], int], *, flags: Flags, is_debug: bool) -> int:
    """Run an action; if it fails, say why in plain words, and return the exit code."""
    try:
        _check_streams()
        code = action()
        sys.stdout.flush()
    except BrokenPipeError:
        code = EXIT_BROKEN_PIPE
    except TyperException as failure:
        failure.show()  # type: ignore[attr-defined]
        code = failure.exit_code
    except (Exception, KeyboardInterrupt) as failure:
        if is_debug:
            traceback.print_exception(failure, file=sys.stderr)
        message, code = _in_words(failure, flags)
        with suppress(OSError):
            sys.stderr.write(f"selloff: {printable(message)}\n")
    _flush_or_silence()
    return code


def _check_streams() -> None:
    """A closed output is found before the work; its number would go to the next open file."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    if sys.stdout is None:
        raise OutputError("standard output is closed; send it to a file or to /dev/null")


def _in_words(failure: BaseException, flags: Flags) -> tuple[str, int]:
    if isinstance(failure, KeyboardInterrupt):
        return " ".join(["interrupted", *getattr(failure, "__notes__", ())]), EXIT_INTERRUPTED
    if isinstance(failure, InputError):
        return _problems(failure, flags()), failure.exit_code
    if isinstance(failure, SelloffError):
        return str(failure), failure.exit_code
    if isinstance(failure, OSError):
        return _of_the_system(failure), OutputError.exit_code
    if isinstance(failure, MemoryError) or _NO_MEMORY in str(failure):
        return "not enough memory; run with fewer --draws", EXIT_BUG
    reason = (str(failure).strip() or "no message").splitlines()[0]
    return (
        f"{type(failure).__name__}: {reason}\n"
        "  This is a bug. Run again with `selloff --debug ...` and report what it prints.",
        EXIT_BUG,
    )


def _problems(failure: InputError, flags: Mapping[str, str]) -> str:
    """One line a problem; where one is in an option, it goes by its flag."""
    found = [replace(each, where=flags.get(each.where, each.where)) for each in failure.problems]
    lines = [f"  {each}" for each in found[:_SHOWN_PROBLEMS]]
    if len(found) > len(lines):
        lines.append(f"  and {len(found) - len(lines):,} more")
    return "\n".join((f"{len(found)} problem{'s' * (len(found) != 1)}", *lines))


def _of_the_system(failure: OSError) -> str:
    if failure.errno in _DISK_FULL:
        return "the disk is full; free some space and run again"
    reason = failure.strerror or str(failure)
    return f"{failure.filename}: {reason}" if failure.filename else reason


def _flush_or_silence() -> None:
    """Write out what waits; where that fails, keep the interpreter from failing over it again."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
