"""An update from a folder: what is new, one vintage whole or not at all, the old one untouched."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from selloff import data
from selloff.feeds import Downloads, Harvester, NoArchive, UpdateReport, feeds, update, writing
from selloff.vocab.errors import FeedError, OutputError
from table3_made import table3

FILES = Path(__file__).parent / "files"
DAY = datetime(2026, 9, 18, 23, 59, 59, tzinfo=UTC)
SOON = datetime(2026, 9, 4, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of TIC as somebody fetched them in September, and nothing of FRED."""
    place = tmp_path / "downloads"
    place.mkdir()
    shutil.copy(FILES / "slt_table5.txt", place)
    (place / "slt_table3.txt").write_bytes(table3(n_months=13))
    return place


@pytest.fixture
def weekly(tmp_path: Path) -> Path:
    """Custody alone, one number of it revised: small, so quick."""
    place = tmp_path / "weekly"
    place.mkdir()
    text = (FILES / "WMTSECL1.csv").read_text()
    (place / "WMTSECL1.csv").write_text(text.replace("2026-08-19,2586171", "2026-08-19,2586000"))
    return place


def read(
    folder: Path, *sources: str, moment: datetime = DAY, is_trial: bool = False
) -> UpdateReport:
    harvester = Harvester(place=Downloads(folder), archive=NoArchive(), moment=moment)
    return update(feeds(sources), harvester, is_trial=is_trial)


def revise(folder: Path, name: str, here: bytes, there: bytes) -> None:
    file = folder / name
    content = file.read_bytes()
    assert content.count(here) == 1, here
    file.write_bytes(content.replace(here, there))


def names(home: Path) -> list[str]:
    return sorted(each.name for each in (home / "vintages").glob("*"))


def test_files_that_tell_the_same_revise_nothing(folder: Path) -> None:
    report = read(folder)
    (tic,) = report.passed
    assert tic.n_revised == 0
    assert f"{tic.harvest.last}" == "2026-07-31"
    assert "fred_h41" in report.absent
    assert report.failed == {}


def test_a_new_vintage_holds_what_is_new_and_all_that_was(folder: Path, home: Path) -> None:
    report = read(folder)
    snapshot = data.snapshot_of(report.written.vintage)
    packaged = data.table("tic_table3_monthly")
    found = data.table("tic_table3_monthly", snapshot)
    assert list(found.columns) == list(packaged.columns)
    new = found[found["holder"] == "Poland"]
    assert set(new["maturity"]) == {"long_term"}
    assert new["holdings_usd_bn"].tolist() == [51.0] * 13
    both = packaged.merge(found, on=["date", "holder", "maturity"], suffixes=("_old", ""))
    assert len(both) == len(packaged)
    pd.testing.assert_series_equal(
        both["holdings_usd_bn"], both["holdings_usd_bn_old"], check_names=False
    )
    assert data.table("fed_custody_weekly", snapshot).equals(data.table("fed_custody_weekly"))
    assert names(home) == ["2026-09-18"]
    assert data.vintage(report.written.vintage).id
    record = json.loads((home / "vintages" / "2026-09-18" / writing.RECORD).read_text())
    assert {each["url"].rpartition("/")[2] for each in record["sources"]["tic"]} == {
        "slt_table3.txt",
        "slt_table5.txt",
    }
    row = next(each for each in snapshot.sources() if each.table == "tic_table3_monthly")
    assert "fetched on 2026-09-18" in row.obtained_from


def test_a_revision_is_named_and_the_store_keeps_both_prints(folder: Path) -> None:
    read(folder)
    for name, here, there in (
        ("slt_table5.txt", b"Japan\t1103.9", b"Japan\t1104.4"),
        ("slt_table5.txt", b"All Other\t1842.4", b"All Other\t1841.9"),
    ):
        revise(folder, name, here, there)
    (folder / "slt_table3.txt").unlink()
    later = datetime(2026, 9, 21, 12, tzinfo=UTC)
    (tic,) = read(folder, moment=later).passed
    assert tic.n_new == 0
    assert tic.n_revised == 2
    assert tic.largest is not None
    series = "tic_holdings_monthly.usd_bn.Japan.primary"
    assert (tic.largest.series, f"{tic.largest.period}") == (series, "2026-07-31")
    assert (tic.largest.before, tic.largest.after) == (1103.9, 1104.4)
    then = data.known(series, datetime(2026, 9, 20).date()).set_index("period")
    now = data.known(series).set_index("period")
    assert then.loc["2026-07-31", "value"] == 1103.9
    assert now.loc["2026-07-31", "value"] == 1104.4
    assert then.loc["2026-06-30", "available_at"] < then.loc["2026-07-31", "available_at"]
    assert data.user_vintages() == ("2026-09-18", "2026-09-21")


def test_a_second_vintage_keeps_the_tables_of_the_first(folder: Path) -> None:
    first = read(folder)
    (folder / "slt_table3.txt").unlink()
    (folder / "slt_table5.txt").unlink()
    lines = (FILES / "WMTSECL1.csv").read_text().replace("2026-08-19,2586171", "2026-08-19,2586000")
    (folder / "WMTSECL1.csv").write_text(f"{lines}2026-09-09,2600000\n2026-09-16,2590000\n")
    second = read(folder)
    assert second.written.vintage == f"{first.written.vintage}.2"
    old, new = data.snapshot_of(first.written.vintage), data.snapshot_of(second.written.vintage)
    assert new.read("tic_table3_monthly").equals(old.read("tic_table3_monthly"))
    custody = new.read("fed_custody_weekly").set_index("date")["usd_bn"]
    assert custody["2026-09-16"] == 2590.0
    assert custody["2023-08-02"] == 3020.076
    assert "2026-09-16" not in old.read("fed_custody_weekly").set_index("date").index


