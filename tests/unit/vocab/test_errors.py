"""What a failure says of itself."""

import pickle
import re

import pytest

from papers import ROOT
from selloff.scenario import seller_ids
from selloff.vocab import errors, holders
from selloff.vocab.axes import EPISODE_LABELS
from selloff.vocab.errors import (
    InputError,
    OutputError,
    Problem,
    ScenarioError,
    _aliases,
    near_miss,
)
from selloff.vocab.holders import CENTRAL_BANKS


def problem(*, is_file: bool = False) -> Problem:
    return Problem(where="a", given="b", allowed="c", remedy="Do d.", is_file=is_file)


@pytest.mark.parametrize("kind", [InputError, ScenarioError])
def test_it_goes_to_another_process_whole(kind: type[InputError]) -> None:
    sent = kind([problem(), problem(is_file=True)])
    came = pickle.loads(pickle.dumps(sent))
    assert type(came) is kind
    assert (came.problems, came.exit_code, str(came)) == (sent.problems, 3, str(sent))


@pytest.mark.parametrize("kind", [InputError, ScenarioError])
def test_a_file_that_cannot_be_read_is_one_kind_wherever_it_is_named(
    kind: type[InputError],
) -> None:
    assert kind([problem(), problem()]).exit_code == InputError.exit_code == 2
    assert kind([problem(), problem(is_file=True)]).exit_code == OutputError.exit_code == 3


def names() -> set[str]:
    """Whatever another word can stand for: holders, sellers, banks, variables of episodes."""
    return {*holders(), *seller_ids(), *CENTRAL_BANKS, *EPISODE_LABELS}


@pytest.mark.parametrize("row", _aliases().values(), ids=lambda row: row["word"])
def test_another_word_leads_to_a_name_or_says_what_to_do(row: dict[str, str]) -> None:
    assert bool(row["means"]) != bool(row["instead"])
    assert set(row["means"].split()) <= names()
    # A central bank is a holder abroad alone; among holders of Treasuries it means another.
    assert row["word"] not in names() - set(CENTRAL_BANKS)


def test_the_first_change_of_a_newcomer_is_one_to_make(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    ((word, means),) = re.findall(r"^ *\+(\w+),(\w+),$", page, re.MULTILINE)
    allowed = sorted(holders())
    assert means in allowed
    assert means not in near_miss(word, allowed)
    known = _aliases() | {word: {"word": word, "means": means, "instead": ""}}
    monkeypatch.setattr(errors, "_aliases", lambda: known)
    assert near_miss(word, allowed) == f"Did you mean '{means}'?"
