"""Each section says what the dataset holds: worked out here by other means."""

import json
import re

import numpy as np
import pytest

from selloff.evidence import parameters
from selloff.report.caveats import caveats
from selloff.report.countries import countries, ranked
from selloff.report.facts import Facts, has
from selloff.report.gist import answer_lines
from selloff.report.levels import levels_by_quarter
from selloff.report.opening import first_figures
from selloff.report.policy import levers
from selloff.report.question import scenario
from selloff.report.regions import SECTIONS, finding, region, table_of_series
from selloff.report.relay import RELAY, relay
from selloff.report.reserves import reserves
from selloff.report.seller import seller
from selloff.report.split import parts, waterfall
from selloff.report.story import story
from selloff.report.trace import definition, numbers, pages
from selloff.report.trust import endings, identity_words, trust
from selloff.report.versus import differences, differences_asked, versus
from selloff.report.whys import whys
from selloff.report.worlds import conditional
from selloff.results import summarise
from selloff.vocab import metrics, variables


@pytest.fixture(scope="module")
def facts(answered) -> Facts:
    return Facts(*answered)


@pytest.fixture(scope="module")
def slow(build) -> Facts:
    return Facts(*build(reacts=True, years=10.0, title="Slowly", name="slow"), side="B")


def test_every_series_is_one_of_the_dataset_and_has_a_page(facts) -> None:
    rows = table_of_series()
    assert {one.section for one in rows} == set(SECTIONS)
    assert {one.page for one in rows} <= set(pages())
    known = {name for one in rows for name in [one.series.split("[")[0].split(" ")[0]]}
    assert known <= set(variables())
    assert sum(has(facts.dataset, one.series) for one in rows) == len(rows)


def test_a_finding_says_how_far_where_a_year_on_and_what_the_other_does(facts, slow) -> None:
    row = next(one for one in table_of_series() if one.series == "delta_us_gdp")
    text = finding((facts, slow), row)
    path = facts.dataset["delta_us_gdp"].values
    low = abs(np.median(np.minimum(path.min(axis=1), 0.0)))
    assert text.startswith(f"US output falls by {low:.2f}%")
    assert "path a year on" in text or "back a year on" in text
    assert "in B" in text


def test_a_finding_of_a_series_with_a_level_says_the_level(facts, slow) -> None:
    series = "delta_par_yield_10y[currency=JPY]"
    row = next(one for one in table_of_series() if one.series == series)
    ten = facts.dataset["delta_par_yield_10y"].sel(currency="JPY")
    high = 3.0 + np.median(ten.max("step").clip(min=0.0).values) / 100.0
    start = f"Japan's 10-year yield rises from 3.00% to {high:.2f}%, "
    assert finding((facts, slow), row).startswith(start)
    assert "a year on; in B to " in finding((facts, slow), row)


def test_a_finding_says_so_where_the_other_goes_the_other_way(facts, slow) -> None:
    other = slow.dataset.copy(deep=True)
    for name in ("delta_asset_price", "delta_us_gdp", "delta_par_yield_10y"):
        other[name] = -other[name]
    turned = Facts(other, summarise(other), side="B")
    wanted = {
        "delta_asset_price[market=em_equities]": r" fall by .+ their path .+; in B they rise by",
        "delta_us_gdp": r"^US output falls by .+ its path a year on; in B it rises by [\d.]+%$",
        "delta_par_yield_10y[currency=JPY]": r" rises from 3\.00% .+; in B it falls to 2\.\d+%$",
    }
    for row in table_of_series():
        if row.series in wanted:
            assert re.search(wanted[row.series], finding((facts, turned), row))


def test_what_no_picture_would_show_has_none_and_stays_in_the_table(facts) -> None:
    dataset = facts.dataset.copy(deep=True)
    for name in ("delta_us_gdp", "delta_asset_price", "delta_borrowing_rate"):
        dataset[name] = 1e-3 * dataset[name]
    found = region((Facts(dataset, summarise(dataset)),), "america")
    drawn = {one.id for one in found.small}
    assert not drawn & {"delta_us_gdp", "sp500", "mortgage_30y", "hy_oas"}
    assert "federal_interest" in drawn
    assert "US shares (S&P 500)" in [row[0] for row in found.tables[0].rows]
    assert "US output" in found.quiet
    assert found.title == "Hardly anything happens: America"


