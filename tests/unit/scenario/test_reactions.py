"""How everybody else answers, in the words of a scenario."""

import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from selloff.scenario import (
    CurrencyFlow,
    FedProgramme,
    Reactions,
    Rules,
    Scenario,
    Shock,
    json_schema,
    load,
    parse,
    to_yaml,
)
from selloff.scenario.paces import MAX_DAY, BlockPace
from selloff.scenario.reactions import MAX_FLOWS, MAX_SHOCKS, ForeignCurrency
from selloff.vocab import CURRENCIES, mechanisms
from selloff.vocab.errors import ScenarioError

HEAD = """\
schema_version: 1
name: test
title: "A test"
horizon_years: 2
sellers: []
"""
RANGES: dict[str, tuple[float, float]] = {
    "fed_gate_bp": (1, 500),
    "fed_full_pace_usd_bn": (0, 1000),
    "us_inflation_gap_pp": (-5, 20),
    "fed_rate_response": (0, 3),
    "treasury_response_usd_bn": (0, 5000),
    "boj_gate_bp": (1, 500),
    "boj_pace_usd_bn": (0, 500),
    "jgb_cap_pct": (-1, 20),
    "mof_trigger_pct": (0.1, 50),
    "mof_pace_usd_bn": (0, 500),
    "run_cost_frac": (0, 1),
    "carry_position_usd_bn": (0, 5000),
    "levered_holdings_frac": (0, 0.2),
    "squeeze_frac": (0, 1),
    "retaliation_intensity_pct": (0, 1000),
}


def asked(**fields: Any) -> dict[str, Any]:
    return {"schema_version": 1, "name": "a", "title": "a", "sellers": [], **fields}


def test_the_table_says_what_is_at_work_and_nothing_is_replaced_unless_the_scenario_does() -> None:
    scenario = parse(asked())
    on = {name: row.on_by_default for name, row in mechanisms().items()}
    assert scenario.reactions.model_dump() == on
    assert not scenario.rules.model_dump(exclude_none=True)
    assert scenario.currency_flows == scenario.shocks == ()
    assert scenario.fed_programme is None


@pytest.mark.parametrize("name", list(Reactions.model_fields))
def test_a_reaction_is_switched_by_its_name_alone(name: str) -> None:
    on = mechanisms()[name].on_by_default
    flags = parse(asked(reactions={name: not on})).reactions.model_dump()
    assert flags == {**Reactions().model_dump(), name: not on}
    assert parse(asked(reactions={name: on})).reactions == Reactions()


def test_switches_can_be_pickled_compared_and_hashed() -> None:
    chosen = Reactions(mof=False)
    assert pickle.loads(pickle.dumps(chosen)) == chosen != Reactions()
    assert hash(chosen) == hash(Reactions(mof=False))


def test_the_schema_describes_each_switch_by_the_table() -> None:
    found = json_schema()["$defs"]["Reactions"]["properties"]
    assert {name: each["description"] for name, each in found.items()} == {
        name: row.description for name, row in mechanisms().items()
    }


@pytest.mark.parametrize("given", ["1", "0", "0.5", '"yes"', "'true'", "null", "[]"])
def test_a_switch_is_true_or_false_and_nothing_else(problems_of: Any, given: str) -> None:
    (told,) = problems_of(HEAD + f"reactions:\n  haven: false\n  mof: {given}\n")
    assert told.where == "file.yaml:8 reactions.mof"
    assert told.given
    assert told.remedy


def test_a_switch_that_is_no_switch_is_told_what_a_switch_is(problems_of: Any) -> None:
    (told,) = problems_of(HEAD + "reactions: {mof: 1}\n")
    assert "true" in told.allowed
    assert "false" in told.allowed


def test_an_unknown_reaction_is_told_with_the_nearest_name(problems_of: Any) -> None:
    (told,) = problems_of(HEAD + "reactions: {fed_purchase: false}\n")
    assert told.where == "file.yaml:6 reactions.fed_purchase"
    assert told.given == "the unknown key 'fed_purchase'"
    assert told.allowed == ", ".join(Reactions.model_fields)
    assert told.remedy == "Did you mean 'fed_purchases'?"


