"""One part of a claim put to the model, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from selloff.studies.essay.claims import Part, rules
from selloff.studies.essay.conditions import Array, Flags, Lookup
from selloff.studies.essay.facts import Finding
from selloff.studies.essay.quantities import unit_of
from selloff.studies.essay.verdicts import is_close, of_chance, opposed, possible, together
from selloff.studies.samples import spread_of

Measured = Mapping[tuple[str, str], Array]
"""By scenario and quantity, one number a draw."""


@dataclass(frozen=True)
class Reading:
    """What one scenario says of a part."""

    scenario: str
    p: float | None = None
    """Chance that the statement holds; nothing where too few draws meet the condition."""
    p05: float | None = None
    """Nothing where several quantities are compared at once, for none stands for all."""
    p50: float | None = None
    p95: float | None = None
    verdict: str | None = None
    note: str = ""
    possible: frozenset[str] = frozenset()
    """Verdicts that another seed could give."""

    @property
    def in_words(self) -> str:
        """Chance and verdict, or why there is none."""
        if self.p is None:
            return f"{self.scenario}: too few draws, {self.note.removeprefix('in ')}"
        return f"{self.scenario}: {' '.join(filter(None, (percent(self.p), self.note)))}, " + str(
            self.verdict
        )


def ask_model(
    part: Part, measured: Measured, *, links: Sequence[str] = ()
) -> tuple[Finding, list[Reading]]:
    """Put a part to the runs."""
    readings = [_read(part, scenario, measured) for scenario in part.scenarios]
    known = [reading for reading in readings if reading.verdict is not None]
    verdict = together([str(reading.verdict) for reading in known]) if known else None
    close = verdict is not None and is_close(verdict, [set(each.possible) for each in known])
    rule = "; ".join(reading.in_words for reading in readings)
    excluded = _exclusion(part, measured, links) if part.kind == "chain" else None
    if excluded and all(reading.verdict == "unsupported" for reading in readings):
        verdict, rule, close = "inconsistent", excluded, False
    first, name = readings[0], part.quantities[0]
    finding = Finding(
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
    return finding, readings


def _read(part: Part, scenario: str, measured: Measured) -> Reading:
    """Chance as the mean over draws: of flags, or of chances that each draw has on its own."""

    def lookup(name: str) -> Array:
        values = measured[scenario, name]
        return values - measured[part.less, name] if part.less else values

    shown, note = lookup(part.quantities[0]), ""
    held = shown
    if part.kind != "chance":
        held = part.condition.holds(lookup).astype(np.float64)
        note = _one_after_another(part, lookup) if part.kind == "chain" else ""
    if (given := part.condition_given) is not None:
        kept = given.holds(lookup)
        note = f"in {int(kept.sum()):,} of {kept.size:,} draws"
        if kept.sum() < rules()["fewest_draws"].value:
            return Reading(scenario, note=note)
        shown, held = shown[kept], held[kept]
    chance, is_may = float(held.mean()), part.is_possibility
    is_one = part.kind == "chance" or len(part.condition.quantities) == 1
    return Reading(
        scenario=scenario,
        p=chance,
        verdict=of_chance(chance, is_possibility=is_may),
        note=note,
        possible=frozenset(possible(chance, held, is_possibility=is_may)),
        **(spread_of(shown) if is_one else {}),
    )


def _one_after_another(part: Part, lookup: Lookup) -> str:
    """P(1), P(2 | 1), P(3 | 1, 2) and so on, as long as any draw is left."""
    chances = []
    left = np.ones(lookup(part.quantities[0]).shape, dtype=bool)
    for term in part.condition.terms:
        if not left.any():
            break
        holds = term.holds(lookup(term.quantity))
        chances.append(percent(float(holds[left].mean())))
        left &= holds
    return f"(link by link, each given those before: {', '.join(chances)})"


def percent(chance: float) -> str:
    """Write a chance in percent, never as 0 or 100 where it is neither."""
    if 0.0 < chance < 0.005:
        return "<0.5%"
    return ">99.5%" if 0.995 < chance < 1.0 else f"{chance:.0%}"


def _exclusion(part: Part, measured: Measured, links: Sequence[str]) -> str | None:
    """Say which two links of a chain exclude each other, if any do."""
    holds = [
        [term.holds(measured[scenario, term.quantity]) for scenario in part.scenarios]
        for term in part.condition.terms
    ]
    pair = opposed(holds)
    if pair is None:
        return None
    chances = "; ".join(f"{links[k]}: {_most(holds[k], part.scenarios)}" for k in pair)
    both = max(float((a & b).mean()) for a, b in zip(*(holds[k] for k in pair), strict=True))
    return f"{chances}; both in the same draw: {percent(both)} at most"


def _most(flags: Sequence[Flags], scenarios: Sequence[str]) -> str:
    chances = [float(each.mean()) for each in flags]
    at = int(np.argmax(chances))
    return f"{percent(chances[at])} in {scenarios[at]}"
