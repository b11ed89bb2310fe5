"""Who sits in which row of the books: absorbing groups, middlemen, the central bank, sellers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selloff.data import Vintage
from selloff.vocab import Problem, ScenarioError, books_of, holders

Array = NDArray[np.float64]

ABSORBING = (
    "usa_bank",
    "usa_mmf",
    "usa_mutual_fund",
    "usa_pension",
    "usa_insurer",
    "usa_household",
    "usa_other",
    "foreign_official",
    "foreign_private",
)
MIDDLE = ("dealers", "levered", "fed")
"""Rows behind the absorbing groups and ahead of the sellers."""
GROUPS = (*ABSORBING, *MIDDLE)

_NO_DEALERS = Problem(
    where="sellers",
    given="'usa_dealers'",
    allowed="any holder but the dealers, who make the market",
    remedy="Let another holder sell.",
)


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of the clearing books and the holders in them."""

    groups: tuple[tuple[int, ...], ...]
    """Holder positions in each group, sellers left out."""
    sellers: tuple[tuple[int, ...], ...]
    """Holder positions of each seller of the scenario."""

    @property
    def has_levered(self) -> bool:
        """Whether the vintage names a levered fund that is not selling [flag]."""
        return bool(self.groups[GROUPS.index("levered")])

    @property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """Holder positions of every row [index]."""
        return self.groups + self.sellers


def rows(selling: Sequence[str], world: Vintage) -> Rows:
    """Put every holder of a vintage in a row.

    Arguments:
        selling: who sells: holders, countries or groups [id].
        world: the vintage.

    Returns:
        The rows.

    Raises:
        ScenarioError: the dealers themselves are to sell.

    Source: groups of the holder table; a seller leaves its group.
    """
    at = {holder: i for i, holder in enumerate(world.holders)}
    sellers = [tuple(at[h] for h in books_of(name) if h in at) for name in selling]
    taken = {i for members in sellers for i in members}
    table = holders()
    groups = [
        tuple(i for h, i in at.items() if table[h].group == group and i not in taken)
        for group in GROUPS
    ]
    if not groups[GROUPS.index("dealers")]:
        raise ScenarioError([_NO_DEALERS])
    return Rows(tuple(groups), tuple(sellers))


def row_books(rows: Rows, world: Vintage) -> Array:
    """Sum holders into rows.

    Arguments:
        rows: who sits where.
        world: the vintage.

    Returns:
        Face by row and bucket [USD bn].

    Source: the vintage's books.
    """
    return np.stack([world.books[list(members)].sum(axis=0) for members in rows.members])


def holder_shares(rows: Rows, world: Vintage) -> Array:
    """Each holder's share of its row, bucket by bucket.

    Arguments:
        rows: who sits where.
        world: the vintage.

    Returns:
        Shares, row by holder by bucket, summing to one in every row [fraction].

    Source: holders of a group react alike, so shares stay as they open.
    """
    shares = np.zeros((len(rows.members), len(world.holders), world.books.shape[1]))
    for r, members in enumerate(rows.members):
        book = world.books[list(members)]
        total = book.sum(axis=0)
        even = 1.0 / max(len(members), 1)
        shares[r, list(members)] = np.where(
            total > 0.0, book / np.where(total > 0.0, total, 1.0), even
        )
    return shares
