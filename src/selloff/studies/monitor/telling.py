"""What the monitor's page shows beside the summary: months so far, and what is open."""

from typing import Any, Final

import numpy as np
import pandas as pd

from selloff.data import table, tic_known
from selloff.studies.monitor.flags import unexplained
from selloff.studies.monitor.nowcasting import Nowcast
from selloff.studies.monitor.rules import REGIMES
from selloff.studies.monitor.rules import table as rules_table
from selloff.studies.monitor.summary import three_months

_QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
_TRACK: Final = "adjusted"
_MONTH: Final = pd.offsets.MonthEnd(1)
_BN_PER_TN: Final = 1e3
_MN_PER_BN: Final = 1e3


def history(found: Nowcast, n: int = 36) -> dict[str, Any]:
    """Lay out chances and flows of three months, month by month, interventions added back.

    Chances go up to the day; flows of three months to the last whole month.
    """
    last = range(max(len(found.months) - n, 3), len(found.months) - 1)
    so_far = range(last.start, len(found.months))
    chance = np.median(found.tracks[_TRACK].filtered.chance, axis=0)
    flows = [np.quantile(three_months(found, _TRACK, m), _QUANTILES) for m in last]
    published = found.flows.net[:, last.start : last.stop]
    return {
        "months": [f"{found.months[m]:%Y-%m}" for m in last],
        "chance_months": [f"{found.months[m]:%Y-%m}" for m in so_far],
        "chance": {name: chance[so_far, k].tolist() for k, name in enumerate(REGIMES)},
        "three_months_usd_bn": np.array(flows).T.tolist(),
        "intervention_usd_bn": found.flows.intervention[last].tolist(),
        "is_published": (~np.isnan(published).any(axis=0)).tolist(),
    }


def open_question(found: Nowcast) -> dict[str, Any] | None:
    """Say which total of interventions would explain a fall of reserves that is still open.

    explained above (fall - amber) S, the first true alarm below (fall - red) S, S yen per dollar
    """
    left = unexplained(found)
    limit = {name: row.value for name, row in rules_table().items()}
    if left is None or left.is_complete or left.usd_bn > -limit["amber_unexplained"]:
        return None
    rate = table("fx_daily", found.flows.snapshot)[["date", "JPY"]].dropna()
    in_month = rate["date"].dt.to_period("M") == left.month.to_period("M")
    yen = float(1.0 / rate.loc[in_month & (rate["date"] <= pd.Timestamp(found.day)), "JPY"].mean())

    def total(limit_usd_bn: float) -> float:
        return max(-left.usd_bn - limit_usd_bn, 0.0) * yen / _BN_PER_TN

    return {
        "month": f"{left.month:%Y-%m}",
        "fall_usd_bn": -left.usd_bn,
        "whole_jpy_tn": total(0.0),
        "explained_above_jpy_tn": total(limit["amber_unexplained"]),
        "alarm_below_jpy_tn": total(limit["red_unexplained"]),
    }


def answered_question(found: Nowcast) -> dict[str, Any] | None:
    """Say whether interventions explain the latest large fall of reserves, and what is still open.

    left = intervention - fall; explained from -amber on
    """
    left = unexplained(found)
    amber = rules_table()["amber_unexplained"].value
    if left is None or not left.is_complete:
        return None
    sold = float(found.flows.paid[found.months.get_loc(left.month)])
    if sold - left.usd_bn < amber:
        return None
    snapshot = found.flows.snapshot
    deposits = table("japan_reserves_monthly", snapshot).set_index("date")["deposits_usd_mn"]
    change = deposits.diff()[left.month] / _MN_PER_BN
    days = table("mof_intervention_daily", snapshot)["date"].dt.to_period("M")
    tic = {month: tic_known(month).date() for month in (left.month, left.month + _MONTH)}
    return {
        "month": f"{left.month:%Y-%m}",
        "fall_usd_bn": sold - left.usd_bn,
        "deposits_usd_bn": float(change),
        "intervention_usd_bn": sold,
        "left_usd_bn": left.usd_bn,
        "is_explained": left.usd_bn >= -amber,
        "days_are_out": bool((days == left.month.to_period("M")).any()),
        "tic_due": {f"{m:%Y-%m}": day.isoformat() for m, day in tic.items() if day > found.day},
    }
