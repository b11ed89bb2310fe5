"""Every source reads its files, and gives the numbers that stand in them."""

import math
import re
from datetime import date, datetime

import pandas as pd
import pytest

import feed_files
from feed_files import NAMES, feed, real, value, whole
from selloff.feeds.contract import COLUMNS
from selloff.feeds.sources import mof_jgb, mof_reserves


@pytest.mark.parametrize("name", NAMES)
def test_a_source_reads_its_files_and_no_file_is_left_over(name: str) -> None:
    frame = whole(name)
    assert list(frame.columns) == list(COLUMNS)
    assert not frame.duplicated(["series", "period"]).any()
    assert frame["unit"].notna().all()
    assert feed(name).id == name
    read = {document.name for document, _ in feed_files.documents(name)}
    assert read == {file.name for file in (feed_files.FILES / "hand" / name).iterdir()}


NUMBERS = [
    ("mof_interventions", "mof.intervention.sell_usd_buy_jpy", "2024-04-29", 59185),
    ("mof_interventions", "mof.intervention.window 2026-07-30", "2026-08-26", 153993),
    ("mof_interventions", "mof.intervention.window 2026-06-29", "2026-07-29", 0),
    ("mof_flows", "mof.flows.assets.long.net", "2026-07-04", -2181),
    ("mof_flows", "mof.flows.assets.total.net", "2026-05-02", 168),
    ("mof_reserves", "mof.reserves.securities", "2026-08-31", 839559),
    ("mof_reserves", "mof.reserves.deposits_banks_japan", "2026-02-28", 412),
    ("mof_reserves", "mof.reserves.gold_ounces", "2026-01-31", 27.2),
    ("mof_jgb", "mof.jgb.10Y", "2026-05-29", 2.657),
    ("nyfed_soma", "nyfed.soma.notes_bonds", "2003-11-19", 404669247000),
    ("nyfed_soma", "nyfed.soma.lines.to_15_days", "2026-08-26", 241994926700),
    ("nyfed_dealers", "nyfed.dealers.bills", "2026-08-26", 80000),
    ("nyfed_repo", "nyfed.repo.on_rrp", "2026-09-03", 3576000000),
    ("nyfed_repo", "nyfed.repo.lent", "2026-09-03", 1000000),
    ("nyfed_sofr", "nyfed.sofr.volume", "2026-10-01", 2871),
    ("fiscaldata_mspd", "treasury.mspd.tips", "2026-09-30", 2172641.57170234),
    ("fiscaldata_mspd", "treasury.lines.within_year", "2026-09-30", 23399652.6),
    ("fiscaldata_rates", "treasury.rate.marketable.treasury_notes", "2025-05-31", 3.008),
    ("fiscaldata_debt", "treasury.debt.total", "2026-09-30", 40171800000000.12),
    ("fiscaldata_auctions", "treasury.auction.tips_10_year.high_yield", "2025-11-20", 1.843),
    ("fiscaldata_cash", "treasury.cash.closing", "2026-10-05", 883335),
    ("treasury_curve", "treasury.par.1_5M", "2026-09-28", 4.09),
    ("treasury_curve", "treasury.par.2M", "2026-09-28", 4.15),
    ("treasury_curve", "treasury.par.10Y", "2025-01-02", 4.57),
    ("cftc_tff", "cftc.tff.10y.leveraged.short", "2026-05-19", 1819579),
    ("z1_holders", "z1.treasuries.313161110", "2025-09-30", 6396.6),
    ("boj", "boj.jgb.abroad", "2026-06-30", 699000),
    ("ecb_curve", "ecb.aaa.10Y", "2026-09-09", 3.4265660386),
    ("ecb_fx", "ecb.fx.JPY", "2026-10-30", 1.1172 / 175.68),
    ("boe_gilts", "boe.gilt.10Y", "2026-09-22", 5.1907),
    ("imf_cofer", "imf.cofer.usd", "2026-03-31", 57.13),
    ("imf_reserves", "imf.reserves.jpn", "2026-08-31", 1207524000000),
    ("imf_reserves", "imf.gold.jpn", "2026-08-31", 27200000),
    ("bis_policy", "bis.policy_rate.japan", "2026-08-04", 1),
    ("world_bank", "world_bank.reserves.jpn", "2025-12-31", 1369775000000.5),
    ("alfred", "alfred.GDP.first", "2026-03-31", 31000.1),
    ("shl", "shl.china_mainland.treasury", "2024-06-30", 752872),
]


@pytest.mark.parametrize(("name", "series", "period", "expected"), NUMBERS)
def test_a_number_of_the_file(name: str, series: str, period: str, expected: float) -> None:
    assert value(name, series, period) == pytest.approx(expected, rel=1e-12)


def test_each_source_has_a_number_here() -> None:
    assert {name for name, *_ in NUMBERS} == set(NAMES)


MISSING = [
    ("nyfed_dealers", "nyfed.dealers.coupons_6_7y", "2026-09-02"),  # '*'
    ("nyfed_soma", "nyfed.soma.frn", "2003-11-19"),  # ''
    ("fiscaldata_debt", "treasury.debt.public", "1993-04-01"),  # 'null'
    ("fiscaldata_auctions", "treasury.auction.frn_2_year.high_yield", "2025-11-25"),
    ("treasury_curve", "treasury.par.4M", "2025-01-02"),  # 'N/A'
    ("boj", "boj.call_rate", "2026-08-20"),  # null
    ("boe_gilts", "boe.gilt.10Y", "2026-09-23"),
    ("ecb_curve", "ecb.aaa.10Y", "2026-09-10"),  # status M
    ("imf_cofer", "imf.cofer.cny", "2026-03-31"),
    ("alfred", "alfred.GDP.first", "2026-06-30"),  # '.'
    ("shl", "shl.afghanistan.corporate", "2024-06-30"),
]


