"""What moves one metric: the inputs that matter, and which study would tell most."""

import math
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any, Final

from selloff.studies.sensitivity.indices import Index
from selloff.studies.sensitivity.slopes import Slope
from selloff.studies.sensitivity.worth import Worth

_LARGE: Final = 10.0
_NOTHING: Final = 5e-4
_NAMED: Final = 2
"""Inputs not told from the first that are named [count]."""


@dataclass(frozen=True)
class Effect:
    """What one input does to one metric."""

    name: str
    members: tuple[str, ...]
    first: Index
    """Share of variance that goes with it alone [fraction]."""
    total: Index
    """Share of variance that is left when all others are known [fraction]."""
    worth: Worth | None
    slope: Slope | None
    """None for a group, which has no one direction."""


@dataclass(frozen=True)
class OfMetric:
    """What moves one metric."""

    metric: str
    label: str
    unit: str
    p05: float
    p50: float
    p95: float
    variance: float
    """Square of the unit."""
    effects: tuple[Effect, ...]
    """Those that matter most, by total order."""
    chance: Effect
    """Everything drawn by the number of the draw, together."""
    rest: Effect
    """All inputs that were not looked at one by one, together."""
    core: tuple[Worth, ...]
    """Parameters of the core, each with all that goes with it; the one that leaves least first."""
    studies: tuple[Worth, ...]
    """Studies and series, that narrows the range most first."""
    n_left_out: int
    """Draws without a number [count]."""

    @property
    def untold(self) -> tuple[str, ...]:
        """Name the inputs that the bands do not tell from the first."""
        first, *others = self.effects
        return tuple(each.name for each in others if each.total.high >= first.total.low)

    @property
    def finding(self) -> str:
        """Say which input matters most, or only comes first."""
        if self.variance == 0.0:
            return "nothing moves it"
        return f"{self.effects[0].name} {'comes first' if self.untold else 'matters most'}"

    @property
    def known(self) -> float:
        """Share of variance that knowing every parameter would take away [fraction]."""
        return 1.0 - self.chance.total.value if self.variance > 0.0 else 0.0

    @property
    def luck(self) -> float:
        """Share of variance of chance alone; errors of the sample kept within what it can be."""
        return min(max(self.chance.first.value, 0.0), 1.0 - self.known)

    @property
    def narrowing(self) -> tuple[Worth, ...]:
        """Keep of the studies those that narrow the range by more than their band."""
        return tuple(each for each in self.studies if each.left_high < each.now)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say who matters, how much is chance, and which study would tell most."""
        if self.variance == 0.0:
            return (f"{self.label} does not move: {_say(self.p50)} {self.unit} in every draw.",)
        first, low, high = self.effects[0], *map(_part, astuple(self.chance.first)[1:])
        untold = f"; the bands do not tell it from {_listed(self.untold)}" if self.untold else ""
        told = [
            f"{self.label}: median {_say(self.p50)}, from 5 to 95 percent {_say(self.p05)} to "
            f"{_say(self.p95)} {self.unit}. {self.finding}: {first.total.value:.0%} of "
            f"the variance goes with it and with what it does together with others "
            f"({first.total.low:.0%} to {first.total.high:.0%}){untold}.",
            f"To know every parameter would take away {self.known:.0%} of the variance "
            f"({1.0 - self.chance.total.high:.0%} to {1.0 - self.chance.total.low:.0%}); chance "
            f"alone is {self.luck:.0%} ({low:.0%} to {high:.0%}), and what is left is both "
            "together.",
        ]
        if self.narrowing:
            best = self.narrowing[0]
            told.append(
                f"Most could come from: {best.name}. To know {', '.join(best.parameters)} exactly "
                f"would narrow the range from {_say(best.now)} to {_say(best.left)} {self.unit} "
                f"({_say(best.left_low)} to {_say(best.left_high)})."
            )
        return tuple(told)

    def rows(self) -> list[tuple[str, ...]]:
        """Write out each input: first order, total order, slope and the range left."""
        return [_row(each) for each in (*self.effects, self.rest, self.chance)]

    def study_rows(self) -> list[tuple[str, ...]]:
        """Write out each study that narrows: the range now, the range left and its band."""
        return [
            (each.name, _say(each.now), _say(each.left), _range(each.left_low, each.left_high))
            for each in self.narrowing
        ]

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return asdict(self) | {"known": self.known, "sentences": list(self.sentences)}


def _part(share: float) -> float:
    """Keep an error of the sample within what a share can be."""
    return min(max(share, 0.0), 1.0)


def _listed(names: Sequence[str]) -> str:
    shown, more = names[:_NAMED], len(names) - _NAMED
    return " and ".join((", ".join(shown), f"{more} others") if more > 0 else shown)


def _row(one: Effect) -> tuple[str, ...]:
    left = "" if one.worth is None else _say(one.worth.left)
    return (one.name, *_shares(one.first), *_shares(one.total), *_slope(one.slope), left)


def _slope(one: Slope | None) -> tuple[str, str]:
    if one is None:
        return "", ""
    error = f"±{_say(one.error)}" if math.isfinite(one.error) else "±?"
    return _say(one.value) + " *" * one.is_kinked, error


def _shares(index: Index) -> tuple[str, str]:
    return _percent(index.value), f"{_percent(index.low)} to {_percent(index.high)}"


def _percent(share: float) -> str:
    return f"{round(100.0 * share)}"


def _range(low: float, high: float) -> str:
    return f"{_say(low)} to {_say(high)}"


def _say(value: float) -> str:
    size = abs(value)
    if size < _NOTHING:
        return "0"
    return f"{value:,.0f}" if size >= _LARGE else f"{value:.{2 if size >= 1.0 else 3}f}"
