"""TIC: Table 5 and the history as published, Table 3 in its layout; identities and traps."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from selloff import data
from selloff.feeds import feeds
from selloff.vocab.errors import FeedError
from table3_made import table3

FILES = Path(__file__).parent / "files"
(TIC,) = feeds(("tic",))
PARSE = {each.name: each.parse for each in TIC.documents(date(2026, 9, 18))}
SHORT = (FILES / "slt_table5.txt").read_bytes()
HISTORY = (FILES / "mfhhis01.txt").read_bytes()
LONG = table3(n_months=13)


def values(found: pd.DataFrame, series: str) -> dict[str, float]:
    own = found[found["series"] == series]
    return dict(zip(own["period"].dt.strftime("%Y-%m-%d"), own["value"], strict=True))


def test_table_5_is_read_as_published() -> None:
    found = PARSE["slt_table5.txt"](SHORT)
    assert len(found) == 13 * 25
    assert values(found, "slt_table5 Japan")["2026-07-31"] == 1103.9
    assert values(found, "slt_table5 China, Mainland")["2026-02-28"] == 694.2
    assert set(found["unit"]) == {"USD bn"}
    TIC.check(found)


def test_the_history_is_read_with_both_sides_of_a_survey() -> None:
    found = PARSE["mfhhis01.txt"](HISTORY)
    assert values(found, "mfhhis01 Japan")["2011-06-30"] == 881.5
    assert values(found, "mfhhis01 old Japan")["2011-06-30"] == 911.1
    assert values(found, "mfhhis01 United Kingdom")["2000-03-31"] == 78.6
    assert values(found, "mfhhis01 Carib Bnkng Ctrs")["2000-12-31"] == 37.4
    TIC.check(found)


def test_both_agree_with_the_snapshot() -> None:
    found = pd.concat([PARSE["slt_table5.txt"](SHORT), PARSE["mfhhis01.txt"](HISTORY)])
    told = {
        (name, day): value for name, day, value in found[["series", "period", "value"]].to_numpy()
    }
    table = data.table("tic_holdings_monthly")
    met = 0
    for row in table.itertuples():
        old = "old " if row.series != "primary" else ""
        name = f"{row.source_file} {old}{row.country}"
        if (name, row.date) in told:
            met += 1
            assert told[name, row.date] == row.usd_bn, name
    assert met > 1000


def test_table_3_gives_countries_and_leaves_missing_missing() -> None:
    found = PARSE["slt_table3.txt"](LONG)
    assert values(found, "for_treas_pos Japan")["2026-07-31"] == 1103943
    assert values(found, "for_st_treas_net Japan")["2026-07-31"] == 9737
    poland = values(found, "for_treas_pos Poland")
    assert len(poland) == 13
    assert all(value != value for value in poland.values())
    assert values(found, "for_lt_treas_pos Poland")["2026-07-31"] == 51000
    assert not found["series"].str.contains("Total Asia").any()
    TIC.check(found)


def test_the_three_together_hold() -> None:
    TIC.check(pd.concat([PARSE["slt_table3.txt"](LONG), PARSE["slt_table5.txt"](SHORT)]))


WRONG = {
    "slt_table3.txt": [
        (b"Millions of dollars", b"Billions of dollars", "unit"),
        (b"Table 3:", b"Table 4:", "title"),
        (b"for_st_treas_pos\tfor_st_treas_net", b"for_st_treas_net\tfor_st_treas_pos", "header"),
        (b"Japan\t42609\t2026-06", b"Japan\t42610\t2026-06", "country"),
        (b"42609", b"42610", "country code of Japan"),
        (b"Japan\t42609\t2026-07", b"Japan\t42609\tJul-26", "a date such as"),
        (b"1103943", b"1,103,94", "a number"),
        (b"1103943\t", b"1103943\t7\t", "cells"),
        (b"Japan\t42609\t2026-07", b"Japan\t42609\t2026-06", "two numbers"),
    ],
    "slt_table5.txt": [
        (b"Billions of dollars", b"Millions of dollars", "line 3"),
        (b"Table 5: Major", b"Table 5a: Major", "line 1"),
        (b"Country\t2026-07", b"Country\tJul 26", "header"),
        (b"1103.9", b"1103,9", "a number"),
        (b"Grand Total", b"All Total", "Grand Total"),
        (b"Of Which: Foreign Official\t", b"Of Which: Official\t", "none of Of Which"),
        (b"\t1155.4\n", b"\n", "13 numbers"),
    ],
    "mfhhis01.txt": [
        (b"(in billions of dollars)", b"(in millions of dollars)", "title"),
        (b"\tDec\tNov", b"\tDez\tNov", "a month such as Dec"),
        (b"Department of the Treasury/", b"", "blocks to the last line"),
        (b"2000", b"2003", "months back to 2000-03"),
        (b"1185.5", b"1185.5.", "a number"),
        (b"Japan\t1185.5", b"Japan", "11 numbers"),
        (b"Japan\t1185.5", b"Japan\t\t1185.5", "12 side by side"),
    ],
}
GOOD = {"slt_table3.txt": LONG, "slt_table5.txt": SHORT, "mfhhis01.txt": HISTORY}


def changed(name: str, here: bytes, there: bytes) -> bytes:
    assert here in GOOD[name]
    return GOOD[name].replace(here, there)


@pytest.mark.parametrize(
    ("name", "here", "there", "words"),
    [(name, *case) for name, cases in WRONG.items() for case in cases],
)
def test_an_anchor_that_moved_is_refused(name: str, here: bytes, there: bytes, words: str) -> None:
    with pytest.raises(FeedError, match=re.escape(words)):
        PARSE[name](changed(name, here, there))


@pytest.mark.parametrize(
    ("name", "here", "there", "words"),
    [
        ("slt_table5.txt", b"1103.9", b"1203.9", "holders and the grand total"),
        ("slt_table5.txt", b"\t354.4", b"\t345.4", "officials' bills and notes"),
        ("mfhhis01.txt", b"Japan\t1185.5", b"Japan\t1285.5", "holders and the grand total"),
        ("mfhhis01.txt", b"\t388.5", b"\t398.5", "officials' bills and notes"),
        ("slt_table3.txt", b"\t3773139\t", b"\t3783139\t", "official and other holdings"),
        ("slt_table3.txt", b"\t1023754\t", b"\t1013754\t", "long-term and short-term of Japan"),
        ("slt_table3.txt", b"\t9737\n", b"\t8737\n", "Japan's bills"),
    ],
)
def test_an_identity_that_breaks_is_refused(
    name: str, here: bytes, there: bytes, words: str
) -> None:
    found = PARSE[name](changed(name, here, there))
    with pytest.raises(FeedError, match=re.escape(words)):
        TIC.check(found)


def test_table_3_in_other_units_than_table_5_is_refused() -> None:
    long = PARSE["slt_table3.txt"](LONG)
    long["value"] = long["value"] / 1000
    with pytest.raises(FeedError, match="in Table 3 and Table 5"):
        TIC.check(pd.concat([long, PARSE["slt_table5.txt"](SHORT)]))


def test_the_head_of_the_history_is_no_history() -> None:
    with pytest.raises(FeedError, match="blocks to the last line"):
        PARSE["mfhhis01.txt"]((FILES / "mfhhis01_head.txt").read_bytes())


@pytest.mark.parametrize("name", GOOD)
def test_a_file_cut_anywhere_is_refused_or_told_as_it_is(name: str) -> None:
    content = GOOD[name]
    whole = PARSE[name](content)
    body = content.index(b"Japan\t")
    cuts = [*range(body, len(content), 307), content.rindex(b"Notes") if b"Notes" in content else 1]
    n_refused = 0
    for cut in cuts:
        try:
            found = PARSE[name](content[:cut])
        except FeedError:
            n_refused += 1
        else:
            pd.testing.assert_frame_equal(found, whole)
    assert n_refused > len(cuts) // 2
