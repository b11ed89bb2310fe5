"""Scenarios are values: frozen, hashable, picklable, and cannot be built wrong."""

import copy
import pickle
from typing import get_args

import pytest
from pydantic import ValidationError

from selloff.scenario import BlockPace, Custom, Point, Scenario, Seller, load
from selloff.scenario.weights import Asset, Bucket, Weights
from selloff.vocab.axes import ASSETS, BUCKETS


def test_words_are_those_of_the_vocabulary() -> None:
    assert get_args(Asset) == ASSETS
    assert get_args(Bucket) == BUCKETS


def test_a_scenario_cannot_be_changed() -> None:
    scenario = load("japan-dump")
    with pytest.raises(ValidationError):
        scenario.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        scenario.sellers[0].proceeds["gold"] = 1.0  # type: ignore[index]


def test_equal_scenarios_are_one_key_and_survive_pickling() -> None:
    one, two = load("controlled-descent"), load("controlled-descent")
    assert one == two
    assert len({one, two}) == 1
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    assert Scenario.model_validate_json(one.model_dump_json()) == one


def test_a_seller_by_default_sells_at_once_as_held_for_dollars() -> None:
    seller = Seller(holder="jpn", sale_frac=1.0)
    assert seller.pace == BlockPace(kind="block")
    assert seller.buckets == "pro_rata"
    assert dict(seller.proceeds) == {"usd_cash": 1.0}
    assert (seller.announced_frac, seller.start_day) == (0.0, 1)
    assert seller.participation_cap_frac is None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"sale_frac": 0.5, "sale_usd_bn": 3.0},
        {"sale_frac": 1.01},
        {"sale_frac": True},
        {"sale_usd_bn": "3"},
        {"sale_frac": 1, "proceeds": {}},
        {"sale_frac": 1, "proceeds": {"gold": 0.5, "jgb": 0.4}},
        {"sale_frac": 1, "proceeds": {"gold": 2, "jgb": -1}},
        {"sale_frac": 1, "buckets": {"0-1Y": 0.5}},
        {"sale_frac": 1, "buckets": {"0-2Y": 1}},
        {"sale_frac": 1, "participation_cap_frac": 0},
        {"sale_frac": 1, "start_day": 0},
        {"sale_frac": 1, "start_day": 1.5},
        {"sale_frac": 1, "pace": {"kind": "linear", "years": 51}},
        {"sale_frac": 1, "pace": {"kind": "exponential", "half_life_years": 0}},
        {"sale_frac": 1, "pace": {"kind": "block", "years": 1}},
    ],
)
def test_a_wrong_seller_cannot_be_built(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Seller.model_validate({"holder": "jpn", **fields})


@pytest.mark.parametrize("name", ["", "A", "a b", "../up", "-a", "a" * 65, "é"])
def test_a_name_is_safe_as_a_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        Scenario(schema_version=1, name=name, title="t", sellers=())


@pytest.mark.parametrize("title", ["", "two\nlines", "\x1b[2J", "x" * 121])
def test_a_title_is_one_printable_line(title: str) -> None:
    with pytest.raises(ValidationError):
        Scenario(schema_version=1, name="a", title=title, sellers=())


@pytest.mark.parametrize(
    "points",
    [
        (),
        ((1, 0.5),),
        ((2, 0.5), (1, 1.0)),
        ((1, 0.5), (1, 1.0)),
        ((1, 0.5), (2, 0.4), (3, 1.0)),
    ],
)
def test_a_schedule_rises_in_time_and_ends_at_one(points: tuple[tuple[int, float], ...]) -> None:
    with pytest.raises(ValidationError):
        Custom(kind="custom", points=tuple(Point(day=d, cum_frac=f) for d, f in points))


def test_a_schedule_may_pause() -> None:
    points = (Point(day=1, cum_frac=0.5), Point(day=9, cum_frac=0.5), Point(day=10, cum_frac=1))
    assert Custom(kind="custom", points=points).points == points


def test_weights_are_a_mapping_and_order_does_not_matter() -> None:
    weights = Weights({"gold": 0.25, "jgb": 0.75})
    assert weights == Weights({"jgb": 0.75, "gold": 0.25})
    assert hash(weights) == hash(Weights({"jgb": 0.75, "gold": 0.25}))
    assert weights["jgb"] == 0.75
    assert "usd_cash" not in weights
    assert len(weights) == 2
    with pytest.raises(KeyError):
        weights["usd_cash"]