def test_the_same_again_is_no_news(weekly: Path, home: Path) -> None:
    read(weekly, moment=SOON)
    again = read(weekly, moment=SOON)
    assert (again.written.vintage, again.written.folder, again.has_news) == ("", None, False)
    assert names(home) == ["2026-09-04"]


def test_a_trial_writes_nothing(weekly: Path, home: Path) -> None:
    report = read(weekly, moment=SOON, is_trial=True)
    assert report.has_news
    assert (report.written.vintage, report.written.folder) == ("", None)
    assert not home.exists()


def test_a_source_that_failed_leaves_the_others(folder: Path) -> None:
    (folder / "WMTSECL1.csv").write_text("<html>")
    report = read(folder)
    assert list(report.failed) == ["fred_h41"]
    assert "a web page" in str(report.failed["fred_h41"][0])
    assert [each.harvest.feed.id for each in report.passed] == ["tic"]
    assert report.written.vintage
    table = data.table("fed_custody_weekly", data.snapshot_of(report.written.vintage))
    assert table.equals(data.table("fed_custody_weekly"))


def test_half_a_source_is_none_of_it(folder: Path, home: Path) -> None:
    revise(folder, "slt_table5.txt", b"Japan\t1103.9", b"Japan\t2103.9")
    with pytest.raises(FeedError, match=r"^tic: identity, holders and the grand total"):
        read(folder)
    assert not home.exists()


def test_failed_sources_without_news_of_others_are_an_error(weekly: Path, home: Path) -> None:
    read(weekly, moment=SOON)
    (weekly / "slt_table5.txt").write_text("<html>")
    with pytest.raises(FeedError, match=r"tic slt_table5\.txt: content: got a web page"):
        read(weekly, moment=SOON)
    assert names(home) == ["2026-09-04"]


def test_a_table_that_stopped_is_stale(folder: Path) -> None:
    with pytest.raises(FeedError, match=r"slt_table3.txt: last number: got 2026-07-31, out since"):
        read(folder, moment=datetime(2026, 11, 27, tzinfo=UTC))


def test_dates_ahead_of_the_calendar_are_refused(folder: Path) -> None:
    with pytest.raises(FeedError, match="none that is not out yet"):
        read(folder, moment=datetime(2026, 7, 1, tzinfo=UTC))


def test_what_the_store_refuses_leaves_no_vintage(
    weekly: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OutputError("the store is full")

    monkeypatch.setattr(data, "keep", refuse)
    with pytest.raises(OutputError, match="the store is full"):
        read(weekly, moment=SOON)
    assert names(home) == []


def test_books_that_cannot_be_built_leave_no_vintage(
    weekly: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(data, "vintage", refuse)
    with pytest.raises(KeyboardInterrupt):
        read(weekly, moment=SOON)
    assert names(home) == []


def test_an_older_day_does_not_stand_on_a_newer_vintage(weekly: Path) -> None:
    later = read(weekly, moment=datetime(2026, 9, 5, tzinfo=UTC))
    shutil.copy(FILES / "WMTSECL1.csv", weekly)
    earlier = read(weekly, moment=SOON)
    assert later.passed[0].n_revised == 1
    assert (earlier.passed[0].n_revised, earlier.written.vintage) == (0, "")


def test_a_month_dated_by_its_first_day_stands_once_in_its_series(tmp_path: Path) -> None:
    prices = data.table("us_prices_monthly").tail(3)
    months = [*prices["date"].dt.strftime("%Y-%m-%d"), "2026-06-01"]
    values = [*prices["core_pce_index"], 130.4]
    rows = "".join(f"{month},{value}\n" for month, value in zip(months, values, strict=True))
    (tmp_path / "PCEPILFE.csv").write_text(f"observation_date,PCEPILFE\n{rows}")
    read(tmp_path, moment=datetime(2026, 8, 4, tzinfo=UTC))
    found = data.read_series("us_prices_monthly.core_pce_index").rows
    assert found["period"].is_unique
    assert (str(found["period"].iloc[-1].date()), found["value"].iloc[-1]) == ("2026-06-01", 130.4)
    assert found["available_at"].iloc[-1].startswith("2026-07-31")


def test_a_month_of_interventions_reaches_the_table_that_the_monitor_reads(tmp_path: Path) -> None:
    place = tmp_path / "ministry"
    shutil.copytree(FILES.parent / "fixtures" / "hand" / "mof_interventions", place)
    page = place / "mof_intervention_20260828.html"
    later = page.read_text().replace("7月30日", "8月27日").replace("8月26日", "9月28日")
    (place / "mof_intervention_20260930.html").write_text(later.replace("15兆3,993億", "2兆"))
    revise(place, "mof_intervention_months.html", b"20260529", b"20260930")
    report = read(place, "mof_interventions", moment=datetime(2026, 10, 2, tzinfo=UTC))
    table = data.table("mof_intervention_windows", data.snapshot_of(report.written.vintage))
    told = table.set_index("date").loc["2026-09-28"]
    assert (told["window_start"], told["jpy_bn"]) == ("2026-08-27", 2000.0)
    assert len(table) == len(data.table("mof_intervention_windows")) + 1
