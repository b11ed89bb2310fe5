"""Every way a scenario can be wrong is told with file, line, range and remedy, all at once."""

import math
import re
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from selloff.scenario import Scenario, check_settings, load, parse, preset_names
from selloff.scenario.problems import MAX_PROBLEMS
from selloff.vocab.errors import Problem, ScenarioError, VintageError

BROKEN = """\
schema_version: 2
nam: x
title: 5
horizon_years: 1000
sellers:
  - holder: jpn_oficial
    sale_usd_bn: "1,000"
    pace: {kind: blok}
  - holder: jpn_official
    sale_usd_bn: 1400
    sale_frac: 1.5
    pace:
      kind: linear
      years: .nan
      yeers: 3
    proceeds: {jpy_cash: 0.5, goldd: 0.6}
    buckets: short_frist
    start_day: true
  - holder: jpn
    announced_frac: -1
    pace:
      kind: custom
      points:
        - {day: 3, cum_frac: 0.5}
        - {day: 2, cum_frac: 1}
    buckets:
      0-1Y: "50%"
  - holder: usa_mmf
    sale_usd_bn: -5
    sale_usd_bn: 6
    proceeds: {gold: 0.9}
    pace: {years: 3}
  - 7
"""

EVERY_PLACE = [
    "1 schema_version",
    "1 name",
    "2 nam",
    "3 title",
    "4 horizon_years",
    "6 sellers[0].holder",
    "7 sellers[0].sale_usd_bn",
    "8 sellers[0].pace.kind",
    "10 sellers[1].sale_usd_bn",
    "11 sellers[1].sale_frac",
    "11 sellers[1].sale_frac",
    "14 sellers[1].pace.years",
    "15 sellers[1].pace.yeers",
    "16 sellers[1].proceeds.goldd",
    "17 sellers[1].buckets",
    "18 sellers[1].start_day",
    "19 sellers[2]",
    "19 sellers[2].holder",
    "20 sellers[2].announced_frac",
    "23 sellers[2].pace.points",
    "27 sellers[2].buckets.0-1Y",
    "29 sellers[3].sale_usd_bn",
    "29 sellers[3].sale_usd_bn",
    "31 sellers[3].proceeds",
    "32 sellers[3].pace.kind",
    "33 sellers[4]",
]


def test_all_problems_are_told_at_once_with_their_lines(problems_of: Any) -> None:
    found = problems_of(BROKEN, limits={"jpn_official": 1131.2, "usa_mmf": 4000.0, "jpn": 1385.0})
    assert [each.where for each in found] == [f"file.yaml:{place}" for place in EVERY_PLACE]


@pytest.mark.parametrize(
    ("place", "given", "allowed", "remedy"),
    [
        ("1 schema_version", "2", "1, the version this Selloff reads", "Write schema_version: 1."),
        ("2 nam", "the unknown key 'nam'", "schema_version, name, title", "Did you mean 'name'?"),
        ("4 horizon_years", "1000", "a number from 0.25 to 50", "number of years"),
        ("6 sellers[0].holder", "'jpn_oficial'", "holder ids", "Did you mean 'jpn_official'?"),
        (
            "7 sellers[0].sale_usd_bn",
            "'1,000'",
            "a number from 0.001 up",
            "Write 1000, a bare number",
        ),
        ("8 sellers[0].pace.kind", "'blok'", "block, linear", "Did you mean 'block'?"),
        ("10 sellers[1].sale_usd_bn", "1400", "to 1131.2", "sale_frac: 1"),
        ("14 sellers[1].pace.years", "nan", "a number above 0 up to 50", "in that range"),
        ("15 sellers[1].pace.yeers", "unknown key 'yeers'", "kind, years", "mean 'years'?"),
        ("16 sellers[1].proceeds.goldd", "'goldd'", "usd_cash", "Did you mean 'gold'?"),
        ("17 sellers[1].buckets", "'short_frist'", "pro_rata", "Did you mean 'short_first'?"),
        ("18 sellers[1].start_day", "true", "a whole number from 1 to 12600", "in that range"),
        ("20 sellers[2].announced_frac", "-1", "a number from 0 to 1", "25 percent is 0.25"),
        ("27 sellers[2].buckets.0-1Y", "'50%'", "a number from 0 to 1", "Write 0.5"),
        ("31 sellers[3].proceeds", "sum to 0.9", "sum to 1", "sum to 1"),
        ("33 sellers[4]", "7", "a mapping with the keys holder", ""),
    ],
)
def test_each_problem_says_what_was_given_what_is_allowed_and_what_to_do(
    problems_of: Any, place: str, given: str, allowed: str, remedy: str
) -> None:
    found = problems_of(BROKEN, limits={"jpn_official": 1131.2, "usa_mmf": 4000.0, "jpn": 1385.0})
    told = next(each for each in found if each.where == f"file.yaml:{place}")
    assert given in told.given
    assert allowed in told.allowed
    assert remedy in told.remedy


