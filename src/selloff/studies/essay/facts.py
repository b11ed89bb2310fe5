"""Claims about the past and the present put to the data of the vintage: books, debt and events."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from selloff.data import Vintage, table, tic_known
from selloff.scenario import load_episode
from selloff.studies.carry import carry
from selloff.studies.essay.claims import Part, rules
from selloff.studies.monitor import nowcast
from selloff.vocab import country_books, three_digits

_NO_COUNTRIES: Final = ("row", "oil", "car", "blx")
"""Places of the books that stand for several countries."""
_TRILLION: Final = 1e3
_MILLIONS: Final = 1e6


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What came of asking a part."""

    quantity: str
    unit: str
    verdict: str | None
    rule: str
    p: float | None = None
    p05: float | None = None
    p50: float | None = None
    p95: float | None = None
    close: bool = False


def _lead(world: Vintage) -> float:
    """Book of Japan over the next largest of a foreign country."""
    books = world.books_by_name()
    others = [
        face
        for name, face in books.items()
        if country_books(name) and name not in ("jpn", *_NO_COUNTRIES)
    ]
    return books["jpn"] / max(others)


def _hedged_pickup(world: Vintage) -> float:
    return next(each.hedged_pickup_pct for each in carry(world) if each.tenor == "10Y")


def _total_debt(world: Vintage) -> pd.Series:
    """Total public debt, quarter-ends and later months as far as they were known."""
    quarters = table("debt_quarterly", world.snapshot).set_index("date")
    months = table("total_public_debt_monthly", world.snapshot).set_index("date")
    quarters = quarters["total_debt_usd_mn"] / _MILLIONS
    months = months["total_debt_usd_bn"] / _TRILLION
    joined = pd.concat([quarters, months]).dropna()
    return (
        joined[~joined.index.duplicated(keep="last")].sort_index().loc[: pd.Timestamp(world.date)]
    )


def _selling_chance(world: Vintage) -> float:
    """Chance that Japan sells quietly or fast, when TIC told of the vintage's month."""
    day = tic_known(pd.Timestamp(world.date)).date()
    return 1.0 - float(np.median(nowcast("japan", day, world.snapshot).chance()[:, 0]))


FIGURES: Final[Mapping[str, tuple[str, Callable[[Vintage], float]]]] = {
    "japan_book_usd_bn": ("USD bn", lambda world: world.book("jpn")),
    "japan_official_usd_bn": ("USD bn", lambda world: world.book("jpn_official")),
    "japan_lead_ratio": ("ratio", _lead),
    "hedged_pickup_10y_pct": ("percent", _hedged_pickup),
    "japan_selling_chance_frac": ("fraction", _selling_chance),
}
"""Units and definitions of figures of a vintage."""
SERIES: Final[Mapping[str, tuple[str, Callable[[Vintage], pd.Series]]]] = {
    "total_debt_usd_tn": ("USD tn", _total_debt)
}
"""Units and histories of figures that a claim may have read at another date."""


def on_record(names: Sequence[str], on: date) -> list[str]:
    """List the episodes that had begun by a day."""
    starts = sorted(str(load_episode(name).start) for name in names)
    return [start for start in starts if start <= on.isoformat()]


def ask_data(part: Part, world: Vintage) -> Finding:
    """Put a part to the data."""
    return {"figure": _figure, "dated": _dated}.get(part.kind, _events)(part, world)


def _figure(part: Part, world: Vintage) -> Finding:
    """Supported where the comparison holds at the vintage."""
    (term,) = part.condition.terms
    unit, of_world = FIGURES[term.quantity]
    value = of_world(world)
    return Finding(
        quantity=term.quantity,
        unit=unit,
        p50=value,
        verdict="supported" if term.holds(np.array(value)) else "unsupported",
        rule=f"{three_digits(value)} at {world.id}, against {term.sign} {three_digits(term.bound)}",
        close=abs(value - term.bound) <= rules()["narrow"].value * abs(term.bound),
    )


def _dated(part: Part, world: Vintage) -> Finding:
    """Out of date where the figure has gone and an earlier date had it."""
    name, _, text = part.ask.partition(" = ")
    number, tolerance = float(text), float(part.given)
    unit, of_world = SERIES[name]
    history = of_world(world)
    value = float(history.iloc[-1])
    near = f"within {tolerance:g} of {number:g}"
    matched = history.index[(history - number).abs() <= tolerance]
    dates = [f"{day:%Y-%m-%d}" for day in (matched[:1].union(matched[-1:]))]
    if abs(value - number) <= tolerance:
        verdict, note = "supported", f", {near}"
    elif dates:
        verdict, note = "out of date", f"; {near} on {' to '.join(dates)}"
    else:
        verdict, note = "unsupported", f", and never {near} before"
    rule = f"{three_digits(value)} on {history.index[-1]:%Y-%m-%d}{note}"
    return Finding(quantity=name, unit=unit, p50=value, verdict=verdict, rule=rule)


def _events(part: Part, world: Vintage) -> Finding:
    """Events on record support a precedent; they put out of date what was to lie ahead."""
    names = part.ask.split()
    dates = on_record(names, world.date)
    if part.kind == "precedent":
        verdict, count = "supported" if dates else "unsupported", ""
    else:
        gone = "out of date" if len(dates) == len(names) else "contested"
        verdict, count = gone if dates else "supported", f"{len(dates)} of {len(names)} "
    return Finding(
        quantity="events_on_record",
        unit="count",
        p50=float(len(dates)),
        verdict=verdict,
        rule=f"{count}on record by {world.id}: {', '.join(dates) or 'none'}",
    )
