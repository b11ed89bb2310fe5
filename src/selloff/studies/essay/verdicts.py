"""Verdicts on claims: by rule from numbers, never typed."""

from collections.abc import Sequence
from itertools import combinations, product

import numpy as np

from selloff.studies.essay.claims import rules
from selloff.studies.essay.conditions import Array, Flags

_DECISIVE = ("inconsistent", "out of date")


def of_chance(chance: float, *, is_possibility: bool) -> str:
    """Judge a statement by the chance that it holds.

    supported where chance >= likely (or >= even, where it says that something may happen);
    unsupported where chance <= unlikely; contested in between
    """
    if chance >= rules()["even" if is_possibility else "likely"].value:
        return "supported"
    return "unsupported" if chance <= rules()["unlikely"].value else "contested"


def possible(chance: float, held: Array, *, is_possibility: bool) -> set[str]:
    """List the verdicts that another seed could give.

    of_chance at P - 2 s / sqrt(n), P and P + 2 s / sqrt(n), s: spread over draws
    """
    error = float(held.std()) / np.sqrt(held.size)
    near = (chance - 2.0 * error, chance, chance + 2.0 * error)
    return {of_chance(each, is_possibility=is_possibility) for each in near}


def together(verdicts: Sequence[str]) -> str:
    """Join verdicts that count alike.

    What is inconsistent or out of date decides; then they agree, or the matter is contested.
    """
    for decisive in _DECISIVE:
        if decisive in verdicts:
            return decisive
    return verdicts[0] if len(set(verdicts)) == 1 else "contested"


def is_close(found: str, each: Sequence[set[str]]) -> bool:
    """Whether another seed could change a joint verdict."""
    return any(together(choice) != found for choice in product(*each))


def opposed(links: Sequence[Sequence[Flags]]) -> tuple[int, int] | None:
    """Find two links of a chain that each happen and never do so together."""
    limit = rules()["unlikely"].value
    happens = [any(flags.mean() > limit for flags in link) for link in links]
    for i, j in combinations(np.flatnonzero(happens).tolist(), 2):
        pairs = zip(links[i], links[j], strict=True)
        if all((a & b).mean() <= limit * a.mean() for a, b in pairs):
            return i, j
    return None
