"""The sale's fastest rises beside the largest ones on record."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import xarray as xr

from selloff.report.ending import is_answered, unfinished_count
from selloff.report.estimate import Estimate, from_draws, from_metric
from selloff.report.prescribed import is_quiet
from selloff.report.question import is_nothing_sold, planned_face
from selloff.results import largest_rise


@dataclass(frozen=True, kw_only=True)
class PastRecord:
    """One historical maximum."""

    metric: str
    label: str
    business_days: int
    history_bp: float
    on: str
    series: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One historical maximum with the sale's own number beside it."""

    record: PastRecord
    sale: Estimate
    beyond_frac: float


@cache
def records() -> tuple[PastRecord, ...]:
    """Read the table of historical maxima."""
    text = files("selloff.report").joinpath("history.csv").read_text(encoding="utf-8")
    return tuple(
        PastRecord(
            metric=row["metric"],
            label=row["label"],
            business_days=int(row["business_days"]),
            history_bp=float(row["history_bp"]),
            on=row["on"],
            series=row["series"],
            source=row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def against_history(dataset: xr.Dataset, summary: Mapping[str, Any]) -> list[Beside]:
    """Set the sale's largest rises beside the largest since 1990."""
    rows = []
    for record in records():
        draws = largest_rise(dataset, record.business_days)
        alive = draws[np.isfinite(draws)]
        sale = from_metric(summary, record.metric)
        rows.append(
            Beside(
                record=record,
                sale=sale if sale.is_known else from_draws(draws, "bp"),
                beyond_frac=float(np.mean(alive > record.history_bp)) if alive.size else np.nan,
            )
        )
    return rows


def history_reason(dataset: xr.Dataset, summary: Mapping[str, Any], rows: list[Beside]) -> str:
    """Say why, where the median is beyond anything on record."""
    if is_quiet(dataset):
        return "Nothing is sold, so there is nothing to set beside the record."
    if not is_answered(dataset).any():
        return "No draw gave an answer, so there is nothing to set beside the record."
    beyond = [row for row in rows if row.sale.is_known and row.sale.p50 > row.record.history_bp]
    if not beyond:
        return "The median stays within what markets have seen since 1990 on every window."
    worst = max(beyond, key=lambda row: row.sale.p50 / row.record.history_bp)
    how_far = (
        f"The median is beyond the record on {len(beyond)} of {len(rows)} windows, at most "
        f"{worst.sale.p50 / worst.record.history_bp:.1f} times the largest rise since 1990 "
        f"(5–95%: {worst.sale.p05 / worst.record.history_bp:.1f}–"
        f"{worst.sale.p95 / worst.record.history_bp:.1f} times)."
    )
    if is_nothing_sold(dataset):
        return f"{how_far} Nobody plans to sell: all of it is what others do of their own accord."
    share = planned_face(dataset) / float(dataset["holdings_face"].sum())
    took = from_metric(summary, "days_to_complete")
    pace = f" within {took.text}" if took.is_known and not unfinished_count(dataset) else ""
    use = from_draws(np.asarray(dataset["dealer_use"].max("step").to_numpy(), float), "fraction")
    return (
        f"{how_far} The reason is the size of the "
        f"sale against the market that takes it: {100 * share:.1f}% of all bonds in the books "
        f"are sold{pace}, and use of dealer capacity peaks at {use.text}. No sale of that size "
        f"and speed is in the record, so it neither confirms nor rules out the number."
    )