@pytest.mark.parametrize("horizon", ["0", "1000", "-3", ".nan", ".inf", "'10'", "true", "[]"])
def test_a_horizon_out_of_range_is_refused(problems_of: Any, good: str, horizon: str) -> None:
    (told,) = problems_of(good.replace("horizon_years: 10", f"horizon_years: {horizon}"))
    assert told.where == "file.yaml:4 horizon_years"
    assert told.allowed == "a number from 0.25 to 50"


@pytest.mark.parametrize("amount", ["0", "-100", ".nan", ".inf", "-.inf", "1bn", "9" * 400])
def test_an_amount_that_is_no_positive_number_is_refused(
    problems_of: Any, good: str, amount: str
) -> None:
    (told,) = problems_of(good.replace("sale_usd_bn: 100", f"sale_usd_bn: {amount}"))
    assert told.where == "file.yaml:7 sellers[0].sale_usd_bn"
    assert told.allowed == "a number from 0.001 up"


def test_a_holder_cannot_sell_more_than_it_has(problems_of: Any, good: str) -> None:
    (told,) = problems_of(good, limits={"jpn_official": 99.5})
    assert told.where == "file.yaml:7 sellers[0].sale_usd_bn"
    assert "from 0.001 to 99.5, which is all that jpn_official holds" in told.allowed


def test_limits_may_depend_on_the_vintage_of_the_file(problems_of: Any, good: str) -> None:
    asked: list[str | None] = []

    def books(vintage: str | None) -> dict[str, float]:
        asked.append(vintage)
        return {"jpn_official": 10.0}

    problems_of(good, limits=books)
    problems_of(good + 'vintage: "2020-03"\n', limits=books)
    assert asked == [None, "2020-03"]


def test_an_unknown_vintage_is_told_at_its_line_among_the_other_problems(
    problems_of: Any, good: str
) -> None:
    def books(_: str | None) -> dict[str, float]:
        raise VintageError(
            [Problem(where="vintage", given="'1066-10'", allowed="2000-03 on", remedy="Change it.")]
        )

    text = good.replace("years: 10", "years: 0") + 'vintage: "1066-10"\n'
    places = {each.where for each in problems_of(text, limits=books)}
    assert places == {"file.yaml:10 vintage", "file.yaml:4 horizon_years"}


def test_a_missing_amount_and_a_bad_pace_are_both_told(problems_of: Any, good: str) -> None:
    text = good.replace("    sale_usd_bn: 100\n", "").replace("years: 1}", "years: 0}")
    found = problems_of(text)
    assert [each.where for each in found] == [
        "file.yaml:6 sellers[0]",
        "file.yaml:7 sellers[0].pace.years",
    ]
    assert found[0].given == "no amount"


