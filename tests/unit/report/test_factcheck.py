import json
import re

import pytest

from page_read import numbers
from selloff.evidence import load_factcheck
from selloff.report import render
from selloff.report.estimate import Estimate
from selloff.report.factcheck import VERDICTS, factcheck
from selloff.report.facts import Facts
from selloff.vocab import metrics

PART = {
    "id": "overnight",
    "role": "claim",
    "statement": "The 10-year rises by 50 bp in a day",
    "asked": "japan-dump: largest rise in one day",
    "unit": "bp",
    "p": 0.43,
    "p05": 12.0,
    "p50": 47.0,
    "p95": 160.0,
    "verdict": "contested",
    "rule": "43% lies between 10% and 66%",
    "close": True,
    "evidence_verdict": "unsupported",
}
DATA = PART | {
    "role": "link",
    "p": None,
    "p05": None,
    "p95": None,
    "unit": "USD bn",
    "close": False,
}
UNASKED = PART | {"role": "check", "p50": None, "verdict": None, "evidence_verdict": None}
CLAIM = {
    "id": "yields",
    "claim": "Yields jump overnight",
    "parts": [PART, DATA, UNASKED],
    "verdict": "contested",
    "rule": "as its only part",
    "evidence": "Since 1990 at most 39 bp.",
    "source": "H.15",
    "evidence_verdict": "unsupported",
    "agrees": False,
}
MADE = {"vintage": "2026-07", "draws": 1512, "seed": 0}


@pytest.fixture
def asked(dump):
    other = CLAIM | {"claim": "Another", "agrees": True, "verdict": None}
    told = {"made": MADE, "claims": [CLAIM, other]}
    return dump[0].assign_attrs(factcheck=json.dumps(told))


def _checked(dataset, dump):
    return factcheck(Facts(dataset, dump[1]))


def test_absent_means_no_section(dump) -> None:
    assert _checked(dump[0], dump) is None
    assert _checked(dump[0].assign_attrs(factcheck=""), dump) is None
    assert _checked(dump[0].assign_attrs(factcheck=json.dumps({"claims": []})), dump) is None
    assert 'id="factcheck"' not in render([dump[0]], [dump[1]])


def test_numbers_carry_their_chance_and_range(asked, dump) -> None:
    first, second, third = _checked(asked, dump).claims[0].parts
    assert first.number == "true in 43% of 1,512 simulations of its own; 47bp (12–160)"
    assert second.number == "$47bn"
    assert third.number == "true in 43% of 1,512 simulations of its own"


@pytest.mark.parametrize(
    ("chance", "told"), [(0.0, "0%"), (1.0, "100%"), (0.004, "under 1%"), (0.998, "over 99%")]
)
def test_chances_at_the_ends(dump, chance, told) -> None:
    claim = CLAIM | {"parts": [PART | {"p": chance}]}
    dataset = dump[0].assign_attrs(factcheck=json.dumps({"claims": [claim]}))
    assert (
        _checked(dataset, dump)
        .claims[0]
        .parts[0]
        .number.startswith(f"true in {told} of simulations")
    )


def test_parts_say_what_they_count_for(asked, dump) -> None:
    assert [part.role for part in _checked(asked, dump).claims[0].parts] == [
        "", "a link of the chain", "consistency"
    ]  # fmt: skip


def test_sentences_count_the_verdicts(asked, dump) -> None:
    found = _checked(asked, dump)
    assert found.title == "Of 2 claims of the essay: 1 contested"
    assert "with 1,512 simulations of its own" in found.asked
    assert "1 could not be asked. In 1 of them it differs" in found.asked


def test_verdicts_are_words_and_colours(asked, dump) -> None:
    page = render([asked], [dump[1]])
    assert '<span class="verdict contested">contested</span>' in page
    assert '<span class="verdict not-asked">not asked</span>' in page
    assert "another seed could change it" in page
    assert 'href="#factcheck"' in page
    style = page.split("<style>")[1].split("</style>")[0]
    assert all(re.search(rf"\.verdict\.{kind}[ ,]", style) for kind in VERDICTS.values())


def test_no_number_has_two_values_without_saying_whose_each_is(dump) -> None:
    """The shipped check beside a run of one of its questions: its own numbers, and this run's."""
    told = load_factcheck()
    page = render([dump[0].assign_attrs(factcheck=json.dumps(told))], [dump[1]])
    section = page.split('id="factcheck"')[1].split("</section>")[0]
    rows = [part for claim in told["claims"] for part in claim["parts"]]
    whose = f"of {told['made']['draws']} simulations of its own"
    for part in rows:
        if part.get("p") is not None and part["p50"] is not None:
            own = Estimate(*(part[key] for key in ("p05", "p50", "p95")), part["unit"])
            assert f"{own.middle} " in section
        assert part.get("p") is None or whose in section
    assert section.count(whose) == section.count("true in ")
    here = {one.formula: one.middle for one in numbers(section)}
    same = {one["quantity"] for one in rows if one["scenarios"] == ["japan-dump"]} & set(metrics())
    assert set(here) == same
    assert "us_10y_max_1d_bp" in here
    again = {one.formula: one.middle for one in numbers(page) if one.kind == "change"}
    assert all(again[name] == middle for name, middle in here.items())
    for name, middle in here.items():
        row = dump[1]["metrics"][name]
        assert middle == Facts(*dump).told(name).middle
        assert Estimate(row["p05"], row["p50"], row["p95"], row["unit"]).middle == middle
