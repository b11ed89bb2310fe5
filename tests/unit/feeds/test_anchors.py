"""An anchor that moved, a wrong unit, a broken identity: refused in words that name it."""

import json

import pytest

import feed_files
from feed_files import NAMES, documents, feed, hand, read, real
from selloff.vocab.errors import FeedError

CSV = "foreign_exchange_intervention_operations.csv"
MONTH = "mof_intervention_20260828.html"
MOVED = [
    # file of a source: words of it, what stands there instead, what the message names
    ("mof_interventions", CSV, "金額(amount)", "金額", "金額(amount)"),
    ("mof_interventions", CSV, "Year,Month,Day", "Month,Year,Day", "column 4"),
    ("mof_interventions", CSV, "令和6年,4月", "令和7年,4月", "both calendars"),
    ("mof_interventions", CSV, "Japanese yen (bought)", "Japanese yen", "one bought"),
    ("mof_interventions", CSV, '"59,185"', '"59,285"', "days of a quarter = its total"),
    ("mof_interventions", CSV, '"59,185"', '"5,918,500"', "0 to 400000"),
    ("mof_interventions", CSV, "April - June 2024", "April to June 2024", "the total of a quarter"),
    ("mof_interventions", MONTH, "における外国為替平衡操作額", "の操作額", "外国為替平衡操作額"),
    ("mof_interventions", MONTH, "外国為替平衡操作", "為替介入", "外国為替平衡操作"),
    ("mof_interventions", MONTH, "8月26日", "8月36日", "a day of the calendar"),
    ("mof_interventions", MONTH, "令和8年7月30日", "令和8年9月30日", "about a month"),
    ("mof_flows", "week.csv", "Unit: 100 million Yen", "Unit: billion Yen", "100 million Yen"),
    ("mof_flows", "week.csv", "(Weekly; based", "(Monthly; based", "Weekly"),
    ("mof_flows", "week.csv", "Subtotal", "Sub total", "Subtotal"),
    ("mof_flows", "week.csv", "Long-term debt", "Debt", "Long-term debt securities"),
    ("mof_flows", "week.csv", "plus sign", "minus sign", "plus sign"),
    ("mof_flows", "week.csv", "Final Update", "Updated", "Final Update"),
    ("mof_flows", "week.csv", "2026．6．28～7．4", "2026．6．28～7．5", "Sunday to Saturday"),
    ("mof_flows", "week.csv", "2026．6．21～6．27", "2026．6．14～6．20", "two numbers"),
    ("mof_reserves", "historical.csv", "（US$ millions)", "（US$ billions)", "millions"),
    ("mof_reserves", "historical.csv", "(a) Securities", "Securities", "(a) Securities"),
    ("mof_reserves", "historical.csv", "(c) Other", "(a) Securities", "2 such columns"),
    ("mof_reserves", "historical.csv", "124103", "", "mof.reserves.total"),
    ("mof_reserves", "historical.csv", "Feburuary", "March", "the same month twice"),
    ("mof_reserves", "historical.csv", "令和8年", "令8年", "Japanese year"),
    ("mof_reserves", "historical.csv", "令和8年", "", "the year beside January"),
    ("mof_reserves", "historical.csv", "839559", "839.559", "100000 to"),
    ("mof_reserves", "historical.csv", "839559", "836559", "mof.reserves.foreign_currency"),
    ("mof_reserves", "historical.csv", "154983", "150983", "mof.reserves.deposits"),
    ("mof_jgb", "jgbcme.csv", "(Unit : %)", "(Unit : bp)", "(Unit : %)"),
    ("mof_jgb", "jgbcme.csv", ",15Y,", ",", "15Y"),
    ("mof_jgb", "jgbcme.csv", "2026/5/29", "2026/4/29", "a day after"),
    ("mof_jgb", "jgbcme.csv", "2.657", "265.7", "-2 to 20"),
    ("nyfed_soma", "soma_summary.json", '"notesbonds"', '"notesBonds"', "notesbonds"),
    ("nyfed_soma", "soma_summary.json", "3300000000000", "3300000000", "nyfed.soma.total"),
    ("nyfed_soma", "soma_summary.json", "6191841926700.00", "6191841.93", "unit"),
    ("nyfed_soma", "soma_dates.json", '"asOfDates"', '"dates"', "asOfDates"),
    ("nyfed_soma", "soma_holdings_2026-08-26.json", "2026-09-10", "2026-08-10", "an amount that"),
    ("nyfed_soma", "soma_holdings_2026-08-26.json", "1300000000000", "13", "Treasuries held"),
    ("nyfed_dealers", "primary_dealers_SBN2024.json", '"timeseries"', '"series"', "timeseries"),
    ("nyfed_dealers", "primary_dealers_SBN2024.json", "PDPOSGST-TOT", "PDPOSGST", "PDPOSGSC"),
    ("nyfed_repo", "repo.json", '"operations"', '"operation"', "operations"),
    ("nyfed_repo", "repo.json", '"Repo"', '"Repurchase"', "at least one"),
    ("nyfed_sofr", "sofr.json", '"SOFR"', '"EFFR"', "SOFR"),
    ("nyfed_sofr", "sofr.json", '"percentRate": 3.91', '"percentRate": 3.19', "out of order"),
    ("nyfed_sofr", "sofr.json", "2871", "2871000", "100 to 10000"),
    ("fiscaldata_mspd", "mspd_table_1_1.json", '"$1,000,000"', '"$1,000"', "$1,000,000"),
    ("fiscaldata_mspd", "mspd_table_1_1.json", '"Floating Rate Notes"', '"Floaters"', "Floaters"),
    ("fiscaldata_mspd", "mspd_table_1_1.json", "16281507.3155", "16281507", "marketable"),
    ("fiscaldata_mspd", "mspd_table_3_market_1.json", "16281507.3", "15281507.3", "Table 3"),
    ("fiscaldata_mspd", "mspd_table_3_market_1.json", '"count": 8', '"count": 9', "8 records"),
    (
        "fiscaldata_mspd",
        "mspd_table_3_market_1.json",
        '"total-count": 8',
        '"total-count": 9',
        "8 r",
    ),
    ("fiscaldata_debt", "debt_to_penny_1.json", "40171800000000.12", "40171900000000.12", "total"),
    ("fiscaldata_rates", "avg_interest_rates_1.json", '"3.362"', '"33.62"', "-1 to 20"),
    ("fiscaldata_rates", "avg_interest_rates_1.json", '"3.362"', '"5.362"', "0.865 to 4.427"),
    ("fiscaldata_auctions", "auctions_query_1.json", "26775518000", "46775518000", "bidders"),
    ("fiscaldata_auctions", "auctions_query_1.json", '"2.400000"', '"0.240000"', "bid_to_cover"),
    ("fiscaldata_cash", "operating_cash_balance_1.json", "29117", "29017", "closing"),
    ("fiscaldata_cash", "operating_cash_balance_1.json", "Closing Bal", "Final Bal", "closing"),
    ("treasury_curve", "daily_treasury_rates_2026.csv", '"10 Yr"', '"10 Year"', "10 Yr"),
    ("treasury_curve", "daily_treasury_rates_2026.csv", '"2 Mo"', '"1 Mo"', "1 Mo twice"),
    ("treasury_curve", "daily_treasury_rates_2026.csv", "09/28/2026", "28/09/2026", "a day such"),
    ("treasury_curve", "daily_treasury_rates_2026.csv", "5.24", "524", "-2 to 20"),
    ("cftc_tff", "cftc_tff.json", "lev_money_positions_long", "lev_money_long", "lev_money"),
    ("cftc_tff", "cftc_tff.json", '"1819579"', '"1809579"', "longs = shorts"),
    ("cftc_tff", "cftc_tff.json", "043602", "943602", "contract"),
    ("z1_holders", "z1_F3_2_s.htm", "F3.2.s Treasury", "F3.2.t Treasury", "F3.2.s Treasury"),
    ("z1_holders", "z1_F3_2_s.htm", "<th>2025:Q3</th>", "", "cells"),
    ("z1_holders", "z1_F3_2_s.htm", "28027.6", "28072.6", "sum of its parts"),
    ("z1_holders", "z1_F3_2_s.htm", "23175.0", "23157.0", "sum of its parts"),
    ("boj", "boj_ff.json", '"STATUS": 200', '"STATUS": 400', "400"),
    ("boj", "boj_ff.json", "100 million yen", "billion yen", "100 million yen"),
    ("boj", "boj_ff.json", "202602", "202605", "a quarter"),
    ("boj", "boj_ff.json", "5400000", "9400000", "boj.jgb"),
    ("boj", "boj_fm01.json", "20260819", "20260839", "a day of the calendar"),
    ("ecb_curve", "ecb_sr_10y.csv", "OBS_VALUE", "VALUE", "OBS_VALUE"),
    ("ecb_curve", "ecb_sr_10y.csv", ",G_N_A,", ",G_N_C,", "G_N_C"),
    ("boe_gilts", "boe_gilts.csv", "IUD", "IUM", "IUDSNPY"),
    ("boe_gilts", "boe_gilts.csv", "22 Sep 2026", "22/09/2026", "a day such as"),
    ("imf_cofer", "cofer_usd.json", "SHRO_PT", "NV_USD", "NV_USD"),
    ("imf_cofer", "cofer_usd.json", "57.13", "0.5713", "20 to 90"),
    ("imf_cofer", "cofer_eur.json", "20.4", "70.4", "at most 100"),
    ("imf_reserves", "irfcl_reserves.json", '"SECTOR"', '"SECTORS"', "SECTORS"),
    ("imf_reserves", "irfcl_reserves.json", "1207524000000", "1207524", "imf.reserves.jpn"),
    ("bis_policy", "bis_japan.csv", "REF_AREA", "AREA", "REF_AREA"),
    ("bis_policy", "bis_japan.csv", "D,JP", "M,JP", "JP"),
    ("world_bank", "world_bank_reserves_1.json", "FI.RES.TOTL", "FI.RES.XGLD", "FI.RES.TOTL.CD"),
    ("world_bank", "world_bank_reserves_1.json", '"total": 4', '"total": 5', "4 rows"),
    ("alfred", "alfred_GDP.json", '"output_type": 4', '"output_type": 1', "output_type"),
    ("alfred", "alfred_GDP.json", "2026-07-30", "2026-05-30", "published before"),
    ("shl", "shlptab2.html", "Long-Term Debt", "Short-Term Debt", "Long-Term Debt"),
    ("shl", "shlptab2.html", "Millions of U.S. dollars", "Billions", "Millions"),
    ("shl", "shlptab2.html", "752,872", "952,872", "1,011,252"),
]


