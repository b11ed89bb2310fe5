"""Foreign books: country totals from TIC, split into official and private."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import (
    Assumption,
    holder_maturity,
    short_term_shares,
)
from selloff.data.fitting import logit, rake_shares
from selloff.data.foreign_totals import country_totals, official_totals
from selloff.data.japan_books import KEY, OFFICIAL, PRIVATE, JapanBooks, read_japan_books
from selloff.data.records import Array, Figure
from selloff.data.tables import Snapshot
from selloff.vocab.holders import holders

TIC: Final = "US Treasury, TIC Major Foreign Holders and Table 3"
CUSTODY: Final = "By custodian, not owner; market value, read as face."


@dataclass(frozen=True, eq=False)
class OpeningBooks:
    """Totals of some holders with a first guess of their spread over buckets."""

    holders: tuple[str, ...]
    totals: Array
    """Face by holder [USD bn]."""
    prior: Array
    """Guess by holder and bucket, rows summing to one [fraction]."""
    figures: tuple[Figure, ...]


def read_foreign(snapshot: Snapshot, day: date) -> OpeningBooks:
    """Rebuild the foreign books at a date.

    Source: TIC Major Foreign Holders.
    """
    totals, rows = country_totals(snapshot, day)
    official, bills = official_totals(snapshot, day)
    here = next(index for index, row in enumerate(rows) if row.key == KEY)
    japan = read_japan_books(snapshot, day, float(totals[here]))
    shares = np.zeros(len(rows))
    shares[here] = japan.official / totals[here]
    raked = np.array([row.value > 0.0 and row.key != KEY for row in rows])
    chosen = [row for row, each in zip(rows, raked, strict=True) if each]
    shares[raked] = rake_shares(
        np.array([row.value for row in chosen]),
        np.array([_width(row) for row in chosen]),
        totals[raked],
        target=official.value - japan.official,
    )
    short = np.zeros(len(rows))
    short[raked] = _official_short(
        chosen, (totals * shares)[raked], bills.value - japan.official_bills
    )
    names, faces, prior = [], [], []
    for row, total, share, part in zip(rows, totals, shares, short, strict=True):
        if row.key == KEY:
            names += [OFFICIAL, PRIVATE]
            faces += [japan.official, japan.private]
            prior += _japan_mixes(japan)
            continue
        if row.value > 0.0:
            names.append(f"{row.key}_official")
            faces.append(total * share)
            prior.append(_mix(part, "official"))
            names.append(f"{row.key}_private")
        else:
            names.append(f"{row.key}_hedge_fund")
        faces.append(total * (1.0 - share))
        prior.append(_mix(_short_share(row, "private").value, holders()[names[-1]].sector))
    figures = (
        _figure("foreign_total", float(totals.sum()), day),
        _figure("foreign_official_total", official.value, official.as_of),
        _figure("foreign_official_bills", bills.value, bills.as_of),
        *_country_figures(rows, totals, day),
        *_share_figures(rows, shares, day),
        *japan.figures,
    )
    return OpeningBooks(tuple(names), np.array(faces), np.stack(prior), figures)


def _japan_mixes(japan: JapanBooks) -> list[Array]:
    return [
        _mix(japan.official_bills / japan.official, OFFICIAL),
        _mix(japan.private_bills / japan.private, "private"),
    ]


def _width(row: Assumption) -> float:
    edges = logit(np.array([row.low, row.high]))
    return float(edges[1] - edges[0]) / 2.0


def _short_share(row: Assumption, side: str) -> Assumption:
    return short_term_shares().get(row.key, short_term_shares()[side])


def _official_short(rows: list[Assumption], faces: Array, bills_usd_bn: float) -> Array:
    chosen = [_short_share(row, "official") for row in rows]
    return rake_shares(
        np.array([share.value for share in chosen]),
        np.array([_width(share) for share in chosen]),
        faces,
        target=bills_usd_bn,
    )


def _mix(short: float, sector: str) -> Array:
    profile = (1.0 - short) * holder_maturity()[sector]
    profile[0] += short
    return profile


def _figure(name: str, value: float, as_of: date) -> Figure:
    return Figure(
        name=name,
        value=value,
        unit="USD bn",
        standing="data",
        source=TIC,
        as_of=as_of,
        note=CUSTODY,
    )


def _country_figures(rows: list[Assumption], totals: Array, day: date) -> list[Figure]:
    return [
        Figure(
            name="country_total",
            holder=row.key,
            value=float(total),
            unit="USD bn",
            standing="derived" if row.key == "row" else "data",
            source=TIC,
            as_of=day,
            note=f"Grand total less the countries listed that month. {CUSTODY}"
            if row.key == "row"
            else CUSTODY,
        )
        for row, total in zip(rows, totals, strict=True)
    ]


def _share_figures(rows: list[Assumption], shares: Array, day: date) -> list[Figure]:
    return [
        Figure(
            name="official_share",
            holder=row.key,
            value=float(share),
            unit="fraction",
            standing="derived" if row.value > 0.0 else "assumption",
            source=f"{row.source}, moved to the published official total",
            as_of=day,
            note=f"Before the move {row.value:g} ({row.low:g} to {row.high:g}): {row.reason}.",
        )
        for row, share in zip(rows, shares, strict=True)
        if row.key != KEY
    ]