def test_a_fall_of_yields_is_told_as_one(facts) -> None:
    dataset = facts.dataset.copy(deep=True)
    dataset["delta_par_yield"] = -dataset["delta_par_yield"]
    told = Facts(dataset, summarise(dataset))
    low = 4.3 + np.median(dataset["delta_par_yield"].sel(tenor="10Y").min("step")) / 100.0
    assert first_figures(told)[0].title.startswith(f"The 10-year: 4.30%, {low:.2f}% at its lowest")
    assert "The 10-year falls." in [str(one.claim)[:18] for one in whys(told, "story")]
    assert "The 10-year falls." not in [str(one.claim)[:18] for one in whys(facts, "story")]


def test_a_sale_without_an_end_has_no_time(build) -> None:
    sale = str(story((Facts(*build(draws=10, frozen=8)),)).lead[0])
    assert "never" not in sale
    assert "Washington freezes what is left in 80% of simulations" in sale


def test_what_does_not_move_is_named_in_one_line(facts) -> None:
    dataset = facts.dataset.copy(deep=True)
    dataset["delta_japan_cpi"][:] = 0.0
    found = region((Facts(dataset, summarise(dataset)),), "japan")
    assert "consumer prices in Japan" in found.quiet
    assert all(row[0] != "Consumer prices in Japan" for row in found.tables[0].rows)


def test_the_relay_adds_up_to_all_that_is_sold(facts) -> None:
    rows = relay(facts)
    total = sum(rows.values())
    held = facts.dataset["absorbed_face"].sum("group") + facts.dataset["unsold_face"]
    np.testing.assert_allclose(total, held.mean("draw").values, rtol=0.04)
    assert set(rows) <= {name for name, _ in RELAY}
    table = story((facts,)).tables[0]
    assert table.head[0] == "Mean books"
    assert table.head[-1] == "At the end"


def test_events_are_told_in_order_and_only_if_they_happened(facts, no_sale) -> None:
    lead = [str(one) for one in story((facts,)).lead]
    heads = [one.split("</strong>")[0].removeprefix("<strong>") for one in lead]
    assert heads[:3] == ["The sale.", "Dealers.", "Levered funds."]
    assert story((Facts(*no_sale),)) is None


def test_two_runs_differ_by_what_was_asked_and_simulation_by_simulation(facts, slow) -> None:
    found = versus((facts, slow))
    assert "The two differ in pace." in str(found.lead[0])
    gap = differences((facts, slow))["us_10y_peak_bp"]
    ten = [
        each.dataset["delta_par_yield"].sel(tenor="10Y").max("step").values
        for each in (facts, slow)
    ]
    np.testing.assert_allclose(gap, ten[1] - ten[0], atol=1e-9)
    other = slow.dataset.assign_attrs(seed=99)
    assert differences((facts, Facts(other, slow.summary))) == {}
    assert differences_asked({"sellers": [{"holder": "a"}]}, {"sellers": []}) == ["who sells"]


def test_the_bill_adds_up_in_the_currency_of_the_seller(facts) -> None:
    dataset = facts.dataset.copy(deep=True).assign_attrs(seller_currency="JPY")
    dataset["seller_bill_lc"][:] = 160.0 * dataset["seller_bill"].values
    section = seller((Facts(dataset, summarise(dataset)),))
    whole = np.median(160.0 * dataset["seller_bill"].values.sum(axis=1)) / 1000.0
    assert section.title == f"The sale costs its sellers ¥{whole:.0f}tn"
    assert section.figures[0].title.startswith("Lost in changing the proceeds: 71% of the bill")
    assert [row[0] for row in section.tables[0].rows][-1].startswith("Proceeds now in")


def test_a_bill_under_stress_says_that_the_stress_is_in_it(facts) -> None:
    asked = scenario(facts.dataset) | {"shocks": [{"kind": "squeeze", "size": 1.0}]}
    dataset = facts.dataset.assign_attrs(scenario=json.dumps(asked))
    calm, stressed = seller((facts,)), seller((Facts(dataset, facts.summary),))
    assert "stress" not in f"{calm.title} {calm.lead[0]}"
    assert stressed.title.startswith("The sale, with the stress around it, costs its sellers")
    assert "what that stress alone does to bonds and currencies is in the bill" in stressed.lead[0]
    assert "and with the stress around it " in answer_lines(dataset, facts.summary)[1]
    assert "stress" not in answer_lines(facts.dataset, facts.summary)[1]


