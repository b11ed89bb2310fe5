"""What the Treasury must issue in the quarters ahead, by tenor."""

from typing import Final

import numpy as np

from selloff.data.assumptions import auction_mix
from selloff.data.records import Array
from selloff.data.securities import CLASSES
from selloff.vocab.axes import BUCKET_EDGES, QUARTERS_PER_YEAR, TENOR_YEARS, TENORS

REPRICED: Final = ("bills", "frn")
"""Classes that pay a new rate every quarter: bills are rolled, floating rate notes are reset."""


def gross_issuance(due: Array, net: Array) -> Array:
    """Project what is sold at auction in each quarter, at each tenor.

    Source: arithmetic.
    """
    shares = due.sum(axis=1) / due.sum()
    gross = np.zeros((net.size, len(TENORS)))
    ahead = np.pad(due, ((0, 0), (0, net.size)))[:, : net.size]
    for name, share, maturing, row in zip(CLASSES, shares, ahead, due, strict=True):
        if name in REPRICED:
            stock = row.sum() + share * np.cumsum(net)
            gross[:, TENORS.at("3M")] += np.maximum(stock, 0.0)
        else:
            gross += _auctions(name, maturing, share * net)
    return gross


def even_run_off(by_bucket: Array, n_quarters: int) -> Array:
    """Let debt whose securities are not listed mature, evenly within each bucket.

    Source: assumption; before May 2026 no list of securities by maturity was found.
    """
    edges = QUARTERS_PER_YEAR * np.array(BUCKET_EDGES)
    done = np.append(0.0, np.cumsum(by_bucket))
    return np.diff(np.interp(np.arange(n_quarters + 1), edges, done))


def _auctions(name: str, maturing: Array, net: Array) -> Array:
    """Gross issuance of one class, whose own issues come due in turn."""
    mix = auction_mix()[name]
    lives = [round(QUARTERS_PER_YEAR * years) for years in TENOR_YEARS]
    gross = np.zeros((net.size, len(TENORS)))
    for quarter in range(net.size):
        again = sum(
            gross[quarter - life, tenor] for tenor, life in enumerate(lives) if life <= quarter
        )
        gross[quarter] = mix * max(maturing[quarter] + again + net[quarter], 0.0)
    return gross
