"""What reaches the terminal."""

import json
from pathlib import Path

import pytest

from selloff.apps import cli
from selloff.apps.cli._console import (
    number,
    plain_table,
    printable,
    say_json,
    say_table,
    say_written,
)


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


def test_a_long_word_of_a_table_goes_on_in_the_next_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = plain_table(["File"], text_width=25)
    table.add_row("/a/long/folder/of/the/user/us_yields_daily.csv")
    say_table(table)
    assert "".join(capsys.readouterr().out.split()[1:]).endswith("/us_yields_daily.csv")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (-0.04, 1, "0.0"),
        (-0.06, 1, "-0.1"),
        (1234.5, 0, "1,234"),
        (None, 2, "-"),
        (float("nan"), 0, "-"),
    ],
)
def test_a_number_that_is_nothing_has_no_sign(value: float | None, places: int, text: str) -> None:
    assert number(value, places) == text


def test_files_are_named_in_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    say_written([])
    say_written(["a.csv", Path("b.csv")])
    assert capsys.readouterr().out == "\nWritten:\n  a.csv\n  b.csv\n"
    say_written(["a.csv"], is_apart=False)
    assert capsys.readouterr().out == "Written:\n  a.csv\n"
    rooms = Path(cli.__file__).parent.glob("*.py")
    own = {file.name for file in rooms if "Written" in file.read_text(encoding="utf-8")}
    assert own == {"_console.py"}
