"""How far the work is, on a terminal, and in the last words of whoever interrupts."""

import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from selloff.apps.cli._progress import SAVING, Kept, progress
from selloff.apps.cli._streaming import left_in
from selloff.apps.cli._studies import kept_in
from selloff.pipeline.batches import Batch, Batches
from selloff.studies.measuring import Measurer


class Terminal(StringIO):
    """Standard error that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "is_quiet", "is_shown"),
    [(Terminal(), False, True), (Terminal(), True, False), (StringIO(), False, False)],
)
def test_phases_and_numbers_are_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, stream: StringIO, is_quiet: bool, is_shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("japan-dump", is_quiet=is_quiet) as work:
        work.now("compiling")
        work.count(50, 100)
        work.now(SAVING)
    shown = stream.getvalue()
    for words in ("reading", "compiling", "simulating", "50/100", "saving"):
        assert (words in shown) == is_shown


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("reading", "while reading; nothing was written"),
        ("simulating", "while simulating; nothing was written"),
        (SAVING, "while saving; nothing is half written"),
    ],
)
def test_an_interrupt_says_in_which_phase_it_came(phase: str, words: str) -> None:
    assert _interrupted(phase, kept_in(None)) == [words]


def test_an_interrupt_speaks_of_answers_only_once_there_are_some(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert _interrupted("simulating", kept_in(folder)) == ["while simulating; nothing was written"]
    Measurer(draws=1, folder=folder).answer([Asked()], lambda _: {"x": np.zeros(1)})
    words = f"while simulating; answers so far are in {folder}, and --resume goes on from them"
    assert _interrupted("simulating", kept_in(folder)) == [words]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((), "no batch was finished"),
        ((3,), "1 finished batch is in {0}, and --resume {0} goes on from there"),
        ((0, 1), "2 finished batches are in {0}, and --resume {0} goes on from there"),
    ],
)
def test_an_interrupt_counts_the_batches_that_are_finished(
    tmp_path: Path, numbers: tuple[int, ...], words: str
) -> None:
    batches, counts = Batches(tmp_path, "q", ["x"], 4), np.zeros((1, 1), np.int64)
    for number in numbers:
        batches.put(number, Batch(np.zeros((1, 1)), counts, b"m"))
    assert left_in(tmp_path) == words.format(tmp_path)


@dataclass(frozen=True)
class Asked:
    """A question of which the answer is known."""

    key: str = "one"


def _interrupted(phase: str, kept: Kept) -> list[str]:
    def work_on() -> None:
        with progress("a", is_quiet=True, kept=kept) as work:
            work.now(phase)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        work_on()
    return caught.value.__notes__
