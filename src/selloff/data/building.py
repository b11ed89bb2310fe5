"""Vintages: which months can be rebuilt, and rebuilding one."""

from datetime import date
from functools import cache
from typing import Final

from selloff.data.assumptions import scalars
from selloff.data.books import read_books
from selloff.data.debt import read_debt
from selloff.data.economies import read_gdp
from selloff.data.issuance import read_issuance
from selloff.data.markets import read_curves, read_fx
from selloff.data.records import Figure, Vintage, VintageInfo
from selloff.data.tables import Snapshot, shipped
from selloff.vocab.errors import Problem, VintageError, near_miss

DEFAULT_VINTAGE: Final = "2026-07"
"""The last month in which holdings, debt, curves and exchange rates overlap."""


@cache
def vintages() -> tuple[VintageInfo, ...]:
    """List the months the snapshot can rebuild."""
    days = shipped().read("tic_holdings_monthly")["date"].drop_duplicates()
    return tuple(
        VintageInfo(f"{day:%Y-%m}", day.date(), f"{day:%Y-%m}" == DEFAULT_VINTAGE) for day in days
    )


@cache
def vintage(vintage_id: str = DEFAULT_VINTAGE) -> Vintage:
    """Rebuild the world at a month-end from what was dated on or before it."""
    days = {info.id: info.date for info in vintages()}
    if vintage_id not in days:
        raise VintageError(
            [
                Problem(
                    where="vintage",
                    given=f"'{vintage_id}'",
                    allowed=f"a month from {min(days)} to {max(days)}",
                    remedy=_nearest(vintage_id, sorted(days)),
                )
            ]
        )
    return build_vintage(shipped(), days[vintage_id])


def _nearest(vintage_id: str, ids: list[str]) -> str:
    if vintage_id > ids[-1] and len(vintage_id) == len(ids[-1]):
        last = shipped().read("us_yields_daily")[["date", "10Y"]].dropna()["date"].iloc[-1].date()
        return (
            f"The books end with tic_holdings_monthly in {ids[-1]}, and us_yields_daily on {last}. "
            f"Write vintage: {ids[-1]} for the last books."
        )
    return near_miss(vintage_id, ids[::-1])


def build_vintage(snapshot: Snapshot, day: date) -> Vintage:
    """Rebuild a vintage from a given set of tables."""
    try:
        debt = read_debt(snapshot, day)
        names, books, book_figures = read_books(snapshot, day, debt)
        curves, curve_figures = read_curves(snapshot, day)
        rates, rate_figures = read_fx(snapshot, day)
        sizes, size_figures = read_gdp(snapshot, day)
    except (LookupError, ValueError) as error:
        raise VintageError(
            [
                Problem(
                    where="vintage",
                    given=f"'{day:%Y-%m}'",
                    allowed="a month in which debt, holders, curves and currencies are known",
                    remedy=f"Pick another month: {error}.",
                )
            ]
        ) from error
    issuance, issuance_figures = read_issuance(snapshot, day)
    outstanding, coupon = debt.outstanding, debt.coupon_pct
    for array in (books, outstanding, coupon, issuance):
        array.setflags(write=False)
    return Vintage(
        id=f"{day:%Y-%m}",
        date=day,
        holders=names,
        books=books,
        outstanding=outstanding,
        coupon_pct=coupon,
        curves=curves,
        fx_usd_per_lc=rates,
        gdp_usd_bn=sizes,
        net_issuance_usd_bn=issuance,
        figures=(
            *debt.figures,
            *book_figures,
            *curve_figures,
            *rate_figures,
            *size_figures,
            *issuance_figures,
            _undercount(day),
        ),
    )


def _undercount(day: date) -> Figure:
    row = scalars()["cayman_undercount_usd_bn"]
    return Figure(
        name="custody_undercount",
        holder="cym_hedge_fund",
        value=row.value,
        unit="USD bn",
        standing="assumption",
        source=row.source,
        as_of=day,
        note=f"{row.reason}.",
    )