def test_a_pace_written_as_a_word_is_refused_with_the_right_spelling(
    problems_of: Any, good: str
) -> None:
    (told,) = problems_of(good.replace("{kind: linear, years: 1}", "block"))
    assert told.given == "'block'"
    assert told.remedy == "Write pace: {kind: block}."


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("", "an empty file"),
        ("# only a remark\n", "an empty file"),
        ("- 1\n- 2\n", "a list of 2"),
        ("just words", "'just words'"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(problems_of: Any, text: str, given: str) -> None:
    (told,) = problems_of(text)
    assert told.where == "file.yaml:1"
    assert told.given == given
    assert "schema_version, name, title" in told.allowed


def test_plain_values_are_checked_like_a_file_without_lines() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse({"schema_version": 1, "name": "x y", "title": "t", "sellers": [{"holder": "jpn"}]})
    assert [each.where for each in caught.value.problems] == ["name", "sellers[0]"]


def test_load_takes_a_scenario_a_mapping_a_preset_and_a_file(tmp_path: Path, good: str) -> None:
    (tmp_path / "a.yaml").write_text(good, encoding="utf-8")
    loaded = load(tmp_path / "a.yaml")
    assert isinstance(loaded, Scenario)
    assert load(loaded) == loaded
    assert load(loaded.model_dump()) == loaded
    assert load(str(tmp_path / "a.yaml")) == loaded
    assert load("japan-dump").name == "japan-dump"


def test_a_scenario_object_is_held_to_the_limits_too() -> None:
    scenario = load("yen-defence")
    with pytest.raises(ScenarioError, match=re.escape("sellers[0].sale_usd_bn: got 75")):
        load(scenario, limits={"jpn_official": 74.0})
    assert load(scenario, limits={"jpn_official": 75.0}) == scenario


def test_presets_of_the_founding_question() -> None:
    dump, descent = load("japan-dump"), load("controlled-descent")
    assert load("no-sale").sellers == ()
    assert [each.holder for each in (*dump.sellers, *descent.sellers)] == ["jpn", "jpn"]
    assert dump.sellers[0].sale_frac == descent.sellers[0].sale_frac == 1
    assert dump.sellers[0].pace.kind == "block"
    assert descent.sellers[0].pace.model_dump() == {"kind": "linear", "years": 10.0}
    assert dict(descent.sellers[0].proceeds) == {"jpy_cash": 0.4, "eur_cash": 0.3, "gold": 0.3}
    slow = load("japan-slow")
    apart = {"pace"}
    one, two = (each.sellers[0].model_dump(exclude=apart) for each in (dump, slow))
    assert one == two
    assert slow.sellers[0].pace == descent.sellers[0].pace
    defence = load("yen-defence").sellers[0]
    assert (defence.holder, defence.sale_usd_bn) == ("jpn_official", 75)
    assert all(load(each).name == each for each in preset_names())


def test_no_two_presets_are_called_alike() -> None:
    assert len({load(each).title for each in preset_names()}) == len(preset_names())


def test_presets_in_which_everybody_answers() -> None:
    assert preset_names() == (
        "controlled-descent",
        "coordinated-exit",
        "debt-ceiling",
        "fed-absent",
        "japan-dump",
        "japan-slow",
        "no-sale",
        "quiet-hedge",
        "sanctions",
        "taiwan-conflict",
        "yen-crash",
        "yen-defence",
    )
    exit_ = load("coordinated-exit")
    assert [each.holder for each in exit_.sellers] == ["jpn", "chn", "sau"]
    alone = load("japan-dump").sellers[0]
    assert exit_.sellers[0].model_dump(exclude={"hostility"}) == alone.model_dump(
        exclude={"hostility"}
    )
    war = load("taiwan-conflict")
    assert [(each.holder, each.hostility) for each in war.sellers] == [("jpn", 0.0), ("chn", 1.0)]
    assert war.shocks[0].kind == "squeeze"
    ceiling = load("debt-ceiling")
    assert dict(ceiling.sellers[0].buckets) == {"0-1Y": 1.0}
    assert [each.kind for each in ceiling.shocks] == ["payment", "doubt", "squeeze"]
    for name, sign in (("yen-crash", -1.0), ("quiet-hedge", 1.0)):
        quiet = load(name)
        assert quiet.sellers == ()
        (flow,) = quiet.currency_flows
        assert flow.currency == "JPY"
        assert flow.amount_usd_bn * sign > 0.0
    absent, dump = load("fed-absent"), load("japan-dump")
    assert absent.sellers == dump.sellers
    usual = dump.reactions.model_dump()
    off = {name for name, is_on in absent.reactions.model_dump().items() if is_on != usual[name]}
    assert off == {"fed_purchases", "fed_repo"}
    assert load("sanctions").rules.retaliation_intensity_pct == 5


def test_horizon_and_vintage_in_place_of_the_files_own_are_checked_and_have_no_line() -> None:
    changed = load("japan-dump", horizon_years=3, vintage="2020-03")
    assert (changed.horizon_years, changed.vintage) == (3.0, "2020-03")
    with pytest.raises(ScenarioError) as caught:
        load("japan-dump", horizon_years=math.nan, vintage="March")
    assert {each.where for each in caught.value.problems} == {"horizon_years", "vintage"}


def test_what_is_replaced_need_not_be_right_and_the_books_are_those_of_its_vintage(
    tmp_path: Path, good: str
) -> None:
    asked: list[str | None] = []

    def books(vintage: str | None) -> dict[str, float]:
        asked.append(vintage)
        return {"jpn_official": 100.0}

    file = tmp_path / "a.yaml"
    file.write_text(good.replace("horizon_years: 10", "horizon_years: 0"), encoding="utf-8")
    assert load(file, limits=books, horizon_years=2, vintage="2020-03").horizon_years == 2
    assert asked == ["2020-03"]


def test_a_shorter_horizon_does_not_leave_a_seller_behind() -> None:
    late = load("yen-defence").model_dump()
    late["sellers"][0]["start_day"] = 300
    with pytest.raises(ScenarioError, match=re.escape("sellers[0].start_day: got 300")):
        load(parse(late), horizon_years=1)
    late |= {"horizon_years": 1}
    with pytest.raises(ScenarioError, match=re.escape("sellers[0].start_day: got 300")):
        parse(late)


def test_the_default_horizon_ends_too() -> None:
    late = {"holder": "jpn", "sale_frac": 1, "start_day": 2521}
    with pytest.raises(ScenarioError, match="1 to 2520"):
        parse({"schema_version": 1, "name": "a", "title": "a", "sellers": [late]})


@pytest.mark.parametrize("source", [None, 5, 2.5, True, object(), b"x", ["japan-dump"], {1}])
def test_what_is_no_source_is_refused_with_a_sentence(source: Any) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(source)
    (problem,) = caught.value.problems
    assert problem.where == "scenario"
    assert "a preset, a YAML or JSON file" in problem.allowed


def test_a_scenario_that_went_round_the_checks_is_checked_at_the_door() -> None:
    good = load("japan-dump")
    for title in ("\ud800", "a\x00b", object()):
        with pytest.raises(ScenarioError, match="title"):
            load(good.model_copy(update={"title": title}))
    with pytest.raises(ScenarioError, match="sellers"):
        load(Scenario.model_construct(**{**dict(good), "sellers": 5}))
    first = good.sellers[0].model_copy(update={"sale_frac": 2.0})
    with pytest.raises(ScenarioError, match=re.escape("sellers[0].sale_frac")):
        load(good.model_copy(update={"sellers": (first,)}))


def test_sellers_may_be_objects_inside_a_mapping_and_are_held_to_the_books() -> None:
    values = {**load("yen-defence").model_dump(), "sellers": load("yen-defence").sellers}
    assert load(values) == load("yen-defence")
    with pytest.raises(ScenarioError, match="which is all that jpn_official holds"):
        load(values, limits={"jpn_official": 1.0})


def test_numbers_of_numpy_are_numbers() -> None:
    values = load("yen-defence").model_dump()
    seller = {**values["sellers"][0], "sale_usd_bn": np.float32(75), "start_day": np.int64(2)}
    made = load({**values, "horizon_years": np.int64(2), "sellers": [seller]})
    assert (made.horizon_years, made.sellers[0].start_day) == (2.0, 2)
    for other in (np.bool_(True), np.array([1.0]), 10**5000, 10**400, complex(1)):
        with pytest.raises(ScenarioError, match="horizon_years"):
            load({**values, "horizon_years": other})


def test_values_without_an_end_are_refused() -> None:
    endless: dict[str, Any] = {"schema_version": 1}
    endless["sellers"] = [endless]
    with pytest.raises(ScenarioError, match="levels"):
        load(endless)
    with pytest.raises(ScenarioError, match="more than 20000 values"):
        load({"sellers": [0] * 30_000})


@pytest.mark.parametrize("version", ["true", "1.0", '"1"', "2", "null"])
def test_the_version_is_the_number_one(problems_of: Any, good: str, version: str) -> None:
    (problem,) = problems_of(good.replace("schema_version: 1", f"schema_version: {version}"))
    assert problem.where == "file.yaml:1 schema_version"
    assert problem.allowed == "1, the version this Selloff reads"


def test_too_many_problems_are_counted_and_not_listed(problems_of: Any, good: str) -> None:
    found = problems_of(good + "".join(f"key{i}: 1\n" for i in range(MAX_PROBLEMS + 50)))
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].given == "50 more problems"


