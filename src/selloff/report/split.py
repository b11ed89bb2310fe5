"""Who did what to a headline number: its parts, as a chart and a sentence."""

from typing import Any, Final

from selloff.report.draw import chart, row, units
from selloff.report.estimate import Estimate
from selloff.report.facts import Facts
from selloff.report.question import is_nothing_sold
from selloff.report.section import Figure, Table
from selloff.vocab import PART_LABELS, metrics

SHORT: Final = {"seller": "The sale", "policy": "Policy", "haven": "Dollar as haven"}
NAMES: Final = {name: label[:1].upper() + label[1:] for name, label in PART_LABELS.items()} | SHORT
VERBS: Final = {True: "adds", False: "takes back"}
HOW: Final = (
    "Each bar begins where the one above it ends; mechanisms are switched on in this order, and "
    "another order would split the number otherwise."
)


def parts(facts: Facts, metric: str) -> dict[str, Estimate]:
    """Read what each part adds to a metric; nothing where a run was made without the split."""
    found = facts.summary.get("attribution") or {}
    held = (found.get("metrics") or {}).get(metric)
    if held is None:
        return {}
    names = NAMES | ({"seller": "What is prescribed"} if is_nothing_sold(facts.dataset) else {})
    return {
        names.get(part, part): _estimate(held["parts"][part], str(held["unit"]))
        for part in found["order"]
    }


def waterfall(facts: Facts, metric: str, name: str) -> Figure | None:
    """Draw the parts of a metric; nothing where there are none."""
    found = parts(facts, metric)
    total = facts.told(metric).estimate
    if not found or total.is_nil or not total.is_known:
        return None
    rows = [row(label, one) | {"total": False} for label, one in found.items()]
    rows.append(row("In all", total) | {"total": True})
    title, unit = _finding(found), units(total.unit)
    drawn = chart(name, "waterfall", title, rows=rows, unit=unit, subtitle=HOW)
    return Figure(id=name, title=title, chart=drawn, page="attribution")


def _finding(found: dict[str, Estimate]) -> str:
    """Say what the sale does, what others add most, and what policy takes back."""
    (first, sale), *rest = found.items()
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
    is_same = (one.p50 > 0.0) == (sale.p50 > 0.0)
    verb = VERBS[is_same] if not name.endswith("s") else VERBS[is_same].replace("s ", " ")
    verb = verb.removesuffix("s") if name.endswith("s") and verb == "adds" else verb
    size = one.turned() if one.p50 < 0.0 else one
    return f"{name[:1].lower()}{name[1:]} {verb} {size.middle}"


def split_table(facts: Facts) -> Table | None:
    """List every metric with its parts."""
    held = (facts.summary.get("attribution") or {}).get("metrics") or {}
    rows: list[tuple[str, ...]] = []
    names: tuple[str, ...] = ()
    for name, metric in metrics().items():
        if name not in held:
            continue
        found, total = parts(facts, name), _estimate(held[name] | {"p05": None, "p95": None}, "")
        if any(abs(one.p50) > 0.0 for one in (*found.values(), total)):
            names = tuple(found)
            words = [Estimate(one.p50, one.p50, one.p50, metric.unit).middle for one in found.values()]
            whole = Estimate(total.p50, total.p50, total.p50, metric.unit).middle
            rows.append((metric.title(facts.years), *words, whole))
    if not rows:
        return None
    head = ("Median", *names, "In all")
    fold = f"Every headline number by part ({len(rows)})"
    return Table(head=head, rows=tuple(rows), fold=fold, is_sorted=True)


def _estimate(held: dict[str, Any], unit: str) -> Estimate:
    low, middle, high = (
        float("nan") if held.get(key) is None else float(held[key]) for key in ("p05", "p50", "p95")
    )
    return Estimate(low, middle, high, unit)
