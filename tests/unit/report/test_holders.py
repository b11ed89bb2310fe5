import pytest

from selloff.report.holders import (
    GROUP_NAMES,
    buyers,
    group_name,
    holder_name,
    owner_name,
    seller_books,
)
from selloff.vocab import holders


def test_every_group_of_the_vocabulary_has_a_name() -> None:
    assert {one.group for one in holders().values()} <= set(GROUP_NAMES)


def test_an_unnamed_group_is_spelt_out() -> None:
    assert group_name("moon_bank") == "moon bank"


def test_a_country_stands_for_both_its_books(dump) -> None:
    dataset, _ = dump
    assert seller_books(dataset, "jpn") == ["jpn_official", "jpn_private"]
    assert seller_books(dataset, "jpn_official") == ["jpn_official"]


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("jpn", "Japan"),
        ("jpn_official", "Japan, official"),
        ("chn", "China (mainland)"),
        ("fed", "Federal Reserve"),
        ("xyz", "xyz"),
    ],
)
def test_names(dump, holder, name) -> None:
    assert holder_name(dump[0], holder) == name


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("jpn", "Japan"),
        ("jpn_official", "officials in Japan"),
        ("row_private", "private holders in the rest of the world"),
        ("cym_hedge_fund", "hedge funds in the Cayman Islands"),
        ("gbr", "the United Kingdom"),
        ("fed", "the Federal Reserve"),
    ],
)
def test_inside_a_sentence_a_name_has_no_comma(dump, holder, name) -> None:
    assert owner_name(dump[0], holder) == name


def test_no_holder_of_the_books_has_a_comma_inside_a_sentence(dump) -> None:
    assert not [one for one in holders() if "," in owner_name(dump[0], one)]


def test_sellers_are_not_buyers_and_the_largest_comes_first(dump) -> None:
    rows = buyers(dump[0]).rows
    assert "Japan, official" not in [name for name, *_ in rows]
    bought = dump[0]["absorbed_by_holder"].median("draw")
    most = str(bought["holder_name"].values[bought.values.argmax()])
    assert rows[0][0] == most
