"""The Federal Reserve's book by bucket, from its share within a year and its average maturity."""

from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import bucket_mean_years, holder_maturity
from selloff.data.records import Array
from selloff.data.tables import Snapshot

BUYS_BILLS_FROM: Final = date(2025, 12, 12)
"""New York Fed, operating policy of 29 October 2025 (what agency securities repay), and FOMC,
note of 10 December 2025 as reported (reserve management purchases): both go into bills."""
STEEPEST: Final = 1.0
"""Largest tilt of the shape tried [1 / year]."""


def fed_spread(snapshot: Snapshot, day: date, face: float) -> Array:
    """Spread the Fed's book over buckets, shares summing to one; its growth of late is bills.

    Source: NY Fed, SOMA by CUSIP on some dates; H.4.1 Table 2 for the shape.
    """
    known, shape = snapshot.until("soma_maturity", day), holder_maturity()["fed"]
    if known.empty:
        return shape
    last = known.iloc[-1]
    spread = tilted(shape, within=float(last["within_year_frac"]), years=float(last["wam_years"]))
    if day < BUYS_BILLS_FROM:
        return spread
    then = snapshot.last("fed_holdings_weekly", "treasuries_usd_mn", last["date"].date())
    grown = max(face - then.value / 1e3, 0.0) / face if then is not None else 0.0
    spread = (1.0 - grown) * spread
    spread[0] += grown
    return np.asarray(spread)


def tilted(shape: Array, *, within: float, years: float) -> Array:
    """Tilt a shape beyond a year until it has a share within a year and an average maturity.

    x_b = shape_b exp(tilt m_b) scaled to 1 - within,  sum_b x_b m_b = years

    Source: arithmetic.
    """
    means = bucket_mean_years()["coupons"]
    low, high = -STEEPEST, STEEPEST
    while True:
        tilt = 0.5 * (low + high)
        beyond = shape[1:] * np.exp(tilt * means[1:])
        spread = np.append(within, (1.0 - within) * beyond / beyond.sum())
        if tilt in (low, high):
            return spread
        if spread @ means < years:
            low = tilt
        else:
            high = tilt
