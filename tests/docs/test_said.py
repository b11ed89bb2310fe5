"""What tutorials show is what commands print."""

from pathlib import Path

import pytest
import said

from papers import ROOT

_PAGES = said.pages()


def test_every_tutorial_shows_what_it_runs() -> None:
    assert {*(ROOT / "docs" / "tutorials").glob("*.md"), ROOT / "docs" / "start.md"} <= {*_PAGES}


def test_what_was_asked_for_is_shown() -> None:
    printed = "one\ntwo\n\nthree a\n  more of it\nfour\n\nfive\nTime: 3 s\n"
    assert list(said._shown(printed, ())) == [
        *("one", "two", "", "three a", "  more of it", "four", "", "five")
    ]
    assert list(said._shown(printed, ("1", "5"))) == ["one", "two", "..."]
    assert list(said._shown(printed, ("three",))) == ["...", "three a", "  more of it", "..."]


def test_a_page_is_run_in_order_and_its_files_are_there() -> None:
    text = (
        "```yaml mine.yaml\nschema_version: 1\nname: mine\ntitle: t\nsellers: []\n```\n\n"
        "```console said\n$ selloff validate mine.yaml\nstale\n```\n"
    )
    again = said.page(text)
    assert "$ selloff validate mine.yaml\nOK: mine" in again
    assert "stale" not in again
    assert again.startswith(text.partition("```console")[0])


def test_words_must_be_the_same_and_numbers_near() -> None:
    told = "highest  79bp (25–258) ▁▂▃"
    assert said.differences(told, "highest 80bp (25–258) ▁▃▃") == []
    assert said.differences(told, "highest 90bp (25–258) ▁▂▃")
    assert said.differences(told, "lowest 79bp (25–258) ▁▂▃")
    assert said.differences(told, f"{told}\nand more")


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.parametrize("file", _PAGES, ids=lambda file: file.stem)
def test_commands_print_what_is_shown(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert said.differences(text, said.page(text)) == [], "run: python tools/said.py"
