"""How far the work is, on a terminal, and in the last words of whoever interrupts."""

import sys
from io import StringIO
from pathlib import Path

import pytest

from selloff.apps.cli._progress import SAVING, progress
from selloff.apps.cli._studies import kept_in


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
    ("phase", "resume", "words"),
    [
        ("reading", None, "while reading; nothing was written"),
        ("simulating", None, "while simulating; nothing was written"),
        (SAVING, None, "while saving; nothing is half written"),
        (
            "simulating",
            Path("kept"),
            "while simulating; answers so far are in kept, and --resume goes on from them",
        ),
    ],
)
def test_an_interrupt_says_in_which_phase_it_came_and_what_is_kept(
    phase: str, resume: Path | None, words: str
) -> None:
    def work_on() -> None:
        with progress("a", is_quiet=True, kept=kept_in(resume)) as work:
            work.now(phase)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        work_on()
    assert caught.value.__notes__ == [words]