@pytest.mark.parametrize(("name", "series", "period"), MISSING)
def test_missing_stays_missing(name: str, series: str, period: str) -> None:
    assert math.isnan(value(name, series, period))


def test_an_auction_that_was_only_announced_is_no_auction() -> None:
    assert whole("fiscaldata_auctions")["period"].max() == pd.Timestamp(2026, 5, 12)


PUBLISHED = [
    ("mof_flows", "2026-07-04", "2026-07-09"),
    ("shl", "2024-06-30", "2025-02-28"),
    ("alfred", "2026-03-31", "2026-04-30"),
]


@pytest.mark.parametrize(("name", "period", "published"), PUBLISHED)
def test_a_file_that_says_when_it_came_out_is_believed(
    name: str, period: str, published: str
) -> None:
    frame = whole(name)
    found = frame.loc[frame["period"] == pd.Timestamp(period), "published"]
    assert (found == pd.Timestamp(published)).all()


RELEASES = [
    ("mof_interventions", date(2026, 4, 30), "2026-08-09T23:50"),
    ("mof_flows", date(2026, 7, 4), "2026-07-08T23:50"),
    ("mof_reserves", date(2026, 8, 31), "2026-09-08T23:50"),
    ("nyfed_soma", date(2026, 8, 26), "2026-08-27T20:30"),
    ("nyfed_dealers", date(2026, 9, 2), "2026-09-10T20:15"),
    ("cftc_tff", date(2026, 5, 19), "2026-05-22T19:30"),
    ("fiscaldata_mspd", date(2026, 9, 30), "2026-10-06T19:00"),
]


@pytest.mark.parametrize(("name", "period", "moment"), RELEASES)
def test_nobody_knows_a_number_before_it_is_out(name: str, period: date, moment: str) -> None:
    assert feed(name).known(period) == datetime.fromisoformat(f"{moment}+00:00")


@pytest.mark.parametrize("name", NAMES)
def test_no_source_knows_a_period_before_its_end(name: str) -> None:
    for _, document in zip(range(3), feed_files.documents(name), strict=False):
        known = document[0].known or feed(name).known
        assert known(date(2026, 6, 30)).date() >= date(2026, 6, 30)


def test_both_editions_of_the_japanese_curve_are_the_same() -> None:
    (document, _) = next(feed_files.documents("mof_jgb"))
    english = document.parse(real("mof_jgb", "jgbcme_all.csv"))
    japanese = document.parse(real("mof_jgb", "jgbcm_all.csv"))
    pd.testing.assert_frame_equal(english, japanese)
    mof_jgb.FEED.check(english)
    assert english.loc[english["series"] == "mof.jgb.40Y", "value"].isna().all()  # '-'


def test_weeks_are_read_with_dots_and_with_words() -> None:
    (document, content) = next(feed_files.documents("mof_flows"))
    text = content.decode("cp932")
    words = re.sub(r"(\d{1,2})．(\d{1,2})(?!\d|．)", r"\1月\2日", text).replace("．", "年")
    assert "2026年6月28日～7月4日" in words
    pd.testing.assert_frame_equal(document.parse(words.encode("cp932")), document.parse(content))


def test_reserves_of_the_year_2000_name_their_year_in_two_calendars() -> None:
    (document, _) = next(feed_files.documents("mof_reserves"))
    frame = document.parse(real("mof_reserves", "historical_2000.csv"))
    mof_reserves.FEED.check(frame)
    assert frame["period"].min() == pd.Timestamp(2000, 4, 30)


def test_the_layout_of_interventions_that_others_saw_is_read() -> None:
    (document, _) = next(feed_files.documents("mof_interventions"))
    frame = document.parse(real("mof_interventions", "feio_layout.csv"))
    feed("mof_interventions").check(frame)
    days = frame[frame["series"].str.contains("sell_usd")]
    assert days["value"].tolist() == [139, 211, 59185]


def test_the_rates_of_the_euro_are_read_from_the_archive_and_from_the_file() -> None:
    (document, packed) = next(feed_files.documents("ecb_fx"))
    plain = document.parse(real("ecb_fx", "eurofxref-hist.csv"))
    pd.testing.assert_frame_equal(document.parse(packed), plain)


def test_hedge_funds_at_home_count_as_households_before_and_since_they_have_a_line() -> None:
    def told(name: str, day: str) -> float:
        return value("z1_holders", f"z1.{name}", day)

    assert told("holders.households", "2025-06-30") == told("treasuries.153061105", "2025-06-30")
    lines = (told(f"treasuries.{code}", "2025-09-30") for code in ("153061105", "623061103"))
    assert told("holders.households", "2025-09-30") == pytest.approx(sum(lines))


def test_the_table_of_holders_is_read_under_its_old_number() -> None:
    (document, content) = next(feed_files.documents("z1_holders"))
    old = document.parse(content.replace(b"F3.2.s", b"L.210").replace(b":Q", b" Q"))
    pd.testing.assert_frame_equal(old, document.parse(content))


def test_without_a_key_the_archive_of_first_prints_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FRED_API_KEY", raising=False)
    assert feed("alfred").documents(feed_files.DAY) == ()
