"""Episode files: what is accepted, what is refused and how that is said."""

import csv
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from pydantic import ValidationError

from selloff.apps._loading import books_at
from selloff.scenario import Episode, episode_names, episode_schema, load_episode, to_yaml
from selloff.scenario.episode import Variable
from selloff.scenario.fields import seller_ids
from selloff.vocab import EPISODE_ABROAD, EPISODE_VARIABLES, InputError, ScenarioError
from selloff.vocab.holders import CENTRAL_BANKS

FLOW: dict[str, Any] = {
    "holder": "jpn_official",
    "sale_usd_bn": 20,
    "standing": "data",
    "source": "a ministry",
}


def episode(**changes: Any) -> dict[str, Any]:
    base = {
        "schema_version": 1,
        "name": "mine",
        "title": "Mine",
        "start": "2022-09-21",
        "end": "2022-09-22",
        "flows": [FLOW],
    }
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


def problems(**changes: Any) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        load_episode(episode(**changes), limits=books_at)
    return [str(each) for each in refused.value.problems]


def with_flow(**changes: Any) -> dict[str, Any]:
    flow = {key: value for key, value in {**FLOW, **changes}.items() if value is not None}
    return {"flows": [flow]}


def test_a_plain_one_is_read() -> None:
    found = load_episode(episode(), limits=books_at)
    assert found.vintage_id == "2022-08"
    assert found.start == date(2022, 9, 21)
    assert found.flows[0].proceeds["usd_cash"] == 1.0
    assert found.policy == "on"


def test_the_vintage_is_the_last_month_end_by_the_start() -> None:
    assert load_episode(episode(start="2022-08-31")).vintage_id == "2022-08"
    assert load_episode(episode(start="2022-01-03")).vintage_id == "2021-12"
    assert load_episode(episode(vintage="2020-02")).vintage_id == "2020-02"


@pytest.mark.parametrize("name", episode_names())
def test_shipped_ones_load_fit_the_books_and_name_their_sources(name: str) -> None:
    found = load_episode(name, limits=books_at)
    assert found.name == name
    assert all(flow.source for flow in found.flows)
    assert found.flows or found.other_news
    assert load_episode(Episode.model_validate(found.model_dump(mode="json"))) == found


def test_there_are_those_that_were_asked_for() -> None:
    asked = {"dash-for-cash-2020", "china-2015-16", "taper-tantrum-2013", "yen-2022-09"}
    asked |= {"yen-2024-04", "carry-unwind-2024-08", "tariffs-2025-04", "qe1-2009-03-18"}
    asked |= {"qe2-2010-11", "qe3-2012-09", "qe-2020-unlimited", "downgrade-2011"}
    asked |= {"downgrade-2023", "downgrade-2025", "jgb-rout-2026-01"}
    assert asked <= set(episode_names())
    sellers = {flow.holder for flow in load_episode("dash-for-cash-2020").flows}
    assert {"foreign_official", "foreign_private", "fed"} <= sellers


def test_written_and_read_back(tmp_path: Path) -> None:
    found = load_episode("yen-2024-04")
    file = tmp_path / "again.yaml"
    file.write_text(to_yaml(found), encoding="utf-8")
    assert load_episode(file) == found


