"""Vintages: which months can be rebuilt, and rebuilding one."""

import re
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
from selloff.data.tables import PACKAGED, Snapshot
from selloff.data.user_vintages import parts_of, snapshot_of
from selloff.vocab.errors import Problem, VintageError, near_miss

DEFAULT_VINTAGE: Final = "2026-07"
"""The last month in which holdings, debt, curves and exchange rates overlap."""
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_TRIED: Final = 12
"""Months looked at, the latest first, for one that can be rebuilt [count]."""


def vintages(snapshot: Snapshot = PACKAGED) -> tuple[VintageInfo, ...]:
    """List the months a snapshot can rebuild."""
    default = DEFAULT_VINTAGE if snapshot == PACKAGED else f"{_last(snapshot):%Y-%m}"
    return tuple(
        VintageInfo(_named(day, snapshot), day, f"{day:%Y-%m}" == default)
        for day in _months(snapshot)
    )


def vintage(vintage_id: str = DEFAULT_VINTAGE) -> Vintage:
    """Rebuild the world at a month-end from what was dated on or before it.

    `2026-07` is a month of the packaged tables, `2026-11-27` the last month of the user's tables
    of that name, `2026-08@2026-11-27` another month of them.
    """
    month, name = parts_of(vintage_id)
    snapshot = snapshot_of(vintage_id)
    if name and not month:
        return _built(snapshot, _last(snapshot))
    days = {f"{day:%Y-%m}": day for day in _months(snapshot)}
    if month not in days:
        raise VintageError.of(
            "vintage",
            given=f"'{vintage_id}'",
            allowed=f"a month from {min(days)} to {max(days)}",
            remedy=_nearest(month, sorted(days), snapshot),
        )
    return _built(snapshot, days[month])


@cache
def _built(snapshot: Snapshot, day: date) -> Vintage:
    return build_vintage(snapshot, day)


@cache
def _last(snapshot: Snapshot) -> date:
    """The last month that can be rebuilt."""
    problems: list[Problem] = []
    for day in _months(snapshot)[: -_TRIED - 1 : -1]:
        try:
            return _built(snapshot, day).date
        except VintageError as error:
            problems += error.problems
    raise VintageError(problems)


@cache
def _months(snapshot: Snapshot) -> tuple[date, ...]:
    days = snapshot.read("tic_holdings_monthly")["date"].drop_duplicates()
    return tuple(day.date() for day in days)


def _named(day: date, snapshot: Snapshot) -> str:
    return f"{day:%Y-%m}@{snapshot.name}" if snapshot.name else f"{day:%Y-%m}"


def _nearest(month: str, ids: list[str], snapshot: Snapshot) -> str:
    if not _MONTH.fullmatch(month):
        return near_miss(month, ids[::-1])
    if month < ids[0]:
        return f"The books begin with tic_holdings_monthly in {ids[0]}."
    if month > ids[-1]:
        quoted = snapshot.read("us_yields_daily")[["date", "10Y"]].dropna()["date"]
        return (
            f"The books end with tic_holdings_monthly in {ids[-1]}, and us_yields_daily on "
            f"{quoted.iloc[-1].date()}. Write vintage: {ids[-1]} for the last books."
        )
    return near_miss(month, ids[::-1])


def build_vintage(snapshot: Snapshot, day: date) -> Vintage:
    """Rebuild a vintage from a given set of tables."""
    try:
        debt = read_debt(snapshot, day)
        names, books, book_figures = read_books(snapshot, day, debt)
        curves, curve_figures = read_curves(snapshot, day)
        rates, rate_figures = read_fx(snapshot, day)
        sizes, size_figures = read_gdp(snapshot, day)
    except (LookupError, ValueError) as error:
        raise VintageError.of(
            "vintage",
            given=f"'{day:%Y-%m}'",
            allowed="a month in which debt, holders, curves and currencies are known",
            remedy=f"Pick another month: {error}.",
        ) from error
    issuance, issuance_figures = read_issuance(snapshot, day)
    outstanding, coupon = debt.outstanding, debt.coupon_pct
    for array in (books, outstanding, coupon, issuance):
        array.setflags(write=False)
    return Vintage(
        id=_named(day, snapshot),
        date=day,
        snapshot=snapshot,
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
