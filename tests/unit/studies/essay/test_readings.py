"""A part is put to the runs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from selloff.studies.essay.claims import Part
from selloff.studies.essay.readings import ask_model, percent


def outcome(**changes: Any) -> Part:
    plain = Part(
        claim="c",
        id="p",
        role="claim",
        kind="outcome",
        is_possibility=False,
        scenarios=("one",),
        less="",
        ask="us_10y_peak_bp >= 50",
        given="",
        statement="It is so",
        asked="peak",
        evidence_verdict="contested",
    )
    return replace(plain, **changes)


def test_a_chance_is_the_share_of_draws() -> None:
    values = np.arange(100.0)
    answer, (reading,) = ask_model(outcome(), {("one", "us_10y_peak_bp"): values})
    assert (answer.p, answer.verdict, answer.unit) == (0.5, "contested", "bp")
    assert (answer.p05, answer.p50, answer.p95) == pytest.approx((4.95, 49.5, 94.05))
    assert reading.p == answer.p
    assert answer.rule == "one: 50%, contested"


def test_scenarios_that_disagree_make_it_contested() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.full(50, 100.0),
        ("two", "us_10y_peak_bp"): np.zeros(50),
    }
    answer, readings = ask_model(outcome(scenarios=("one", "two")), measured)
    assert [reading.verdict for reading in readings] == ["supported", "unsupported"]
    assert (answer.p, answer.verdict) == (1.0, "contested")
    alone, _ = ask_model(outcome(scenarios=("two",)), measured)
    assert alone.verdict == "unsupported"


def test_a_chance_of_each_draw_is_averaged() -> None:
    measured = {("one", "sanction_prob_frac"): np.linspace(0.0, 0.8, 81)}
    part = outcome(kind="chance", ask="sanction_prob_frac", is_possibility=True)
    answer, _ = ask_model(part, measured)
    assert (answer.p, answer.verdict) == (pytest.approx(0.4), "supported")
    assert answer.p95 == pytest.approx(0.76)


def test_what_is_taken_off_is_taken_off_draw_by_draw() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.array([60.0, 160.0, 260.0, 360.0]),
        ("base", "us_10y_peak_bp"): np.array([0.0, 100.0, 220.0, 320.0]),
    }
    answer, _ = ask_model(outcome(less="base"), measured)
    assert (answer.p, answer.p50) == (0.5, 50.0)


def test_only_draws_that_meet_the_condition_count() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.arange(100.0),
        ("one", "usd_broad_peak_pct"): np.arange(100.0),
    }
    answer, (reading,) = ask_model(outcome(given="usd_broad_peak_pct >= 40"), measured)
    assert answer.p == pytest.approx(50 / 60)
    assert reading.note == "in 60 of 100 draws"
    answer, (reading,) = ask_model(outcome(given="usd_broad_peak_pct >= 80"), measured)
    assert (answer.p, answer.verdict, reading.verdict) == (None, None, None)
    assert answer.rule == "one: too few draws, 20 of 100 draws"


def test_no_range_is_shown_where_several_quantities_are_compared() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.arange(100.0),
        ("one", "us_2y_peak_bp"): np.arange(100.0),
    }
    part = outcome(ask="us_10y_peak_bp >= 50 and us_2y_peak_bp < 70")
    answer, (reading,) = ask_model(part, measured)
    assert answer.p == 0.2
    assert (answer.p05, answer.p50, reading.p95) == (None, None, None)


def chain(**values: Any) -> tuple[Part, Mapping[tuple[str, str], Any]]:
    part = outcome(
        kind="chain", scenarios=("one", "two"), ask="us_10y_peak_bp > 0 and us_2y_peak_bp > 0"
    )
    names = ("us_10y_peak_bp", "us_2y_peak_bp")
    return part, {
        (scenario, name): np.asarray(row, dtype=float)
        for scenario, rows in values.items()
        for name, row in zip(names, rows, strict=True)
    }


def test_a_chain_is_inconsistent_where_its_links_exclude_each_other() -> None:
    up, down = np.ones(60), -np.ones(60)
    answer, _ = ask_model(*chain(one=(up, down), two=(down, up)), links=("A", "B"))
    assert (answer.verdict, answer.p) == ("inconsistent", 0.0)
    assert answer.rule == "A: 100% in one; B: 100% in two; both in the same draw: 0% at most"
    # A link that never happens at all is no contradiction.
    answer, _ = ask_model(*chain(one=(up, down), two=(up, down)), links=("A", "B"))
    assert answer.verdict == "unsupported"
    # Each link is told given those before it, as long as a draw is left.
    half = np.where(np.arange(60) < 30, 1.0, -1.0)
    _, told = ask_model(*chain(one=(half, up), two=(down, up)), links=("A", "B"))
    assert [reading.note.rpartition(": ")[2] for reading in told] == ["50%, 100%)", "0%)"]
    # And a chain that holds is judged by its chance.
    answer, _ = ask_model(*chain(one=(up, up), two=(up, up)), links=("A", "B"))
    assert (answer.verdict, answer.p) == ("supported", 1.0)


def test_chances_are_written_so_that_little_is_not_none() -> None:
    told = [percent(chance) for chance in (0.0, 0.001, 0.005, 0.42, 0.999, 1.0)]
    assert told == ["0%", "<0.5%", "0%", "42%", ">99.5%", "100%"]
