"""Claims about the past and the present put to the data of the vintage."""

from dataclasses import dataclass

import numpy as np

from selloff.data import Vintage
from selloff.studies.essay.claims import Part, rules
from selloff.studies.essay.figures import FIGURES, SERIES, on_record


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What came of asking."""

    quantity: str
    unit: str
    verdict: str | None
    rule: str
    p: float | None = None
    p05: float | None = None
    p50: float | None = None
    p95: float | None = None
    close: bool = False


def ask_data(part: Part, world: Vintage) -> Finding:
    """Put a part to the data."""
    ask = {"figure": _figure, "dated": _dated, "precedent": _precedent, "past": _past}
    return ask[part.kind](part, world)


def _figure(part: Part, world: Vintage) -> Finding:
    """Supported where the comparison holds at the vintage."""
    (term,) = part.condition.terms
    unit, of_world = FIGURES[term.quantity]
    value = of_world(world)
    holds = bool(term.holds(np.array(value)))
    narrow = rules()["narrow"].value * abs(term.bound)
    return Finding(
        quantity=term.quantity,
        unit=unit,
        p50=value,
        verdict="supported" if holds else "unsupported",
        rule=f"{_number(value)} at {world.id}, against {term.sign} {_number(term.bound)}",
        close=abs(value - term.bound) <= narrow,
    )


def _dated(part: Part, world: Vintage) -> Finding:
    """Out of date where the figure has gone and an earlier date had it."""
    name, _, text = part.ask.partition(" = ")
    number, tolerance = float(text), float(part.given)
    unit, of_day = SERIES[name]
    history = of_day(world.date)
    matched = history[(history - number).abs() <= tolerance]
    value = float(history.iloc[-1])
    now = f"{_number(value)} on {history.index[-1]:%Y-%m-%d}"
    dates = [f"{day:%Y-%m-%d}" for day in matched.index]
    if abs(value - number) <= tolerance:
        verdict, rule = "supported", f"{now}, within {tolerance:g} of {number:g}"
    elif dates:
        span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
        verdict, rule = "out of date", f"{now}; within {tolerance:g} of {number:g} on {span}"
    else:
        verdict, rule = "unsupported", f"{now}, and never within {tolerance:g} of {number:g} before"
    return Finding(quantity=name, unit=unit, p50=value, verdict=verdict, rule=rule)


def _precedent(part: Part, world: Vintage) -> Finding:
    """Supported where it has happened before the vintage."""
    dates = on_record(part.ask.split(), world.date)
    return Finding(
        quantity="events_on_record",
        unit="count",
        p50=float(len(dates)),
        verdict="supported" if dates else "unsupported",
        rule=f"on record by {world.id}: {', '.join(dates) or 'none'}",
    )


def _past(part: Part, world: Vintage) -> Finding:
    """Out of date where all of it has happened before the vintage, and contested where some."""
    names = part.ask.split()
    dates = on_record(names, world.date)
    verdict = "out of date" if len(dates) == len(names) else "contested"
    return Finding(
        quantity="events_on_record",
        unit="count",
        p50=float(len(dates)),
        verdict=verdict if dates else "supported",
        rule=f"{len(dates)} of {len(names)} on record by {world.id}: {', '.join(dates) or 'none'}",
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.3g}"
