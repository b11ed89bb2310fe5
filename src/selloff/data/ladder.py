"""What the Treasury must issue in the quarters ahead, by tenor."""

from typing import Final

import numpy as np

from selloff.data.assumptions import auction_mix
from selloff.data.debt import CLASSES
from selloff.data.records import Array
from selloff.vocab.axes import BUCKET_EDGES, QUARTERS_PER_YEAR, TENOR_YEARS, TENORS

REPRICED: Final = ("bills", "frn")
"""Classes that pay a new rate every quarter: bills are rolled, floating rate notes are reset."""


def gross_issuance(cells: Array, net: Array) -> Array:
    """Project what is sold at auction in each quarter, at each tenor.

    Source: arithmetic.
    """
    shares = cells.sum(axis=1) / cells.sum()
    gross = np.zeros((net.size, len(TENORS)))
    for name, share, by_bucket in zip(CLASSES, shares, cells, strict=True):
        if name in REPRICED:
            stock = by_bucket.sum() + share * np.cumsum(net)
            gross[:, TENORS.at("3M")] += np.maximum(stock, 0.0)
        else:
            gross += _auctions(name, run_off(by_bucket, net.size), share * net)
    return gross


def run_off(by_bucket: Array, n_quarters: int) -> Array:
    """Let the debt of the opening mature, evenly within each bucket.

    Source: assumption; securities by maturity date (MSPD Table 3) were not found.
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
