"""Who did what to a headline number: its parts, as a chart and a sentence."""

from math import isfinite
from typing import Final

from selloff import charts
from selloff.charts import Digits, Step
from selloff.report.draw import units, words
from selloff.report.estimate import Estimate, from_entry
from selloff.report.facts import Facts
from selloff.report.section import Drawing, Table
from selloff.vocab import PART_LABELS, metrics

SHORT: Final = {"seller": "The sale", "policy": "Policy", "haven": "Dollar as haven"}
NAMES: Final = {name: label[:1].upper() + label[1:] for name, label in PART_LABELS.items()} | SHORT
SINGULAR: Final = ("Policy", "Dollar as haven")
HOW: Final = "{label}: steps of the median{of}, in this order; another order splits it otherwise."


def parts(facts: Facts, metric: str) -> dict[str, Estimate]:
    """Read what each part adds to a metric; nothing where a run was made without the split."""
    found = facts.summary.get("attribution") or {}
    held = (found.get("metrics") or {}).get(metric)
    if held is None:
        return {}
    names = NAMES | ({"seller": "Prescribed"} if not facts.is_sale else {})
    return {
        names.get(part, part.replace("_", " ").capitalize()): from_entry(
            held["parts"][part], str(held["unit"])
        )
        for part in found["order"]
    }


def waterfall(facts: Facts, metric: str, name: str) -> Drawing | None:
    """Draw the parts of a metric; nothing where there are none."""
    found = parts(facts, metric)
    if not found or not all(isfinite(one.p50) for one in found.values()):
        return None
    split = facts.summary["attribution"]
    total = from_entry(split["metrics"][metric], facts.told(metric).estimate.unit)
    ends = facts.told(metric).estimate
    least = 2.0 * 10.0 ** -units(total.unit).decimals
    if ends.is_nil or max(abs(one.p50) for one in found.values()) < least:
        return None
    steps = [_step(label, one) for label, one in found.items()]
    first = split.get("draws", facts.alive.size)
    is_part = first < facts.alive.size
    of = f" of the first {first:,}" if is_part else ""
    name_of_all = f"In all,{of.removeprefix(' of the')}" if is_part else "In all"
    whole = _step(name_of_all, Estimate(ends.p05, total.p50, ends.p95, total.unit))
    title = _finding(found)
    label = metrics()[metric].title(facts.years)
    told = words(name, title, units(total.unit), HOW.format(label=label, of=of))
    drawn = charts.waterfall(told, steps, whole)
    return Drawing(id=name, title=title, chart=drawn, page="attribution")


def _step(label: str, one: Estimate) -> Step:
    low, high = (end if isfinite(end) else one.p50 for end in (one.p05, one.p95))
    told = Digits(**Estimate(low, one.p50, high, one.unit).written)
    return Step(name=label, p05=low, p50=one.p50, p95=high, told=told)


def _finding(found: dict[str, Estimate]) -> str:
    """Say what the sale does, what others add most, and what policy takes back."""
    (first, sale), *rest = found.items()
    first = first if first in NAMES.values() else "What is prescribed"
    size = f"{first} alone moves it by {sale.middle}"
    most = max(rest, key=lambda one: abs(one[1].p50), default=None)
    if most is None or most[1].is_nil:
        return f"{size}; nobody else changes it"
    words = [_moves(name, one, sale) for name, one in rest if _counts(one, sale)]
    return f"{size}{'; ' if words else ''}{', '.join(words)}"


def _counts(one: Estimate, sale: Estimate) -> bool:
    """Whether a part is a tenth of the sale's."""
    return abs(one.p50) >= 0.1 * abs(sale.p50) and not one.is_nil


def _moves(name: str, one: Estimate, sale: Estimate) -> str:
    verb = ("adds", "takes back") if name in SINGULAR else ("add", "take back")
    size = one.turned() if one.p50 < 0.0 else one
    against = (one.p50 > 0.0) != (sale.p50 > 0.0)
    return f"{name[:1].lower()}{name[1:]} {verb[against]} {size.middle}"


def split_table(facts: Facts) -> Table | None:
    """List every metric with its parts."""
    held = (facts.summary.get("attribution") or {}).get("metrics") or {}
    rows: list[tuple[str, ...]] = []
    names: tuple[str, ...] = ()
    for name, metric in metrics().items():
        if name not in held:
            continue
        found, total, ends = parts(facts, name), from_entry(held[name]), facts.told(name).estimate
        if any(abs(one.p50) > 0.0 for one in (*found.values(), total)):
            names = tuple(found)
            whole = Estimate(ends.p05, total.p50, ends.p95, total.unit)
            numbers = (*found.values(), whole)
            rows.append((metric.title(facts.years), *(one.middle for one in numbers)))
    if not rows:
        return None
    head = ("Median", *names, "In all")
    fold = f"Every headline number by part ({len(rows)})"
    return Table(head=head, rows=tuple(rows), fold=fold, is_sorted=True)
