"""No number with two values: page, summary, fact-check and dataset say the same."""

import json
from collections import defaultdict
from math import isnan

import numpy as np
import pytest

from page_read import numbers, plain, read
from selloff.report import render
from selloff.report.facts import Facts
from selloff.results import summarise
from selloff.vocab import metrics

PARTS = ("p05", "p50", "p95")


@pytest.fixture(scope="module")
def pair(answered, build):
    return answered, build(reacts=True, years=10.0, title="Slowly", name="slow")


@pytest.fixture(scope="module")
def page(pair) -> str:
    return render([one for one, _ in pair], [summary for _, summary in pair])


def _again(dataset, formula):
    """A number once more, from the dataset alone and by other means: [5, 50, 95%]."""
    formula = metrics()[formula].formula if formula in metrics() else formula
    if ":" not in formula:
        return None
    how, series, *until = formula.split(":")
    path = _series(dataset, series) * (0.01 if how == "total" and "prob less" in series else 1.0)
    if until:
        clock = next(dim for dim in ("step", "quarter") if dim in path.dims)
        ends = dataset["years"] if clock == "step" else dataset["quarter_years"]
        path = path.isel({clock: np.flatnonzero(ends.values <= float(until[0]) + 1e-6)})
    over = [dim for dim in path.dims if dim != "draw"]
    taken = {
        "value": lambda: path,
        "highest": lambda: path.max(over).clip(min=0.0),
        "lowest": lambda: path.min(over).clip(max=0.0),
        "end": lambda: path.isel({over[0]: -1}),
        "total": lambda: path.sum(over),
        "day_of_highest": lambda: dataset["day"][path.argmax(over[0])],
        "day_of_lowest": lambda: dataset["day"][path.argmin(over[0])],
    }.get(how)
    return None if taken is None else np.quantile(taken().values, (0.05, 0.5, 0.95))


def _series(dataset, text):
    if text == "yen_per_dollar":
        return 100.0 * (1.0 / (1.0 + dataset["delta_fx"].sel(currency="JPY") / 100.0) - 1.0)
    held, *base = (_one(dataset, one) for one in text.split(" less "))
    gap = held - base[0] if base else held
    return 100.0 * gap if base and held.attrs["units"] == "fraction" else gap


def _one(dataset, text):
    name, _, where = text.removesuffix("]").partition("[")
    return dataset[name].sel(dict([where.split("=")])) if where else dataset[name]


def _shown(text, expected) -> None:
    """A text shows a number as rounded as it is written."""
    (found,) = plain(text)
    digits = len(text.split(".")[1].rstrip("%abcdefghijklmnopqrstuvwxyz ")) if "." in text else 0
    assert abs(found - abs(expected)) <= 0.5001 * 10.0**-digits, (text, expected)


def test_every_number_is_that_of_the_dataset(page, pair) -> None:
    checked = 0
    for one in numbers(page):
        if "/" in one.run or one.kind != "change" or one.formula.endswith("_lc_bn"):
            continue
        dataset = pair["AB".index(one.run)][0]
        found = _again(dataset, one.formula)
        if found is None or one.middle.endswith("years") or one.formula == "days_to_complete":
            continue
        is_share = one.middle.endswith("%") and abs(found[1]) <= 1.0 and plain(one.middle)[0] > 1.0
        _shown(one.middle, found[1] * (100.0 if is_share and "prob" in one.formula else 1.0))
        checked += 1
    assert checked > 60


def test_every_metric_is_that_of_the_summary_and_has_one_value(page, pair) -> None:
    told = defaultdict(set)
    for one in numbers(page):
        if one.formula in metrics() and "/" not in one.run:
            told[one.formula, one.kind, one.run].add((one.middle.lstrip("−"), one.ends))
            if one.kind == "change" and not one.formula.endswith("_lc_bn"):
                row = pair["AB".index(one.run)][1]["metrics"][one.formula]
                per = 100.0 if row["unit"] == "fraction" else 1.0
                if "year" not in one.middle:
                    _shown(one.middle, per * row["p50"])
    assert len(told) > 20
    doubles = {key: found for key, found in told.items() if len({m for m, _ in found}) > 1}
    assert doubles == {}


def test_the_annex_and_the_text_agree(page) -> None:
    reader, _ = read(page)
    ids = {attrs.get("id") for _, attrs in reader.elements}
    for one in numbers(page):
        if one.formula in metrics() and one.kind == "change" and one.run == "A":
            row = page.split(f'<tr id="n-{one.formula}">')[1].split("</tr>")[0]
            assert one.middle.lstrip("−") in row or "year" in one.middle or "¥" in one.middle
    assert {f"n-{one.formula}" for one in numbers(page) if one.formula in metrics()} <= ids


def test_levels_are_the_opening_and_the_change(page, pair) -> None:
    dataset, summary = pair[0]
    opening = float(dataset["curve_par_yield"].sel(tenor="10Y"))
    level = next(
        one for one in numbers(page) if one.formula == "us_10y_peak_bp" and one.kind == "level"
    )
    _shown(level.middle, opening + summary["metrics"]["us_10y_peak_bp"]["p50"] / 100.0)
    low, high = plain(level.ends)
    rows = [summary["metrics"]["us_10y_peak_bp"][part] for part in ("p05", "p95")]
    np.testing.assert_allclose([low, high], [opening + one / 100.0 for one in rows], atol=0.0051)
    drawn = json.loads(page.split('id="charts">')[1].split("</script>")[0])
    (fan,) = (one for one in drawn if one["id"] == "us_10y")
    assert fan["series"][0]["p50"][0] == pytest.approx(opening, abs=0.0051)


def test_the_summary_is_that_of_the_dataset(pair) -> None:
    for dataset, summary in pair:
        for name, row in summarise(dataset)["metrics"].items():
            if name in metrics():
                assert [row[key] for key in PARTS] == [
                    summary["metrics"][name][key] for key in PARTS
                ]


def test_a_number_of_the_fact_check_reads_as_on_the_page(answered) -> None:
    dataset, summary = answered
    row = summary["metrics"]["us_10y_max_1d_bp"]
    part = {
        "statement": "It jumps",
        "asked": "this",
        "unit": "bp",
        "p": 0.5,
        "verdict": "contested",
    }
    claim = {"claim": "It jumps", "parts": [part | {key: row[key] for key in PARTS}]}
    told = dataset.assign_attrs(factcheck=json.dumps({"claims": [claim]}))
    page = render([told], [summary])
    words = Facts(dataset, summary).told("us_10y_max_1d_bp").estimate.brief
    section = page.split('id="factcheck"')[1].split("</section>")[0]
    middle, ends = words.split(" ", 1)
    assert f"{middle} " in section
    assert ends in section


def test_a_number_without_meaning_is_not_told(build) -> None:
    dataset, summary = build(draws=8, horizon_years=0.5)
    facts = Facts(dataset, summary)
    assert isnan(facts.told("end:delta_us_gdp:1").estimate.p50)
    assert isnan(facts.told("us_10y_after_1y_bp").estimate.p50)
