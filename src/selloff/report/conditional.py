"""Conditional worlds: what a median over all draws blends."""

from collections.abc import Mapping
from typing import Any, Final

from selloff.report.estimate import from_metric
from selloff.report.tables import Table, share
from selloff.vocab import metrics

_SHOWN: Final = (
    "us_10y_peak_bp",
    "us_10y_after_1y_bp",
    "fed_purchases_usd_bn",
    "usd_broad_trough_pct",
    "sp500_trough_pct",
)
"""Metrics in which the worlds differ most."""


def worlds_table(summary: Mapping[str, Any]) -> Table | None:
    """Set the worlds side by side; nothing where all draws are in one."""
    worlds = summary.get("worlds") or {}
    if len(worlds) < 2:
        return None
    years = float(summary["horizon_years"])
    shown = [name for name in _SHOWN if name in summary["metrics"]]
    rows = (
        (each["label"], share(each["share_frac"]), *(from_metric(each, n).brief for n in shown))
        for each in worlds.values()
    )
    head = ("World", "Share of draws", *(metrics()[name].title(years) for name in shown))
    return Table(head, tuple(rows))
