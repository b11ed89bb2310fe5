"""One part of a claim put to the model, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from selloff.studies.essay.claims import Part, rules
from selloff.studies.essay.conditions import Lookup
from selloff.studies.essay.facts import Finding
from selloff.studies.essay.quantities import unit_of
from selloff.studies.essay.runs import Measured
from selloff.studies.essay.verdicts import is_close, of_chance, opposed, possible, together

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """What one scenario says of a part."""

    scenario: str
    p: float | None
    """Chance that the statement holds; nothing where too few draws meet the condition."""
    p05: float | None
    """Nothing where several quantities are compared at once, for none stands for all."""
    p50: float | None
    p95: float | None
    verdict: str | None
    note: str = ""
    possible: frozenset[str] = frozenset()
    """Verdicts that another seed could give."""


def ask_model(
    part: Part, measured: Measured, *, links: Sequence[str] = ()
) -> tuple[Finding, list[Reading]]:
    """Put a part to the runs."""
    readings = [_reading(part, scenario, measured) for scenario in part.scenarios]
    verdict, rule = _joined(readings)
    close = verdict is not None and is_close(
        verdict, [set(r.possible) for r in readings if r.possible]
    )
    if part.kind == "chain":
        found = _chained(part, measured, readings, links=links)
        if found is not None:
            verdict, rule, close = *found, False
    first, name = readings[0], part.quantities[0]
    answer = Finding(
        quantity=name,
        unit=unit_of(name),
        p=first.p,
        p05=first.p05,
        p50=first.p50,
        p95=first.p95,
        verdict=verdict,
        rule=rule,
        close=close,
    )
    return answer, readings


def _values(part: Part, scenario: str, measured: Measured, quantity: str) -> Array:
    values = measured[scenario, quantity]
    return values - measured[part.less, quantity] if part.less else values


def _reading(part: Part, scenario: str, measured: Measured) -> Reading:
    def lookup(name: str) -> Array:
        return _values(part, scenario, measured, name)

    shown = lookup(part.quantities[0])
    if part.kind == "chance":
        return _read(part, scenario, shown, held=shown)
    holds = part.condition.holds(lookup).astype(np.float64)
    given = part.condition_given
    if given is None:
        note = _one_after_another(part, lookup) if part.kind == "chain" else ""
        return _read(part, scenario, shown, held=holds, note=note)
    kept = given.holds(lookup)
    note = f"in {int(kept.sum()):,} of {kept.size:,} draws"
    if kept.sum() < rules()["fewest_draws"].value:
        return Reading(scenario, None, None, None, None, None, note)
    return _read(part, scenario, shown[kept], held=holds[kept], note=note)


def _one_after_another(part: Part, lookup: Lookup) -> str:
    """P(1), P(2 | 1), P(3 | 1, 2) and so on, as long as any draw is left."""
    told = []
    left = np.ones(lookup(part.quantities[0]).shape, dtype=bool)
    for term in part.condition.terms:
        if not left.any():
            break
        holds = term.holds(lookup(term.quantity))
        told.append(percent(float(holds[left].mean())))
        left &= holds
    return f"(link by link, each given those before: {', '.join(told)})"


def _read(part: Part, scenario: str, shown: Array, *, held: Array, note: str = "") -> Reading:
    """Chance as the mean over draws: of flags, or of chances that each draw has on its own."""
    chance = float(held.mean())
    low, mid, high = (float(x) for x in np.percentile(shown, [5, 50, 95]))
    is_one = part.kind == "chance" or len(part.condition.quantities) == 1
    return Reading(
        scenario=scenario,
        p=chance,
        p05=low if is_one else None,
        p50=mid if is_one else None,
        p95=high if is_one else None,
        verdict=of_chance(chance, is_possibility=part.is_possibility),
        note=note,
        possible=frozenset(possible(chance, held, is_possibility=part.is_possibility)),
    )


def _joined(readings: Sequence[Reading]) -> tuple[str | None, str]:
    told = [reading for reading in readings if reading.verdict is not None]
    each = "; ".join(map(_in_words, readings))
    if not told:
        return None, each
    return together([str(reading.verdict) for reading in told]), each


def _in_words(reading: Reading) -> str:
    note = f" {reading.note}" if reading.note else ""
    if reading.p is None:
        return f"{reading.scenario}: too few draws,{note.removeprefix(' in')}"
    return f"{reading.scenario}: {percent(reading.p)}{note}, {reading.verdict}"


def percent(chance: float) -> str:
    """Write a chance in percent, never as 0 or 100 where it is neither.

    Source: assumption; a chance of one in a thousand is not none.
    """
    if 0.0 < chance < 0.005:
        return "<0.5%"
    return ">99.5%" if 0.995 < chance < 1.0 else f"{chance:.0%}"


def _chained(
    part: Part, measured: Measured, readings: Sequence[Reading], *, links: Sequence[str]
) -> tuple[str, str] | None:
    """Inconsistent where the chain never holds because two of its links exclude each other."""
    if any(reading.verdict != "unsupported" for reading in readings):
        return None
    holds = [
        [term.holds(measured[scenario, term.quantity]) for scenario in part.scenarios]
        for term in part.condition.terms
    ]
    pair = opposed(holds)
    if pair is None:
        return None
    chances = "; ".join(f"{links[k]}: {_most(holds[k], part.scenarios)}" for k in pair)
    both = max(starmap(_both, zip(holds[pair[0]], holds[pair[1]], strict=True)))
    return "inconsistent", f"{chances}; both in the same draw: {percent(both)} at most"


def _most(flags: Sequence[NDArray[np.bool_]], scenarios: Sequence[str]) -> str:
    chances = [float(each.mean()) for each in flags]
    at = int(np.argmax(chances))
    return f"{percent(chances[at])} in {scenarios[at]}"


def _both(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).mean())
