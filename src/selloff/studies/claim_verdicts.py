"""Verdicts on claims: by rule from numbers, never typed."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from selloff.studies.claim_conditions import Array, Flags
from selloff.studies.claims import rules

_DECISIVE = ("inconsistent", "out of date")


def of_chance(chance: float, *, is_possibility: bool) -> str:
    """Judge a statement by the chance that it holds.

    supported where chance >= likely (or >= even, where it says that something may happen);
    unsupported where chance <= unlikely; contested in between

    Arguments:
        chance: that the statement holds [fraction].
        is_possibility: whether it says may, and not will [bool].

    Returns:
        The verdict.

    Source: `claim_rules.csv`; words for chances of the IPCC.
    """
    if chance >= rules()["even" if is_possibility else "likely"].value:
        return "supported"
    return "unsupported" if chance <= rules()["unlikely"].value else "contested"


def possible(chance: float, held: Array, *, is_possibility: bool) -> set[str]:
    """List the verdicts that another seed could give.

    of_chance at P - 2 s / sqrt(n), P and P + 2 s / sqrt(n), s: spread over draws

    Arguments:
        chance: P, that the statement holds [fraction].
        held: whether it does, or how likely it is, in each draw [fraction].
        is_possibility: whether it says may, and not will [bool].

    Returns:
        Verdicts within two standard errors.

    Source: sampling error of a mean.
    """
    error = float(held.std()) / np.sqrt(held.size)
    near = (chance - 2.0 * error, chance, chance + 2.0 * error)
    return {of_chance(each, is_possibility=is_possibility) for each in near}


def together(verdicts: Sequence[str]) -> str:
    """Join verdicts that count alike.

    What is inconsistent or out of date decides; then they agree, or the matter is contested.

    Arguments:
        verdicts: of scenarios that are equally admissible, or of the parts of a claim [text].

    Returns:
        One verdict.

    Source: assumption; a claim that holds in one admissible case and fails in another is
    contested, not half true.
    """
    for decisive in _DECISIVE:
        if decisive in verdicts:
            return decisive
    first, *others = verdicts
    return first if all(each == first for each in others) else "contested"


def is_close(found: str, each: Sequence[set[str]]) -> bool:
    """Whether another seed could change a joint verdict.

    Arguments:
        found: the joint verdict [text].
        each: verdicts that are possible, by scenario [text].

    Returns:
        Whether some choice among them joins to another verdict.

    Source: `together`.
    """
    return any(together(choice) != found for choice in product(*each))


def opposed(links: Sequence[Sequence[Flags]]) -> tuple[int, int] | None:
    """Find two links of a chain that each happen and never do so together.

    P(j) > unlikely in some scenario, P(i) > unlikely in some scenario, and in every scenario
    P(i and j) <= unlikely P(i): once i has happened, j is very unlikely

    Arguments:
        links: whether each link holds, by link, scenario and draw [flag].

    Returns:
        Numbers of the first such pair in the order of the chain, or nothing.

    Source: assumption; a chain whose links exclude each other is inconsistent, however likely
    each of them is alone.
    """
    limit = rules()["unlikely"].value
    happens = [any(flags.mean() > limit for flags in link) for link in links]
    for i in range(len(links)):
        for j in range(i + 1, len(links)):
            if not (happens[i] and happens[j]):
                continue
            pairs = zip(links[i], links[j], strict=True)
            if all((a & b).mean() <= limit * a.mean() for a, b in pairs):
                return i, j
    return None
