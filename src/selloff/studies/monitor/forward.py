"""From the monitor to the model: what it would mean if a quiet sale went on, or turned fast."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from selloff.studies.monitor.nowcasting import Nowcast, usual
from selloff.studies.monitor.rules import REGIMES, Array, draw
from selloff.studies.monitor.watched import holders
from selloff.studies.samples import spread_of
from selloff.vocab import InputError, Problem

_MONTHS: Final = 12
HORIZON: Final = 10.0


@dataclass(frozen=True)
class Ahead:
    """Two questions for the model and how likely each is."""

    chance: dict[str, float]
    """Of no sale, a quiet and a fast one; they add up to one."""
    scenarios: dict[str, dict[str, Any]]
    """The quiet and the fast sale, as scenarios."""


def ahead(found: Nowcast, book_usd_bn: float) -> Ahead:
    """Turn a nowcast into scenarios.

    Each sells at its regime's drift for as long as that lasts on average, at most what there is.
    """
    who = found.flows.holder
    if not who.seller:
        known = ", ".join(name for name, each in holders().items() if each.seller)
        problem = Problem(
            where="from_monitor", given=f"'{who.name}'", allowed=known, remedy="Pick one."
        )
        raise InputError([problem])
    rules, (middle, spread) = draw(1), usual(found)
    drift = -(middle + spread * rules.means[0])
    lasts = 1.0 / (1.0 - np.diagonal(rules.changes[0])) / _MONTHS
    chance = np.median(found.chance(), axis=0)
    chance /= chance.sum()
    scenarios = {
        regime: _scenario(
            found,
            regime,
            usd_bn=float(min(max(drift[k], 0.0) * _MONTHS * lasts[k], book_usd_bn)),
            years=float(lasts[k]),
        )
        for k, regime in enumerate(REGIMES)
        if regime != "none"
    }
    return Ahead(dict(zip(REGIMES, chance.tolist(), strict=True)), scenarios)


def weighted(draws: Mapping[str, Array], chance: Mapping[str, float]) -> dict[str, float]:
    """Median and 5-95% of a metric over regimes, F = sum_r p_r F_r; without a sale it is zero."""
    values = np.concatenate([[0.0], *(draws[regime] for regime in draws)])
    shares = [np.full(each.size, chance[regime] / each.size) for regime, each in draws.items()]
    return spread_of(values, np.concatenate([[chance["none"]], *shares]))


def _scenario(found: Nowcast, regime: str, *, usd_bn: float, years: float) -> dict[str, Any]:
    label = found.flows.holder.label
    return {
        "schema_version": 1,
        "name": f"{found.flows.holder.name}-{regime}",
        "title": f"{label}: the {regime} sale of the monitor goes on",
        "description": f"{usd_bn:.0f}bn over {years:.1f} years, as the monitor of "
        f"{found.day.isoformat()} has it. Into the seller's own currency, unannounced.",
        "horizon_years": HORIZON,
        "sellers": [
            {
                "holder": found.flows.holder.seller,
                "sale_usd_bn": round(usd_bn, 1),
                "buckets": "pro_rata",
                "pace": {"kind": "linear", "years": round(years, 2)},
                "proceeds": {found.flows.holder.proceeds: 1.0},
                "announced_frac": 0.0,
            }
        ],
    }
