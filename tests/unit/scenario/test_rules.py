"""Rules between fields."""

import pytest

from selloff.scenario import load, seller_ids
from selloff.scenario.fields import Breach
from selloff.scenario.rules import amount_breaches, scenario_breaches
from selloff.vocab import ScenarioError


def breaches(raw: dict[str, object]) -> tuple[Breach, ...]:
    return tuple(scenario_breaches(raw, None))


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
    (told,) = amount_breaches({"holder": "jpn", **seller})
    assert told.given == given


def test_nobody_starts_after_the_end() -> None:
    seller = {"holder": "jpn", "sale_frac": 1, "start_day": 252}
    assert not breaches(scenario(seller))
    (told,) = breaches(scenario({**seller, "start_day": 253}))
    assert told.location == ("sellers", 0, "start_day")
    assert "1 to 252" in told.allowed


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("currency_flows", ("currency_flows", 1, "start_day")),
        ("shocks", ("shocks", 1, "start_day")),
        ("fed_programme", ("fed_programme", "start_day")),
    ],
)
def test_nothing_else_starts_after_the_end_either(field: str, place: tuple[str | int, ...]) -> None:
    def starting(day: int) -> dict[str, object]:
        event = {"start_day": day}
        return scenario(**{field: event if field == "fed_programme" else [{}, event]})

    assert not breaches(starting(252))
    (told,) = breaches(starting(253))
    assert told.location == place
    assert told.given == "253"
    assert "1 to 252" in told.allowed
    assert told.remedy == "Start earlier or lengthen horizon_years."


def test_everything_that_starts_too_late_is_told_at_once() -> None:
    late = {"start_day": 1000}
    found = breaches(
        scenario(
            {"holder": "jpn", "sale_frac": 1, **late},
            currency_flows=[late],
            shocks=(late, late),
            fed_programme=late,
        )
    )
    assert {each.location[:-1] for each in found} == {
        ("sellers", 0),
        ("currency_flows", 0),
        ("shocks", 0),
        ("shocks", 1),
        ("fed_programme",),
    }


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"sellers": None},
        {"horizon_years": 1, "currency_flows": 3, "shocks": "x", "fed_programme": []},
        {"horizon_years": 1, "currency_flows": [None, 3], "shocks": [{"start_day": "x"}]},
        {"horizon_years": 1, "fed_programme": {"start_day": True}, "shocks": [{"start_day": []}]},
        {"sellers": "jpn"},
        {"sellers": [None, 3, "jpn", [], {"holder": ["jpn"], "sale_frac": "x"}]},
        {"sellers": [{"sale_frac": 1, "start_day": "x"}], "horizon_years": []},
        {"sellers": [{"sale_frac": 1, "start_day": 5}], "horizon_years": float("nan")},
        {"sellers": [{"sale_frac": 1, "start_day": 5}], "horizon_years": float("inf")},
    ],
)
def test_nonsense_is_left_to_the_field_checks(raw: dict[str, object]) -> None:
    assert breaches(raw) == ()


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({}, "'fed', which also buys by reactions.fed_purchases"),
        ({"reactions": {"fed_purchases": True}}, "by reactions.fed_purchases"),
        (
            {"fed_programme": {"amount_usd_bn": 1}},
            "by fed_programme and reactions.fed_purchases",
        ),
        (
            {"fed_programme": {"amount_usd_bn": 1}, "reactions": {"fed_purchases": False}},
            "by fed_programme",
        ),
        ({"reactions": {"fed_purchases": False}}, None),
    ],
)
def test_the_federal_reserve_sells_only_where_it_does_not_buy(
    fields: dict[str, object], given: str | None
) -> None:
    found = breaches(scenario({"holder": "fed", "sale_frac": 0.1}, **fields))
    assert [each.location for each in found] == ([("sellers", 0, "holder")] if given else [])
    assert all(given in each.given for each in found if given)


def test_the_dealers_make_the_market_and_do_not_sell() -> None:
    (found,) = breaches(scenario({"holder": "usa_dealers", "sale_frac": 0.1}))
    assert found.location == ("sellers", 0, "holder")
    assert "make the market" in found.allowed
    sellers = [{"holder": "usa_dealers", "sale_frac": 0.1}]
    with pytest.raises(ScenarioError, match="any holder but the dealers"):
        load({"schema_version": 1, "name": "a", "title": "a", "sellers": sellers})
