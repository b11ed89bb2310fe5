"""A digit that flips: caught where an identity exists; where none does, the table says so."""

import re

import pandas as pd
import pytest

from feed_files import NAMES, feed, hand, read, whole
from selloff.vocab.errors import FeedError

CAUGHT = {
    # file: numbers of it that no identity holds
    ("mof_flows", "week.csv"): (),
    ("mof_reserves", "historical.csv"): ("27.2",),
    ("nyfed_soma", "soma_summary.json"): ("1621412000", "110000000000"),
    ("nyfed_soma", "soma_holdings_2026-08-26.json"): (),
    ("fiscaldata_mspd", "mspd_table_1_1.json"): (),
    ("fiscaldata_debt", "debt_to_penny_1.json"): ("4225873987843.44",),
    ("fiscaldata_cash", "operating_cash_balance_1.json"): (),
    ("cftc_tff", "cftc_tff.json"): ("4544233", "3000000", "300000"),  # open interest
}
"""No identity: interventions beyond the sum of a quarter, JGB, dealers, repo, the par curve, FX,
gilts, policy rates, first prints. Bounds only: SOFR (order), rates (range of parts), auctions and
SHL (parts no more than the whole), JGB holders, COFER, Table 3 (0.3%), all others (range)."""


@pytest.mark.parametrize(("name", "file"), CAUGHT)
def test_the_first_digit_of_a_number_flips(name: str, file: str) -> None:
    content = hand(name, file)
    encoding = "utf-8" if file.endswith("json") else "cp932"
    text = content.decode(encoding)
    places = _places(name, file, text)
    assert len(places) > 5
    for start, end in places[:: max(1, len(places) // 6)]:
        old = text[start:end]
        at = start + (old[0] == "-")
        flipped = text[:at] + str(int(text[at]) % 9 + 1) + text[at + 1 :]
        with pytest.raises(FeedError):
            read(name, {file: flipped.encode(encoding)})


def _places(name: str, file: str, text: str) -> list[tuple[int, int]]:
    pattern = re.compile(
        r'"(-?\d[\d.]*)"|"(-?\d{1,3}(?:,\d{3})*)"|(?<=,)(-?\d+(?:\.\d+)?)(?=[,\r])'
    )
    body = text.index("2026．1．") if file == "week.csv" else text.index("\n", len(text) // 50)
    found = [match.span(match.lastindex or 0) for match in pattern.finditer(text, body)]
    free = CAUGHT[name, file]
    codes = ("042601", "043602", "097741")
    return [
        (start, end)
        for start, end in found
        if text[start:end] not in free + codes
        and end - start > 1
        and "coupon" not in text[start - 12 : start]
        and not re.search(r'(percentOut|changeFrom)\w*": "$', text[:start][-40:])
    ]


def test_two_columns_of_reserves_in_each_others_place_are_seen() -> None:
    """Securities and deposits add up either way; the parts of the deposits do not."""
    rows = hand("mof_reserves", "historical.csv").decode("cp932").split("\r\n")
    swapped = []
    for row in rows:
        cells = row.split(",")
        if len(cells) > 8 and cells[1].endswith("月"):
            cells[6], cells[8] = cells[8], cells[6]
        swapped.append(",".join(cells))
    with pytest.raises(FeedError, match=r"mof\.reserves"):
        read("mof_reserves", {"historical.csv": "\r\n".join(swapped).encode("cp932")})


NO_BOUND = ("alfred", "nyfed_repo")
"""First prints have the units of FRED; a facility that nobody uses may be used by many."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_BOUND])
def test_millions_for_billions_fall_out(name: str) -> None:
    frame = whole(name)
    with pytest.raises(FeedError, match="Has the unit changed"):
        feed(name).check(frame.assign(value=frame["value"] * 1000))


def test_until_2014_a_purchase_may_have_a_minus_and_since_then_not() -> None:
    """The convention changed in January 2014; what was bought less what was sold tells which."""
    frame = whole("mof_flows")
    is_net = frame["series"].str.match(r"mof\.flows\.assets\..*\.net")
    turned = frame.assign(value=frame["value"].where(~is_net, -frame["value"]))
    early = turned.assign(period=turned["period"] - pd.Timedelta(weeks=52 * 14))
    feed("mof_flows").check(early)
    with pytest.raises(FeedError, match="bought less sold"):
        feed("mof_flows").check(turned)
