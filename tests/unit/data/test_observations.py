"""The store: what was printed, and what was known on a day."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.data import OBSERVED, beside_kept, fresh, keep, kept_series, known, user_vintages
from selloff.vocab import InputError, OutputError

LATER = datetime(2026, 8, 18, 20, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "observations.sqlite"


def readings(*rows: tuple[str, str, float, str], vintage: str = "2026-07-20") -> pd.DataFrame:
    """Rows of series, period, value and the moment they came out."""
    frame = pd.DataFrame(rows, columns=["series", "period", "value", "available_at"])
    return frame.assign(
        period=pd.to_datetime(frame["period"]),
        available_at=pd.to_datetime(frame["available_at"], utc=True, format="ISO8601"),
        published=pd.NaT,
        unit="USD bn",
        vintage=vintage,
        source="US Treasury",
    )[list(OBSERVED)]


MAY = ("japan", "2026-05-31", 1143.1, "2026-07-20T20:00")
JUNE = ("japan", "2026-06-30", 1116.8, "2026-08-18T20:00")


def test_a_past_day_is_seen_as_it_was(place: Path) -> None:
    assert keep(readings(MAY, JUNE), place=place) == 2
    corrected = ("japan", "2026-05-31", 1140.0, "2026-08-18T20:00")
    assert keep(readings(corrected), place=place) == 1

    def values(day: date | None) -> list[float]:
        return known("japan", day, place=place)["value"].tolist()

    assert values(date(2026, 7, 19)) == []
    assert values(date(2026, 7, 20)) == [1143.1]
    assert values(date(2026, 8, 17)) == [1143.1]
    assert values(date(2026, 8, 18)) == values(None) == [1140.0, 1116.8]


def test_the_same_again_is_nothing_new_and_another_value_is_refused(place: Path) -> None:
    keep(readings(MAY), place=place)
    assert keep(readings(MAY, JUNE), place=place) == 1
    other = ("japan", "2026-05-31", 1.0, MAY[3])
    with pytest.raises(InputError, match=r"2026-05-31.*1143\.1, as kept"):
        keep(readings(("japan", "2026-07-31", 1.0, "2026-09-18"), other), place=place)
    assert len(known("japan", place=place)) == 2


def test_what_is_fresh_and_what_was_revised(place: Path) -> None:
    keep(readings(MAY), place=place)
    now = readings(("japan", "2026-05-31", 1140.0, MAY[3]), JUNE)
    found = fresh(now, fetched=LATER, place=place)
    assert found["period"].dt.month.tolist() == [5, 6]
    assert keep(found, place=place) == 2
    assert known("japan", date(2026, 8, 17), place=place)["value"].tolist() == [1143.1]
    assert known("japan", date(2026, 8, 18), place=place)["value"].tolist() == [1140.0, 1116.8]
    assert fresh(now, fetched=LATER, place=place).empty
    again = readings(("japan", "2026-05-31", 1139.0, MAY[3]), JUNE)
    both = beside_kept(again, place=place)
    (row,) = both[both["value"] != both["before"]].itertuples(index=False)
    assert (row.before, row.value) == (1140.0, 1139.0)


def test_missing_stays_missing(place: Path) -> None:
    row = readings(("japan", "2026-05-31", np.nan, MAY[3]))
    keep(row, place=place)
    assert np.isnan(known("japan", place=place)["value"].iloc[0])
    assert fresh(row, fetched=LATER, place=place).empty


def test_the_list_says_how_far_each_series_goes(place: Path) -> None:
    assert kept_series(place=place).empty
    assert not place.exists()
    keep(readings(MAY, JUNE, ("china", "2026-06-30", 618.0, JUNE[3])), place=place)
    found = kept_series(place=place).set_index("series")
    assert found["rows"].to_dict() == {"china": 1, "japan": 2}
    assert str(found.loc["japan", "last"].date()) == "2026-06-30"


def test_a_file_that_is_no_store_is_said(place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"not a database, and longer than a header of one hundred bytes" * 4)
    for use in (lambda: known("japan", place=place), lambda: keep(readings(MAY), place=place)):
        with pytest.raises(OutputError, match="cannot be used"):
            use()
    assert place.read_bytes().startswith(b"not a database")


prints = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 400), st.floats(-1e6, 1e6)),
    max_size=20,
    unique_by=lambda each: each[:2],
)


@settings(max_examples=25, deadline=None)
@given(prints, st.integers(0, 400))
def test_what_is_known_is_the_last_print_of_each_period(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, float]], day: int
) -> None:
    place = tmp_path_factory.mktemp("store") / "observations.sqlite"
    start = pd.Timestamp("2025-12-01")
    days = [start + pd.Timedelta(days=n) for _, n, _ in rows]
    made = [
        ("s", f"2025-{month:02d}-28", value, f"{at:%Y-%m-%dT12:00}")
        for (month, _, value), at in zip(rows, days, strict=True)
    ]
    keep(readings(*made), place=place)
    found = known("s", (start + pd.Timedelta(days=day)).date(), place=place)
    wanted = {
        month: value for month, n, value in sorted(rows, key=lambda each: each[1]) if n <= day
    }
    assert dict(zip(found["period"].dt.month, found["value"], strict=True)) == wanted


def test_without_a_home_nothing_was_kept_and_nothing_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert kept_series().empty
    assert user_vintages() == ()
    with pytest.raises(OutputError, match="Set HOME"):
        keep(pd.DataFrame(columns=list(OBSERVED)))
