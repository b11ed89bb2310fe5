"""Only text that prints, on one line where a table needs it."""

import pytest
from pydantic_core import PydanticCustomError

from selloff.scenario.text import one_line, paragraphs
from selloff.scenario.weights import RULE


@pytest.mark.parametrize("text", ["", "plain", "Zürich – 100 %", "日本", "a  b"])
def test_printable_text_passes_unchanged(text: str) -> None:
    assert one_line(text) == text
    assert paragraphs(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\tb", "U+0009"), ("\x1b[2J", "U+001B"), ("a\u200bb", "U+200B"), ("a\rb", "U+000D")],
)
def test_the_first_odd_character_is_named(text: str, code: str) -> None:
    for check, allowed in (
        (one_line, "printable text on one line"),
        (paragraphs, "printable text and line breaks"),
    ):
        with pytest.raises(PydanticCustomError) as caught:
            check(text + "\x00")
        assert caught.value.type == RULE
        assert caught.value.context is not None
        assert caught.value.context["given"] == f"text with the character {code}"
        assert caught.value.context["allowed"] == allowed
        assert caught.value.context["remedy"]


def test_line_breaks_are_for_paragraphs_only() -> None:
    assert paragraphs("two\nlines\n") == "two\nlines\n"
    with pytest.raises(PydanticCustomError, match=r"U\+000A"):
        one_line("two\nlines")
