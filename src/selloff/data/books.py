"""The table of holders by buckets, adding up in both directions."""

from datetime import date
from typing import Final

import numpy as np

from selloff.data.debt import Debt
from selloff.data.domestic import read_domestic
from selloff.data.fitting import fit_margins
from selloff.data.foreign import OpeningBooks, read_foreign
from selloff.data.records import Array, Figure
from selloff.data.tables import Snapshot
from selloff.vocab.axes import BUCKETS
from selloff.vocab.holders import holders

SPREAD_SOURCE: Final = "Total spread by assumptions/holder_maturity.csv, fitted to both margins"
KNOWN_SPREADS: Final = {
    "fed": "Total spread by the Fed's average maturity and share within a year",
    "jpn_official": "Bills apart; notes spread by maturities quoted of Japan's reserves",
}
"""Books whose spread is kept as it is; all others are fitted around them."""


def read_books(
    snapshot: Snapshot, day: date, debt: Debt
) -> tuple[tuple[str, ...], Array, tuple[Figure, ...]]:
    """Rebuild every holder's book by bucket.

    Source: totals from TIC, H.4.1 and Z.1.
    """
    foreign = read_foreign(snapshot, day)
    outstanding = debt.outstanding
    domestic = read_domestic(
        snapshot,
        day,
        outstanding=float(outstanding.sum()),
        foreign=float(foreign.totals.sum()),
    )
    names = (*domestic.holders, *foreign.holders)
    totals = np.concatenate([domestic.totals, foreign.totals])
    prior = np.concatenate([domestic.prior, foreign.prior]) * totals[:, None]
    set_apart = np.array([name in KNOWN_SPREADS for name in names])
    left = outstanding - prior[set_apart].sum(axis=0)
    if (left <= 0.0).any():
        raise ValueError(f"books whose spread is known exceed a bucket on {day}")
    books = prior.copy()
    books[~set_apart] = fit_margins(prior[~set_apart], totals[~set_apart], left)
    rank = {holder: index for index, holder in enumerate(holders())}
    order = sorted(range(len(names)), key=lambda index: rank[names[index]])
    ordered = tuple(names[index] for index in order)
    figures = (
        *foreign.figures,
        *domestic.figures,
        *_foreign_totals(foreign, day),
        *_cells(ordered, books[order], day),
    )
    return ordered, books[order], figures


def _foreign_totals(foreign: OpeningBooks, day: date) -> list[Figure]:
    return [
        Figure(
            name="holder_total",
            holder=holder,
            value=float(total),
            unit="USD bn",
            standing="derived",
            source="TIC country total times the official or private share",
            as_of=day,
            note="By custodian, not owner.",
        )
        for holder, total in zip(foreign.holders, foreign.totals, strict=True)
    ]


def _cells(names: tuple[str, ...], books: Array, day: date) -> list[Figure]:
    return [
        Figure(
            name="face",
            holder=holder,
            bucket=bucket,
            value=float(books[row, column]),
            unit="USD bn",
            standing="derived",
            source=KNOWN_SPREADS.get(holder, SPREAD_SOURCE),
            as_of=day,
        )
        for row, holder in enumerate(names)
        for column, bucket in enumerate(BUCKETS)
    ]
