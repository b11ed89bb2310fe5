"""Levels by quarter, as a desk reads them: what the sale makes of the numbers people know."""

from typing import Final

import numpy as np

from selloff.report.estimate import alone, quantiles, spread
from selloff.report.facts import Facts
from selloff.report.section import Table
from selloff.report.told import LEVEL_UNITS
from selloff.results import baseline_of, change_of
from selloff.vocab import Level, levels

SHOWN: Final = ("us_10y", "mortgage_30y", "usdjpy", "sp500", "fed_funds", "us_debt_ratio")
"""Levels of the two pages for the desk; `selloff export --format levels` has all."""
QUARTERS: Final = (1, 2, 3, 4, 6, 8, 12, 16, 20, 28, 40)
"""Quarters of the table."""
INDEX: Final = "baseline is 100"


def levels_by_quarter(facts: Facts) -> Table | None:
    """List levels at the ends of quarters, with the 5 and 95 percent."""
    named = {name: levels()[name] for name in SHOWN}
    kept = {name: row for name, row in named.items() if _is_there(facts, row)}
    labels = [str(one).replace("-", " ") for one in facts.dataset["quarter_label"].to_numpy()]
    shown = [at for at in QUARTERS if at <= len(labels)]
    if not kept or not facts.alive.any():
        return None
    columns = [_column(facts, row, shown) for row in kept.values()]
    opening = ("Opening", *(_opening(facts, row) for row in kept.values()))
    rows = [opening, *zip((labels[at - 1] for at in shown), *columns, strict=True)]
    head = ("End of", *(_head(row) for row in kept.values()))
    return Table(head=head, rows=tuple(rows), fold="Levels by quarter", label="Levels by quarter")


def _is_there(facts: Facts, row: Level) -> bool:
    try:
        return bool(np.isfinite(baseline_of(facts.dataset, row)).any())
    except KeyError:
        return False


def _head(row: Level) -> str:
    if row.unit == INDEX:
        return f"{row.label}, index"
    return f"{row.label}, % of GDP" if row.unit == "percent of GDP" else row.label


def _opening(facts: Facts, row: Level) -> str:
    start = float(baseline_of(facts.dataset, row)[0])
    return alone(start, _unit(row))


def _column(facts: Facts, row: Level, shown: list[int]) -> list[str]:
    base, change = baseline_of(facts.dataset, row), change_of(facts.dataset, row)
    ends = row.add(base, quantiles(change)[[0, 2, 4]])
    return [spread(ends[:, at - 1], _unit(row)).brief for at in shown]


def _unit(row: Level) -> str:
    if row.unit == "percent of GDP":
        return "percent"
    return "" if row.unit == INDEX else LEVEL_UNITS.get(row.unit, row.unit)