@pytest.mark.parametrize("text", ["~", "~/here", "~nobody-of-that-name/x"])
def test_the_home_folder_is_found_or_its_lack_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: str, text: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "here").write_text(good, encoding="utf-8")
    if text == "~/here":
        assert load(text).name == load(Path(text)).name == "test"
        return
    with pytest.raises(ScenarioError):
        load(text)


def test_standard_input_and_streams_are_read(monkeypatch: pytest.MonkeyPatch, good: str) -> None:
    assert load(StringIO(good)).name == load(BytesIO(good.encode())).name == "test"  # type: ignore[arg-type]
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(good.encode())))
    assert load("-").name == "test"
    with pytest.raises(ScenarioError, match="standard input:1: got an empty file"):
        load("-")
    with pytest.raises(ScenarioError, match="more than 250,000 bytes"):
        load(StringIO(" " * 300_000))
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ScenarioError, match="standard input: got a file that cannot be read"):
        load("-")


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"draws": 0}, "draws"),
        ({"draws": 100_001}, "draws"),
        ({"draws": True}, "draws"),
        ({"draws": 2.0}, "draws"),
        ({"draws": "2"}, "draws"),
        ({"draws": None}, "draws"),
        ({"draws": 10**5000}, "draws"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seed": 18446744073709551616}, "seed"),
        ({"attribution": None}, "attribution"),
        ({"attribution": -5}, "attribution"),
    ],
)
def test_settings_out_of_range_are_refused(given: dict[str, Any], where: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        check_settings(**given)
    (problem,) = caught.value.problems
    assert problem.where == where
    assert problem.remedy


def test_whole_numbers_of_any_kind_are_settings() -> None:
    found = check_settings(draws=np.int64(2), seed=np.uint8(3), attribution=False)
    assert (found.draws, found.seed) == (2, 3)
    assert type(found.draws) is int
    assert check_settings(seed=2**63 - 1).seed == 2**63 - 1