@pytest.mark.parametrize("given", ["3", "[]", "null", "'all'", "true"])
@pytest.mark.parametrize("field", ["reactions", "rules"])
def test_reactions_and_rules_are_mappings(problems_of: Any, field: str, given: str) -> None:
    (told,) = problems_of(HEAD + f"{field}: {given}\n")
    assert told.where == f"file.yaml:6 {field}"
    names = Reactions.model_fields if field == "reactions" else Rules.model_fields
    assert told.allowed == "a mapping with the keys " + ", ".join(names)


def test_every_number_of_the_rules_has_a_range_here() -> None:
    assert set(RANGES) == set(Rules.model_fields)


@pytest.mark.parametrize("name", list(RANGES))
def test_a_rule_takes_both_ends_of_its_range(name: str) -> None:
    for number in (*RANGES[name], sum(RANGES[name]) / 2):
        rules = parse(asked(rules={name: number})).rules
        assert rules.model_dump(exclude_none=True) == {name: number}
    assert parse(asked(rules={name: None})).rules == Rules()


@pytest.mark.parametrize("name", list(RANGES))
def test_a_rule_out_of_its_range_is_refused_with_the_range(problems_of: Any, name: str) -> None:
    low, high = RANGES[name]
    for number in (low - 0.05, high + 0.05):
        (told,) = problems_of(HEAD + f"rules:\n  {name}: {number!r}\n")
        assert told.where == f"file.yaml:7 rules.{name}"
        assert told.given == f"{number:.10g}"
        assert told.allowed == f"a number from {low:g} to {high:g}"
        assert told.remedy == "Give a number in that range."


@pytest.mark.parametrize("given", [".nan", ".inf", "-.inf", "true", "'75'", "[]"])
@pytest.mark.parametrize("name", ["fed_gate_bp", "squeeze_frac"])
def test_a_rule_is_a_plain_number(problems_of: Any, name: str, given: str) -> None:
    (told,) = problems_of(HEAD + f"rules: {{{name}: {given}}}\n")
    assert told.where == f"file.yaml:6 rules.{name}"
    assert "a number from" in told.allowed


def test_an_unknown_rule_is_told_with_the_nearest_name(problems_of: Any) -> None:
    (told,) = problems_of(HEAD + "rules: {fed_gate_bps: 75}\n")
    assert told.where == "file.yaml:6 rules.fed_gate_bps"
    assert told.remedy == "Did you mean 'fed_gate_bp'?"


def test_flows_are_in_any_currency_but_the_dollar() -> None:
    assert ForeignCurrency.__args__ == CURRENCIES[1:]  # type: ignore[attr-defined]
    for currency in CURRENCIES[1:]:
        flow = CurrencyFlow.model_validate({"currency": currency, "amount_usd_bn": -3.0})
        assert flow.pace == BlockPace(kind="block")
        assert (flow.start_day, flow.why) == (1, "")
    with pytest.raises(ValidationError):
        CurrencyFlow.model_validate({"currency": "USD", "amount_usd_bn": 3.0})


def test_a_programme_is_bought_at_once_and_unannounced_by_default() -> None:
    programme = FedProgramme(amount_usd_bn=500.0)
    assert programme.pace == BlockPace(kind="block")
    assert (programme.start_day, programme.announced_frac) == (1, 0.0)