@pytest.mark.parametrize(("name", "file", "old", "new", "words"), MOVED)
def test_what_moved_is_named(name: str, file: str, old: str, new: str, words: str) -> None:
    content = hand(name, file)
    encoding = "utf-8" if _is_utf8(content) else "cp932"
    text = content.decode(encoding)
    assert old in text
    with pytest.raises(FeedError) as caught:
        read(name, {file: text.replace(old, new).encode(encoding)})
    assert words in str(caught.value)


def test_each_source_has_an_anchor_that_is_moved_here() -> None:
    assert {name for name, *_ in MOVED} | {"ecb_fx"} == set(NAMES)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("name", NAMES)
def test_a_page_an_empty_file_and_a_wrong_charset_are_no_data(name: str) -> None:
    page = b"<!DOCTYPE html><html><title>Error</title><body>Not found</body></html>"
    for document, content in documents(name):
        for wrong in (page, b"", b"\n\n", "�".encode("utf-16"), content[: len(content) // 3]):
            with pytest.raises(FeedError):
                feed(name).check(document.parse(wrong))


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("mof_i")])
def test_a_byte_order_mark_changes_nothing(name: str) -> None:
    for document, content in documents(name):
        if _is_utf8(content) and not content.startswith(b"PK"):
            marked = document.parse(b"\xef\xbb\xbf" + content)
            assert marked.equals(document.parse(content))


