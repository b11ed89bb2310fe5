"""What the Treasury owes at a date: by class, by bucket, at which rates, and what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import bucket_mean_years, class_maturity, scalars
from selloff.data.records import Array, Figure
from selloff.data.tables import Observation, Snapshot
from selloff.vocab.axes import BUCKETS

CLASSES: Final = ("bills", "notes", "bonds", "tips", "frn")
MONTHS_PER_YEAR: Final = 12.0
RATE_NOTES: Final = {"bills": "Discount rate.", "tips": "Real rate."}
MSPD: Final = "US Treasury, MSPD Table 1"


@dataclass(frozen=True, eq=False)
class Debt:
    """Marketable debt at a date."""

    by_class_bucket: Array
    """Face by class and bucket [USD bn]."""
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
    profiles = class_maturity()
    spread = np.stack([profiles[name] for name in CLASSES])
    cells = by_class[:, None] * spread
    rates, rate_figures = _class_rates(snapshot, day)
    coupon = (rates @ cells) / cells.sum(axis=0)
    figures = [*class_figures, *rate_figures]
    for index, bucket in enumerate(BUCKETS):
        face = float(cells[:, index].sum())
        figures += _bucket_figures(bucket, day, face=face, coupon=float(coupon[index]))
    figures += _anchor_figures(cells, day)
    return Debt(cells, coupon, tuple(figures))


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


def _class_rates(snapshot: Snapshot, day: date) -> tuple[Array, list[Figure]]:
    known = snapshot.until("avg_interest_rates", day).drop_duplicates("security", keep="last")
    last = {
        str(row.security): Observation(float(row.rate_pct), row.date.date())
        for row in known.itertuples()
    }
    figures = [_rate_figure(name, _observed_rate(last, name), day) for name in CLASSES]
    return np.array([figure.value for figure in figures]), figures


def _rate_figure(name: str, found: Observation | None, day: date) -> Figure:
    if found is not None:
        return Figure(
            name=f"average_rate_{name}",
            value=found.value,
            unit="percent a year",
            standing="data",
            source="US Treasury, average interest rates",
            as_of=found.as_of,
            note=RATE_NOTES.get(name, ""),
        )
    key = "coupon_before_2014_frn" if name == "frn" else f"coupon_before_2001_{name}"
    chosen = scalars()[key]
    return Figure(
        name=f"average_rate_{name}",
        value=chosen.value,
        unit="percent a year",
        standing="assumption",
        source=chosen.source,
        as_of=day,
        note=f"{chosen.reason}.",
    )


def _observed_rate(last: dict[str, Observation], name: str) -> Observation | None:
    if name in last:
        return last[name]
    if name == "tips" and {"tips_notes", "tips_bonds"} <= set(last):
        weight = scalars()["tips_notes_weight"].value
        notes, bonds = last["tips_notes"], last["tips_bonds"]
        mixed = weight * notes.value + (1.0 - weight) * bonds.value
        return Observation(mixed, min(notes.as_of, bonds.as_of))
    return None


def _bucket_figures(bucket: str, day: date, *, face: float, coupon: float) -> list[Figure]:
    source = "MSPD classes times assumption: assumptions/class_maturity.csv"
    return [
        Figure(
            name="outstanding",
            bucket=bucket,
            value=face,
            unit="USD bn",
            standing="derived",
            source=source,
            as_of=day,
            note="MSPD Table 3, securities by maturity, was not found.",
        ),
        Figure(
            name="coupon",
            bucket=bucket,
            value=coupon,
            unit="percent a year",
            standing="derived",
            source="Average interest rates by class, weighted by the classes in the bucket",
            as_of=day,
            note="TIPS enter with their real rate, bills with their discount rate.",
        ),
    ]


def _anchor_figures(cells: Array, day: date) -> list[Figure]:
    years = bucket_mean_years()
    means = np.stack([years["bills" if name == "bills" else "coupons"] for name in CLASSES])
    total = float(cells.sum())
    anchors = (
        ("share_within_1y", float(cells[:, 0].sum()) / total, "fraction"),
        ("average_maturity", float((cells * means).sum()) / total * MONTHS_PER_YEAR, "months"),
    )
    return [
        Figure(
            name=name,
            value=value,
            unit=unit,
            standing="derived",
            source="MSPD classes times assumptions/class_maturity.csv and bucket_mean_years.csv",
            as_of=day,
            note="Published for Dec 2025: 33% within 12 months, 70 months (JEC).",
        )
        for name, value, unit in anchors
    ]
