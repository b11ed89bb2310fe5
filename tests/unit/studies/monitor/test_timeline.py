"""What happened beside flows."""

import csv
from datetime import date
from importlib.resources import files

import pandas as pd

from selloff.data import PACKAGED, Snapshot, table
from selloff.studies.monitor.timeline import events_by_month

MONTHS = pd.date_range("2023-01-31", "2026-09-30", freq="ME")


def _told(day: str, snapshot: Snapshot = PACKAGED) -> dict[str, str]:
    found = events_by_month(MONTHS, date.fromisoformat(day), snapshot)
    return dict(zip(MONTHS.strftime("%Y-%m"), found, strict=True))


def test_rates_and_listed_events_stand_in_their_month() -> None:
    told = _told("2026-09-18")
    assert told["2025-01"] == "Debt limit back; BoJ +25bp"
    assert told["2024-09"] == "Fed -50bp"
    assert told["2025-11"] == ""


def test_what_had_not_happened_is_not_told() -> None:
    told = _told("2025-05-15")
    assert told["2025-04"] == "US tariffs"
    assert not any(told[month] for month in told if month > "2025-04")


def test_a_move_of_the_month_in_hand_is_told_when_it_is_known() -> None:
    """Rates to Friday the 20th of December 2024 hold the cut, and come out the day after."""

    def halved(which: str) -> pd.DataFrame:
        frame = table(which)
        return frame[frame["date"] <= pd.Timestamp("2024-12-20")]

    assert _told("2024-12-23", Snapshot(halved))["2024-12"] == "Fed -25bp"
    assert _told("2024-12-20", Snapshot(halved))["2024-12"] == ""


def test_every_event_has_a_source() -> None:
    text = files("selloff.studies.monitor").joinpath("events.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    assert all(row["source"] and row["standing"] == "secondary" for row in rows)
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
