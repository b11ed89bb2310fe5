"""From a run to what its answer is told with; the bill in the seller's own currency."""

from collections.abc import Mapping
from typing import Any, Final

import xarray as xr

from selloff.report.answer import BILL, WANTED, Gist, sentences
from selloff.report.estimate import MONEY, Estimate
from selloff.report.facts import Facts
from selloff.report.prescribed import is_quiet, is_stressed
from selloff.report.told import TEN, YEN, Told

THOUSAND: Final = 1000.0
OWN: Final = "LC bn"
"""Unit of amounts in the seller's own currency."""


def gist(facts: Facts) -> Gist:
    """Read what the sentences need."""
    return Gist(
        numbers={one: facts.told(one) for one in WANTED} | {BILL: bill(facts)},
        start={one: facts.opening(one) for one in (TEN, YEN)},
        years=facts.years,
        is_answered=bool(facts.alive.any()),
        is_sale=facts.is_sale,
        is_quiet=is_quiet(facts.dataset),
        is_stressed=is_stressed(facts.dataset),
        frozen_frac=facts.ended("frozen"),
    )


def answer_lines(dataset: xr.Dataset, summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Say the answer in plain sentences, without links."""
    return tuple(one.striptags() for one in sentences(gist(Facts(dataset, summary))))


def bill(facts: Facts, part: str = "total_cost") -> Told:
    """Read the bill or a part of it in the seller's own currency, in dollars where it has none."""
    currency = own_currency(facts.dataset)
    found = facts.told(f"seller_{part}_lc_bn")
    if currency == "USD" or f"{currency} bn" not in MONEY or not found.estimate.is_known:
        name = "seller_expected_sanction_loss_usd_bn" if part == "sanction_loss" else ""
        return facts.told(name or f"seller_{part}_usd_bn")
    return Told(own_money(found.estimate, currency), found.formula, facts.side)


def own_currency(dataset: xr.Dataset) -> str:
    """Name the seller's own currency."""
    return str(dataset.attrs.get("seller_currency", "USD"))


def own_money(number: Estimate, currency: str) -> Estimate:
    """Bring an amount to billions or trillions of a currency."""
    is_large = max(abs(number.p05), abs(number.p95)) >= THOUSAND and f"{currency} tn" in MONEY
    per, unit = (THOUSAND, f"{currency} tn") if is_large else (1.0, f"{currency} bn")
    return Estimate(number.p05 / per, number.p50 / per, number.p95 / per, unit)
