"""Pages of help: every command, at two widths, in words."""

import re
from typing import Any

import pytest

from selloff.apps.cli._app import command_line, command_names

GROUP = command_line()
CODE = re.compile(r"<[^>]*>|[<>]=x|x[<>]=|\[\[|\{|\.\.\.|\[required\]")
"""Types and limits as Python writes them, brackets twice."""


def page(name: str, columns: int) -> str:
    command: Any = GROUP.commands[name]
    with command.make_context(
        f"selloff {name}", [], resilient_parsing=True, terminal_width=columns
    ) as context:
        return str(command.get_help(context))


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("name", command_names())
def test_a_page_of_help_is_in_words_and_fits(name: str, columns: int) -> None:
    lines = page(name, columns).splitlines()
    assert not CODE.search(" ".join(lines)), name
    assert max(map(len, lines)) <= columns
    arguments = [each for each in GROUP.commands[name].params if each.param_type_name == "argument"]
    assert all(str(getattr(each, "metavar", None)).isupper() for each in arguments)


def test_what_may_be_left_out_is_in_brackets_once() -> None:
    assert page("backtest", 100).startswith("Usage: selloff backtest [OPTIONS] [EPISODE] [OF]\n")
    assert page("check", 100).startswith("Usage: selloff check [OPTIONS] RESULT\n")


def test_limits_are_told_in_words() -> None:
    text = " ".join(page("compare", 100).split())
    assert "--draws N Random draws. [default: 2000; 1 to 100,000]" in text
    assert "--seed N Seed of the random numbers. [default: 0; 0 or more]" in text
    assert "--vintage TEXT" in text
