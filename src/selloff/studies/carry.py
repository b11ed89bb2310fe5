"""Why Japan holds Treasuries: what they yield in yen, hedged and not."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from selloff.bridge.curve import par_yields
from selloff.data import Vintage
from selloff.evidence import fixed
from selloff.pipeline import jax_settings
from selloff.vocab import PCT

TENORS: Final = ("2Y", "5Y", "10Y", "20Y", "30Y")
_YEARS: Final = (2.0, 5.0, 10.0, 20.0, 30.0)
_SHORT: Final = 0.25


@dataclass(frozen=True)
class Carry:
    """The arithmetic of one maturity, in percent a year."""

    tenor: str
    treasury_pct: float
    jgb_pct: float
    hedge_cost_pct: float
    """Short dollar rate less short yen rate, plus the basis."""

    @property
    def unhedged_pickup_pct(self) -> float:
        """Treasury less JGB, the currency left open [percent a year]."""
        return self.treasury_pct - self.jgb_pct

    @property
    def hedged_pct(self) -> float:
        """Treasury yield left after hedging with three-month forwards [percent a year]."""
        return self.treasury_pct - self.hedge_cost_pct

    @property
    def hedged_pickup_pct(self) -> float:
        """Hedged Treasury less JGB; below zero a JGB pays more [percent a year]."""
        return self.hedged_pct - self.jgb_pct


@jax_settings()
def carry(world: Vintage) -> tuple[Carry, ...]:
    """Work out hedged and unhedged carry by maturity.

    hedge cost = r_USD(3m) - r_JPY + basis;  hedged pick-up = y_UST - hedge cost - y_JGB

    Source: covered interest parity with a basis (Du, Tepper and Verdelhan 2018).
    """
    years = np.array(_YEARS)
    dollar, yen = (par_yields(world.curves[c], years) / PCT for c in ("USD", "JPY"))
    short = float(par_yields(world.curves["USD"], np.array([_SHORT]))[0]) / PCT
    call = world.snapshot.last("policy_rates_daily", "boj_call_pct", world.date)
    if call is None:
        raise LookupError(f"no yen call rate by {world.date}")
    cost = short - call.value + fixed("hedge_basis")
    return tuple(
        Carry(tenor, float(us), float(jp), cost)
        for tenor, us, jp in zip(TENORS, dollar, yen, strict=True)
    )
