"""Rules between fields."""

import pytest

from selloff.scenario.rules import breaches, seller_ids


def scenario(*sellers: object, **fields: object) -> dict[str, object]:
    return {"horizon_years": 1, "sellers": list(sellers), **fields}


def test_sellers_are_holders_and_foreign_countries() -> None:
    ids = seller_ids()
    assert {"jpn", "jpn_official", "jpn_private", "fed", "cym_hedge_fund"} <= set(ids)
    assert "usa" not in ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("first", "second", "is_breach"),
    [
        ("jpn", "jpn", True),
        ("jpn", "jpn_official", True),
        ("jpn_private", "jpn", True),
        ("jpn_official", "jpn_private", False),
        ("jpn", "chn", False),
        ("usa_bank", "usa_mmf", False),
        ("jpn", "jpn_oficial", False),
    ],
)
def test_no_book_is_sold_twice(first: str, second: str, is_breach: bool) -> None:
    found = breaches(
        scenario({"holder": first, "sale_frac": 1}, {"holder": second, "sale_frac": 1})
    )
    assert [each.location for each in found] == ([("sellers", 1, "holder")] if is_breach else [])


@pytest.mark.parametrize(
    ("seller", "given"),
    [
        ({}, "no amount"),
        ({"sale_frac": None}, "no amount"),
        ({"sale_frac": 0.5, "sale_usd_bn": 5}, "both sale_usd_bn and sale_frac"),
    ],
)
def test_there_is_exactly_one_amount(seller: dict[str, object], given: str) -> None:
    (told,) = breaches(scenario({"holder": "jpn", **seller}))
    assert told.given == given


def test_nobody_starts_after_the_end() -> None:
    seller = {"holder": "jpn", "sale_frac": 1, "start_day": 252}
    assert not breaches(scenario(seller))
    (told,) = breaches(scenario({**seller, "start_day": 253}))
    assert told.location == ("sellers", 0, "start_day")
    assert "1 to 252" in told.allowed


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"sellers": None},
        {"sellers": "jpn"},
        {"sellers": [None, 3, "jpn", [], {"holder": ["jpn"], "sale_frac": "x"}]},
        {"sellers": [{"sale_frac": 1, "start_day": "x"}], "horizon_years": []},
        {"sellers": [{"sale_frac": 1, "start_day": 5}], "horizon_years": float("nan")},
        {"sellers": [{"sale_frac": 1, "start_day": 5}], "horizon_years": float("inf")},
    ],
)
def test_nonsense_is_left_to_the_field_checks(raw: dict[str, object]) -> None:
    assert breaches(raw) == ()
