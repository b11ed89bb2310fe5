"""Errors say where, what was given, what is allowed and what to do.

SelloffError            exit 1
├── InputError          exit 2   a list of problems in what the user gave; 3 if one is a file's
│   ├── ScenarioError
│   └── VintageError
├── OutputError         exit 3   a result could not be written or read
├── IdentityError       exit 4   money or bonds appeared or vanished
├── NoEquilibriumError  exit 5   no parameter draw has an equilibrium
└── FeedError           exit 6   a public source is not what it was; what was kept is untouched
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final, Self

from selloff.vocab.rows import rows_of

_SHOWN: Final = 60
_BITS: Final = 1024


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, with its remedy."""

    where: str
    """Field, and `file:line` where there is one."""
    given: str
    allowed: str
    remedy: str
    is_file: bool = False
    """Whether the file itself cannot be read, whatever it holds."""

    def __str__(self) -> str:
        return f"{self.where}: got {self.given}; allowed: {self.allowed}. {self.remedy}"


class SelloffError(Exception):
    """Any error Selloff raises on purpose."""

    exit_code = 1


class InputError(SelloffError):
    """All problems of one input at once."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if any(each.is_file for each in self.problems):
            self.exit_code = OutputError.exit_code
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(
        cls, where: str, given: str, *, allowed: str, remedy: str, is_file: bool = False
    ) -> Self:
        """Make one of a single problem."""
        words = {"given": given, "allowed": allowed, "remedy": remedy}
        return cls([Problem(where=where, is_file=is_file, **words)])

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        """Go to another process as the problems, of which the text is made."""
        return type(self), (self.problems,)


class ScenarioError(InputError):
    """A scenario that cannot be run."""


class VintageError(InputError):
    """A date or a table that is not there, or fetched tables that are damaged."""


class OutputError(SelloffError):
    """A file that could not be written or read."""

    exit_code = 3


class FeedError(InputError):
    """A public source did not answer, or answered something else than it used to."""

    exit_code = 6


class IdentityError(SelloffError):
    """A stock-flow or adding-up identity that does not hold."""

    exit_code = 4


class NoEquilibriumError(SelloffError):
    """No parameter draw in use has an equilibrium."""

    exit_code = 5


@cache
def _aliases() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in rows_of("vocab", "aliases")}


def word_for(given: str, allowed: Sequence[str]) -> str:
    """Give the allowed word that another name for it means; any other word stays as it is."""
    return given if given in allowed else _meant(given, allowed) or given


def _alias(given: str) -> dict[str, str]:
    return _aliases().get(given.lower().replace(" ", "_"), {})


def _meant(given: str, allowed: Sequence[str]) -> str:
    """Give the first allowed word that another name stands for, or nothing."""
    words = _alias(given).get("means", "").split()
    return next((word for word in words if word in allowed), "")


def near_miss(given: str, allowed: Sequence[str]) -> str:
    """Offer the allowed word that is meant: by another name for it, or by edit distance."""
    if given.lower() in allowed:
        return f"Did you mean '{given.lower()}'?"
    if instead := _alias(given).get("instead"):
        return instead
    if meant := _meant(given, allowed):
        return f"Did you mean '{meant}'?"
    close = get_close_matches(given[:_SHOWN], allowed, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else "Pick one of the allowed values."


def shown(given: object, quote: str = "'") -> str:
    """Show a value of the user's in a message: printable, and short enough for a screen."""
    if given is None:
        return "nothing"
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, Mapping):
        return "a mapping"
    if isinstance(given, (list, tuple)):
        return f"a list of {len(given)}"
    if isinstance(given, str):
        text = given[: _SHOWN + 1]
        text = f"{quote}{text if text.isprintable() else ascii(text)[1:-1]}{quote}"
    elif isinstance(given, int):
        n_bits = given.bit_length()
        text = str(int(given)) if n_bits <= _BITS else f"a number of {n_bits} bits"
    elif isinstance(given, float):
        text = f"{given:.10g}"
    else:
        text = f"a value of type {type(given).__name__}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
