"""Whatever bytes come: a table of the known shape, or a refusal in words; never a traceback."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed_files import NAMES, documents, feed
from selloff.feeds.contract import COLUMNS, Document
from selloff.vocab.errors import FeedError

FILES = [(name, document, content) for name in NAMES for document, content in documents(name)]
files = st.sampled_from(FILES)
few = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def _reads(document: Document, content: bytes) -> pd.DataFrame | None:
    """Read bytes, or be refused; anything else fails the test."""
    try:
        frame = document.parse(content)
        document.leads_to(content)
    except FeedError:
        return None
    assert list(frame.columns) == list(COLUMNS)
    assert not frame.duplicated(["series", "period"]).any()
    assert not frame["value"].isin([float("inf"), float("-inf")]).any()
    return frame


def _holds(name: str, frame: pd.DataFrame) -> bool:
    try:
        feed(name).check(frame)
    except FeedError:
        return False
    return True


@given(files, st.binary(max_size=400))
@few
def test_random_bytes(file: tuple[str, Document, bytes], content: bytes) -> None:
    _, document, _ = file
    assert _reads(document, content) is None


@given(files, st.data())
@few
def test_a_file_that_is_cut_or_doubled(
    file: tuple[str, Document, bytes], data: st.DataObject
) -> None:
    name, document, content = file
    at = data.draw(st.integers(0, len(content)))
    frame = _reads(document, data.draw(st.sampled_from([content[:at], content[at:] + content])))
    if frame is not None and len(frame):
        _holds(name, frame)


@given(
    files, st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4)
)
@few
def test_bytes_that_flip(file: tuple[str, Document, bytes], flips: list[tuple[float, int]]) -> None:
    name, document, content = file
    changed = bytearray(content)
    for place, byte in flips:
        changed[int(place * len(content))] = byte
    frame = _reads(document, bytes(changed))
    if frame is not None and len(frame):
        _holds(name, frame)


TABLES = [
    (name, document, content)
    for name, document, content in FILES
    if document.name.endswith(".csv") and name != "mof_flows"
]


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file[1].name)
def test_columns_that_move_with_their_header_give_the_same_numbers(
    file: tuple[str, Document, bytes],
) -> None:
    """Positions count nowhere, or the change is refused (the weeks of the MoF go by position)."""
    _, document, content = file
    encoding = "cp932" if "財務省".encode("cp932") in content else "utf-8"
    rows = list(csv.reader(io.StringIO(content.decode(encoding))))
    before = document.parse(content)
    width = max(map(len, rows))
    for first, second in ((1, 2), (width - 3, width - 2), (1, width - 2)):
        moved = [_swapped(row, first, second) for row in rows]
        text = io.StringIO()
        csv.writer(text).writerows(moved)
        after = _reads(document, text.getvalue().encode(encoding))
        if after is not None:
            pd.testing.assert_frame_equal(after, before)


def _swapped(row: list[str], first: int, second: int) -> list[str]:
    if len(row) > max(first, second):
        row = list(row)
        row[first], row[second] = row[second], row[first]
    return row


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, "9" * 5_000, "[NaN]", "1e999"])
def test_odd_answers_of_machines(deep: str) -> None:
    for _, document, _ in FILES:
        if document.name.endswith(".json"):
            assert _reads(document, deep.encode()) is None
