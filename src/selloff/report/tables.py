"""The tables of the page, as plain text cells."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.report.estimate import (
    UNKNOWN,
    Estimate,
    alone,
    beyond,
    digits,
    from_draws,
    from_metric,
)
from selloff.report.history import Beside
from selloff.report.holders import buyers_by_group, buyers_by_name
from selloff.report.question import asset_name, listed
from selloff.results import TOLERANCE_USD_BN, holdings
from selloff.vocab import MOMENTS, metrics_at

Summary = Mapping[str, Any]

OUTCOME_WORDS: Final = {
    "nothing_to_sell": "Nobody plans to sell",
    "completed_late": "Completed, later than planned",
    "unfinished": "Unfinished at the horizon",
    "frozen": "Frozen by the United States with part unsold",
    "room_for_all": "Dealers always had room",
    "orders_waited": "Dealers were full and orders waited",
    "beyond_capacity": "Dealers held more than they had room for, at its price",
}
"""Outcomes whose names need more words."""
COST_WORDS: Final = {
    "execution": "Lost in selling, against baseline prices",
    "conversion": "Lost in changing the proceeds, against baseline rates",
    "mark": "Paper loss on what was left after the last sale",
    "sanction": "Expected loss from retaliation",
    "carry": "Lost carry of the first year",
}
"""Parts of the sellers' bill in words."""


@dataclass(frozen=True)
class Table:
    """Head, rows of text, and which columns are words; the others are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = (0,)


def metrics_table(summary: Summary) -> Table:
    """List every headline metric with its range and mean."""
    rows = []
    years = float(summary["horizon_years"])
    for name, metric in metrics_at(years).items():
        number = from_metric(summary, name)
        if number.is_known:
            mean = summary["metrics"][name].get("mean")
            center = UNKNOWN if mean is None else alone(float(mean), number.unit)
            record = beyond(summary, name)
            rows.append((metric.title(years), number.middle, number.ends, center, record, name))
    head = ("Against baseline", "Median", "5–95%", "Mean", "Record", "Name in summary.json")
    return Table(head, tuple(rows), words=(0, 4, 5))


def history_table(rows: Sequence[Beside]) -> Table:
    """Set the sale's fastest rises beside the largest since 1990."""
    cells = tuple(
        (
            row.label,
            row.sale.brief,
            f"{row.record:.0f}bp ({row.on})",
            share(row.beyond_frac),
        )
        for row in rows
    )
    return Table(
        ("US 10-year", "This scenario: median (5–95%)", "Largest since 1990", "Draws beyond it"),
        cells,
    )


def group_table(dataset: xr.Dataset) -> Table:
    """List what each group holds of the sale at each moment of the relay."""
    columns = {m: dict(buyers_by_group(dataset, m)) for m in MOMENTS if m in holdings(dataset)}
    rows = tuple(
        (name[:1].upper() + name[1:], *(each[name].middle for each in columns.values()))
        for name, _ in buyers_by_group(dataset, "most")
    )
    return Table(("Group", *(MOMENTS[m][:1].upper() + MOMENTS[m][1:] for m in columns)), rows)


def buyer_table(dataset: xr.Dataset) -> Table:
    """List what each named holder had bought by the horizon."""
    return _amounts(buyers_by_name(dataset), ("Holder", "Median", "5–95%"))


def bill_table(dataset: xr.Dataset) -> Table:
    """List the sellers' bill and what the proceeds became."""
    items = (
        ("Cash received", "seller_proceeds"),
        ("Largest paper loss on the way", "seller_mark_loss"),
    )
    rows = [(label, from_draws(dataset[name].to_numpy(), "USD bn")) for label, name in items]
    bill = dataset["seller_bill"].transpose("draw", "cost")
    for at, cost in enumerate(bill["cost"].to_numpy()):
        rows.append((COST_WORDS[str(cost)], from_draws(bill.to_numpy()[:, at], "USD bn")))
    rows.append(("Whole bill", from_draws(bill.to_numpy().sum(axis=1), "USD bn")))
    assets = dataset["counter_asset"].transpose("draw", "asset")
    for at, asset in enumerate(assets["asset"].to_numpy()):
        held = from_draws(assets.to_numpy()[:, at], "USD bn")
        if held.is_known and not held.is_nil:
            rows.append((f"Proceeds now in {asset_name(str(asset))}", held))
    return _amounts(rows, ("Sellers' bill", "Median", "5–95%"))


