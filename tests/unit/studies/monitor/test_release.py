"""What comes out next."""

from datetime import date

from selloff.studies.monitor.release import upcoming


def test_every_next_release_is_ahead() -> None:
    for day in (date(2026, 9, 18), date(2025, 12, 31), date(2024, 2, 29)):
        found = upcoming(day)
        assert len(found) == 4
        assert all(each.due > day for each in found)