def test_a_shock_comes_on_the_first_day_and_fades_by_itself_by_default() -> None:
    shock = Shock(kind="squeeze", size=1.0)
    assert (shock.start_day, shock.half_life_days) == (1, None)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (CurrencyFlow, {"currency": "JPY", "amount_usd_bn": 20_000, "start_day": MAX_DAY}),
        (CurrencyFlow, {"currency": "CNY", "amount_usd_bn": -20_000, "why": "x" * 200}),
        (CurrencyFlow, {"currency": "EUR", "amount_usd_bn": 0, "pace": {"kind": "block"}}),
        (FedProgramme, {"amount_usd_bn": 20_000, "announced_frac": 1, "start_day": MAX_DAY}),
        (FedProgramme, {"amount_usd_bn": 1e-9, "announced_frac": 0}),
        (Shock, {"kind": "doubt", "size": 5, "start_day": MAX_DAY, "half_life_days": 2520}),
        (Shock, {"kind": "squeeze", "size": 1e-9, "half_life_days": 1}),
    ],
)
def test_the_ends_of_every_range_are_allowed(model: Any, fields: dict[str, Any]) -> None:
    built = model.model_validate(fields)
    assert built.model_dump(exclude_defaults=True).keys() <= fields.keys()


FLOW = "currency_flows:\n  - currency: JPY\n    amount_usd_bn: 5\n    "
PROGRAMME = "fed_programme:\n  amount_usd_bn: 5\n  "
SHOCK = "shocks:\n  - kind: doubt\n    size: 1\n    "


@pytest.mark.parametrize(
    ("text", "place", "given", "allowed"),
    [
        (FLOW + "start_day: 0", "9 currency_flows[0].start_day", "0", "from 1 to 12600"),
        (FLOW + "start_day: 1.5", "9 currency_flows[0].start_day", "1.5", "a whole number"),
        (FLOW + "pace: fast", "9 currency_flows[0].pace", "'fast'", "block, linear"),
        (FLOW + r'why: "a\nb"', "9 currency_flows[0].why", "U+000A", "on one line"),
        (FLOW + f'why: "{"x" * 201}"', "9 currency_flows[0].why", "'xxx", "at most 200"),
        (FLOW + "holder: jpn", "9 currency_flows[0].holder", "unknown key", "currency, amount"),
        (
            FLOW.replace("JPY", "jpy"),
            "7 currency_flows[0].currency",
            "'jpy'",
            "JPY, EUR, GBP, CNY",
        ),
        (
            FLOW.replace(": 5", ": 20001"),
            "8 currency_flows[0].amount_usd_bn",
            "20001",
            "a number from -20000 to 20000",
        ),
        ("currency_flows: [7]", "6 currency_flows[0]", "7", "a mapping with the keys currency"),
        (
            "currency_flows: [{currency: JPY}]",
            "6 currency_flows[0].amount_usd_bn",
            "nothing",
            "from -20000 to 20000",
        ),
        (PROGRAMME + "start_day: 0", "8 fed_programme.start_day", "0", "from 1 to 12600"),
        (PROGRAMME + "announced_frac: 1.1", "8 fed_programme.announced_frac", "1.1", "0 to 1"),
        (PROGRAMME + "buckets: pro_rata", "8 fed_programme.buckets", "unknown key", "amount_usd"),
        (
            PROGRAMME.replace(": 5", ": 0"),
            "7 fed_programme.amount_usd_bn",
            "0",
            "a number above 0 up to 20000",
        ),
        ("fed_programme: 500", "6 fed_programme", "500", "a mapping with the keys amount_usd_bn"),
        ("fed_programme: {}", "6 fed_programme.amount_usd_bn", "nothing", "above 0 up to 20000"),
        (SHOCK + "start_day: -1", "9 shocks[0].start_day", "-1", "from 1 to 12600"),
        (SHOCK + "half_life_days: 0.5", "9 shocks[0].half_life_days", "0.5", "from 1 to 2520"),
        (SHOCK.replace("doubt", "dout"), "7 shocks[0].kind", "'dout'", "squeeze, doubt"),
        (SHOCK.replace(": 1", ": 5.1"), "8 shocks[0].size", "5.1", "above 0 up to 5"),
        (SHOCK.replace(": 1", ": '1'"), "8 shocks[0].size", "'1'", "above 0 up to 5"),
        ("shocks: doubt", "6 shocks", "'doubt'", "stress that comes from elsewhere"),
    ],
)
def test_each_mistake_is_told_at_its_line_with_what_is_allowed(
    problems_of: Any, text: str, place: str, given: str, allowed: str
) -> None:
    # The horizon is long enough for every day.
    (told,) = problems_of((HEAD + text + "\n").replace("horizon_years: 2", "horizon_years: 50"))
    assert told.where == f"file.yaml:{place}"
    assert given in told.given
    assert allowed in told.allowed
    assert told.remedy


