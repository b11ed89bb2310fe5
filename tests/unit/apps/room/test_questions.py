"""From a readable query to a checked scenario, and back."""

from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.apps.room._controls import controls
from selloff.apps.room._problems import body_of, field_of, of_input
from selloff.apps.room._questions import read_question
from selloff.scenario import preset_names
from selloff.vocab import InputError


def problems_of(question: Any) -> list[dict[str, Any]]:
    with pytest.raises(InputError) as refused:
        read_question(question)
    found: list[dict[str, Any]] = body_of(of_input(refused.value))["problems"]
    return found


def test_the_first_question_is_the_essays() -> None:
    first = read_question({})
    (seller,) = first.scenario.sellers
    assert (seller.holder, seller.sale_frac, seller.pace.kind) == ("jpn", 1.0, "block")
    assert dict(seller.proceeds) == {"jpy_cash": 1.0}
    assert first.query == "who=jpn&usd=all&days=1&into=jpy&announced=0&fed=on&seed=0"
    assert first.scenario.title == "Japan sells all it has at once, into yen"
    assert first.asked["usd"] == pytest.approx(1103.943)


def test_every_control_writes_where_the_table_says() -> None:
    asked = read_question(
        {
            "who": "chn", "usd": "300", "days": "63", "into": "eur:25,gold:75", "announced": "40",
            "fed": "off", "followers": "off", "funds": False, "haven": "off", "rates": "off",
            "tokyo": "off", "retaliation": "off", "hostility": 50, "squeeze": 1, "doubt": "0.5",
            "bills": "on", "m": "2020-02", "years": 2, "seed": "7", "v": "0.1",
        }
    )  # fmt: skip
    scenario, (seller,) = asked.scenario, asked.scenario.sellers
    assert (seller.holder, seller.sale_usd_bn, seller.sale_frac) == ("chn", 300.0, None)
    assert seller.pace.model_dump() == {"kind": "linear", "years": 0.25}
    assert dict(seller.proceeds) == {"eur_cash": 0.25, "gold": 0.75}
    assert (seller.announced_frac, seller.hostility, seller.buckets) == (0.4, 0.5, "bills_first")
    off = {name for name, is_on in scenario.reactions.model_dump().items() if not is_on}
    assert off == {
        "fed_purchases", "fed_repo", "followers", "defence", "levered_funds", "haven",
        "policy_rates", "boj", "mof", "retaliation", "ecb",
    }  # fmt: skip
    assert [(one.kind, one.size) for one in scenario.shocks] == [("squeeze", 1.0), ("doubt", 0.5)]
    assert (scenario.vintage, scenario.horizon_years, asked.seed) == ("2020-02", 2.0, 7)
    assert set(asked.asked) == set(controls())
    assert asked.asked["into"] == {"eur": 25.0, "gold": 75.0}
    assert asked.asked["fed"] is False


@pytest.mark.parametrize("name", [*preset_names(), ""])
def test_a_link_asks_the_same_question_again(name: str) -> None:
    first = read_question(
        {"preset": name} if name else {"usd": 12.5, "into": {"jpy": 50, "eur": 50}}
    )
    again = read_question(dict(parse_qsl(first.query)))
    assert again == first


def test_a_control_changes_the_first_seller_of_a_preset() -> None:
    found = read_question({"preset": "coordinated-exit", "usd": 100}).scenario
    assert [one.holder for one in found.sellers] == ["jpn", "chn", "sau"]
    assert (found.sellers[0].sale_usd_bn, found.sellers[0].sale_frac) == (100.0, None)
    assert found.title.endswith(", changed")
    assert read_question({"preset": "quiet-hedge", "days": 5}).scenario.sellers[0].holder == "jpn"


def test_a_file_says_its_line() -> None:
    text = "schema_version: 1\nname: x\ntitle: y\nsellers:\n- {holder: jpn, sale_usd_bn: 1e9}\n"
    (problem,) = problems_of({"yaml": text})
    assert (problem["line"], problem["field"]) == (5, "usd")
    (problem,) = problems_of({"yaml": "a: [1,\n b: }"})
    assert problem["line"] == 2


@pytest.mark.parametrize(
    ("question", "field", "words"),
    [
        ({"who": "japan"}, "who", "Did you mean 'jpn'?"),
        ({"who": "usa_dealers"}, "who", "who make the market"),
        ({"usd": 5000}, "usd", "all that jpn holds"),
        ({"usd": "NaN"}, "usd", "all, or a number from 0"),
        ({"usd": True}, "usd", "all, or a number from 0"),
        ({"usd": 10**400}, "usd", "all, or a number from 0"),
        ({"days": 1.5}, "days", "whole number"),
        ({"into": "jpy:40,eur:1"}, "into", "sum to 100"),
        ({"into": "yen"}, "into", "usd, jpy"),
        ({"into": {"jpy": "nan"}}, "into", "sum to 100"),
        ({"fed": "maybe"}, "fed", "on, off"),
        ({"m": "1999-01"}, "m", "a month from"),
        ({"years": 20}, "years", "from 0.25 to 10"),
        ({"colour": "red"}, None, "who, usd, days"),
        ({"preset": "/etc/passwd"}, None, "controlled-descent"),
        ({"preset": "japan-dumb"}, None, "Did you mean 'japan-dump'?"),
        ({"yaml": "/etc/passwd"}, None, "a mapping with the keys"),
        ({"yaml": 3}, None, "text"),
        ({"yaml": "a: &a [1]\nb: [*a, *a]"}, None, "alias"),
        ({"scenario": {"sellers": [{"holder": float("inf")}]}}, None, "schema_version"),
        ({"scenario": {}, "preset": "no-sale"}, None, "alone"),
        ({"yaml": "", "usd": 3}, None, "alone"),
        ({"seed": -1}, None, "a whole number from 0"),
        ([], None, "a mapping of controls"),
    ],
)
def test_what_is_wrong_is_said_at_its_control(question: Any, field: str | None, words: str) -> None:
    found = problems_of(question)
    assert any(words in f"{one['given']} {one['allowed']} {one['remedy']}" for one in found)
    assert found[0]["field"] == field


def test_all_wrong_controls_are_named_at_once() -> None:
    assert len(problems_of({"usd": "x", "days": 0, "fed": 3, "nope": 1})) == 4


def test_large_questions_are_for_the_command_line() -> None:
    sellers = [{"holder": one, "sale_frac": 0.1} for one in ("jpn", "chn", "gbr", "bel", "lux")]
    whole = {"schema_version": 1, "name": "x", "title": "x", "sellers": sellers}
    found = problems_of({"scenario": whole | {"horizon_years": 50}})
    assert [one["where"] for one in found] == ["sellers", "horizon_years"]


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("sellers[0].sale_frac", "usd"),
        ("sellers[0].pace.years", "days"),
        ("sellers[1].holder", None),
        ("reactions.boj", "tokyo"),
        ("horizon_years", "years"),
        ("vintages", None),
    ],
)
def test_a_field_belongs_to_its_control(where: str, field: str | None) -> None:
    assert field_of(where) == field


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([*controls(), "seed", "preset", "yaml", "scenario", "v"]) | st.text(
    max_size=4
)


@given(question=ANY | st.dictionaries(KEYS, ANY, max_size=6))
@settings(max_examples=40, deadline=None)
def test_whatever_is_asked_is_answered_or_refused(question: Any) -> None:
    with suppress(InputError):
        assert read_question(question).scenario
