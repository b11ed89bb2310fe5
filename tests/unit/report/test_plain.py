"""An answer as plain values: the numbers of the page, and nothing that JSON cannot say."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import xarray as xr
from markupsafe import Markup, escape

from selloff.charts import schema
from selloff.report import model_pages, render, tell
from selloff.report.chance import COUNTED, in_ten
from selloff.report.facts import Facts
from selloff.report.spoken import spoken
from selloff.report.told import say
from selloff.results import metric_draws

Run = tuple[xr.Dataset, dict[str, Any]]
CASES = ("dump", "yen_crash", "descent", "no_sale")


@pytest.fixture(scope="module")
def told(dump: Run) -> dict[str, Any]:
    return tell(*dump, is_whole=True)


def views_of(told: dict[str, Any]) -> dict[str, Any]:
    return {one["id"]: one for one in told["views"]}


def numbers_of(told: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one for one in told["numbers"]}


def pieces(value: Any) -> Iterator[dict[str, Any]]:
    """Go through all pieces of text that are numbers."""
    if isinstance(value, dict):
        if "number" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from pieces(one)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("is_whole", [False, True])
def test_it_is_plain_and_its_charts_are_charts(
    case: str, is_whole: bool, request: pytest.FixtureRequest
) -> None:
    found = tell(*request.getfixturevalue(case), is_whole=is_whole)
    text = json.dumps(found, allow_nan=False)
    assert "<a " not in text
    known = set(schema()["$defs"])
    assert {"Fan", "Waterfall"} <= known
    for view in found["views"]:
        ids = [one["id"] for one in view["charts"]]
        assert len(set(ids)) == len(ids)
        assert all(one["method"] in model_pages() for one in view["charts"] if "method" in one)
    assert (len(found["views"]) == 1) is not is_whole


def test_a_draft_is_the_first_view_of_the_whole(dump: Run, told: dict[str, Any]) -> None:
    draft = tell(*dump, is_whole=False)
    [mine], whole = draft["views"], told["views"][0]
    assert (mine["title"], mine["lead"]) == (whole["title"], whole["lead"])
    for one, other in zip(mine["charts"], whole["charts"], strict=True):
        if one["kind"] != "fan":
            assert one == other
            continue
        assert one["title"] == other["title"]
        narrow, wide = one["series"][0], other["series"][0]
        assert narrow["p50"] == wide["p50"]
        assert "p25" not in narrow
        assert np.all(np.array(narrow["p10"]) >= np.array(wide["p05"]))
        assert np.all(np.array(narrow["p90"]) <= np.array(wide["p95"]))
    assert draft["sentences"] == told["sentences"]
    assert draft["headline"] == told["headline"]
    for one in draft["numbers"]:
        assert one.items() <= numbers_of(told)[one["name"]].items()


def test_every_number_is_that_of_the_summary(dump: Run, told: dict[str, Any]) -> None:
    dataset, summary = dump
    for name, one in numbers_of(told).items():
        held = summary["metrics"][name]
        assert one["p50"] == pytest.approx(held["p50"], rel=1e-5, abs=1e-9), name
        assert one["text"] == Facts(dataset, summary).told(name).middle
    peak = numbers_of(told)["us_10y_peak_bp"]
    assert peak["level"]["p50"] == pytest.approx(
        float(dataset["curve_par_yield"].sel(tenor="10Y")) + peak["p50"] / 100.0, rel=1e-4
    )


def test_twenty_dots_are_the_draws(dump: Run, told: dict[str, Any]) -> None:
    draws = metric_draws(dump[0])["us_10y_peak_bp"]
    draws = np.sort(draws[np.isfinite(draws)])
    dots = numbers_of(told)["us_10y_peak_bp"]["dots"]
    assert len(dots) == 20
    assert dots == sorted(dots)
    inside = [float(np.mean(draws <= one)) for one in dots]
    np.testing.assert_allclose(inside, (np.arange(20) + 0.5) / 20, atol=0.03)


def test_paths_are_single_draws_on_the_fans_axis(dump: Run, told: dict[str, Any]) -> None:
    fans = {one["id"]: one for one in views_of(told)["answer"]["charts"]}
    facts = Facts(*dump)
    for one in told["paths"]:
        assert one["x"] == fans[one["chart"]]["x"]["values"]
        assert len(one["values"]) == len(one["draws"]) == 20
        assert facts.alive[one["draws"]].all()
        assert {len(row) for row in one["values"]} == {len(one["x"])}


def test_numbers_in_sentences_lead_to_numbers(told: dict[str, Any]) -> None:
    found = [*pieces(told["views"]), *pieces(told["caveats"])]
    assert len(found) > 20
    named = {one["number"] for one in found}
    assert {"seller_proceeds_usd_bn", "total:em_crisis_prob_base"} <= named
    assert {one["kind"] for one in found} <= {"change", "level"}


def test_the_page_and_the_plain_answer_say_the_same(dump: Run, told: dict[str, Any]) -> None:
    page = render([dump[0]], [dump[1]])
    for view in told["views"][1:]:
        title = escape(view["title"])
        assert view["id"] == "desk" or title in page, title
    assert all(one["head"] in page for one in told["caveats"])


def test_words_become_pieces() -> None:
    assert spoken("a < b") == "a < b"
    assert spoken(Markup("a &lt; b")) == "a < b"
    assert spoken(say("<strong>{x}.</strong> y", x="<Fed>")) == [
        {"text": "<Fed>.", "strong": True},
        {"text": " y"},
    ]


@pytest.mark.parametrize(
    ("frac", "words"),
    [
        (0.0, "in no run"),
        (0.004, "in fewer than 1 of 20 runs"),
        (0.06, "in 1 of 10 runs"),
        (0.61, "in 6 of 10 runs"),
        (0.949, "in 9 of 10 runs"),
        (0.97, "in more than 19 of 20 runs"),
        (1.0, "in every run"),
    ],
)
def test_chance_in_words(frac: float, words: str) -> None:
    assert in_ten(frac) == words


def test_chances_count_draws(answered: Run) -> None:
    dataset, summary = answered
    found = {one["name"]: one for one in tell(dataset, summary, is_whole=False)["chances"]}
    n = int(Facts(dataset, summary).alive.sum())
    for name in COUNTED:
        frac = found[name]["frac"] if name in found else 0.0
        assert frac == pytest.approx(summary["reactions"].get(name, 0) / n, abs=1e-4)
    assert COUNTED.keys() & found.keys()
    record = next(
        one for one in json.loads(dataset.attrs["records"]) if one["quantity"] == "us_10y_peak_bp"
    )
    draws = metric_draws(dataset)["us_10y_peak_bp"]
    beyond = np.mean(draws[np.isfinite(draws)] > record["limit"])
    held = found.get("us_10y_peak_bp", {"frac": 0.0})
    assert held["frac"] == pytest.approx(float(beyond), abs=1e-4)
