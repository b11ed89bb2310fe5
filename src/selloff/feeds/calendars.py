"""When the public could know a number: rules that a source picks from."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from selloff.feeds.contract import Known
from selloff.vocab import MONTHS_PER_YEAR

NEW_YORK: Final = "America/New_York"
TOKYO: Final = "Asia/Tokyo"
_SATURDAY: Final = 5


def days_after(days: int, clock: str, zone: str = NEW_YORK) -> Known:
    """So many days after the period ends."""
    return lambda period: _moment(period + timedelta(days=days), clock, zone)


def business_days_after(days: int, clock: str, zone: str = NEW_YORK) -> Known:
    """So many business days after the period ends."""
    return lambda period: _moment(_business_day(period, days), clock, zone)


def weekday_after(weekday: int, clock: str, zone: str = NEW_YORK, *, weeks: int = 0) -> Known:
    """The first such weekday (Monday is 0) after the period ends, or weeks later."""

    def known(period: date) -> datetime:
        ahead = (weekday - period.weekday()) % 7 or 7
        return _moment(period + timedelta(days=ahead, weeks=weeks), clock, zone)

    return known


def month_day(day: int, clock: str, zone: str = NEW_YORK, *, months: int = 1) -> Known:
    """A day of the month so many months after the period, or the next business day."""

    def known(period: date) -> datetime:
        due = _month_later(period, months).replace(day=day)
        return _moment(_business_day(due - timedelta(days=1), 1), clock, zone)

    return known


def month_business_day(n: int, clock: str, zone: str = NEW_YORK, *, months: int = 1) -> Known:
    """The n-th business day of the month so many months after the period."""

    def known(period: date) -> datetime:
        eve = _month_later(period, months).replace(day=1) - timedelta(days=1)
        return _moment(_business_day(eve, n), clock, zone)

    return known


def _month_later(period: date, months: int) -> date:
    year, month = divmod(period.year * MONTHS_PER_YEAR + period.month - 1 + months, MONTHS_PER_YEAR)
    return date(year, month + 1, 1)


def _business_day(after: date, n: int) -> date:
    """Count weekdays; holidays of a country are not known here."""
    day = after
    while n > 0:
        day += timedelta(days=1)
        n -= day.weekday() < _SATURDAY
    return day


def _moment(day: date, clock: str, zone: str) -> datetime:
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(UTC)
