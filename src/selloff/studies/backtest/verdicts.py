"""What to say of a forecast once it is known what happened: by rule, never typed."""

from dataclasses import dataclass

import numpy as np

from selloff.evidence import fixed


@dataclass(frozen=True)
class Forecast:
    """What the model said of a variable, and what happened."""

    effect: float
    """Median effect of the flows [bp or percent]."""
    low: float
    high: float
    happened: float
    """NaN where it is not known [bp or percent]."""
    least: float
    """Effect from which the model claims a direction [bp or percent]."""

    @classmethod
    def of(
        cls,
        name: str,
        effect: float,
        model: tuple[float, ...],
        happened: float,
        *,
        error: float = 0.0,
    ) -> "Forecast":
        """Gather a forecast; an effect within its own Monte Carlo error claims nothing."""
        least = fixed("claim_pct" if name.endswith("_pct") else "claim_bp")
        return cls(effect, float(model[0]), float(model[-1]), happened, max(least, error))

    @property
    def is_made(self) -> bool:
        """Whether the flows are large enough for a direction."""
        return abs(self.effect) >= self.least

    @property
    def is_inside(self) -> bool:
        """Whether what happened lies in the 5-95% range."""
        return bool(self.low <= self.happened <= self.high)

    @property
    def sign_hit(self) -> bool | None:
        """Whether the direction was right; nothing where none was claimed."""
        return bool(self.effect * self.happened > 0.0) if self.is_made else None


def verdict(forecast: Forecast) -> str:
    """Say how a forecast did.

    Source: assumption; range first, then direction, then size.
    """
    if not np.isfinite(forecast.happened):
        return "no data"
    place = "inside" if forecast.is_inside else "outside"
    if not forecast.is_made:
        return "inside, no effect claimed" if forecast.is_inside else "outside, other news"
    if not forecast.sign_hit:
        return f"{place}, sign wrong"
    if forecast.is_inside:
        return "inside, sign right"
    middle = 0.5 * (forecast.low + forecast.high)
    is_more = abs(forecast.happened) > abs(middle)
    return "outside, too small" if is_more else "outside, too large"