def test_parts_add_up_to_the_whole(facts) -> None:
    found = parts(facts, "us_10y_peak_bp")
    whole = facts.summary["attribution"]["metrics"]["us_10y_peak_bp"]["p50"]
    assert sum(one.p50 for one in found.values()) == pytest.approx(whole)
    figure = waterfall(facts, "us_10y_peak_bp", "parts")
    assert figure.chart.rows[-1].p50 == pytest.approx(whole, abs=0.01)
    assert "takes back" in figure.title
    assert figure.chart.rows[-1].name == "In all"
    few = json.loads(json.dumps(facts.summary))
    few["attribution"]["draws"] = 40
    part = waterfall(Facts(facts.dataset, few), "us_10y_peak_bp", "parts")
    assert part.chart.rows[-1].name == "In all, first 40"
    assert "of the first 40" in part.chart.subtitle


def test_countries_stand_by_the_size_of_their_effect_either_way(facts) -> None:
    gap = 100.0 * (facts.dataset["em_crisis_prob"] - facts.dataset["em_crisis_prob_base"])
    middle = np.abs(np.median(gap.values, axis=0))
    found = [abs(one.added.p50) for one in ranked(facts)]
    np.testing.assert_allclose(found, np.sort(middle)[::-1], atol=1e-9)
    section = countries((facts,))
    assert len(section.tables[0].rows) == facts.dataset.sizes["country"]
    assert section.tables[1].rows == (("Venezuela", "no reserves published"),)


def test_odd_numbers_are_explained_where_they_are_odd(facts) -> None:
    summary = json.loads(json.dumps(facts.summary))
    summary["metrics"]["em_crises_expected"] |= {"p05": -3.0, "p50": -2.0, "p95": -1.0}
    (odd,) = whys(Facts(facts.dataset, summary), "countries")
    assert "Fewer currency crises" in odd.claim
    assert odd.trust.startswith("Little")
    summary["metrics"]["em_crises_expected"] |= {"p05": 1.0, "p50": 2.0, "p95": 3.0}
    assert whys(Facts(facts.dataset, summary), "countries") == ()


def test_the_dollar_is_said_to_rise_or_to_fall_and_not_both(facts) -> None:
    summary = json.loads(json.dumps(facts.summary))
    rise, fall = (summary["metrics"][f"usd_broad_{one}_pct"] for one in ("peak", "trough"))
    said = []
    for high, low in ((3.0, -2.0), (2.0, -3.0), (0.1, -0.2)):
        rise |= {"p05": 0.0, "p50": high, "p95": 9.0}
        fall |= {"p05": -9.0, "p50": low, "p95": 0.0}
        found = whys(Facts(facts.dataset, summary), "world")
        said.append([str(one.claim).split(",")[0] for one in found if "dollar" in one.claim])
    assert said == [["The dollar rises"], ["The dollar falls"], []]


def test_where_no_chance_moves_there_is_no_map(facts) -> None:
    dataset = facts.dataset.copy(deep=True)
    dataset["em_crisis_prob"] = dataset["em_crisis_prob_base"] + 0.0003
    still = countries((Facts(dataset, facts.summary),))
    assert still.title == "No emerging economy comes nearer to a crisis"
    assert not still.figures
    assert countries((facts,)).figures


def test_room_of_dealers_has_one_number_in_title_and_outcomes(facts) -> None:
    counts = {"room_for_all": 1, "orders_waited": 2, "beyond_capacity": 1}
    told = Facts(facts.dataset, {**facts.summary, "capacity": counts})
    titles = [one.title for one in story((told,)).figures]
    assert "Dealers lack room for some of it in 75% of simulations" in titles
    ended = " ".join(map(str, trust((told,)).lead))
    assert "for all that is put up in 25% of simulations" in ended


def test_an_end_has_one_share_on_the_whole_page(facts) -> None:
    counts = {"completed_late": 191, "frozen": 9}
    told = Facts(facts.dataset, {**facts.summary, "outcomes": counts})
    assert f"what is left {Facts.share(9 / 200)}" in " ".join(map(str, trust((told,)).lead))


def test_ways_to_end_add_up() -> None:
    ended, room = endings(
        {
            "outcomes": {"completed": 1, "completed_late": 1, "unfinished": 1},
            "capacity": {"room_for_all": 3, "orders_waited": 2},
        }
    )
    assert re.findall(r"\d+%", ended) == ["34%", "33%", "33%"]
    assert re.findall(r"\d+%", room) == ["60%", "40%"]


