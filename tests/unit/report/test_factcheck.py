import json
import re

import pytest

from selloff.report import render
from selloff.report.factcheck import VERDICTS, factcheck

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


def test_absent_means_no_section(dump) -> None:
    assert factcheck(dump[0]) is None
    assert factcheck(dump[0].assign_attrs(factcheck="")) is None
    assert factcheck(dump[0].assign_attrs(factcheck=json.dumps({"claims": []}))) is None
    assert 'id="factcheck"' not in render([dump[0]], [dump[1]])


def test_numbers_carry_their_chance_and_range(asked) -> None:
    first, second, third = factcheck(asked).claims[0].parts
    assert first.number == "true in 43% of simulations; 47bp (12–160)"
    assert second.number == "$47bn"
    assert third.number == "true in 43% of simulations"


@pytest.mark.parametrize(
    ("chance", "told"), [(0.0, "0%"), (1.0, "100%"), (0.004, "under 1%"), (0.998, "over 99%")]
)
def test_chances_at_the_ends(dump, chance, told) -> None:
    claim = CLAIM | {"parts": [PART | {"p": chance}]}
    dataset = dump[0].assign_attrs(factcheck=json.dumps({"claims": [claim]}))
    assert factcheck(dataset).claims[0].parts[0].number.startswith(f"true in {told} of simulations")


def test_parts_say_what_they_count_for(asked) -> None:
    assert [part.role for part in factcheck(asked).claims[0].parts] == [
        "", "a link of the chain", "consistency"
    ]  # fmt: skip


def test_sentences_count_the_verdicts(asked) -> None:
    found = factcheck(asked)
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
