"""FRED: both headers, missing days, periods that end, sums that hold."""

import csv
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from papers import ROOT
from selloff.feeds import feeds
from selloff.feeds.reading import readings
from selloff.vocab.errors import FeedError

FILES = Path(__file__).parent / "files"
FRED = [each for each in feeds() if each.id.startswith("fred")]
PARSE = {
    each.name.removesuffix(".csv"): each.parse
    for feed in FRED
    for each in feed.documents(date(2026, 9, 4))
}


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [("DGS10", "2005-01-18", 4.21), ("DGS10_old_header", "1962-01-04", 3.99)],
)
def test_both_headers_are_read(name: str, day: str, value: float) -> None:
    found = PARSE["DGS10"]((FILES / f"{name}.csv").read_bytes()).set_index("period")
    assert found.loc[day, "value"] == value
    assert set(found["series"]) == {"DGS10"}


def test_a_day_without_a_number_stays_without() -> None:
    found = PARSE["DGS10"]((FILES / "DGS10.csv").read_bytes()).set_index("period")
    assert pd.isna(found.loc["2005-01-17", "value"])
    dots = PARSE["DGS10"](b"DATE,DGS10\n2005-01-14,4.23\n2005-01-17,.\n")
    assert dots["value"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("PCEPILFE", "2026-02-01", "2026-02-28"),
        ("GDP", "2026-04-01", "2026-06-30"),
        ("GDP", "2026-10-01", "2026-12-31"),
        ("WALCL", "2026-08-19", "2026-08-19"),
    ],
)
def test_a_period_is_dated_at_its_end(name: str, begin: str, end: str) -> None:
    found = PARSE[name](f"observation_date,{name}\n{begin},1.5\n".encode())
    assert f"{found['period'].iloc[0]:%Y-%m-%d}" == end


@pytest.mark.parametrize(("name", "begin"), [("PCEPILFE", "2026-02-03"), ("GDP", "2026-05-01")])
def test_a_period_that_begins_elsewhere_is_refused(name: str, begin: str) -> None:
    with pytest.raises(FeedError, match="the first day of a"):
        PARSE[name](f"observation_date,{name}\n{begin},1.5\n".encode())


def test_custody_before_it_was_counted_is_not_zero() -> None:
    found = PARSE["WMTSECL1"](b"DATE,WMTSECL1\n2007-06-27,0\n2007-07-04,1200000\n")
    assert found["value"].tolist() == [1200000.0]


@pytest.mark.parametrize(
    "text",
    [
        "observation_date,DGS2\n2026-01-02,4.1\n",
        "observation_date,DGS10\n2026-01-02,4.1\n2026-01-02,4.2\n",
        "observation_date,DGS10\n2026-01-05,4.1\n2026-01-02,4.2\n",
        "observation_date,DGS10\n2026-01-02,4.1\n2026-01-05,4.",
        "observation_date,DGS10\n2026-01-02,4.1,3\n",
        "observation_date,DGS10\n2026-01-02;4.1\n",
        "observation_date,DGS10\n02/01/2026,4.1\n",
        "observation_date,DGS10\n2026-02-30,4.1\n",
        "observation_date,DGS10\n2026-01-02,inf\n",
        "observation_date,DGS10\n2026-01-02,1e999\n",
        "observation_date,DGS10\n2026-01-02,.\n",
        "observation_date,DGS10\n",
        "<!DOCTYPE html><html>Error</html>",
        "\n<html>",
        "",
    ],
)
def test_another_file_than_asked_for_is_refused(text: str) -> None:
    with pytest.raises(FeedError):
        PARSE["DGS10"](text.encode())


def sums(whole: float) -> pd.DataFrame:
    buckets = ("TREAS15", "TREAS1590", "TREAS911Y", "TREAS1T5", "TREAS5T10", "TREAS10Y")
    day = date(2022, 3, 9)
    rows = [(name, day, 100.0) for name in buckets]
    return readings([*rows, ("TREAST", day, whole)], "USD mn")


def test_the_maturities_of_the_fed_add_up() -> None:
    FRED[0].check(sums(600.0))
    with pytest.raises(FeedError, match="TREAST and its parts: got 600 and 610"):
        FRED[0].check(sums(610.0))


def test_flows_of_bills_and_bonds_add_up() -> None:
    month = date(2026, 4, 30)
    names = ("FORTREASNET42609", "FORLTTREASNET42609", "FORSTTREASNET42609")
    good = readings(
        list(zip(names, [month] * 3, (16258.0, 14705.0, 1553.0), strict=True)), "USD mn"
    )
    FRED[0].check(good)
    bad = good.assign(value=good["value"].replace(1553.0, 1600.0))
    with pytest.raises(FeedError, match="FORTREASNET42609 and its parts"):
        FRED[0].check(bad)


def test_every_id_says_where_it_was_seen_and_the_page_names_those_seen_in_programs_alone() -> None:
    text = files("selloff.feeds.sources").joinpath("_fred.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert all(row["source"] for row in rows)
    page = " ".join((ROOT / "docs" / "feeds.md").read_text(encoding="utf-8").split())
    told = page.partition("programs of others alone (")[2].partition(")")[0]
    alone = [row["id"] for row in rows if row["seen"] == "code"]
    assert told.replace("`", "").split(", ") == alone
    counts = Counter(row["seen"] for row in rows)
    words = ("page", "mirror", "data", "code")
    assert all(f" {counts.pop(word)} " in page.partition("where id")[2][:420] for word in words)
    assert not counts
