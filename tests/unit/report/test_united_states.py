import re

import numpy as np
import pytest

from selloff.report.united_states import united_states


@pytest.fixture(scope="module")
def told(dump):
    return united_states(dump[0])


def _tables(told):
    return [block.table for block in told.blocks if block.table]


def test_sentences_are_made_from_the_numbers(dump, told) -> None:
    dataset = dump[0]
    output = -np.median(dataset["delta_us_gdp"].to_numpy().min(axis=1))
    assert told.sentences[0].startswith(f"Output stands up to {output:.2f}% (5–95%")
    paid = np.median(dataset["federal_interest"].to_numpy().sum(axis=1))
    assert f"has paid ${paid:.0f}bn" in told.sentences[1]
    loan = np.median(dataset["mortgage_payment"].to_numpy()[:, 3])
    assert told.sentences[2].startswith(
        f"A year on a median new mortgage costs ${loan:.0f} a month"
    )


def test_debt_rising_in_year_five(dump, told) -> None:
    ratio = dump[0]["us_debt_ratio_base"].to_numpy()
    percent = 100.0 * np.mean(ratio[:, 19] > ratio[:, 15])
    assert f"in the baseline in {percent:.0f}% of draws" in told.sentences[1]
    assert _tables(told)[1].rows[-1][0] == "Debt rises against GDP in year 5"


def test_levels_stand_beside_their_baseline(dump, told) -> None:
    here, base = (
        dump[0][name].to_numpy()[:, -1] for name in ("us_debt_ratio", "us_debt_ratio_base")
    )
    row = _tables(told)[1].rows[0]
    assert row[1].startswith(f"{np.median(base):.0f}% of GDP")
    assert row[2].startswith(f"{np.median(here):.0f}% of GDP")
    assert row[3].startswith(f"{np.median(here - base):.1f}pp")
    chart = next(one for one in told.charts if one.id == "us_debt_ratio")
    assert [trace["name"] for trace in chart.figure["data"][2::3]] == ["Baseline", "This scenario"]
    np.testing.assert_allclose(chart.figure["data"][2]["y"][-1], np.median(base), atol=1e-3)


def test_chances_are_drawn_in_percent(dump, told) -> None:
    chart = next(one for one in told.charts if one.id == "downgrade_prob")
    expected = 100.0 * np.median(dump[0]["downgrade_prob"].to_numpy()[:, -1])
    assert chart.figure["data"][-1]["y"][-1] == pytest.approx(expected, abs=1e-3)


def test_money_adds_up(dump, told) -> None:
    table = _tables(told)[2]
    total = np.median(dump[0]["federal_deficit"].to_numpy().cumsum(axis=1)[:, 19])
    row = next(row for row in table.rows if row[0].startswith("Treasury: deficits"))
    assert table.head[1:] == ("A year on", "Five years on", "At the horizon")
    assert row[2].startswith(f"${total:.0f}bn")


def test_a_short_run_tells_its_horizon_only(build) -> None:
    told = united_states(build(draws=8, horizon_years=0.5)[0])
    assert _tables(told)[0].head[1:] == ("Highest", "Lowest", "At the horizon")
    assert "year 5" not in " ".join(told.sentences)
    assert told.sentences[2].startswith("At the horizon a median")


def test_nothing_moves_and_nothing_looks_odd(dump) -> None:
    dataset = dump[0].copy(deep=True)
    for name in dataset.data_vars:
        if "quarter" in dataset[name].dims:
            dataset[name] = dataset[name] * -0.0
    told = united_states(dataset)
    text = " ".join((*told.sentences, str(_tables(told))))
    assert not re.search(r"\bnan\b|[−-]0(?![.0-9])", text)
    assert "and inflation on its baseline." in text


def test_older_results_and_still_ones_have_no_such_section(dump, no_sale) -> None:
    assert united_states(dump[0].drop_vars("us_debt_ratio")) is None
    assert united_states(no_sale[0]) is None