def test_an_answer_cut_by_hand_says_how_much_is_missing() -> None:
    """The stored answer has two months of 3,746 records, and its meta part still says so."""
    (document, _) = next(documents("fiscaldata_mspd"))
    with pytest.raises(FeedError, match="29 records; allowed: 3746"):
        document.parse(real("fiscaldata_mspd", "mspd_table_1_cut.json"))


def test_an_answer_without_its_meta_part_is_refused() -> None:
    (document, _) = next(documents("fiscaldata_rates"))
    with pytest.raises(FeedError, match="meta"):
        document.parse(real("fiscaldata_rates", "avg_interest_rates_no_meta.json"))


def test_a_broken_archive_is_refused() -> None:
    (document, packed) = next(documents("ecb_fx"))
    for wrong in (packed[:-40], packed.replace(b"eurofxref-hist", b"eurofxref_hist")):
        with pytest.raises(FeedError, match="archive"):
            document.parse(wrong)


def test_pages_of_records_lead_to_the_next_ones() -> None:
    (document, content) = next(documents("fiscaldata_debt"))
    answer = json.loads(content)
    answer["meta"] |= {"total-pages": 3, "total-count": 20_003}
    pages = document.leads_to(json.dumps(answer).encode())
    assert [page.name for page in pages] == ["debt_to_penny_2.json", "debt_to_penny_3.json"]
    assert "page[number]=3" in pages[1].url
    assert pages[0].leads_to(content) == ()


