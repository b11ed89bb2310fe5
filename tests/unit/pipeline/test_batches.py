"""Batches on the disk: whole or not there, and of this question or worked out again."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from selloff.pipeline import kept
from selloff.pipeline.batches import Batch, Batches
from selloff.pipeline.streaming import Cut, question_key
from selloff.vocab import OutputError

MARK = b"m" * 32


def batch(number: int, mark: bytes = MARK) -> Batch:
    return Batch(np.arange(6.0).reshape(2, 3) + number, np.full((4, 5), number), mark)


@pytest.fixture
def held(tmp_path: Path) -> Batches:
    found = Batches(tmp_path / "batches", "asked", ("peak", "bill"), 3)
    for number in range(3):
        found.put(number, batch(number))
    return found


def left_by(held: Batches, question: str = "asked") -> tuple[list[int], int]:
    again = Batches(held.folder, question, tuple(held), held.n_batches)
    return again.left(resume=True), again.n_unsound


def test_numbers_stand_in_the_order_of_draws_and_counts_add_up(held: Batches) -> None:
    np.testing.assert_array_equal(held["bill"], [3, 4, 5, 4, 5, 6, 5, 6, 7])
    np.testing.assert_array_equal(held.counts(MARK), np.full((4, 5), 3))
    assert left_by(held) == ([], 0)


def test_what_is_there_is_not_begun_anew_unless_asked_to(held: Batches) -> None:
    with pytest.raises(OutputError, match=r"holds 3 batches .* --resume"):
        held.left(resume=False)


@pytest.mark.parametrize("at", [0, 100, -1])
def test_a_damaged_batch_is_left_and_counted(at: int, held: Batches) -> None:
    (file,) = held.folder.glob("000001*")
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert left_by(held) == ([1], 1)


def test_one_cut_short_or_in_the_place_of_another_is_left_and_counted(held: Batches) -> None:
    first, second, third = sorted(held.folder.iterdir())
    first.write_bytes(third.read_bytes())
    second.write_bytes(second.read_bytes()[:-40])
    assert left_by(held) == ([0, 1], 2)


def test_one_that_is_not_there_is_left_and_not_counted(held: Batches) -> None:
    sorted(held.folder.iterdir())[2].unlink()
    assert left_by(held) == ([2], 0)


def test_those_of_another_question_are_left_and_counted(held: Batches) -> None:
    assert left_by(held, "asked otherwise") == ([0, 1, 2], 3)


def test_counts_between_other_edges_are_refused(held: Batches) -> None:
    held.put(1, batch(1, b"o" * 32))
    with pytest.raises(OutputError, match="other edges"):
        held.counts(MARK)


def test_the_folder_goes(held: Batches) -> None:
    held.clear()
    assert not held.folder.exists()


def test_what_else_is_in_the_folder_stays(held: Batches) -> None:
    notes = held.folder / "notes.txt"
    notes.write_text("mine")
    held.clear()
    assert list(held.folder.iterdir()) == [notes]


def test_batches_of_another_device_are_of_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    ready: Any = SimpleNamespace(world=SimpleNamespace(snapshot=SimpleNamespace(digest="books")))
    here = question_key("asked", 0, Cut(), ready)
    assert here == question_key("asked", 0, Cut(), ready)
    assert here != question_key("asked", 1, Cut(), ready)
    monkeypatch.setattr(kept, "engine_platform", lambda: "cuda")
    assert here != question_key("asked", 0, Cut(), ready)
