"""What the Treasury owes at a date: by class, by bucket, at which rates, and what comes next."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import bucket_mean_years, class_maturity, scalars
from selloff.data.debt_rates import class_rates
from selloff.data.ladder import even_run_off
from selloff.data.records import Array, Figure
from selloff.data.securities import CLASSES, LONGEST_QUARTERS, Securities, read_securities
from selloff.data.tables import Snapshot
from selloff.vocab.axes import BUCKETS, MONTHS_PER_YEAR

LISTED: Final = "US Treasury, MSPD Table 3 of 2026-05-31, carried on with MSPD Table 1 and auctions"
SPREAD: Final = "MSPD classes spread as on 2026-05-31: assumptions/class_maturity.csv"
MSPD: Final = "US Treasury, MSPD Table 1"


@dataclass(frozen=True, eq=False)
class Debt:
    """Marketable debt at a date."""

    by_class_bucket: Array
    """Face by class and bucket [USD bn]."""
    due: Array
    """Face of the opening that falls due, by class and quarter ahead [USD bn]."""
    coupon_pct: Array
    figures: tuple[Figure, ...]

    @property
    def outstanding(self) -> Array:
        """Face by bucket [USD bn]."""
        return np.asarray(self.by_class_bucket.sum(axis=0))


def read_debt(snapshot: Snapshot, day: date) -> Debt:
    """Rebuild marketable debt and its average rates at a date.

    Source: US Treasury MSPD Table 1 and average interest rates.
    """
    by_class, class_figures = _by_class(snapshot, day)
    rates, rate_figures = class_rates(snapshot, day)
    listed = read_securities(snapshot, day, by_class)
    if listed is not None:
        cells, due, source = listed.by_bucket(listed.face), listed.by_quarter(), LISTED
        coupon = _coupons(listed, rates) / cells.sum(axis=0)
        months = MONTHS_PER_YEAR * float(listed.years @ listed.face / listed.face.sum())
    else:
        cells = by_class[:, None] * np.stack([class_maturity()[name] for name in CLASSES])
        due, source = np.stack([even_run_off(row, LONGEST_QUARTERS) for row in cells]), SPREAD
        coupon = (rates @ cells) / cells.sum(axis=0)
        months = _mean_months(cells)
    figures = [*class_figures, *rate_figures]
    for index, bucket in enumerate(BUCKETS):
        face = float(cells[:, index].sum())
        figures += _bucket_figures(bucket, day, face=face, coupon=float(coupon[index]))
    within = float(cells[:, 0].sum() / cells.sum())
    figures += _anchors(within, months, day)
    figures = [replace(each, source=source) if not each.source else each for each in figures]
    return Debt(cells, due, coupon, tuple(figures))


def _coupons(listed: Securities, rates: Array) -> Array:
    """Interest a year by bucket; indexed, floating and discounted ones at their class's rate."""
    own = np.isin(listed.kind, [CLASSES.index(name) for name in ("notes", "bonds")])
    rate = np.where(own, listed.coupon_pct, rates[listed.kind])
    return np.asarray(listed.by_bucket(rate * listed.face).sum(axis=0))


def _mean_months(cells: Array) -> float:
    years = bucket_mean_years()
    means = np.stack([years["bills" if name == "bills" else "coupons"] for name in CLASSES])
    return MONTHS_PER_YEAR * float((cells * means).sum() / cells.sum())


def _by_class(snapshot: Snapshot, day: date) -> tuple[Array, list[Figure]]:
    known = snapshot.until("mspd_by_class_monthly", day)
    if not known.empty:
        row = known.iloc[-1]
        as_of = row["date"].date()
        values = np.array([float(row[f"{name}_usd_bn"]) for name in CLASSES])
        return values, [
            Figure(
                name=f"outstanding_{name}",
                value=float(value),
                unit="USD bn",
                standing="data",
                source=MSPD,
                as_of=as_of,
            )
            for name, value in zip(CLASSES, values, strict=True)
        ]
    held = snapshot.last("debt_quarterly", "held_by_public_usd_mn", day)
    if held is None:
        raise LookupError(f"no debt outstanding known on {day}")
    ratio = scalars()["marketable_per_debt_held_by_public"]
    shares = [scalars()[f"class_share_{name}"] for name in CLASSES]
    total = held.value / 1e3 * ratio.value
    values = total * np.array([share.value for share in shares])
    return values, [
        Figure(
            name=f"outstanding_{name}",
            value=float(value),
            unit="USD bn",
            standing="assumption",
            source=f"FYGFDPUN times {share.source}",
            as_of=held.as_of,
            note=f"{ratio.reason}. {share.reason}.",
        )
        for name, value, share in zip(CLASSES, values, shares, strict=True)
    ]


def _bucket_figures(bucket: str, day: date, *, face: float, coupon: float) -> list[Figure]:
    rows = (
        ("outstanding", face, "USD bn", ""),
        ("coupon", coupon, "percent a year", "TIPS with their real rate, bills at discount."),
    )
    return [
        Figure(
            name=name,
            bucket=bucket,
            value=value,
            unit=unit,
            standing="derived",
            source="",
            as_of=day,
            note=note,
        )
        for name, value, unit, note in rows
    ]


def _anchors(within: float, months: float, day: date) -> list[Figure]:
    rows = (("share_within_1y", within, "fraction"), ("average_maturity", months, "months"))
    return [
        Figure(
            name=name,
            value=value,
            unit=unit,
            standing="derived",
            source="",
            as_of=day,
            note="Published for Dec 2025: 33% within 12 months, 70 months (JEC).",
        )
        for name, value, unit in rows
    ]
