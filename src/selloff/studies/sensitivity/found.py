"""What a study of sensitivity found: for each metric the inputs that matter, and what to study."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from selloff.studies.sensitivity.indices import Index
from selloff.studies.sensitivity.slopes import Slope
from selloff.studies.sensitivity.worth import Worth


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
    effects: tuple[Effect, ...]
    """Those that matter most, by total order."""
    chance: Effect
    """Everything drawn by the number of the draw, together."""
    rest: Effect
    """All inputs that were not looked at one by one, together."""
    core: tuple[Worth, ...]
    """Parameters of the core that stand out, each with all that goes with it."""
    studies: tuple[Worth, ...]
    """Studies and series, that narrows the range most first."""
    n_left_out: int
    """Draws without a number [count]."""

    @property
    def known(self) -> float:
        """Share of variance that knowing every parameter would take away [fraction]."""
        return 1.0 - self.chance.total.value

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say who matters, how much is chance, and which study would tell most."""
        first = self.effects[0]
        told = [
            f"{self.label}: median {_say(self.p50)}, from 5 to 95 percent {_say(self.p05)} to "
            f"{_say(self.p95)} {self.unit}. {first.name} matters most: {first.total.value:.0%} of "
            f"the variance goes with it and with what it does together with others "
            f"({first.total.low:.0%} to {first.total.high:.0%}).",
            f"To know every parameter would take away {self.known:.0%} of the variance; "
            f"{self.chance.first.value:.0%} is chance alone.",
        ]
        if self.studies:
            best = self.studies[0]
            told.append(
                f"Most would come from: {best.name}. To know {', '.join(best.parameters)} would "
                f"narrow the range from {_say(best.now)} to {_say(best.left)} {self.unit} "
                f"({_say(best.left_low)} to {_say(best.left_high)})."
            )
        return tuple(told)

    def as_dict(self) -> dict[str, Any]:
        """Lay it out for JSON."""
        return asdict(self) | {"known": self.known, "sentences": list(self.sentences)}


@dataclass(frozen=True)
class Sensitivity:
    """Which unknowns matter to a scenario."""

    scenario: str
    title: str
    draws: int
    """Points of the Saltelli sample [count]."""
    seed: int
    points: int
    """Independent points behind shares and ranges [count]."""
    runs: int
    """Draws simulated in all [count]."""
    inputs: int
    """Inputs that vary on their own [count]."""
    of: Mapping[str, OfMetric]

    def as_dict(self) -> dict[str, Any]:
        """Lay it out for JSON."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "of"}
        return plain | {"of": {name: each.as_dict() for name, each in self.of.items()}}

    def figure(self, metric: str) -> dict[str, Any]:
        """Draw first and total order of the inputs that matter, as a plotly figure."""
        from selloff.report import figure
        from selloff.studies.sensitivity.drawing import chart

        return figure(chart(self, metric))

    def html(self) -> str:
        """Write the page."""
        from selloff.studies.sensitivity.drawing import page

        return page(self)


def _say(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10.0 else f"{value:,.2f}"  # noqa: PLR2004
