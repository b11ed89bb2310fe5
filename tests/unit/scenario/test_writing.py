"""Whatever can be built can be written, read back, and passes the published schema."""

import json
from contextlib import suppress
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from annotated_types import Ge, Le
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selloff.scenario import (
    Episode,
    Reactions,
    Rules,
    Scenario,
    json_schema,
    load,
    load_episode,
    parse,
    preset_names,
    to_json,
    to_yaml,
)
from selloff.scenario.problems import MAX_PROBLEMS
from selloff.scenario.source import MAX_BYTES
from selloff.scenario.weights import BucketRule
from selloff.vocab.axes import ASSETS, BUCKETS, CURRENCIES, SHOCKS
from selloff.vocab.errors import Problem, ScenarioError

fractions = st.floats(0, 1)
years = st.floats(1e-6, 50)
printable = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
words = st.text(printable, min_size=1, max_size=40)


def weights(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    parts = st.dictionaries(st.sampled_from(names), st.integers(1, 1000), min_size=1)
    return parts.map(lambda found: {k: v / sum(found.values()) for k, v in found.items()})


def points(days: list[int], shares: list[float]) -> dict[str, Any]:
    steps = [*sorted(shares)[: len(days) - 1], 1.0]
    pairs = zip(sorted(days)[-len(steps) :], steps, strict=True)
    return {"kind": "custom", "points": [{"day": d, "cum_frac": f} for d, f in pairs]}


paces = st.one_of(
    st.just({"kind": "block"}),
    st.builds(lambda y: {"kind": "linear", "years": y}, years),
    st.builds(lambda y: {"kind": "exponential", "half_life_years": y}, years),
    st.builds(
        points,
        st.lists(st.integers(1, 12600), min_size=1, max_size=5, unique=True),
        st.lists(fractions, max_size=5),
    ),
)
amounts = st.one_of(
    st.builds(lambda x: {"sale_usd_bn": x}, st.floats(0.001, 1e9)),
    st.builds(lambda x: {"sale_frac": x}, fractions),
)
sellers = st.builds(
    lambda amount, **rest: {**amount, **rest},
    amounts,
    buckets=st.one_of(st.sampled_from(get_args(BucketRule)), weights(BUCKETS)),
    pace=paces,
    participation_cap_frac=st.none() | st.floats(1e-6, 1),
    proceeds=weights(ASSETS),
    announced_frac=fractions,
    start_day=st.integers(1, 63),
    hostility=fractions,
)


def number(name: str) -> st.SearchStrategy[float]:
    limits = Rules.model_fields[name].metadata
    low = next(each.ge for each in limits if isinstance(each, Ge))
    return st.floats(low, next(each.le for each in limits if isinstance(each, Le)))


start_days = st.integers(1, 63)
flows = st.fixed_dictionaries(
    {
        "currency": st.sampled_from(CURRENCIES[1:]),
        "amount_usd_bn": st.floats(-20_000, 20_000),
    },
    optional={"pace": paces, "start_day": start_days, "why": words},
)
programmes = st.fixed_dictionaries(
    {"amount_usd_bn": st.floats(1e-6, 20_000)},
    optional={"pace": paces, "start_day": start_days, "announced_frac": fractions},
)
shocks = st.fixed_dictionaries(
    {"kind": st.sampled_from(SHOCKS), "size": st.floats(1e-6, 5)},
    optional={"start_day": start_days, "half_life_days": st.none() | st.floats(1, 2520)},
)
switches = st.dictionaries(st.sampled_from(tuple(Reactions.model_fields)), st.booleans())
rules = st.fixed_dictionaries(
    {}, optional={name: st.none() | number(name) for name in Rules.model_fields}
)
scenarios = st.builds(
    lambda found, **rest: {
        "schema_version": 1,
        "sellers": [
            {"holder": holder, **each}
            for holder, each in zip(("jpn", "chn_official", "usa_mmf"), found, strict=False)
        ],
        **rest,
    },
    st.lists(sellers, max_size=3),
    name=st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,63}\Z"),
    title=words,
    description=st.lists(words, max_size=3).map("\n".join),
    vintage=st.none() | st.sampled_from(("2000-03", "2026-07")),
    horizon_years=st.floats(0.25, 50),
    reactions=switches,
    rules=rules,
    currency_flows=st.lists(flows, max_size=2),
    fed_programme=st.none() | programmes,
    shocks=st.lists(shocks, max_size=2),
)
quietly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quietly
@given(scenarios)
def test_every_scenario_reads_back_equal(tmp_path: Path, raw: dict[str, Any]) -> None:
    scenario = parse(raw)
    file = tmp_path / "any.yaml"
    file.write_text(to_yaml(scenario), encoding="utf-8")
    assert load(file) == scenario
    plain = json.loads(to_json(scenario))
    assert load(StringIO(json.dumps(plain))) == scenario
    jsonschema.validate(plain, json_schema())