def outcome_table(summary: Summary) -> Table:
    """Count how the draws ended, and what became of full books."""
    total = sum(int(count) for count in summary["outcomes"].values()) or 1
    rows = tuple(
        (_outcome_words(str(name)), f"{int(count):,}", share(int(count) / total))
        for counted in (summary["outcomes"], summary["capacity"])
        for name, count in counted.items()
    )
    return Table(("Outcome", "Draws", "Share"), rows)


def _outcome_words(name: str) -> str:
    return OUTCOME_WORDS.get(name, name.replace("_", " ").capitalize())


def identity_table(dataset: xr.Dataset) -> Table:
    """Say of each identity whether it holds."""
    rows = []
    for identity in dataset["identity"].to_numpy():
        residual = dataset["identity_residual"].sel(identity=identity).to_numpy()
        alive = residual[np.isfinite(residual)]
        largest = float(np.max(np.abs(alive))) if alive.size else np.nan
        verdict = "holds" if largest <= TOLERANCE_USD_BN else "BROKEN"
        words = str(identity).replace("_", " ").capitalize()
        rows.append((words, f"{largest:.1e}", f"{TOLERANCE_USD_BN:.0e}", verdict))
    rows += _ledger_rows(dataset)
    head = ("Identity", "Largest residual, USD bn", "Tolerance, USD bn", "Verdict")
    return Table(head, tuple(rows))


def _ledger_rows(dataset: xr.Dataset) -> list[tuple[str, str, str, str]]:
    """Identities of the books of every named holder, checked in the first draws."""
    held = json.loads(dataset.attrs.get("ledger_identities", "{}"))
    rows = []
    for identity, residual in held.get("residuals", {}).items():
        verdict = "holds" if residual <= TOLERANCE_USD_BN else "BROKEN"
        words = f"{identity.replace('_', ' ').capitalize()}, named holders, {held['draws']} draws"
        rows.append((words, f"{residual:.1e}", f"{TOLERANCE_USD_BN:.0e}", verdict))
    return rows


def source_table(dataset: xr.Dataset) -> Table:
    """List the data and assumptions behind the run."""
    keys = ("what", "publisher", "series", "as_of", "standing")
    rows = tuple(tuple(str(one.get(key, "")) for key in keys) for one in listed(dataset, "sources"))
    return Table(("What", "Publisher", "Series", "As of", "Standing"), rows, words=(0, 1, 2, 3, 4))


def parameter_table(dataset: xr.Dataset) -> Table:
    """List the parameters with their ranges and sources."""
    rows = tuple(
        (
            str(one.get("mechanism", "")),
            str(one.get("name", "")),
            str(one.get("symbol", "")),
            *(_significant(one.get(key)) for key in ("p05", "p50", "p95")),
            str(one.get("unit", "")),
            str(one.get("standing", "")),
            str(one.get("source", "")),
        )
        for one in sorted(listed(dataset, "parameters"), key=lambda one: str(one.get("mechanism")))
    )
    head = ("Mechanism", "Parameter", "Symbol", "5%", "Median", "95%", "Unit", "Standing", "Source")
    return Table(head, rows, words=(0, 1, 2, 6, 7, 8))


def _amounts(rows: Sequence[tuple[str, Estimate]], head: tuple[str, str, str]) -> Table:
    cells = ((label[:1].upper() + label[1:], one.middle, one.ends) for label, one in rows)
    return Table(head, tuple(cells))


def share(frac: float) -> str:
    """Write a share of the draws in percent."""
    percent = 100.0 * frac
    if not isfinite(percent):
        return UNKNOWN
    if 0.0 < percent < 0.1:
        return "<0.1%"
    return f"{digits(percent, 0 if percent in (0.0, 100.0) else 1)}%"


def _significant(number: Any) -> str:
    if not isinstance(number, int | float) or isinstance(number, bool):
        return ""
    return f"{number:.3g}".replace("-", "−")
