import json

import numpy as np
import pytest

from selloff.report.attribution import PART_NAMES, UNSOLD, attribution
from selloff.report.estimate import Estimate
from selloff.report.page import render
from selloff.report.parts import Split, splits, steps_words, total_words
from selloff.vocab import PARTS


def _split(*steps, unit="bp"):
    parts = {
        name: Estimate(step - 1.0, step, step + 1.0, unit)
        for name, step in zip(PARTS, steps, strict=True)
    }
    return Split("us_10y_peak_bp", unit, sum(steps), parts)


def test_every_part_has_a_name() -> None:
    assert tuple(PART_NAMES) == PARTS


def test_the_bars_add_up_to_the_total(answered) -> None:
    told = attribution(*answered)
    assert [chart.id for chart in told.charts] == ["parts_us_10y", "parts_usdjpy"]
    for chart, name in zip(told.charts, ("us_10y_peak_bp", "usdjpy_trough_pct"), strict=True):
        steps, total = chart.figure["data"]
        assert sum(steps["x"]) == pytest.approx(total["x"][0], abs=1e-3)
        ends = np.cumsum(steps["x"])
        np.testing.assert_allclose(steps["base"], [0.0, *ends[:-1]], atol=1e-3)
        metric = answered[1]["metrics"][name]
        assert total["x"][0] == pytest.approx(metric["p50"], abs=0.01 * abs(metric["p50"]))
        reach = total["error_x"]["array"][0]
        assert reach == pytest.approx(metric["p95"] - metric["p50"], abs=1e-3)
        json.dumps(chart.figure, allow_nan=False)


def test_rows_that_are_nil_are_left_out(answered) -> None:
    dataset, summary = answered
    told = attribution(dataset, summary)
    labels = [row[0] for row in told.steps.rows]
    assert "US 10-year yield, highest" in labels
    assert "Dollar in yen, highest" not in labels
    assert {len(row) for row in told.steps.rows} == {len(PARTS) + 2}
    assert {len(row) for row in told.ranges.rows} == {len(told.ranges.head)}
    assert len(told.ranges.rows) == len(told.steps.rows)


def test_steps_have_signs_and_one_kind_of_digits() -> None:
    split = _split(101.4, 7.2, 76.4, -60.6, 0.01)
    assert steps_words(split) == ["101bp", "+7bp", "+76bp", "−61bp", "0bp"]
    assert total_words(split) == "124bp"
    assert steps_words(_split(0.2, 0.04, 0.0, -0.1, 0.0)) == ["0.20bp", "+0.04bp", "0bp",
                                                              "−0.10bp", "0bp"]  # fmt: skip


def test_a_sale_that_never_ends_has_words() -> None:
    split = _split(504.0, 2.0, 0.0, float("inf"), float("nan"), unit="business days")
    assert steps_words(split) == ["504", "+2", "0", "–", "–"]
    endless = Split(split.name, split.unit, float("inf"), split.parts)
    assert total_words(endless) == "never"


def test_without_an_attribution_there_is_none_of_it(dump, answered) -> None:
    assert attribution(*dump) is None
    assert splits({**answered[1], "attribution": {}}) == []
    page = render([dump[0]], [dump[1]])
    assert "Who did what" not in page
    assert "Who did what to the answer" in render([answered[0]], [answered[1]])


def test_without_a_seller_the_first_part_speaks_of_no_sale(yen_crash) -> None:
    told = attribution(*yen_crash)
    assert told.steps.head[1] == UNSOLD
    assert told.charts[1].heading == "Dollar in yen, highest, by part"
