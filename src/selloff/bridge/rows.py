"""Who sits in which row of the books: absorbing groups, middlemen, the central bank, sellers."""

import math
from collections.abc import Iterable, Mapping, Sequence
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

MINISTRY = "jpn_official"
"""Who pays for interventions; it follows its own rule and nobody else."""
CHINA = "chn_official"
"""Who leans first; it does not buy what it sells."""
JAPAN_PRIVATE = "jpn_private"
LAST_SEATS = (JAPAN_PRIVATE, "foreign_private", MINISTRY)
"""Who sits in the last seats of those that react; officials sit ahead of them."""
_SEATS = 24
"""Seats of those that react come in multiples of this, so that few programs are compiled."""
_SELLING = 2
"""Seats of sellers come in multiples of this, for the same reason."""

_NO_DEALERS = Problem(
    where="sellers",
    given="'usa_dealers'",
    allowed="any holder but the dealers, who make the market",
    remedy="Let another holder sell.",
)


@dataclass(frozen=True)
class Rows:
    """Rows of the clearing books and the holders in them."""

    groups: tuple[tuple[int, ...], ...]
    """Holder positions in each group, sellers left out."""
    sellers: tuple[tuple[int, ...], ...]
    """Holder positions of each seller of the scenario; who sits in no seat sells nothing."""
    bystanders: tuple[tuple[int, ...], ...] = ()
    """Holder positions of each that may sell of its own accord: officials one by one, Tokyo's
    private holders, all other foreign private holders, and the Ministry of Finance."""

    @property
    def has_levered(self) -> bool:
        """Whether the vintage names a levered fund that is not selling [flag]."""
        return bool(self.groups[GROUPS.index("levered")])

    @property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """Holder positions of every row [index]."""
        return self.groups + self.sellers


def rows(selling: Sequence[str], world: Vintage, *, seats: int = _SELLING) -> Rows:
    """Put every holder of a vintage in a row, with at least so many seats for sellers."""
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
    idle = max(math.ceil(len(sellers) / _SELLING) * _SELLING, seats) - len(sellers)
    return Rows(tuple(groups), (*sellers, *[()] * idle), _bystanders(at, taken))


def _bystanders(at: Mapping[str, int], taken: set[int]) -> tuple[tuple[int, ...], ...]:
    """Everyone keeps a seat, empty while it sells by plan, so that sizes do not change."""
    table = holders()

    def seat(chosen: Iterable[str]) -> tuple[int, ...]:
        return tuple(at[h] for h in chosen if h in at and at[h] not in taken)

    private = [h for h in at if table[h].group == "foreign_private" and h != JAPAN_PRIVATE]
    seats = [seat([h]) for h in at if table[h].group == "foreign_official" and h != MINISTRY]
    empty: list[tuple[int, ...]] = [()] * (-(len(seats) + len(LAST_SEATS)) % _SEATS)
    return (*seats, *empty, seat([JAPAN_PRIVATE]), seat(private), seat([MINISTRY]))


def row_books(rows: Rows, world: Vintage) -> Array:
    """Sum holders into rows."""
    return np.stack([world.books[list(members)].sum(axis=0) for members in rows.members])


def holder_shares(rows: Rows, world: Vintage) -> Array:
    """Each holder's share of its row, bucket by bucket."""
    shares = np.zeros((len(rows.members), len(world.holders), world.books.shape[1]))
    for r, members in enumerate(rows.members):
        book = world.books[list(members)]
        total = book.sum(axis=0)
        even = 1.0 / max(len(members), 1)
        shares[r, list(members)] = np.where(
            total > 0.0, book / np.where(total > 0.0, total, 1.0), even
        )
    return shares


def own_sales(sold: Array, rows: Rows, world: Vintage) -> Array:
    """Hand what bystanders sold to the holders behind them, bucket by bucket."""
    split = np.zeros((len(rows.bystanders), *world.books.shape))
    for c, seat in enumerate(rows.bystanders):
        book = world.books[list(seat)]
        total = book.sum(axis=0)
        split[c, list(seat)] = np.where(total > 0.0, book / np.where(total > 0.0, total, 1.0), 0.0)
    return np.einsum("...cb,chb->...hb", sold, split)


def by_row(faces: Array, rows: Rows) -> Array:
    """Sum faces of holders into their rows."""
    return np.stack([faces[..., list(members), :].sum(axis=-2) for members in rows.members], -2)
