"""The calendar of tables and the rules of sources: the same number comes out on the same day."""

import csv
from importlib.resources import files

import pandas as pd
import pytest

from selloff.data import known_on, provenance, table
from selloff.feeds import feeds
from selloff.feeds.contract import Known

SOONER, LATER = 3, 15
"""A table may be sooner by a weekend, and later by as long as it waits for its last column."""
BEGINNINGS = {
    "mof.reserves": "historical.csv",
    "mof.flows": "week.csv",
    "mof.jgb": "jgbcme.csv",
    "mof.intervention": "mof_intervention_months.html",
    "treasury.mspd": "mspd_table_1_1.json",
    "treasury.rate": "avg_interest_rates_1.json",
    "treasury.auction": "auctions_query_1.json",
    "z1.": "z1_F3_2_s.htm",
    "ecb.fx": "eurofxref-hist.zip",
    "bis.policy_rate": "",
    "boj.call_rate": "boj_fm01.json",
    "for_": "slt_table3.txt",
    "slt_table5": "slt_table5.txt",
    "mfhhis01": "mfhhis01.txt",
}
"""Which document gives a series; the bank of Japan says its rate before BIS passes it on."""
TO_WINDOW = {"mof.intervention": "mof_intervention_windows"}
"""Days come by quarter; what is known of them before is the total of their window."""


def _documents() -> dict[str, Known]:
    day = pd.Timestamp("2026-09-18").date()
    return {each.name: each.known or feed.known for feed in feeds() for each in feed.documents(day)}


def _pairs() -> list[tuple[str, str, bool]]:
    text = files("selloff.feeds").joinpath("columns.csv").read_text(encoding="utf-8")
    found = set()
    for row in csv.DictReader(text.splitlines()):
        begin = next((each for each in BEGINNINGS if row["series"].startswith(each)), "")
        document = BEGINNINGS[begin] if begin else f"{row['series']}.csv"
        if row["table"] and document:
            fed = TO_WINDOW.get(begin, row["table"])
            found.add((fed, document, row["only"] == "month_start"))
    return sorted(found)


@pytest.mark.parametrize(("name", "document", "is_first_day"), _pairs())
def test_a_table_and_its_source_come_out_together(
    name: str, document: str, is_first_day: bool
) -> None:
    source, rule = _documents()[document], known_on(name)
    days = table(name)["date"].drop_duplicates()
    for day in days[days > days.max() - pd.DateOffset(years=1)]:
        period = day + pd.offsets.MonthEnd(0) if is_first_day else day
        out = pd.Timestamp(source(period.date()).date())
        assert -LATER <= (out - rule(day)).days <= SOONER, day


@pytest.mark.parametrize(
    "name", [each.table for each in provenance() if each.frequency == "monthly"]
)
def test_no_month_is_known_before_it_ends(name: str) -> None:
    for day in table(name)["date"].drop_duplicates().tail(12):
        assert known_on(name)(day) > day + pd.offsets.MonthEnd(0)
