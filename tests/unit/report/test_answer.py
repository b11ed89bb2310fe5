import re

import numpy as np
import pytest

from selloff.report.answer import answer, beside, headlines
from selloff.report.ending import frozen_count, unfinished_count
from selloff.report.story import story
from selloff.vocab import metrics_at


def _said(text):
    """Read back each median with its range: [(median, low, high)]."""
    found = re.findall(r"([−$\d.,]+)[a-z %]* \(5–95%: ([−\d.,]+)(?:–| to )([−\d.,]+)\)", text)
    clean = str.maketrans({"−": "-", "$": None, ",": None})
    return [tuple(float(one.translate(clean)) for one in row) for row in found]


def test_the_sentence_says_the_numbers_of_the_summary(dump) -> None:
    dataset, summary = dump
    said = _said(answer(dataset, summary))
    names = ("us_10y_peak_bp", "us_10y_after_1y_bp", "seller_total_cost_usd_bn")
    assert len(said) == len(names)
    for row, name in zip(said, names, strict=True):
        metric = summary["metrics"][name]
        expected = [metric[key] for key in ("p50", "p05", "p95")]
        np.testing.assert_allclose(row, expected, atol=0.51)


def test_the_sentence_follows_the_summary_and_not_a_habit(dump) -> None:
    dataset, summary = dump
    metrics = dict(summary["metrics"])
    metrics["us_10y_peak_bp"] = {"unit": "bp", "p05": -40.0, "p50": -30.0, "p95": -20.0}
    metrics["seller_total_cost_usd_bn"] = {
        "unit": "USD bn", "p05": -5.0, "p50": -4.0, "p95": -3.0,
    }  # fmt: skip
    text = answer(dataset, {**summary, "metrics": metrics})
    assert "lowers the US 10-year yield by 30bp (5–95%: 20–40)" in text
    assert "earns the sellers $4.0bn (5–95%: 3.0–5.0)" in text


def test_no_number_stands_alone(dump) -> None:
    dataset, summary = dump
    text = answer(dataset, summary)
    ranged = re.sub(r"[\d.,]+(bp|%|bn) \(5–95%: [^)]*\)", "", text)
    assert re.findall(r"\d+(?:\.\d+)?(?:bp|%)", ranged) == []
    assert re.findall(r"\$[\d,.]+bn", ranged) == ["$1,104bn"], "only the question stands alone"


def test_a_sale_of_nothing_reads_sensibly(no_sale) -> None:
    text = answer(*no_sale)
    assert text.startswith("Nothing is sold; ")
    assert "0bp (5–95%: 0–0)" in text
    assert story(*no_sale)[0][0] == "No sale"
    assert "Time from first sale to last" not in [one.label for one in headlines(*no_sale)]


def test_the_second_answer_stands_behind(descent) -> None:
    assert beside(*descent).startswith("Beside it: selling the whole $1,104bn")
    assert "over 10 years" in beside(*descent)


def test_headlines_carry_ranges(dump) -> None:
    rows = headlines(*dump)
    shown = metrics_at(10.0, shown="card")
    assert {one.label for one in rows} <= {one.title(10.0) for one in shown.values()}
    assert len(rows) == 9
    assert all(one.ends.startswith("5–95%: ") for one in rows)


def test_story_is_told_in_order(dump) -> None:
    dataset, summary = dump
    told = story(dataset, summary)
    assert [heading for heading, _ in told] == [
        "The sale", "The dealers", "The followers", "The levered funds", "The Federal Reserve",
        "Yields", "The buyers", "The yen", "The bill",
    ]  # fmt: skip
    words = dict(told)
    held = dataset["intermediary_face"].to_numpy().max(axis=1)
    low, middle, high = np.quantile(held, [0.05, 0.5, 0.95])
    assert f"${middle:,.0f}bn (5–95%: {low:,.0f}–{high:,.0f})" in words["The dealers"]
    full = 100 * np.mean(dataset["dealer_use"].to_numpy().max(axis=1) >= 1.0)
    assert f"in {full:.0f}% of draws" in words["The dealers"]
    assert "every draw finishes" in words["The sale"]


def test_unfinished_sales_are_said(build) -> None:
    dataset, summary = build(years=20.0, horizon_years=3.0, draws=8)
    assert unfinished_count(dataset) == 8
    assert "still unsold at the horizon" in answer(dataset, summary)
    assert "not finished in any draw" in dict(story(dataset, summary))["The sale"]
    assert "Not finished" in [one.middle for one in headlines(dataset, summary)]


def test_failed_draws_are_neither_finished_nor_unfinished(build) -> None:
    dataset, summary = build(failed=3, draws=20)
    assert unfinished_count(dataset) == 0
    assert "every draw finishes" in dict(story(dataset, summary))["The sale"]


def test_when_every_draw_fails_the_answer_says_so(build) -> None:
    dataset, summary = build(failed=6, draws=6)
    assert answer(dataset, summary).startswith("No draw gave an answer")
    assert story(dataset, summary)[0][0] == "No answer"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "Nothing of it is announced"), (1.0, "All of it is announced"), (0.4, "40% of it is")],
)
def test_notice_is_said(dump, share, words) -> None:
    dataset, summary = dump
    text = dataset.attrs["scenario"].replace('"announced_frac": 0.0', f'"announced_frac": {share}')
    told = dict(story(dataset.assign_attrs(scenario=text), summary))
    assert words in told["The sale"]


def test_without_a_seller_the_answer_says_what_is_prescribed(yen_crash) -> None:
    dataset, summary = yen_crash
    text = answer(dataset, summary)
    assert text.startswith(
        "With $500bn of yen sold for dollars over 3 months (flight from the yen) and nobody"
    )
    peak, yen = (summary["metrics"][name] for name in ("us_10y_peak_bp", "usdjpy_peak_pct"))
    assert _said(text)[0] == pytest.approx([peak[key] for key in ("p50", "p05", "p95")], abs=0.051)
    assert _said(text)[-1] == pytest.approx([yen[key] for key in ("p50", "p05", "p95")], abs=0.051)
    assert "above baseline at its highest" in text
    told = dict(story(dataset, summary))
    assert "Nobody plans to sell a Treasury" in told["The cause"]
    assert not {"The sale", "The bill", "Retaliation"} & set(told)
    labels = [one.label for one in headlines(dataset, summary)]
    assert "Dollar in yen, highest" in labels
    assert "Time from first sale to last" not in labels


def test_a_sale_together_with_stress_says_both(build) -> None:
    shock = {"kind": "doubt", "size": 0.5, "start_day": 3}
    dataset, summary = build(draws=9, question={"shocks": [shock]})
    words = "doubt of the United States, 0.5 times as strong as in April 2025 from day 3"
    assert f"into yen, together with {words}, lifts" in answer(dataset, summary)


def test_frozen_sales_are_said(build) -> None:
    dataset, summary = build(draws=20, frozen=3)
    assert frozen_count(dataset) == 3
    told = dict(story(dataset, summary))["The sale"]
    assert "In 3 of 20 draws the United States freezes what is unsold" in told
    notes = [one.note for one in headlines(dataset, summary)]
    assert any("unfinished in 3 of 20 draws, frozen in 3 of them" in note for note in notes)
