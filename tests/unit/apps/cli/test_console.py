"""What reaches the terminal."""

import json
import sys
from io import StringIO

import pytest

from selloff.apps.cli._console import plain_table, progress_bar, say_json, say_table
from selloff.apps.cli._printable import printable


def test_control_characters_are_written_out() -> None:
    assert printable("a\x1b[2Jb\x07\nc\u202e") == "a\\x1b[2Jb\\x07\nc\\u202e"
    assert printable("¥ - é") == "¥ - é"


def test_json_has_null_for_what_json_cannot_say(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"a": [float("nan"), float("inf"), 1.5], "b": ("é", None, True)})
    assert json.loads(capsys.readouterr().out) == {"a": [None, None, 1.5], "b": ["é", None, True]}


def test_a_table_is_never_cut(capsys: pytest.CaptureFixture[str]) -> None:
    table = plain_table(["Name", *(f"column {place}" for place in range(20))])
    table.add_row("x", *(f"{10**9 + place:,}" for place in range(20)))
    say_table(table)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[1].split() == ["x", *(f"{10**9 + place:,}" for place in range(20))]
    assert all(line == line.rstrip() for line in lines)


class Terminal(StringIO):
    """Standard error that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "is_quiet", "is_shown"),
    [(Terminal(), False, True), (Terminal(), True, False), (StringIO(), False, False)],
)
def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, stream: StringIO, is_quiet: bool, is_shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_bar("japan-dump", is_quiet=is_quiet) as progress:
        assert (progress is not None) == is_shown
        if progress is not None:
            progress(50, 100)
    assert ("50/100" in stream.getvalue()) == is_shown
