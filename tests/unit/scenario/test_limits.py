"""Nobody sells what it does not have."""

import pytest

from selloff.scenario import Books, load
from selloff.scenario.rules import scenario_breaches
from selloff.vocab import Problem, ScenarioError


def check_limits(seller: dict[str, object], books: Books) -> tuple[Problem, ...]:
    seller = {"holder": "jpn", **seller}
    question = {"schema_version": 1, "name": "a", "title": "a", "sellers": [seller]}
    try:
        load(question, limits=books)
    except ScenarioError as error:
        return error.problems
    return ()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"sale_usd_bn": 100.0}, None),
        ({"sale_usd_bn": 100.0 * (1 + 1e-12)}, None),
        ({"sale_usd_bn": 100.001}, "sellers[0].sale_usd_bn"),
        ({"sale_frac": 1.0}, None),
        ({"sale_frac": 0.0}, None),
        ({"sale_frac": 1.1e-5}, None),
        ({"sale_frac": 0.9e-5}, "sellers[0].sale_frac"),
        ({"sale_frac": 1e-300}, "sellers[0].sale_frac"),
        ({"sale_usd_bn": 0.001}, None),
        ({"sale_usd_bn": 0.000001}, "sellers[0].sale_usd_bn"),
        ({"sale_frac": 1.0, "holder": "chn"}, "sellers[0].holder"),
    ],
)
def test_a_sale_is_held_to_the_book(fields: dict[str, object], place: str | None) -> None:
    found = check_limits(fields, {"jpn": 100.0})
    assert [each.where for each in found] == ([place] if place else [])


def test_a_holder_with_an_empty_book_cannot_sell() -> None:
    (told,) = check_limits({"sale_frac": 0.5}, {"jpn": 0.0})
    assert told.given == "'jpn', which holds no Treasuries in this vintage"


@pytest.mark.parametrize(
    "sellers",
    [None, "x", [None], [{"holder": 3}], [{"holder": "nobody"}], [{"holder": "jpn"}]],
)
def test_what_cannot_be_understood_is_left_to_other_checks(sellers: object) -> None:
    assert list(scenario_breaches({"sellers": sellers}, {"jpn": 1.0})) == []


@pytest.mark.parametrize("sale", ["9", None, True, float("nan"), []])
def test_an_amount_that_is_no_number_is_left_to_other_checks(sale: object) -> None:
    raw = {"sellers": [{"holder": "jpn", "sale_usd_bn": sale}]}
    assert list(scenario_breaches(raw, {"jpn": 0.5})) == []


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"sale_usd_bn": 40.0, "buckets": {"0-1Y": 0.75, "20-30Y": 0.25}}, []),
        ({"sale_usd_bn": 38.0, "buckets": {"0-1Y": 0.8, "20-30Y": 0.2}}, ["0-1Y"]),
        ({"sale_frac": 0.5, "buckets": {"20-30Y": 1}}, ["20-30Y"]),
        ({"sale_frac": 0.25, "buckets": {"20-30Y": 1}}, []),
        ({"sale_frac": 0.1, "buckets": {"3-5Y": 1}}, ["3-5Y"]),
        ({"sale_usd_bn": 40.0, "buckets": "long_first"}, []),
    ],
)
def test_weights_are_held_to_what_is_in_each_bucket(
    fields: dict[str, object], places: list[str]
) -> None:
    book = {"0-1Y": 30.0, "3-5Y": 0.0, "20-30Y": 10.0}
    found = check_limits(fields, {"jpn": book})
    assert [each.where for each in found] == [f"sellers[0].buckets.{each}" for each in places]
    assert all("which is all that jpn holds there" in each.allowed for each in found)


def test_a_book_by_bucket_is_a_book() -> None:
    (told,) = check_limits({"sale_usd_bn": 41.0}, {"jpn": {"0-1Y": 30.0, "20-30Y": 10.0}})
    assert "to 40, which is all that jpn holds" in told.allowed