@quietly
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
    )
)
def test_garbage_is_never_more_than_a_scenario_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "garbage.yaml"
    file.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        load(file, limits={"jpn": 1.0})
    assert caught.value.problems


@quietly
@given(scenarios, st.data())
def test_a_damaged_scenario_is_never_more_than_a_scenario_error(
    tmp_path: Path, raw: dict[str, Any], data: st.DataObject
) -> None:
    text = to_yaml(parse(raw))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    damaged = text[:start] + data.draw(st.text(max_size=4)) + text[end:]
    file = tmp_path / "damaged.yaml"
    file.write_bytes(damaged.encode("utf-8", "surrogatepass"))
    with suppress(ScenarioError):
        assert isinstance(load(file, limits={"jpn": 1e12, "usa_mmf": 1e12}), Scenario)


huge = st.sampled_from((63, 400, 4200)).map(lambda n: 10**n)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | huge | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@quietly
@given(scenarios, st.data(), json_values)
def test_any_field_may_hold_anything(raw: dict[str, Any], data: st.DataObject, value: Any) -> None:
    place = data.draw(st.sampled_from((raw, *raw["sellers"])))
    place[data.draw(st.sampled_from((*place, "extra")))] = value
    with suppress(ScenarioError):
        assert isinstance(parse(raw, limits={"jpn": 5.0}), Scenario)


@quietly
@given(st.data(), json_values)
def test_any_field_of_an_episode_may_hold_anything(data: st.DataObject, value: Any) -> None:
    name = data.draw(st.sampled_from(("dash-for-cash-2020", "yen-2024-04")))
    raw = load_episode(name).model_dump(mode="json", exclude_none=True)
    place = data.draw(st.sampled_from((raw, *raw["flows"])))
    place[data.draw(st.sampled_from((*place, "first_day", "vintage", "extra")))] = value
    with suppress(ScenarioError):
        assert isinstance(load_episode(raw, limits={"fed": 5.0}), Episode)


HEAD = 'schema_version: 1\nname: a\ntitle: "a"\nsellers:\n'
SELLER = "  - {holder: jpn, sale_frac: 2, "
HOSTILE = {
    "escapes": HEAD + 'description: "' + (r"\x41" * 4000 + "\n  ") * 12 + '"',
    "quotes": HEAD + "description: '" + ("'' " * 6000 + "\n  ") * 12 + "'",
    "plain words": HEAD + "description: " + ("a b " * 4000 + "\n  ") * 12,
    "short lines": HEAD + "description: " + "a\n  " * 60_000,
    "blank lines": HEAD + "  []\n" + "\n" * 240_000,
    "comments": HEAD + "  []\n" + "#\n" * 120_000,
    "sellers": HEAD + "  - 7\n" * 19_000,
    "holders": HEAD + "".join(f"  - {{holder: x{i}, sale_frac: 2}}\n" for i in range(3900)),
    "points": HEAD + SELLER + "pace: {kind: custom, points: [" + "{day: 0},\n" * 5000 + "]}}",
    "keys": "".join(f"key{i}: 1\n" for i in range(9990)),
    "same key": "a: 1\n" * 9900,
    "open brackets": "[" * 19_000,
    "open maps": "a: " + "{a: " * 4000,
    "questions": "? " * 9000,
    "carriage returns": "a: 1\r" * 9000,
    "digits": HEAD + f"  - {{holder: jpn, sale_usd_bn: {'9' * 18_000}}}\n",
    "no-break": "\u2028" * 9000,
}


