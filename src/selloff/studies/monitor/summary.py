"""What the monitor says of one holder, in numbers."""

from typing import Any, Final

import numpy as np

from selloff.studies.monitor.flags import Unexplained, flag, selling_chance, unexplained
from selloff.studies.monitor.nowcasting import Nowcast, regimes
from selloff.studies.monitor.release import DataAge, ages, upcoming
from selloff.studies.monitor.rules import Array
from selloff.studies.monitor.signals import LABELS, FlowRead
from selloff.studies.monitor.timeline import events_by_month
from selloff.studies.samples import spread_of

_MONTHS: Final = 3
_SAMPLES: Final = 50
"""Normal scores to each draw of the rules [count]."""


def summarise(found: Nowcast) -> dict[str, Any]:
    """Lay a nowcast out as it is printed and saved."""
    flows, raised = found.flows, flag(found)
    left = unexplained(found)
    return {
        "holder": flows.holder.name,
        "label": flows.holder.label,
        "role": flows.holder.role,
        "as_of": found.day.isoformat(),
        "flag": raised.level,
        "reasons": list(raised.reasons),
        "chance": {name: regimes(found.chance(name)) for name in found.tracks},
        "three_months": {name: _three_months(found, name) for name in found.tracks},
        "published_three_months": decomposition(found),
        "explained_by_intervention_frac": explained(found),
        "unexplained_reserves": left and _left(left),
        "moved_most_by": LABELS.get(moved_by(found) or ""),
        "shifts": {LABELS[name]: by for name, by in shifts(found).items()},
        "signals": [_signal(each) for each in found.readings],
        "last_month_published": last_published(found),
        "data": [_age(each) for each in ages(found.day, flows.snapshot)],
        "next_releases": {each.name: each.due.isoformat() for each in upcoming(found.day)},
    }


def _signal(one: FlowRead) -> dict[str, Any]:
    last = one.signal.last
    return {
        "name": one.signal.name,
        "label": LABELS[one.signal.name],
        "slope": one.slope,
        "r2": one.fit,
        "last": None if last is None else f"{last:%Y-%m-%d}",
    }


def _age(one: DataAge) -> dict[str, Any]:
    return {
        "name": one.name,
        "last": one.last.isoformat(),
        "out": one.out.isoformat(),
        "age_days": one.days,
        "every_days": one.every,
        "is_stale": one.is_stale,
    }


def _left(one: Unexplained) -> dict[str, Any]:
    return {
        "month": f"{one.month:%Y-%m}",
        "usd_bn": one.usd_bn,
        "intervention_is_out": one.is_complete,
    }


def months_table(found: Nowcast, n: int = 12) -> list[dict[str, Any]]:
    """Lay out the last months: flows, what interventions took, chances, what happened."""
    rows: list[dict[str, Any]] = []
    happened = events_by_month(found.months, found.day, found.flows.snapshot)
    for m in range(max(len(found.months) - n, 0), len(found.months)):
        row = {
            "month": f"{found.months[m]:%Y-%m}",
            "net_usd_bn": _number(found.flows.net[:, m]),
            "intervention_usd_bn": float(found.flows.intervention[m]),
            "funded_usd_bn": _number(found.funded[:, m]),
            "long_term_usd_bn": _number(found.flows.long_term[m : m + 1]),
        }
        for name in found.tracks:
            chance = np.median(found.tracks[name].filtered.chance[:, m], axis=0)
            row[f"{name}_quiet"], row[f"{name}_fast"] = float(chance[1]), float(chance[2])
        row["events"] = happened[m]
        rows.append(row)
    return rows


def last_published(found: Nowcast) -> str:
    """Name the last month TIC has told of."""
    return f"{found.months[found.flows.told[-1]]:%Y-%m}"


def decomposition(found: Nowcast) -> dict[str, Any]:
    """Split the change of the position over the last three published months [USD bn].

    change = notes and bonds + bills + price and the rest
    """
    flows = found.flows
    known = flows.told[-_MONTHS:]
    net = float(np.median(flows.net[:, known].sum(axis=1)))
    change = float(flows.held[known[-1]] - flows.held[known[0] - 1])
    notes = float(flows.long_term[known].sum())
    return {
        "first": f"{found.months[known[0]]:%Y-%m}",
        "last": f"{found.months[known[-1]]:%Y-%m}",
        "change_usd_bn": change,
        "notes_and_bonds_usd_bn": None if np.isnan(notes) else notes,
        "bills_usd_bn": None if np.isnan(notes) else net - notes,
        "net_usd_bn": net,
        "price_and_rest_usd_bn": change - net,
        "interventions_usd_bn": -float(np.median(found.funded[:, known].sum(axis=1))),
    }


def explained(found: Nowcast) -> dict[str, float] | None:
    """Share of the last three published months' sales that interventions took; none if bought."""
    known = found.flows.told[-_MONTHS:]
    net = found.flows.net[:, known].sum(axis=1)
    if np.median(net) >= 0.0:
        return None
    share = np.clip(found.funded[:, known].sum(axis=1) / np.maximum(-net, 1e-9), 0.0, 1.0)
    return spread_of(share)


def shifts(found: Nowcast) -> dict[str, float]:
    """Say by how much each signal moves the chance of a sale; above zero, up [fraction]."""
    now = float(selling_chance(found, "adjusted")[-1])
    # As `selling_chance` has it: medians of two chances do not add up to that of their sum.
    less = {name: np.median(chance[:, 1:].sum(axis=1)) for name, chance in found.without.items()}
    return {name: now - float(without) for name, without in less.items()}


def moved_by(found: Nowcast) -> str | None:
    """Name the signal without which the chance of a sale would differ most."""
    gaps = shifts(found)
    return max(gaps, key=lambda name: abs(gaps[name])) if gaps else None


def _three_months(found: Nowcast, track: str) -> dict[str, float]:
    """Flow of the last three whole months, those that are not out nowcast [USD bn]."""
    return spread_of(three_months(found, track, len(found.months) - 2))


def three_months(found: Nowcast, track: str, last: int) -> Array:
    """Draw the flow of three months up to one, over rules and what is not seen [USD bn]."""
    filtered = found.tracks[track].filtered
    few = slice(last + 1 - _MONTHS, last + 1)
    middle = filtered.flow[:, few].sum(axis=1)
    error = np.sqrt((filtered.error[:, few] ** 2).sum(axis=1))
    scores = np.random.default_rng(0).standard_normal((_SAMPLES, middle.size))
    return np.asarray((middle + error * scores).ravel())


def _number(values: Array) -> float | None:
    middle = float(np.median(values))
    return None if np.isnan(middle) else middle
