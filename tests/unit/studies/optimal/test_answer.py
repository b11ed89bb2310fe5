"""The answer: sentences, figure, files, page, deterrence."""

import csv
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimal_toy import Toy
from selloff.evidence import load_bank
from selloff.studies.optimal import (
    BestDescent,
    Deterrence,
    Frontier,
    Wish,
    check_question,
    deter,
    find_frontier,
    motives,
)
from selloff.studies.optimal.stops import crossings
from selloff.studies.optimal.worths import factors


@cache
def found() -> Frontier:
    question = check_question(Wish(seller="japan", aversions=(0.0, 1.0, 2.0), into=("jpy_cash",)))
    return find_frontier(question, draws=20, final_draws=20, tries=0, pool=Toy())


@cache
def limits() -> tuple[Deterrence, ...]:
    question = replace(found().question, into=("jpy_cash",))
    return tuple(deter(question, draws=20, pool=Toy(), freeze_chance=0.01))


def test_sentences_tell_the_best_way_and_both_ends() -> None:
    best, ends, dump = found().sentences
    assert best.startswith(
        "The best controlled descent of those tried: Japan, counting a dollar of risk as 1 of "
        "cost, sells 1,104 USD bn over "
    )
    assert ends.startswith("Not minding risk, it sells over 10 years, half within 5 years, ")
    assert dump.startswith("All at once it pays 5,040 USD bn (risk ")
    assert dump.endswith("No sale here is both cheaper and less risky than the dump.")
    risky = replace(found().named["dump"], sd=50.0)
    other = replace(found(), named={**found().named, "dump": risky})
    assert other.sentences[-1].endswith(
        "The dump is best for no aversion to risk: 2 of 3 sales here are both cheaper and less "
        "risky."
    )


def test_a_sale_all_at_once_is_no_controlled_descent() -> None:
    dump = replace(found(), best=dict.fromkeys((0.0, 1.0, 2.0), found().named["dump"]))
    assert dump.sentences[0].startswith("The best sale of those tried: Japan, ")


def test_the_figure_holds_every_plan_and_names_the_ends() -> None:
    (drawn,) = BestDescent(found()).figure()["data"]
    named = {name: at for at, name in enumerate(drawn["text"]) if name}
    aversions = ["Aversion 0", "Aversion 1", "Aversion 2"]
    assert sorted(named) == [*aversions, "Decade", "Dump"]
    best = [(drawn["x"][named[each]], drawn["y"][named[each]]) for each in aversions]
    assert best == sorted(best, key=lambda each: (-each[0], each[1]))
    assert drawn["x"][named["Dump"]] == found().named["dump"].risk(found().question)
    assert len(set(drawn["marker"]["color"])) == 3


def test_files_are_written_whole_and_can_be_read(tmp_path: Path) -> None:
    asked = BestDescent(found(), limits())
    names = [each.name for each in asked.save(tmp_path)]
    assert names == ["optimal.json", "schedules.csv", "optimal.html"]
    answer = json.loads((tmp_path / "optimal.json").read_text())
    assert answer == json.loads(json.dumps(asked.summary()))
    rows = list(csv.DictReader((tmp_path / "schedules.csv").read_text().splitlines()))
    assert {each["sale"] for each in rows} == {
        *("aversion 0", "aversion 1", "aversion 2", "dump", "decade")
    }
    page = (tmp_path / "optimal.html").read_text()
    for sentence in found().sentences:
        assert sentence.split(":")[0] in page
    for words in ("How far to trust it", ">Sale<", ">Motive<"):
        assert words in page


def test_what_a_motive_is_worth_is_its_measure_times_its_factors() -> None:
    freeze = next(each for each in limits() if each.motive == "sanction_proofing")
    amounts, gains = np.array(freeze.amounts_usd_bn), np.array(freeze.gain_usd_bn)
    loss = load_bank().draws["freeze_loss"].mean()
    np.testing.assert_allclose(gains / amounts, 0.01 * 10.0 * loss)
    slow = next(
        each
        for each in limits()
        if (each.motive, each.pace) == ("sanction_proofing", "over ten years")
    )
    np.testing.assert_allclose(np.array(slow.gain_usd_bn) / amounts, 0.01 * 5.0 * loss)
    assert freeze.amounts_usd_bn[-1] == pytest.approx(found().question.amount_usd_bn)
    with_more = deter(found().question, draws=20, pool=Toy(), freeze_chance=0.02)
    twice = next(each for each in with_more if each.motive == "sanction_proofing")
    np.testing.assert_allclose(twice.gain_usd_bn, 2.0 * gains)


def test_a_mean_gain_has_the_mean_chance_of_a_freeze_and_not_its_median() -> None:
    """Lognormal from 0.1 to 1.5% a year: 0.4% in the middle, near 0.6% on average."""
    assert factors(found().question)["freeze_chance"] == pytest.approx(0.0056, rel=0.05)


@pytest.mark.parametrize(
    ("gain", "bill", "limit", "words"),
    [
        ((2.0, 3.0, 4.0), (1.0, 2.0, 3.0), None, "it pays on average up to all 300 USD bn"),
        ((2.0, 3.0, 4.0), (1.0, 4.0, 9.0), 150.0, "it pays on average up to 150 USD bn"),
        ((0.0, 9.0, 9.0), (1.0, 2.0, 3.0), 0.0, "it does not pay on average from 100 USD bn up"),
    ],
)
def test_a_sale_stops_to_pay_where_bill_and_gain_cross(
    gain: Any, bill: Any, limit: float | None, words: str
) -> None:
    one = replace(
        limits()[0], amounts_usd_bn=(100.0, 200.0, 300.0), gain_usd_bn=gain, bill_usd_bn=bill
    )
    assert one.limit_usd_bn == limit
    assert words in one.sentence


def test_a_limit_has_the_range_that_its_draws_leave() -> None:
    """Half of the draws pay for all, half for nothing: on average up to the middle, or not."""
    certain = next(each for each in limits() if each.motive == "sanction_proofing")
    low, high = certain.limit_range_usd_bn
    limit = certain.limit_usd_bn
    assert (low if low is not None else np.inf) <= (np.inf if limit is None else limit)
    assert (np.inf if limit is None else limit) <= (np.inf if high is None else high)
    net = np.array([[8.0, -2.0] * 50, [1.0, -1.0] * 50, [-1.0, -1.5] * 50])
    amounts = (100.0, 200.0, 300.0)
    least, most = crossings(net, amounts)
    assert least is not None
    assert most is not None
    assert 100.0 < least < 200.0 < most < 300.0


def test_a_dearer_yen_is_a_motive_of_whoever_has_yen() -> None:
    names = {each.motive for each in limits()}
    assert names == {each.name for each in motives()}
    china = check_question(Wish(seller="china"))
    others = {each.motive for each in deter(china, draws=10, pool=Toy())}
    assert others == names - {"yen_defence"}