def test_the_bank_of_japan_says_where_the_next_part_begins() -> None:
    document, content = list(documents("boj"))[1]
    answer = json.loads(content) | {"NEXTPOSITION": 251}
    (following,) = document.leads_to(json.dumps(answer).encode())
    assert following.url.endswith("&startPosition=251")
    with pytest.raises(FeedError, match="NEXTPOSITION"):
        following.leads_to(json.dumps(answer).encode())


def test_the_list_of_months_leads_to_the_latest_pages() -> None:
    months = list(feed_files.feed("mof_interventions").documents(feed_files.DAY))[1]
    links = "".join(
        f'<a href="2026{month:02}28.html">外国為替平衡操作</a>' for month in range(1, 10)
    )
    pages = months.leads_to(f"<html>{links}</html>".encode())
    assert [page.name[-13:-5] for page in pages] == [f"2026{m:02}28" for m in range(4, 10)]


def test_a_query_that_reaches_its_limit_may_be_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selloff.feeds.sources.cftc_tff._LIMIT", 3)
    with pytest.raises(FeedError, match="the limit of 3"):
        read("cftc_tff")


ENDED = {
    "jgbcme_all.csv": 31,
    "daily_treasury_rates_2025.csv": 366,
    "primary_dealers_SBN2013.json": 36600,
    "primary_dealers_SBN2022.json": 36600,
    "foreign_exchange_intervention_operations.csv": 7320,
}


def test_files_that_have_ended_or_wait_for_an_event_do_not_grow_stale() -> None:
    found = {
        document.name: (document.cadence or feed(name).cadence).days
        for name in NAMES
        for document, _ in documents(name)
    }
    assert {name: found[name] for name in ENDED} == ENDED
    assert found["primary_dealers_SBN2024.json"] == 7
    assert found["daily_treasury_rates_2026.csv"] == 5
