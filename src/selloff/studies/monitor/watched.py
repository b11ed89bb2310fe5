"""Whose flows are watched."""

from dataclasses import dataclass
from functools import cache

from selloff.vocab import InputError, Problem, rows_of
from selloff.vocab.errors import near_miss


@dataclass(frozen=True)
class Watched:
    """One whose flows are watched: a country, several, or all officials."""

    name: str
    label: str
    members: tuple[str, ...]
    """Countries whose positions add up to it."""
    published_as: tuple[str, ...]
    """Its names in the table of published flows, which add up to it."""
    role: str
    """`holder` of its own book, `custody` for others, or `funds`."""
    seller: str
    """Its name as a seller of a scenario, or nothing."""
    proceeds: str
    """What it turns dollars into."""


@cache
def holders() -> dict[str, Watched]:
    """Read whom the monitor watches."""
    return {
        row["name"]: Watched(
            name=row["name"],
            label=row["label"],
            members=_names(row["members"]),
            published_as=_names(row["published_as"]),
            role=row["role"],
            seller=row["seller"],
            proceeds=row["proceeds"],
        )
        for row in rows_of("studies.monitor", "holders")
    }


def _names(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(";") if each)


def holder(name: str) -> Watched:
    """Find a holder by name."""
    known = holders()
    if name not in known:
        allowed, remedy = ", ".join(known), near_miss(name, list(known))
        raise InputError(
            [Problem(where="holder", given=f"'{name}'", allowed=allowed, remedy=remedy)]
        )
    return known[name]
