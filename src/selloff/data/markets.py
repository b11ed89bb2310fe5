"""Par curves and exchange rates at a date."""

from datetime import date
from typing import Final

import numpy as np

from selloff.data.records import Array, Curve, Figure
from selloff.data.tables import Snapshot
from selloff.vocab.axes import CURRENCIES, FOREIGN, MONTHS_PER_YEAR

STALE_AFTER_BUSINESS_DAYS: Final = 10
"""A curve point older than this is left out; nothing is filled in."""
CURVE_TABLES: Final = {
    "USD": ("us_yields_daily", "Federal Reserve H.15, constant-maturity yields"),
    "JPY": ("jgb_yields_daily", "Japan Ministry of Finance, JGB yields"),
}
ECB: Final = "European Central Bank, euro reference rates"
H10: Final = "Federal Reserve H.10, China, monthly average"


def tenor_years(tenor: str) -> float:
    """Turn `3M` or `10Y` into years."""
    count = float(tenor[:-1])
    return count / MONTHS_PER_YEAR if tenor.endswith("M") else count


def read_curves(snapshot: Snapshot, day: date) -> tuple[dict[str, Curve], tuple[Figure, ...]]:
    """Read the par curves known at a date."""
    curves: dict[str, Curve] = {}
    figures: list[Figure] = []
    for currency in CURRENCIES:
        if currency in CURVE_TABLES:
            curves[currency] = _curve(snapshot, day, currency)
            figures += _point_figures(currency, curves[currency])
            figures += _left_out(snapshot, currency, curves[currency])
        else:
            figures.append(_absent(currency, day))
    return curves, tuple(figures)


def _curve(snapshot: Snapshot, day: date, currency: str) -> Curve:
    name, source = CURVE_TABLES[currency]
    known = snapshot.until(name, day).tail(2 * STALE_AFTER_BUSINESS_DAYS)
    points: list[tuple[float, float, date]] = []
    for tenor in known.columns.drop("date"):
        observed = known[["date", tenor]].dropna()
        if observed.empty:
            continue
        when = observed["date"].iloc[-1].date()
        if int(np.busday_count(when, day)) <= STALE_AFTER_BUSINESS_DAYS:
            points.append((tenor_years(tenor), float(observed[tenor].iloc[-1]), when))
    if not points:
        raise LookupError(f"no fresh {currency} yields on {day}")
    points.sort()
    return Curve(
        tenor_years=_frozen([point[0] for point in points]),
        par_yield_pct=_frozen([point[1] for point in points]),
        as_of=max(point[2] for point in points),
        source=source,
        point_as_of=tuple(point[2] for point in points),
    )


def _frozen(values: list[float]) -> Array:
    array = np.array(values)
    array.setflags(write=False)
    return array


def _point_figures(currency: str, curve: Curve) -> list[Figure]:
    return [
        Figure(
            name=f"par_yield_{currency.lower()}_{years:g}y",
            value=float(level),
            unit="percent a year",
            standing="data",
            source=curve.source,
            as_of=when,
            note="" if when == curve.as_of else "Older than the freshest point of the curve.",
        )
        for years, level, when in zip(
            curve.tenor_years, curve.par_yield_pct, curve.point_as_of, strict=True
        )
    ]


def _left_out(snapshot: Snapshot, currency: str, curve: Curve) -> list[Figure]:
    name, source = CURVE_TABLES[currency]
    tenors = [tenor_years(tenor) for tenor in snapshot.read(name).columns.drop("date")]
    return [
        Figure(
            name=f"par_yield_{currency.lower()}_{years:g}y",
            value=float("nan"),
            unit="percent a year",
            standing="assumption",
            source=source,
            as_of=curve.as_of,
            note="Left out: no value in the last ten business days.",
        )
        for years in sorted(set(tenors) - set(curve.tenor_years.tolist()))
    ]


def _absent(currency: str, day: date) -> Figure:
    return Figure(
        name=f"par_yield_{currency.lower()}",
        value=float("nan"),
        unit="percent a year",
        standing="assumption",
        source="none found with free terms",
        as_of=day,
        note="Curve absent; nothing is put in its place.",
    )


def read_fx(snapshot: Snapshot, day: date) -> tuple[dict[str, float], tuple[Figure, ...]]:
    """Read dollars per unit of each currency at a date.

    Source: ECB reference rates; yuan before April 2005 from H.10 monthly averages.
    """
    rates = {"USD": 1.0}
    figures: list[Figure] = []
    for currency in FOREIGN:
        observed, source = snapshot.last("fx_daily", currency, day), ECB
        if observed is None and currency == "CNY":
            observed, source = snapshot.last("fx_yuan_monthly", currency, day), H10
        if observed is None:
            raise LookupError(f"no {currency} rate on or before {day}")
        rates[currency] = observed.value
        figures.append(
            Figure(
                name=f"fx_usd_per_{currency.lower()}",
                value=observed.value,
                unit=f"USD per {currency}",
                standing="data",
                source=source,
                as_of=observed.as_of,
            )
        )
    return rates, tuple(figures)
