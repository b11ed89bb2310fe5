"""Ties to the United States, and what officials sold in March 2020."""

import re

import pytest

from marks import every
from selloff.data import CLASSES, Tie, ties
from selloff.evidence import parameters
from selloff.vocab import holders, read_as

ROWS = every(ties().values(), lambda row: row.iso3)
OFFICIAL = sorted({each.residence for each in holders().values() if each.sector == "official"})


@every(OFFICIAL)
def test_every_foreign_official_holder_has_ties(iso3: str) -> None:
    assert iso3 in ties(), f"{iso3} is missing from assumptions/ties.csv"


def test_nobody_else_is_in_the_table() -> None:
    assert sorted(ties()) == OFFICIAL
    assert "usa" not in ties()


@ROWS
def test_a_row_has_a_known_class_a_source_and_a_reason(row: Tie) -> None:
    assert row.ties in CLASSES
    assert len(row.source) > 10
    assert len(row.reason) > 10


@ROWS
def test_what_was_sold_in_2020_is_a_share_with_a_source_and_said_in_the_reason(row: Tie) -> None:
    told = re.search(r"sold ([0-9.]+) percent", row.reason)
    if row.sold_2020_frac is None:
        assert told is None
        return
    assert 0.0 < row.sold_2020_frac < 1.0
    assert told is not None
    assert float(told.group(1)) == pytest.approx(100.0 * row.sold_2020_frac)
    assert "FEDS Note of 28 January 2022" in row.source


@pytest.mark.parametrize(
    ("iso3", "wanted"),
    [
        ("jpn", "treaty"),
        ("gbr", "treaty"),
        ("kor", "treaty"),
        ("tur", "treaty"),
        ("aus", "treaty"),
        ("twn", "partner"),
        ("isr", "partner"),
        ("bra", "partner"),
        ("che", "none"),
        ("ind", "none"),
        ("chn", "rival"),
        ("hkg", "rival"),
        ("rus", "rival"),
    ],
)
def test_ties_that_everybody_knows(iso3: str, wanted: str) -> None:
    assert ties()[iso3].ties == wanted


def test_classes_follow_their_sources() -> None:
    for row in ties().values():
        if row.ties == "treaty":
            assert "treat" in row.source or "NATO" in row.source or "defense" in row.source, row
        elif row.ties == "partner":
            assert "major non-NATO allies" in row.source, row
        elif row.ties == "none":
            assert "not listed" in row.source, row
        else:
            assert row.source.startswith("assumption"), row


def test_closer_classes_have_closer_ties() -> None:
    closeness = [parameters()[f"ties_{name}"].p50 for name in CLASSES]
    assert closeness == sorted(closeness, reverse=True)
    assert (closeness[0], closeness[-1]) == (1.0, 0.0)
    assert {row.ties for row in ties().values()} == set(CLASSES)


def test_emerging_economies_sold_more_than_is_typical() -> None:
    typical = parameters()["own_stress_typical"].p50
    sold = [row.sold_2020_frac for row in ties().values() if row.sold_2020_frac is not None]
    assert len(sold) >= 8
    assert min(sold) > typical


def test_an_unknown_class_is_refused() -> None:
    row = {"iso3": "jpn", "ties": "friend", "sold_2020_frac": "", "source": "", "reason": ""}
    with pytest.raises(ValueError, match="'friend'; allowed: treaty, partner, none, rival"):
        read_as(Tie, [row])