@cache
def problems_of(read: Any, text: str) -> tuple[Problem, ...]:
    """What is wrong with a file; long comments and blank lines are nothing."""
    try:
        read(StringIO(text), limits={"jpn": 1.0})
    except ScenarioError as error:
        return error.problems
    return ()


def test_most_hostile_files_are_refused() -> None:
    refused = [name for name, text in HOSTILE.items() if problems_of(load, text)]
    assert set(HOSTILE) - set(refused) == {"blank lines", "comments"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("read", [load, load_episode])
def test_hostile_files_of_the_largest_size_end_in_a_short_list(read: Any, text: str) -> None:
    assert len(text.encode()) <= MAX_BYTES
    problems = problems_of(read, text)
    assert len(problems) <= MAX_PROBLEMS + 1
    assert all(len(str(problem)) < 2000 for problem in problems)


def test_the_schema_is_valid_and_accepts_every_preset() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:selloff:scenario:1"
    assert "jpn_official" in schema["$defs"]["Seller"]["properties"]["holder"]["enum"]
    for name in preset_names():
        jsonschema.validate(load(name).model_dump(mode="json", exclude_none=True), schema)


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": 2},
        {"horizon_years": 0},
        {"extra": 1},
        {"name": "A B"},
        {"sellers": [{"holder": "jpn"}]},
        {"sellers": [{"holder": "nobody", "sale_frac": 1}]},
        {"sellers": [{"holder": "jpn", "sale_frac": 1, "sale_usd_bn": 1}]},
        {"reactions": {"followers": 1}},
        {"reactions": {"havn": False}},
        {"rules": {"fed_gate_bp": 0.5}},
        {"currency_flows": [{"currency": "USD", "amount_usd_bn": 1}]},
        {"currency_flows": [{"currency": "JPY", "amount_usd_bn": 1}] * 17},
        {"fed_programme": {"amount_usd_bn": 0}},
        {"shocks": [{"kind": "panic", "size": 1}]},
        {"shocks": [{"kind": "doubt", "size": 6}]},
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(change: dict[str, Any]) -> None:
    raw = {**load("yen-defence").model_dump(mode="json", exclude_none=True), **change}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(raw, json_schema())
    with pytest.raises(ScenarioError):
        parse(raw)


def test_every_field_of_the_schema_has_a_description() -> None:
    schema = json_schema()
    for model in (schema, *schema["$defs"].values()):
        for name, field in model["properties"].items():
            assert field.get("description"), name


JSON_FORMS: tuple[dict[str, Any], ...] = (
    {},
    {"indent": 2},
    {"indent": "\t"},
    {"ensure_ascii": False},
)


@pytest.mark.parametrize("form", JSON_FORMS)
@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_read_back_from_json_however_it_is_laid_out(
    name: str, form: dict[str, Any]
) -> None:
    found = load(name)
    assert load(StringIO(to_json(found))) == found
    again = json.dumps(json.loads(to_json(found)), **form)
    assert load(StringIO(again)) == found
    assert load(json.loads(to_json(found))) == found


def test_json_writes_a_character_in_two_halves() -> None:
    text = to_json(load("no-sale").model_copy(update={"title": "Sold \U0001f4b5 \u00e9"}))
    found = load(StringIO(json.dumps(json.loads(text))))
    assert found.title == "Sold \U0001f4b5 \u00e9"
    with pytest.raises(ScenarioError, match="title"):
        load(StringIO(text.replace("\U0001f4b5", "\\ud83d")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"schema_version": 1,\n"name": "a",\n"titel": "b"}', "text:3 titel: got the unknown key"),
        (
            '{"schema_version": 1,\n"name": "a",\n"title": "b",\n"sellers": [\n'
            '  {"holder": "jpn",\n   "sale_frac": 2}]}',
            "text:6 sellers[0].sale_frac: got 2",
        ),
        ('{"name": "a",\n"name": "b"}', "text:1 name: got the key a second time, on line 2"),
        ('{"schema_version": 1,\n"name": "a"\n"title": "b"}', "text:3: got expected"),
        ('{"schema_version": 1,\n"name": "a",\n', "text:3: got expected"),
    ],
)
def test_errors_in_json_are_told_at_their_line(text: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(StringIO(text))
    assert words in str(caught.value)
