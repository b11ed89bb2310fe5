import json

import numpy as np
import pytest

from selloff.report import reactions
from selloff.report.reactions import off_words
from selloff.report.story import story
from selloff.vocab import mechanisms

USUAL = [row.name for row in mechanisms().values() if row.on_by_default]


def _off(dataset, *names):
    asked = json.loads(dataset.attrs["scenario"])
    asked["reactions"] = {name: name not in names for name in USUAL}
    return dataset.assign_attrs(scenario=json.dumps(asked))


def test_words_follow_the_numbers(answered) -> None:
    dataset, summary = answered
    told = dict(story(dataset, summary))
    for heading, name in (
        ("The followers", "followers_sales_usd_bn"),
        ("The levered funds", "forced_sales_usd_bn"),
        ("The Federal Reserve", "fed_purchases_usd_bn"),
        ("Tokyo", "mof_intervention_usd_bn"),
    ):
        low, middle, high = (summary["metrics"][name][key] for key in ("p05", "p50", "p95"))
        assert f"${middle:,.0f}bn (5–95%: {low:,.0f}–{high:,.0f})" in told[heading]
    assert "In 3 of 60 draws what holders believed" in told["The followers"]
    assert "buys in 30 of 60 draws" in told["Tokyo"]
    chance = 100 * np.median(dataset["sanction_prob"])
    assert f"{chance:.1f}% (5–95%" in told["Retaliation"]
    assert "at its lowest is" in told["The dollar"]
    assert "at its highest" not in told["The dollar"]


def test_nothing_is_said_of_those_who_do_nothing(answered, no_sale) -> None:
    dataset, summary = answered
    nil = {"unit": "USD bn", "p05": 0.0, "p50": 0.0, "p95": 0.0, "mean": 0.0}
    still = {**summary, "metrics": dict.fromkeys(summary["metrics"], nil), "reactions": {}}
    assert reactions.tokyo(dataset, still) == ""
    assert reactions.dollar(still) == ""
    assert reactions.retaliation(dataset, still) == ""
    assert reactions.followers(dataset, still) == "Nobody else sells of their own accord."
    assert reactions.federal_reserve(dataset, still) == "It does not buy."
    assert [heading for heading, _ in story(*no_sale)] == ["No sale"]


def test_there_is_no_retaliation_without_a_seller(yen_crash) -> None:
    dataset, summary = yen_crash
    likely = {"unit": "fraction", "p05": 0.1, "p50": 0.2, "p95": 0.3}
    metrics = {**summary["metrics"], "sanction_prob_frac": likely}
    assert reactions.retaliation(dataset, {**summary, "metrics": metrics}) == ""


@pytest.mark.parametrize("name", USUAL)
def test_what_is_switched_off_is_named(answered, name) -> None:
    dataset, summary = answered
    told = dict(story(_off(dataset, name), summary))["What does not answer"]
    assert told.startswith("Switched off in this scenario: ")
    assert mechanisms()[name].label in told


def test_all_at_work_needs_no_word(answered) -> None:
    assert off_words(answered[0]) == ""
    assert off_words(_off(answered[0])) == ""
    both = off_words(_off(answered[0], "fed_purchases", "fed_repo"))
    lending = "lending of the Federal Reserve against Treasuries"
    assert both.endswith(f"purchases of the Federal Reserve and {lending}.")
