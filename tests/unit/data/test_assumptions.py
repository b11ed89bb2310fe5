import csv
from importlib.resources import files

import pytest

from selloff.data import CLASSES, sale_habits, sells_bills_first
from selloff.vocab import holders

NAMES = sorted(
    item.name
    for item in files("selloff.data").joinpath("assumptions").iterdir()
    if item.name.endswith(".csv")
)


CLASSED, HABITS = "ties.csv", "sold_first.csv"
"""The tables of words and facts; every other one is of chosen numbers."""


def rows_of(name: str) -> list[dict[str, str]]:
    text = files("selloff.data").joinpath(f"assumptions/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in (CLASSED, HABITS)])
def test_every_assumption_has_a_range_around_it_and_a_reason(name: str) -> None:
    rows = rows_of(name)
    assert rows
    for row in rows:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"]), row
        assert len(row["reason"]) > 5, row


def test_a_table_of_words_has_known_words_and_a_source_for_each() -> None:
    rows = rows_of(CLASSED)
    assert len(rows) == len({row["iso3"] for row in rows}) > 40
    for row in rows:
        assert set(row) == {"iso3", "ties", "sold_2020_frac", "source", "reason"}, row
        assert row["ties"] in CLASSES, row
        assert len(row["source"]) > 5, row
        assert len(row["reason"]) > 5, row
        if row["sold_2020_frac"]:
            assert 0.0 < float(row["sold_2020_frac"]) < 1.0, row


def test_who_sells_bills_first_is_a_holder_or_a_group_and_has_a_reason() -> None:
    rows, known = rows_of(HABITS), holders()
    groups = {holder.group for holder in known.values()}
    for row in rows:
        assert row["who"] in known or row["who"] in groups, row
        assert row["standing"] in {"computed", "secondary", "assumption"}, row
        assert (row["source"] == "none") == (row["standing"] == "assumption"), row
        assert len(row["reason"]) > 5, row
    assert {"foreign_official", "foreign_private"} <= {row["who"] for row in rows}
    assert sells_bills_first("jpn_official")
    assert not any(map(sells_bills_first, ("chn_official", "jpn_private", "usa_bank")))


def test_a_way_to_sell_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selloff.data.selling._WAYS", ("pro_rata",))
    sale_habits.cache_clear()
    with pytest.raises(ValueError, match=r"sold_first\.csv: 'bills_first'; allowed: pro_rata"):
        sale_habits()
