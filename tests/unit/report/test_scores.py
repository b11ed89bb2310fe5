"""The page says how far the model was from history, in the numbers it was given."""

import json
import re
from typing import Any

import pytest
import xarray as xr

from selloff.report.page import render
from selloff.report.scores import scores
from selloff.vocab import EPISODE_VARIABLES

SHARES = {
    "n": 10,
    "coverage": 0.8,
    "against_walk": 0.91,
    "against_rule": 1.04,
    "against_simple": 0.99,
    "signs_right": 3,
    "signs_claimed": 5,
}
OVERALL = SHARES | {"n": 20, "coverage": 0.85, "against_walk_range": [0.82, 1.03]}


def row(name: str, effect: float, observed: float | None, verdict: str) -> dict[str, Any]:
    return {
        "variable": name,
        "model": [-12.0 + effect, effect, 12.0 + effect],
        "effect": [0.5 * effect, effect, 2.0 * effect],
        "observed": observed,
        "verdict": verdict,
    }


def case(title: str, ten: dict[str, Any], yen: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": title.lower(),
        "title": title,
        "start": "2020-03-09",
        "end": "2020-03-18",
        "has_flows": True,
        "rows": [ten, yen],
    }


PAST = {
    "scores": {
        "variables": dict.fromkeys(EPISODE_VARIABLES, SHARES),
        "all": OVERALL,
        "with_flows": OVERALL,
    },
    "episodes": [
        case(
            "Rush <b>",
            row("us_10y_bp", 6.0, 64.0, "outside, too small"),
            row("usdjpy_pct", 0.0, 5.4, "inside, no effect claimed"),
        ),
        case(
            "Quiet",
            row("us_10y_bp", 0.0, None, "no data"),
            row("usdjpy_pct", -3.0, -2.0, "inside, sign right"),
        ),
    ],
}


@pytest.fixture
def with_past(dump: tuple[xr.Dataset, dict[str, Any]]) -> xr.Dataset:
    return dump[0].assign_attrs(backtest=json.dumps(PAST))


def test_an_older_result_has_no_such_section(dump) -> None:
    dataset, summary = dump
    old = dataset.assign_attrs()
    old.attrs.pop("backtest", None)
    assert scores(old) is None
    assert "How far the model was from history" not in render([old], [summary])


def test_the_sentence_says_the_numbers(with_past) -> None:
    words = scores(with_past).sentence
    for part in ("2 episodes", "85% of 20", "0.91", "0.82 to 1.03", "1.04", "3 times of 5"):
        assert part in words


def test_every_variable_and_every_episode_has_a_row(with_past) -> None:
    past = scores(with_past)
    assert len(past.aggregates.rows) == len(EPISODE_VARIABLES) + 2
    assert past.aggregates.rows[0][1:] == ("10", "80%", "0.91", "1.04", "0.99", "3 of 5")
    rush, quiet = past.episodes.rows
    assert rush[2:5] == ("6 (−6 to 18)", "64", "outside, too small")
    assert rush[5:7] == ("0.0 (−12.0 to 12.0)", "5.4")
    assert quiet[3:5] == ("–", "no data")
    assert all(len(cells) == len(past.episodes.head) for cells in past.episodes.rows)


def test_charts_show_what_flows_moved_and_what_happened(with_past) -> None:
    """A bar from the 5 to the 95 percent point; episodes without an effect are left out."""
    ten, yen = (chart.figure["data"] for chart in scores(with_past).charts)
    ranges, middle, seen = ten
    assert ranges["base"] == [-6.0]
    assert ranges["base"][0] + ranges["x"][0] == 18.0
    assert (middle["x"], seen["x"]) == ([6.0], [64.0])
    assert ranges["y"] == ["Rush &lt;b&gt;"]
    assert (yen[0]["y"], yen[2]["x"]) == (["Quiet"], [-2.0])


def test_the_page_carries_sentence_tables_and_charts(with_past, dump) -> None:
    page = render([with_past], [dump[1]])
    past = scores(with_past)
    assert past.sentence in re.sub(r"</?span[^>]*>", "", page)
    assert "How far the model was from history" in page
    assert "outside, too small" in page
    assert "Rush &lt;b&gt;" in page
    assert "Rush <b>" not in page
    for chart in past.charts:
        assert f'id="figure-{chart.id}"' in page
        assert f'"{chart.id}"' in page
