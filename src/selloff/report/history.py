"""The sale's fastest rises beside the largest ones on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from selloff.report.ending import is_answered, unfinished_count
from selloff.report.estimate import Estimate, from_draws, from_metric
from selloff.report.prescribed import is_quiet
from selloff.report.question import is_nothing_sold, listed, planned_face
from selloff.results import largest_rise


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One historical maximum with the sale's own number beside it."""

    label: str
    record: float
    """Largest rise since 1990 [bp]."""
    on: str
    source: str
    sale: Estimate
    beyond_frac: float


def against_history(dataset: xr.Dataset) -> list[Beside]:
    """Set the sale's largest rises beside the largest since 1990, which the result carries."""
    rows = []
    for record in listed(dataset, "records"):
        if record["unit"] == "bp" and record["business_days"]:
            draws = largest_rise(dataset, record["business_days"])
            alive = draws[np.isfinite(draws)]
            beyond = float(np.mean(alive > record["limit"])) if alive.size else np.nan
            words = {key: record[key] for key in ("label", "on", "source")}
            sale = from_draws(draws, "bp")
            rows.append(Beside(**words, record=record["limit"], sale=sale, beyond_frac=beyond))
    return rows


def history_reason(dataset: xr.Dataset, summary: Mapping[str, Any], rows: list[Beside]) -> str:
    """Say why, where the median is beyond anything on record."""
    if not rows:
        return "The result carries no record to set it beside."
    if is_quiet(dataset):
        return "Nothing is sold, so there is nothing to set beside the record."
    if not is_answered(dataset).any():
        return "No draw gave an answer, so there is nothing to set beside the record."
    beyond = [row for row in rows if row.sale.is_known and row.sale.p50 > row.record]
    if not beyond:
        return "The median stays within what markets have seen since 1990 on every window."
    worst = max(beyond, key=lambda row: row.sale.p50 / row.record)
    low, middle, high = (
        one / worst.record for one in (worst.sale.p05, worst.sale.p50, worst.sale.p95)
    )
    how_far = (
        f"The median is beyond the record on {len(beyond)} of {len(rows)} windows, at most "
        f"{middle:.1f} times the largest rise since 1990 (5–95%: {low:.1f}–{high:.1f} times)."
    )
    if is_nothing_sold(dataset):
        return f"{how_far} Nobody plans to sell: all of it is what others do of their own accord."
    share = planned_face(dataset) / float(dataset["holdings_face"].sum())
    took = from_metric(summary, "days_to_complete")
    pace = f" within {took.text}" if took.is_known and not unfinished_count(dataset) else ""
    use = from_draws(dataset["dealer_use"].max("step").to_numpy(), "fraction")
    return (
        f"{how_far} The reason is the size of the sale against the market that takes it: "
        f"{100 * share:.1f}% of all bonds in the books are sold{pace}, and use of dealer capacity "
        f"peaks at {use.text} (above 100% forced sellers overfill dealers). No sale of that size "
        f"and speed is in the record, so it neither confirms nor rules out the number."
    )
