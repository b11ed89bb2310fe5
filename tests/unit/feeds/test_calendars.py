"""When the public could know a number, in UTC, summer and winter."""

from datetime import UTC, date, datetime

import pytest

from selloff.feeds import calendars
from selloff.feeds.contract import Known

CASES = [
    (calendars.weekday_after(3, "16:30"), "2026-08-19", "2026-08-20T20:30"),
    (calendars.weekday_after(3, "16:30"), "2026-08-20", "2026-08-27T20:30"),
    (calendars.weekday_after(3, "16:15", weeks=1), "2026-08-19", "2026-08-27T20:15"),
    (calendars.weekday_after(3, "08:50", "Asia/Tokyo"), "2026-07-04", "2026-07-08T23:50"),
    (calendars.month_day(18, "16:00", months=2), "2026-07-31", "2026-09-18T20:00"),
    (calendars.month_day(18, "16:00", months=2), "2026-11-30", "2027-01-18T21:00"),
    (calendars.month_day(18, "16:00", months=2), "2026-08-31", "2026-10-19T20:00"),
    (calendars.business_days_after(1, "16:15"), "2026-11-27", "2026-11-30T21:15"),
    (calendars.days_after(0, "16:30"), "2026-11-27", "2026-11-27T21:30"),
    (calendars.month_business_day(7, "10:50", "Asia/Tokyo"), "2026-08-31", "2026-09-09T01:50"),
]


@pytest.mark.parametrize(("known", "period", "moment"), CASES)
def test_a_rule_gives_the_moment(known: Known, period: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert known(date.fromisoformat(period)) == expected