def test_the_schema_accepts_what_is_shipped_and_refuses_the_rest() -> None:
    check = jsonschema.Draft202012Validator(episode_schema())
    for name in episode_names():
        check.validate(load_episode(name).model_dump(mode="json", exclude_none=True))
    assert list(check.iter_errors(episode(policy="maybe")))
    assert list(check.iter_errors(episode(**with_flow(holder="atlantis"))))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end": "2022-09-21"}, "a day after the start"),
        ({"end": "2040-09-21"}, "3,653 days after it"),
        ({"start": "21.9.2022"}, '"YYYY-MM-DD"'),
        ({"start": 20220921}, '"YYYY-MM-DD"'),
        ({"start": "0001-01-01"}, "a day from 1900-01-01 to 2199-12-31"),
        ({"start": "0001-01-01", "end": "9999-12-31"}, "a day from 1900-01-01"),
        ({"start": "9999-12-31", "end": "9999-12-31"}, "a day from 1900-01-01"),
        ({"end": "9999-12-31"}, "a day from 1900-01-01"),
        ({"start": "2199-12-30", "end": "2199-12-31"}, "vintage"),
        ({"vintage": "9999-12"}, "vintage"),
        ({"vintage": "0000-01"}, "vintage"),
        ({"vintage": 10**5000}, "vintage"),
        (with_flow(holder=10**5000, sale_usd_bn=None, purchase_usd_bn=3), "purchases by inf"),
        ({"start": datetime(2022, 9, 21)}, '"YYYY-MM-DD"'),
        (with_flow(first_day="0001-01-01"), "a day from 1900-01-01"),
        (with_flow(last_day="9999-12-31"), "a day from 1900-01-01"),
        ({"title": None}, "Add the key title"),
        ({"policy": "of"}, "Did you mean 'off'?"),
        ({"observed": {"us_10y": 3.0}}, "Did you mean 'us_10y_bp'?"),
        ({"observed": {"us_10y_bp": "3"}}, "Write 3, a bare number"),
        ({"flow": []}, "Did you mean 'flows'?"),
        (with_flow(sale_usd_bn=None), "exactly one of sale_usd_bn"),
        (with_flow(currency_usd_bn=3, currency="JPY"), "Make two flows of it"),
        (with_flow(holder=None), "Add holder: fed"),
        (with_flow(holder="jpn_oficial"), "Did you mean 'jpn_official'?"),
        (with_flow(sale_usd_bn=-3), "a number from 0.001 to 100000"),
        (with_flow(sale_usd_bn=1e-6), "a number from 0.001 to 100000"),
        (with_flow(holder="usa_dealers"), "any holder but the dealers"),
        (with_flow(sale_usd_bn=5000), "which is what jpn_official held"),
        (with_flow(sale_usd_bn=None, purchase_usd_bn=3), "purchases by the fed"),
        (with_flow(currency="JPY"), "currency_usd_bn with currency"),
        (with_flow(first_day="2022-09-22", last_day="2022-09-01"), "days in order"),
        (with_flow(last_day="2022-09-01"), "days in order, the last one after 2022-09-21"),
        (with_flow(proceeds={"jpy_cash": 0.4}), "sum to 1"),
        (with_flow(announced_frac="30%"), "Write 0.3"),
        (with_flow(standing="memory"), "verified, secondary, data, assumption"),
        (with_flow(source=None), "Add the key source"),
        ({"vintage": "1999-01"}, "vintage"),
        ({"vintage": "2022-10"}, "a month up to 2022-09"),
        ({"start": "2022-09-23", "end": "2022-09-25"}, "a window with a weekday in it"),
        (
            with_flow(sale_usd_bn=200, buckets={"20-30Y": 1.0}),
            "which is all that jpn_official holds there",
        ),
        ({"flows": [FLOW, {**FLOW, "holder": "jpn"}]}, "each book under one name only"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(changes: dict[str, Any], words: str) -> None:
    assert any(words in each for each in problems(**changes)), problems(**changes)


def test_all_problems_of_a_file_come_at_once_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        'schema_version: 1\nname: Bad Name\ntitle: x\nstart: "2022-09-21"\nend: "2022-09-01"\n'
        "flows:\n  - holder: jpn_official\n    sale_usd_bn: 9999\n    standing: data\n"
        "    source: y\n    colour: red\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as refused:
        load_episode(file, limits=books_at)
    said = [str(each) for each in refused.value.problems]
    assert [text.split(" ")[0].rsplit(":", 1)[1] for text in said] == ["2", "5", "8", "11"]


def test_two_sales_of_one_holder_are_added_up_against_its_book() -> None:
    twice = [{**FLOW, "sale_usd_bn": 700}] * 2
    assert any("1400 with the flows above" in each for each in problems(flows=twice))


def test_a_ready_episode_is_held_to_the_books_too() -> None:
    ready = Episode.model_validate(episode(**with_flow(sale_usd_bn=5000)))
    assert load_episode(ready) == ready
    with pytest.raises(ScenarioError, match="which is what jpn_official held"):
        load_episode(ready, limits=books_at)


def test_books_of_the_month_of_the_start_are_early_enough() -> None:
    assert load_episode(episode(vintage="2022-09"), limits=books_at).vintage_id == "2022-09"


def test_the_rules_hold_without_the_loader_too() -> None:
    with pytest.raises(ValidationError, match="a day after the start"):
        Episode.model_validate(episode(end="2022-09-21"))


def test_an_unknown_name_names_its_neighbour() -> None:
    with pytest.raises(ScenarioError, match="Did you mean 'yen-2022-09'"):
        load_episode("yen-2022-9")


def test_the_example_is_a_valid_episode_of_its_name() -> None:
    folder = Path(__file__).resolve().parents[3] / "examples" / "episodes"
    files = sorted(folder.glob("*.yaml"))
    assert files
    for file in files:
        assert load_episode(file, limits=books_at).name == file.stem


def abroad(**changes: Any) -> dict[str, Any]:
    gilts = {"holder": "boe", "market": "GBP", "sale_usd_bn": None, "purchase_usd_bn": 20}
    return with_flow(**{**gilts, **changes})


@pytest.mark.parametrize("holder", [*CENTRAL_BANKS, "jpn_private", "fed"])
def test_anybody_buys_and_sells_bonds_abroad(holder: str) -> None:
    bought = load_episode(episode(**abroad(holder=holder)), limits=books_at).flows[0]
    assert (bought.holder, bought.market, bought.purchase_usd_bn) == (holder, "GBP", 20.0)
    # A book of Treasuries is no limit for other bonds.
    sold = abroad(holder=holder, purchase_usd_bn=None, sale_usd_bn=90000)
    assert load_episode(episode(**sold), limits=books_at).flows[0].sale_usd_bn == 90000.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (abroad(market=None), "Did you mean 'gbr_official'?"),
        (abroad(market="CHF"), "JPY, EUR, GBP, CNY"),
        (abroad(holder=None), "bonds bought or sold by nobody"),
        (abroad(buckets={"10-20Y": 1}), "bonds abroad count as ten-year bonds"),
        (
            abroad(purchase_usd_bn=None, sale_usd_bn=9, proceeds={"gold": 1}),
            "paid in the currency of the market",
        ),
        (
            abroad(holder=None, purchase_usd_bn=None, currency_usd_bn=5, currency="GBP"),
            "market with sale_usd_bn or purchase_usd_bn",
        ),
    ],
)
def test_what_the_model_cannot_do_abroad_is_refused(changes: dict[str, Any], words: str) -> None:
    (told,) = problems(**changes)
    assert words in told


