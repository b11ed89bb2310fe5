"""Words of chance: in how many of ten runs something is so."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from selloff.report.estimate import alone
from selloff.report.facts import Facts
from selloff.report.question import listed, upper
from selloff.results import largest_rise
from selloff.vocab import metrics

RARE: Final = 0.05
"""Share below which a count of ten would say never."""
COUNTED: Final = {
    "fed_bought": "the Federal Reserve buys",
    "funds_forced": "levered funds must sell",
    "followers_sold": "others sell too",
    "several_equilibria": "a self-fulfilling run is possible",
}
"""Counts of the summary that are told, in words."""
RECORDS: Final = ("us_10y_max_20d_bp", "us_10y_peak_bp", "usdjpy_trough_pct", "sp500_trough_pct")
"""Records that are told, where a run goes beyond them."""


def chances(facts: Facts) -> list[dict[str, Any]]:
    """Say how often what happens: beyond the record, and who acts."""
    if not facts.is_told:
        return []
    return [*_beyond(facts), *_counted(facts)]


def in_ten(frac: float) -> str:
    """Say a share as runs of ten; at the ends, of twenty."""
    if frac <= 0.0 or frac >= 1.0:
        return "in every run" if frac >= 1.0 else "in no run"
    if frac < RARE:
        return "in fewer than 1 of 20 runs"
    if frac > 1.0 - RARE:
        return "in more than 19 of 20 runs"
    return f"in {max(1, min(9, round(10.0 * frac)))} of 10 runs"


def _counted(facts: Facts) -> Iterator[dict[str, Any]]:
    n = max(int(facts.alive.sum()), 1)
    sellers_only = ("followers_sold", "several_equilibria")
    for name, what in COUNTED.items():
        frac = facts.count(name) / n
        if frac > 0.0 and (facts.is_sale or name not in sellers_only):
            yield _chance(name, f"{upper(in_ten(frac))} {what}", frac)


def _beyond(facts: Facts) -> Iterator[dict[str, Any]]:
    """Compare single draws with the largest move on record."""
    numbers, held = facts.draws, listed(facts.dataset, "records")
    for record in (one for one in held if one["quantity"] in RECORDS):
        name, limit = record["quantity"], float(record["limit"])
        draws = numbers[name] if name in numbers else _rise(facts, record)
        known = draws[facts.alive & np.isfinite(draws)]
        frac = float(np.mean(known / limit > 1.0)) if known.size else 0.0
        if frac > 0.0:
            label = record["label"] or metrics()[name].title(facts.years)
            seen = f"{alone(limit, record['unit'])}, {record['on'][:4]}"
            yield _chance(name, f"{upper(in_ten(frac))}, beyond the record: {label} ({seen})", frac)


def _rise(facts: Facts, record: dict[str, Any]) -> Any:
    return largest_rise(facts.dataset, int(record["business_days"]))


def _chance(name: str, text: str, frac: float) -> dict[str, Any]:
    return {"name": name, "text": text, "frac": round(frac, 4)}
