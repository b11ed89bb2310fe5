"""Any bytes at all: a parser refuses them, or gives a table that could be one."""

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.feeds import Document, feeds
from selloff.feeds.contract import COLUMNS
from selloff.vocab.errors import FeedError
from table3_made import table3

FILES = Path(__file__).parents[1] / "unit" / "feeds" / "files"
DAY = date(2026, 9, 18)
MOULDS = {"slt_table5.txt", "mfhhis01.txt", "DGS10.csv", "WMTSECL1.csv"}


@cache
def documents() -> dict[str, Document]:
    return {
        each.name: each
        for feed in feeds(("tic", "fred_h15", "fred_h41"))
        for each in feed.documents(DAY)
    }


@cache
def mould(name: str) -> bytes:
    return table3() if name == "slt_table3.txt" else (FILES / name).read_bytes()


NAMES = sorted(MOULDS | {"slt_table3.txt"})
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"\t", b"\n", b"\r", b",", b'"', b"n.a.", b".", b"-", b"1e9", b"\xff", b"\x00"]
    ),
    st.sampled_from(
        [b"2026-13", b"0001-01", b"9999-12", b"9999-12-31,1\n", b"<html>", b"\xef\xbb\xbf"]
    ),
)


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> bytes:
    """A real file, with up to three places overwritten, cut or swollen."""
    content = mould(name)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        gone = draw(st.sampled_from([0, 1, 2, 9, 200, len(content)]))
        content = content[:at] + draw(PIECES) + content[at + gone :]
    return content


def hold(name: str, content: bytes) -> None:
    try:
        found = documents()[name].parse(content)
    except FeedError:
        return
    assert tuple(found.columns) == COLUMNS
    assert found["value"].notna().any()
    assert np.isfinite(found["value"].dropna()).all()
    assert not found.duplicated(["series", "period"]).any()
    assert found["unit"].str.len().min() > 0
    assert found["series"].str.isascii().all()


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_spoilt_file_gives_no_traceback(name: str, data: st.DataObject) -> None:
    hold(name, data.draw(spoilt(name)))


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=200), name=st.sampled_from(NAMES))
def test_bytes_at_random_are_no_table(content: bytes, name: str) -> None:
    with pytest.raises(FeedError):
        documents()[name].parse(content)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_digit_of_table_5_that_matters_is_missed_by_no_identity(data: st.DataObject) -> None:
    content = mould("slt_table5.txt")
    begin = content.index(b"Japan\t")
    places = [n for n in range(begin, content.index(b"Notes")) if content[n : n + 2].isdigit()]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in b"123456789" if d != content[at]]))
    (tic,) = feeds(("tic",))
    try:
        found = documents()["slt_table5.txt"].parse(
            content[:at] + bytes([digit]) + content[at + 1 :]
        )
        tic.check(found)
    except FeedError:
        return
    whole = documents()["slt_table5.txt"].parse(content)
    assert (found["value"] - whole["value"]).abs().max() <= 1.2