def test_markets_abroad_are_judged_where_something_is_known_of_them() -> None:
    home = tuple(name for name in EPISODE_VARIABLES if name not in EPISODE_ABROAD)
    assert load_episode(episode()).judged == home
    assert load_episode(episode(**abroad())).judged == (*home, "gilt_10y_bp", "gbpusd_pct")
    euros = with_flow(proceeds={"eur_cash": 0.5, "gold": 0.5})
    assert load_episode(episode(**euros)).judged == (*home, "bund_10y_bp", "eurusd_pct")
    assert load_episode(episode(observed={"usdcny_pct": 1})).judged == (*home, "usdcny_pct")


def test_observed_knows_the_variables_of_the_house() -> None:
    assert get_args(Variable) == EPISODE_VARIABLES


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (with_flow(holder="boe"), "Did you mean 'gbr_official'?"),
        (with_flow(holder="ECB"), "by country, such as deu_official"),
        (with_flow(holder="bank_of_england"), "Did you mean 'gbr_official'?"),
        (abroad(holder="bank_of_england"), "Did you mean 'boe'?"),
        (abroad(holder="Bank of England"), "Did you mean 'boe'?"),
        (abroad(holder="bank_of_japan"), "Did you mean 'boj'?"),
        (abroad(holder="Bundesbank"), "Did you mean 'ecb'?"),
        (abroad(holder="ECB"), "Did you mean 'ecb'?"),
        (abroad(holder="safe"), "Did you mean 'chn_official'?"),
        ({"observed": {"gilt_30y_bp": -100.0}}, "one yield, the 10-year: gilt_10y_bp"),
        ({"observed": {"bund": -10.0}}, "Did you mean 'bund_10y_bp'?"),
        ({"start": "2027-03-01", "end": "2027-03-05"}, "tic_holdings_monthly in 2026-07"),
    ],
)
def test_what_is_meant_is_offered_by_another_name(changes: dict[str, Any], words: str) -> None:
    """And nothing else is said: whoever is not known has no book that could be too small."""
    (told,) = problems_of_any_kind(**changes)
    assert words in told


def problems_of_any_kind(**changes: Any) -> list[str]:
    with pytest.raises(InputError) as refused:
        load_episode(episode(**changes), limits=books_at)
    return [str(each) for each in refused.value.problems]


def test_every_other_name_means_a_word_or_says_why_none_does() -> None:
    text = files("selloff.vocab").joinpath("aliases.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        words = (*seller_ids(), *EPISODE_VARIABLES)
        means = row["means"].split()
        assert bool(means) != bool(row["instead"]), row
        assert set(means) <= {*words, *CENTRAL_BANKS}, row
