"""The sources, in the order in which the monitor needs them."""

import pkgutil
from functools import cache
from importlib import import_module

from selloff.feeds import sources
from selloff.feeds.contract import Feed
from selloff.vocab.errors import InputError, Problem, near_miss
from selloff.vocab.rows import rows_of


def source_names() -> list[str]:
    """List the files of sources, in the order of feeds.csv."""
    found = {each.name for each in pkgutil.iter_modules(sources.__path__)}
    order = [row["id"] for row in _rows()]
    return sorted((name for name in found if not name.startswith("_")), key=order.index)


def feeds(names: tuple[str, ...] = ()) -> tuple[Feed, ...]:
    """Give the sources, or those that are named."""
    known = source_names()
    if wrong := [name for name in names if name not in known]:
        allowed = ", ".join(known)
        raise InputError(
            [
                Problem(
                    where="source",
                    given=f"'{name}'",
                    allowed=allowed,
                    remedy=near_miss(name, known),
                )
                for name in wrong
            ]
        )
    chosen = [name for name in known if not names or name in names]
    return tuple(import_module(f"{sources.__name__}.{name}").FEED for name in chosen)


@cache
def needs() -> dict[str, str]:
    """Say what the monitor needs each source for."""
    return {row["id"]: row["needed_for"] for row in _rows()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(rows_of("feeds", "feeds"))