@pytest.mark.parametrize(
    ("field", "one", "most"),
    [
        ("currency_flows", {"currency": "JPY", "amount_usd_bn": 1}, MAX_FLOWS),
        ("shocks", {"kind": "doubt", "size": 1}, MAX_SHOCKS),
    ],
)
def test_too_many_are_refused_with_the_limit(field: str, one: dict[str, Any], most: int) -> None:
    assert len(getattr(parse(asked(**{field: [one] * most})), field)) == most
    with pytest.raises(ScenarioError, match=f"{field}.*at most {most}"):
        parse(asked(**{field: [one] * (most + 1)}))


@pytest.mark.parametrize("hostility", [-0.1, 1.1, True, "1", float("nan")])
def test_hostility_is_a_fraction(hostility: object) -> None:
    seller = {"holder": "jpn", "sale_frac": 1}
    assert parse(asked(sellers=[seller])).sellers[0].hostility == 0.0
    assert parse(asked(sellers=[{**seller, "hostility": 1}])).sellers[0].hostility == 1.0
    with pytest.raises(ScenarioError) as caught:
        parse(asked(sellers=[{**seller, "hostility": hostility}]))
    (told,) = caught.value.problems
    assert told.where == "sellers[0].hostility"
    assert told.allowed == "a number from 0 to 1"


BROKEN = """\
schema_version: 1
name: test
title: "A test"
horizon_years: 1
sellers:
  - {holder: jpn, sale_frac: 1, hostility: 2}
reactions:
  followers: 1
  havn: false
rules:
  fed_gate_bp: 0
  fed_gat_bp: 3
currency_flows:
  - {currency: YEN, amount_usd_bn: 5, start_day: 253}
  - {currency: EUR, amount_usd_bn: 5, start_day: 252}
fed_programme:
  amount_usd_bn: -1
  start_day: 300
shocks:
  - {kind: squeeze, size: 9}
  - {kind: doubt, size: 1, start_day: 400}
"""


def test_all_problems_of_a_file_are_told_at_once(problems_of: Any) -> None:
    assert [each.where for each in problems_of(BROKEN)] == [
        "file.yaml:6 sellers[0].hostility",
        "file.yaml:8 reactions.followers",
        "file.yaml:9 reactions.havn",
        "file.yaml:11 rules.fed_gate_bp",
        "file.yaml:12 rules.fed_gat_bp",
        "file.yaml:14 currency_flows[0].currency",
        "file.yaml:14 currency_flows[0].start_day",
        "file.yaml:17 fed_programme.amount_usd_bn",
        "file.yaml:18 fed_programme.start_day",
        "file.yaml:20 shocks[0].size",
        "file.yaml:21 shocks[1].start_day",
    ]


def test_a_full_scenario_is_a_value_and_reads_back_equal(tmp_path: Any) -> None:
    full = parse(
        asked(
            reactions={"mof": False},
            rules={"fed_gate_bp": 80, "jgb_cap_pct": -0.5},
            currency_flows=[{"currency": "JPY", "amount_usd_bn": -20, "why": "Hedges"}],
            fed_programme={"amount_usd_bn": 300, "pace": {"kind": "linear", "years": 0.5}},
            shocks=[{"kind": "squeeze", "size": 0.5, "half_life_days": 10}],
        )
    )
    (tmp_path / "full.yaml").write_text(to_yaml(full), encoding="utf-8")
    assert load(tmp_path / "full.yaml") == full
    assert Scenario.model_validate_json(full.model_dump_json()) == full
    assert len({full, load(tmp_path / "full.yaml")}) == 1
    with pytest.raises(ValidationError):
        full.rules.fed_gate_bp = 90.0  # type: ignore[misc]
