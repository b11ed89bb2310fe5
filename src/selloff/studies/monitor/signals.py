"""What else the public sees of a holder's flows, sooner and less surely than TIC."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from selloff.data import reserves_known, table, week_known
from selloff.studies.monitor.flows import FlowHistory, change_of
from selloff.studies.monitor.rules import Array, RuleDraws

_MN_PER_BN: Final = 1e3
_FEWEST: Final = 12
"""Months needed to read a signal [count]."""


@dataclass(frozen=True, eq=False)
class Signal:
    """One series beside TIC, summed within each month up to its last release."""

    name: str
    so_far: Array
    """Sum since the month began; NaN where nothing is out [draw, month]."""
    part: Array
    """Part of the month it covers [month]."""
    last: pd.Timestamp | None
    """Last day it tells of."""


@dataclass(frozen=True, eq=False)
class FlowRead:
    """A signal in the unit of the flow: flow = a + b signal + error, fitted on known months."""

    signal: Signal
    slope: float
    fit: float
    """R2 [fraction]."""
    flow: Array
    """[draw, month]"""
    error: Array
    """[draw, month]"""


def reserves(flows: FlowHistory, now: pd.Timestamp, rules: RuleDraws) -> Signal:
    """Change of the securities in Japan's reserves, less price and intervention."""
    frame = table("japan_reserves_monthly", flows.snapshot).set_index("date")
    frame = frame["securities_usd_mn"] / _MN_PER_BN
    known = frame[[reserves_known(month) <= now for month in frame.index]]
    held = known.reindex(flows.months).to_numpy()
    before = np.concatenate([[np.nan], held[:-1]])
    price = rules["reserves_duration"][:, None] * change_of("5Y", flows.months, flows.snapshot)
    price = price * before
    left = held - before + price + flows.paid
    last = known.index[-1] if len(known) else None
    return Signal("reserves", left, np.ones(len(flows.months)), last)


def custody(flows: FlowHistory, now: pd.Timestamp, _: RuleDraws) -> Signal:
    """Change of what the Fed keeps for foreign officials."""
    frame = table("fed_custody_weekly", flows.snapshot).set_index("date")["usd_bn"]
    frame = frame.diff().dropna()
    return _weekly("custody", frame, flows, now)


def residents(flows: FlowHistory, now: pd.Timestamp, _: RuleDraws) -> Signal:
    """Foreign bonds bought by Japan's banks, insurers and funds."""
    frame = table("mof_flows_weekly", flows.snapshot)[["date", "long_debt_jpy_bn"]]
    rate = table("fx_daily", flows.snapshot)[["date", "JPY"]].dropna()
    priced = pd.merge_asof(frame, rate, on="date")
    usd = (priced["long_debt_jpy_bn"] * priced["JPY"]).set_axis(priced["date"])
    return _weekly("residents", usd, flows, now)


LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reserves": "Japan's reserves less price and intervention",
        "custody": "Treasuries kept at the Fed for foreign officials",
        "residents": "foreign bonds bought by Japan's residents",
    }
)
SIGNALS: Final[
    Mapping[str, tuple[Callable[[FlowHistory, pd.Timestamp, RuleDraws], Signal], ...]]
] = MappingProxyType(
    {"japan": (reserves, custody, residents), "officials": (custody,), "china": (custody,)}
)
"""Which signals tell of whom."""


def readings(
    flows: FlowHistory, adjusted: Array, now: pd.Timestamp, rules: RuleDraws, *, without: str = ""
) -> tuple[FlowRead, ...]:
    """Turn the signals of a holder into flows, each fitted on the months that were known."""
    made = [make(flows, now, rules) for make in SIGNALS.get(flows.holder.name, ())]
    read = [_read(each, adjusted) for each in made if each.name != without]
    return tuple(each for each in read if each is not None)


def _weekly(name: str, weeks: pd.Series, flows: FlowHistory, now: pd.Timestamp) -> Signal:
    """Sum the weeks of each month that are out; a week belongs to the month it ends in."""
    n = flows.net.shape[0]
    known = weeks[[week_known(day) <= now for day in weeks.index]]
    months = known.index + pd.offsets.MonthEnd(0)
    so_far = known.groupby(months).sum().reindex(flows.months).to_numpy()
    first = known.groupby(months).size().reindex(flows.months).to_numpy()
    whole = weeks_in(flows.months)
    begun = flows.months >= (known.index[0] + pd.offsets.MonthEnd(1) if len(known) else now)
    so_far = np.where(begun, so_far, np.nan)
    last = known.index[-1] if len(known) else None
    part = np.minimum(np.nan_to_num(first) / whole, 1.0)
    return Signal(name, np.tile(so_far, (n, 1)), part, last)


def _read(signal: Signal, adjusted: Array) -> FlowRead | None:
    """Fit flow on signal by least squares over months that both cover."""
    flow = np.median(adjusted, axis=0)
    seen = np.median(signal.so_far, axis=0)
    both = ~np.isnan(flow) & ~np.isnan(seen) & (signal.part >= 1.0)
    if both.sum() < _FEWEST:
        return None
    design = np.stack([np.ones(both.sum()), seen[both]], axis=1)
    (constant, slope), *_ = np.linalg.lstsq(design, flow[both], rcond=None)
    left = flow[both] - design @ np.array([constant, slope])
    spread = float(np.sqrt((left**2).sum() / (both.sum() - 2)))
    fit = 1.0 - float(left.var() / flow[both].var())
    read = constant * signal.part + slope * signal.so_far
    error = np.broadcast_to(spread * np.sqrt(np.maximum(signal.part, 1e-9)), read.shape)
    return FlowRead(signal, float(slope), fit, read, error)


def weeks_in(months: pd.DatetimeIndex) -> Array:
    """Count the Wednesdays of each month."""
    ends = months.to_numpy().astype("datetime64[D]") + np.timedelta64(1, "D")
    starts = months.to_numpy().astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(np.busday_count(starts, ends, weekmask="Wed"), dtype=float)
