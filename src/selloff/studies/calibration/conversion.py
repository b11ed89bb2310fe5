"""Published estimates in common units, each step shown."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from selloff.data import table
from selloff.evidence import PublishedEstimate
from selloff.vocab import PCT

Triple = tuple[float, float, float]
"""Low, middle and high."""
YEAR: Final = 2024
"""Year of the common dollars."""
_NOTHING: Final = (float("nan"),) * 3
_FIRST_STOCK: Final = 2006


@dataclass(frozen=True)
class Conversion:
    """One estimate in common units; NaN where it cannot be converted."""

    steps: tuple[str, ...]
    """What was done, with numbers."""
    per_100bn_tye_gdp: Triple
    """Per USD 100bn of 10-year equivalents in 2024 dollars, amounts grown with US GDP [bp]."""
    per_100bn_tye_stock: Triple
    """The same, amounts grown with the stock of marketable debt [bp]."""
    per_pct_gdp: Triple
    """Per 1% of US GDP in face [bp]; for currencies per 1% of their own area's [percent]."""
    per_pct_stock: Triple
    """Per 1% of marketable debt in face [bp]."""


def convert(estimate: PublishedEstimate) -> Conversion:
    """Convert an estimate to common units.

    effect / (face x f x growth) x 100, growth = size of 2024 / size of the shock's year
    """
    effect = np.array([estimate.low, estimate.mid, estimate.high])
    if estimate.unit == "percent":
        return _currency(estimate, effect)
    if estimate.unit != "bp" or estimate.quantity == "none":
        return Conversion((), _NOTHING, _NOTHING, _NOTHING, _NOTHING)
    gdp, stock, f = us_gdp(estimate.base_year), debt_stock(estimate.base_year), estimate.face_to_tye
    face, first = _face(estimate, gdp, stock)
    by_gdp, by_stock = us_gdp(YEAR) / gdp, debt_stock(YEAR) / stock
    year = estimate.base_year
    steps = [
        first,
        f"x {f:g} = USD {face * f:,.0f}bn of 10-year equivalents ({estimate.face_standing})",
        f"US GDP {gdp:,.0f} in {year}, {us_gdp(YEAR):,.0f} in {YEAR}: x {by_gdp:.3f} = "
        f"USD {face * f * by_gdp:,.0f}bn of {YEAR}",
        f"{estimate.mid:g}bp / {face * f * by_gdp / 100:,.3f} = "
        f"{estimate.mid / (face * f * by_gdp) * 100:.2f}bp per USD 100bn by GDP",
    ]
    if np.isfinite(stock):
        steps += [
            f"marketable debt {stock:,.0f} in {year}, {debt_stock(YEAR):,.0f} in {YEAR}: "
            f"x {by_stock:.3f} = USD {face * f * by_stock:,.0f}bn of {YEAR}",
            f"{estimate.mid:g}bp / {face * f * by_stock / 100:,.3f} = "
            f"{estimate.mid / (face * f * by_stock) * 100:.2f}bp per USD 100bn by stock",
        ]
    return Conversion(
        tuple(steps),
        _triple(effect / (face * f * by_gdp) * 100.0),
        _triple(effect / (face * f * by_stock) * 100.0),
        _triple(effect / (face / gdp * 100.0)),
        _triple(effect / (face / stock * 100.0)),
    )


def _face(estimate: PublishedEstimate, gdp: float, stock: float) -> tuple[float, str]:
    size, year = estimate.shock_size, estimate.base_year
    match estimate.shock_kind:
        case "usd_bn_face":
            return size, f"USD {size:,.0f}bn of face in {year}"
        case "usd_bn_tye":
            face = size / estimate.face_to_tye
            return face, f"USD {size:,.0f}bn of 10-year equivalents in {year}"
        case "pct_gdp":
            face = size * gdp * PCT
            return face, f"{size:g}% of a GDP of USD {gdp:,.0f}bn in {year} = USD {face:,.0f}bn"
        case "pct_stock":
            face = size * stock * PCT
            return face, f"{size:g}% of debt of USD {stock:,.0f}bn in {year} = USD {face:,.0f}bn"
        case other:
            raise ValueError(f"estimates.csv: {estimate.id}: unknown shock_kind '{other}'")


def _currency(estimate: PublishedEstimate, effect: np.ndarray) -> Conversion:
    size = estimate.shock_size
    step = f"{estimate.mid:g}% / {size:g}% of own GDP = {estimate.mid / size:.2f}% per 1%"
    return Conversion((step,), _NOTHING, _NOTHING, _triple(effect / size), _NOTHING)


def _triple(values: np.ndarray) -> Triple:
    low, mid, high = (float(value) for value in values)
    return low, mid, high


@cache
def us_gdp(year: int) -> float:
    """Read nominal US GDP of a year."""
    quarters = table("debt_quarterly")
    chosen = quarters[quarters["date"].dt.year == year]["gdp_usd_bn_ann"].dropna()
    return float(chosen.mean()) if len(chosen) else float("nan")


@cache
def debt_stock(year: int) -> float:
    """Read marketable debt at the end of a year."""
    if year < _FIRST_STOCK:
        return float("nan")
    months = table("mspd_by_class_monthly")
    return float(months[months["date"].dt.year == year].iloc[-1].drop("date").sum())