def test_worlds_stand_apart(facts) -> None:
    dataset = facts.dataset.copy(deep=True)
    half = dataset["draw"] < dataset.sizes["draw"] // 2
    fed = dataset["absorbed_face"].sel(group="fed").where(half, 0.0)
    dataset["absorbed_face"].loc[{"group": "fed"}] = fed
    section = conditional((Facts(dataset, summarise(dataset)),))
    assert "where it stays out, in 50% of simulations" in section.title
    assert section.tables[0].rows[0][1] == "50%"
    assert levers(facts) is not None


def test_the_caveats_say_what_lies_beyond_the_record(facts) -> None:
    sentence = "The sellers sell $1,104bn within a month in the median simulation. "
    sentence += "Beyond about $300bn nothing has been observed (2020-03): price impact is "
    sentence += "extrapolation, and the ends of ranges are not bounds."
    dataset = facts.dataset.assign_attrs(warnings=json.dumps([sentence, "Another."]))
    (head, words), *_ = caveats(Facts(dataset, facts.summary))
    assert head == "Beyond anything observed"
    assert words.startswith("Sales within a month: $1,104bn, at most $300bn on record, in 2020-03")
    assert len(caveats(facts)) == 3


def test_trust_counts_the_record_and_the_identities(facts) -> None:
    rows = trust((facts,)).tables[0].rows
    ten = facts.dataset["delta_par_yield"].sel(tenor="10Y").values[:, :253]
    one_day = np.diff(ten, axis=1).max(axis=1)
    assert rows[0][3] == f"{100.0 * np.mean(one_day > 39.0):.0f}%" or rows[0][3].startswith("0")
    assert identity_words(facts).startswith("All 5 identities of the books hold")
    broken = facts.dataset.copy(deep=True)
    broken["identity_residual"] = broken["identity_residual"] + 1.0
    assert identity_words(Facts(broken, facts.summary)).startswith("BROKEN: stock flow")


def test_a_number_leads_to_definition_pages_and_parameters(facts) -> None:
    row = {
        "name": "slope",
        "mechanism": "pricing",
        "moves": "us_10y_peak_bp",
        "standing": "assumption",
    }
    dataset = facts.dataset.assign_attrs(parameters=json.dumps([row]))
    table = numbers(Facts(dataset, facts.summary))
    at = table.ids.index("n-us_10y_peak_bp")
    cells = table.rows[at]
    assert (
        cells[3]
        == "Highest point of: " + variables()["delta_par_yield"].description + " (tenor=10Y)"
    )
    assert 'href="#m-pricing"' in cells[4]
    assert "1: 0 from data, 1 assumed" in cells[5]
    assert all(definition(one.formula) for one in metrics().values())


def test_every_mechanism_of_the_parameters_has_a_page() -> None:
    explained = {one for _, found in pages().values() for one in found}
    assert {one.mechanism for one in parameters().values()} <= explained


def test_levels_by_quarter_begin_at_the_opening(facts) -> None:
    table = levels_by_quarter(facts)
    opening = float(facts.dataset["curve_par_yield"].sel(tenor="10Y"))
    assert table.rows[0][1] == f"{opening:.2f}%"
    last = facts.dataset["delta_par_yield"].sel(tenor="10Y").values[:, -1]
    assert table.rows[-1][1].startswith(f"{opening + np.median(last) / 100.0:.2f}%")


def test_a_share_of_reserves_is_split_where_a_result_splits_it(facts) -> None:
    whole = facts.dataset.drop_vars("reserve_share_part")
    assert "Prices alone, without a trade" not in str(
        reserves((Facts(whole, facts.summary),)).tables
    )
    gap = facts.dataset["reserve_share"] - facts.dataset["reserve_share_base"]
    part = (0.25 * gap).expand_dims(share_part=["volume", "valuation"], axis=-1)
    dataset = whole.drop_vars("share_part").assign(reserve_share_part=part)
    year = dataset["year"].values.tolist().index(2035)
    middle = np.median(0.25 * gap.sel(reserve_asset="USD").values[:, year])
    rows = reserves((Facts(dataset, facts.summary),)).tables[0].rows
    assert [row[0] for row in rows][1] == "Prices alone, without a trade"
    assert rows[0][1].startswith(f"−{abs(middle):.2f}"[:4])


def test_what_lies_beyond_the_record_stands_in_the_annex(facts) -> None:
    summary = json.loads(json.dumps(facts.summary))
    summary["metrics"]["us_10y_peak_bp"]["beyond"] = {"text": "beyond 290bp in 5% of draws"}
    table = numbers(Facts(facts.dataset, summary))
    assert table.rows[table.ids.index("n-us_10y_peak_bp")][6] == "beyond 290bp in 5% of draws"
