"""`selloff --help` and the page of the command line show every command once, in sections."""

import re

from papers import ROOT, section, table_rows
from selloff.apps.cli._app import command_line, command_names
from selloff.apps.cli._sections import SECTIONS

PAGE = ROOT / "docs" / "command-line.md"


def test_every_command_stands_in_one_section() -> None:
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == command_names()


def test_help_shows_the_sections_in_columns_of_one_width() -> None:
    group = command_line()
    with group.make_context("selloff", ["presets"]) as context:
        text = group.get_help(context)
    for title in SECTIONS:
        assert f"\n{title}:\n" in text
    starts = {match.end() for match in re.finditer(r"^  [a-z]+ +", text, re.MULTILINE)}
    lines = [line for line in text.splitlines() if re.match(r"^  [a-z]+  ", line)]
    assert len(lines) == len(starts) == len(command_names())
    heads = [re.findall(r"^  [a-z]+ +", line) for line in lines]
    assert len({len(head) for (head,) in heads}) == 1


def test_the_page_lists_every_command_with_its_line_of_help() -> None:
    told = table_rows(section(PAGE, "Commands"))[2:]
    names = [re.findall(r"`selloff ([a-z]+)`", row[0])[0] for row in told]
    assert names == [name for names in SECTIONS.values() for name in names]
    helps = {name: each.get_short_help_str(200) for name, each in command_line().commands.items()}
    assert [row[1] for row in told] == [helps[name] for name in names]
    assert all("](" in row[2] for row in told)
