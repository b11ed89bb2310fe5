"""Tables of the monitor's page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from selloff.report.monitor_charts import signed
from selloff.report.question import upper
from selloff.report.section import Table
from selloff.vocab import percents

_ROLES: Final = {"holder": "", "custody": " (keeps for others)", "funds": " (hedge funds)"}
_LATER: Final = 240.0
"""Months simulated; what is not seen by then is later [count]."""


def holders(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Lay out everybody watched."""
    body = []
    for row in rows:
        chance, flow = row["chance"]["adjusted"], row["three_months"]["adjusted"]
        body.append(
            (
                row["label"] + _ROLES[row["role"]],
                row["flag"],
                row["last_month_published"],
                *percents([chance[name]["p50"] for name in ("none", "quiet", "fast")]),
                f"{signed(flow['p50'])} ({signed(flow['p05'])} to {signed(flow['p95'])})",
            )
        )
    head = ("Who", "Flag", "TIC to", "No sale", "Quiet", "Fast", "Three months, USD bn")
    return Table(head=head, rows=tuple(body), words=(0, 1, 2), label="Everybody watched")


def moved(row: Mapping[str, Any]) -> Table:
    """Say by how much each signal moved the chance of a sale."""
    body = tuple((upper(name), signed(100.0 * by, 1)) for name, by in row["shifts"].items())
    head = ("Signal", "Chance of a sale, percentage points")
    return Table(head=head, rows=body, label="What moved it, beside TIC")


def ages(row: Mapping[str, Any]) -> Table:
    """Say how old the data are."""
    body = tuple(
        (
            each["name"],
            each["last"],
            each["out"],
            "stale: the range is wider" if each["is_stale"] else "fresh",
            f"{each['age_days']}",
            f"{each['every_days']}",
        )
        for each in row["data"]
    )
    head = ("Data", "Tells of", "Came out", "State", "Age, days", "Due every")
    return Table(head=head, rows=body, words=(0, 1, 2, 3), label="Age of the data")


def signs(beside: Sequence[Mapping[str, Any]]) -> Table:
    """Lay out the signs that are not counted."""
    body = tuple(
        (
            each["name"],
            "yes" if each["is_raised"] else "no",
            each["as_of"],
            each["why_not_counted"],
            signed(each["value"], 1),
            f"{signed(each['limit'], 1)} {each['unit']}",
        )
        for each in beside
    )
    head = ("Sign", "Like an unwind?", "As of", "Not counted: it", "Now", "Raised from")
    return Table(head=head, rows=body, words=(0, 1, 2, 3), label="Signs beside the chances")


def power(row: Mapping[str, Any], delays: Sequence[Mapping[str, float]]) -> Table:
    """Say what could be seen at all."""
    body = tuple(
        (
            f"${each['usd_bn_a_year']:.0f}bn a year",
            *(_months(each[name]) for name in ("p05", "p50", "p95")),
        )
        for each in delays
    )
    head = ("A steady sale of", "shows soonest after", "in the middle", "latest after")
    label = f"What TIC on {row['label']} could show, at one false alarm in a hundred months"
    return Table(head=head, rows=body, label=label)


def _months(count: float) -> str:
    if count >= _LATER:
        return "20 years or never"
    return f"{count:.0f} month{'s' * (round(count) != 1)}"
