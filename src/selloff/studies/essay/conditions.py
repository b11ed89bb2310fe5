"""What has to hold for a statement to be true, written as data and asked of every draw."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import fixed, parameters

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Lookup = Callable[[str], Array]
"""Values of a quantity, one a draw, by its name."""

_NEVER: Final = "never "
_TERM: Final = re.compile(r"(?P<name>\w+) (?P<sign>>=|<=|>|<) (?P<bound>\S+)")
_COMPARE: Final[dict[str, Callable[[Array, float], Flags]]] = {
    ">=": np.greater_equal,
    "<=": np.less_equal,
    ">": np.greater,
    "<": np.less,
}


@dataclass(frozen=True)
class Term:
    """One comparison of a quantity with a number."""

    quantity: str
    sign: str
    bound: float
    """In the unit of the quantity."""

    def holds(self, values: Array) -> Flags:
        """Compare."""
        return np.asarray(_COMPARE[self.sign](values, self.bound))


@dataclass(frozen=True)
class Condition:
    """Comparisons that must all hold, or must never all hold."""

    terms: tuple[Term, ...]
    is_never: bool = False

    @property
    def quantities(self) -> tuple[str, ...]:
        """Names of what is compared; the first is the one that is shown."""
        return tuple(dict.fromkeys(term.quantity for term in self.terms))

    def holds(self, lookup: Lookup) -> Flags:
        """Ask every draw."""
        each = [term.holds(lookup(term.quantity)) for term in self.terms]
        return np.logical_and.reduce(each) ^ self.is_never


def read_condition(text: str) -> Condition:
    """Read a condition such as `a >= 50 and b < claim_pct`, or `never a > 1 and b > 2`."""
    is_never = text.startswith(_NEVER)
    return Condition(tuple(map(_term, text.removeprefix(_NEVER).split(" and "))), is_never)


def _term(text: str) -> Term:
    match = _TERM.fullmatch(text)
    if match is None:
        raise ValueError(f"cannot read '{text}': write QUANTITY, one of >= <= > <, and a number")
    return Term(match["name"], match["sign"], _bound(match["bound"]))


def _bound(text: str) -> float:
    name = text.removeprefix("-")
    if name not in parameters():
        return float(text)
    value = fixed(name)
    return -value if text.startswith("-") else value
