"""What a plan comes to: its mean bill, its risk, and by how much it breaks a limit."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from selloff.studies.measuring import Numbers
from selloff.studies.optimal.plans import WayDown
from selloff.studies.optimal.settings import DescentQuestion, Limit
from selloff.studies.samples import share_range

BILL: Final = "seller_total_cost_usd_bn"
FLOW: Final = "currency_flow_loss_usd_bn"
WAITING: Final = ("bond_waiting_loss_usd_bn", "currency_waiting_loss_usd_bn")
PARTS: Final = {
    "selling": "seller_execution_loss_usd_bn",
    "currency": "seller_conversion_loss_usd_bn",
    "hedge": FLOW,
    "mark": "seller_final_mark_loss_usd_bn",
    "sanctions": "seller_expected_sanction_loss_usd_bn",
    "carry": "seller_carry_loss_usd_bn",
}
"""Parts of the bill that add up to it, the hedge's own among them."""
RISE: Final = "us_10y_peak_bp"
BOUGHT: Final = "fed_purchases_usd_bn"
_NOTICED: Final = 1.0
"""Purchases that count as the Federal Reserve stepping in [USD bn]."""


@dataclass(frozen=True)
class Score:
    """What a plan comes to over many draws of the same chance."""

    plan: WayDown
    mean: float
    """Of the bill [USD bn]."""
    p05: float
    p95: float
    bill_sd: float
    """Of the bill alone: what nobody knows of the answer to the sale [USD bn]."""
    sd: float
    """Of bill and markets: what waits is at the mercy of both [USD bn]."""
    excess_p95: float
    """How far bill and markets come to lie beyond the mean in one case of twenty [USD bn]."""
    parts: dict[str, float]
    rise_p50: float
    rise_p95: float
    fed_chance: float
    breaches: dict[str, float] = field(default_factory=dict)
    """By limit: what it comes to, where that is too much."""
    draws: int = 1
    breach: float = 0.0
    """Sum of what is too much, relative to each limit [ratio]."""

    @property
    def fed_band(self) -> tuple[float, float]:
        """Give the 90% range that sampling leaves of the chance (Wilson 1927)."""
        return share_range(round(self.fed_chance * self.draws), self.draws)

    def risk(self, question: DescentQuestion) -> float:
        """What the seller minds [USD bn]."""
        return self.sd if question.objective == "sd" else self.excess_p95

    def worth(self, question: DescentQuestion, aversion: float) -> float:
        """Mean bill and what the risk on top of it weighs [USD bn]."""
        return self.mean + aversion * self.risk(question)

    def summary(self, question: DescentQuestion) -> dict[str, Any]:
        """Give everything as plain values."""
        return {
            "sale": self.plan.summary(question),
            "mean_usd_bn": self.mean,
            "p05_usd_bn": self.p05,
            "p95_usd_bn": self.p95,
            "bill_sd_usd_bn": self.bill_sd,
            "sd_usd_bn": self.sd,
            "excess_p95_usd_bn": self.excess_p95,
            "parts_usd_bn": self.parts,
            "us_10y_peak_p50_bp": self.rise_p50,
            "us_10y_peak_p95_bp": self.rise_p95,
            "fed_chance_frac": self.fed_chance,
            "fed_chance_p05_frac": self.fed_band[0],
            "fed_chance_p95_frac": self.fed_band[1],
            "draws": self.draws,
            "breaches": self.breaches,
        }


def score(plan: WayDown, numbers: Numbers, question: DescentQuestion) -> Score:
    """Sum up the draws of a plan.

    Markets have no drift here: what they do to what waits is a risk and not a cost.
    """
    bill = numbers[BILL] + numbers[FLOW]
    waited = sum(numbers[each] for each in WAITING)
    whole = bill + (waited - np.mean(waited) if question.risk == "all" else 0.0)
    found = {each: _level(numbers, each) for each in question.limits}
    over = {each: most for each, most in found.items() if most > each.at_most}
    return Score(
        plan=plan,
        mean=float(bill.mean()),
        p05=float(np.percentile(bill, 5.0)),
        p95=float(np.percentile(bill, 95.0)),
        bill_sd=float(bill.std()),
        sd=float(whole.std()),
        excess_p95=float(np.percentile(whole, 95.0) - bill.mean()),
        parts={name: float(numbers[metric].mean()) for name, metric in PARTS.items()},
        rise_p50=float(np.percentile(numbers[RISE], 50.0)),
        rise_p95=float(np.percentile(numbers[RISE], 95.0)),
        fed_chance=float((numbers[BOUGHT] > _NOTICED).mean()),
        breaches={each.words: most for each, most in over.items()},
        draws=bill.size,
        breach=sum(_relative(most, each.at_most) for each, most in over.items()),
    )


def _level(numbers: Numbers, limit: Limit) -> float:
    """What a limit is held against: a quantile, or the chance of any purchase."""
    if limit.quantile is None:
        return float((numbers[limit.metric] > _NOTICED).mean())
    return float(np.quantile(numbers[limit.metric], limit.quantile))


def _relative(found: float, at_most: float) -> float:
    """How much too much it is; a limit of nothing is held against a hundredth."""
    return (found - at_most) / max(at_most, 0.01)
