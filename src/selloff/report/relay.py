"""Who holds the bonds over time, from those who sell to those who keep them."""

from typing import Final

import numpy as np

from selloff import charts
from selloff.charts import Layer
from selloff.report.draw import DECIMALS, TALL, Draws, day_axis, days, thinned, units, words
from selloff.report.estimate import digits, from_metric, with_unit
from selloff.report.facts import Facts
from selloff.report.question import upper
from selloff.report.section import Drawing, Table
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR

SELLER: Final = "not sold yet"
SINGULAR: Final = ("the Federal Reserve",)
RELAY: Final = (
    (SELLER, ()),
    ("dealers", ("dealers",)),
    ("the Federal Reserve", ("fed",)),
    ("US banks and money funds", ("usa_bank", "usa_mmf")),
    ("US funds, pensions, insurers", ("usa_mutual_fund", "usa_pension", "usa_insurer")),
    ("US households and others", ("usa_household", "usa_other", "levered")),
    ("private holders abroad", ("foreign_private",)),
    ("officials abroad", ("foreign_official",)),
)
"""Layers of the relay: name, and the groups it adds up."""
TONES: Final = {name: at for at, (name, _) in enumerate(RELAY, start=1)}
LEAST: Final = 10.0
"""Most that changes hands below which nothing is drawn [USD bn]."""
NOTICED: Final = 0.01
"""Share of all that is sold from which a layer is drawn."""


def relay(facts: Facts) -> dict[str, Draws]:
    """Take the mean book of each layer over time, since means add up where medians do not [USD
    bn]; layers that stay small are left out."""
    groups = [str(one) for one in facts.dataset["group"].to_numpy()]
    books, left = (_mean(facts, name) for name in ("absorbed_face", "unsold_face"))
    rows = {SELLER: left}
    for name, members in RELAY[1:]:
        at = [groups.index(one) for one in members if one in groups]
        rows[name] = books[:, at].sum(axis=1)
    most = float(np.max(np.sum([np.maximum(one, 0.0) for one in rows.values()], axis=0)))
    if most < LEAST:
        return {}
    return {name: one for name, one in rows.items() if np.max(np.abs(one)) > NOTICED * most}


def _mean(facts: Facts, name: str) -> Draws:
    held, alive = facts.path(name), facts.alive
    return np.asarray((held if alive.all() else held[alive]).mean(axis=0))


def relay_chart(facts: Facts, rows: dict[str, Draws]) -> Drawing | None:
    """Draw who holds it over time."""
    if not rows:
        return None
    stops = thinned(days(facts))
    layers = [
        Layer(name=upper(name), values=tuple(line[stops].tolist()), tone=TONES[name])
        for name, line in rows.items()
    ]
    name, title = f"relay_{facts.side.lower()}", _relay_title(facts, rows)
    how = "Means over simulations of what is sold; below zero, a group has sold as well."
    drawn = charts.relay(words(name, title, units("USD bn"), how), day_axis(facts), layers)
    return Drawing(id=name, title=title, chart=drawn, page="absorption", height=TALL)


def _relay_title(facts: Facts, rows: dict[str, Draws]) -> str:
    buyers = {name: line for name, line in rows.items() if name != SELLER}
    if not buyers:
        return "Nobody has bought"
    last = max(buyers, key=lambda name: float(buyers[name][-1]))
    first = max(buyers, key=lambda name: float(np.max(buyers[name])))
    verb = "takes" if first in SINGULAR else "take"
    text = f"{upper(first)} {verb} the largest part"
    if first != last:
        text += f"; at the end {last} {'holds' if last in SINGULAR else 'hold'} it"
    return text if facts.side == "A" else f"{facts.side}: {text}"


def _moments(facts: Facts) -> list[tuple[str, float]]:
    last = float(days(facts)[-1])
    took = from_metric(facts.summary, "days_to_complete").p50
    shown = [("After a week", 5.0), ("After a month", 21.0)]
    if np.isfinite(took) and 25.0 < took < BUSINESS_DAYS_PER_YEAR - 1:
        shown.append((f"Sold: day {took:.0f}", float(took)))
    shown += [("A year on", 252.0), ("Five years on", 1260.0)]
    found = [(word, day) for word, day in shown if day < last]
    return [*found, ("At the end", last)]


def relay_table(facts: Facts, rows: dict[str, Draws]) -> Table | None:
    """List who holds it at a few moments."""
    if not rows:
        return None
    moments = _moments(facts)
    cells = tuple(
        (
            upper(name),
            *(_billions(line[_step(facts, day)]) for _, day in moments),
        )
        for name, line in rows.items()
    )
    lead = "" if facts.side == "A" else f"{facts.side}: "
    head = (f"{lead}Mean books", *(word for word, _ in moments))
    return Table(head=head, rows=cells, fold=f"{lead}Who holds it, as a table")


def largest(facts: Facts, rows: dict[str, Draws], day: float) -> str:
    """Find who holds most on a day."""
    at = _step(facts, day)
    return max((name for name in rows if name != SELLER), key=lambda name: float(rows[name][at]))


def _step(facts: Facts, day: float) -> int:
    return max(0, int(np.searchsorted(days(facts), day + 0.5)) - 1)


def _billions(amount: float) -> str:
    unit = "USD bn"
    return with_unit(digits(float(amount), DECIMALS[unit]), unit)
