"""Only text that prints, on one line where a table needs it."""

import pytest
from pydantic import TypeAdapter, ValidationError

from selloff.scenario.fields import RULE, Line, Text

one_line, paragraphs = (TypeAdapter(kind).validate_python for kind in (Line, Text))


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
        with pytest.raises(ValidationError) as caught:
            check(text + "\x00")
        (error,) = caught.value.errors()
        assert error["type"] == RULE
        assert error["ctx"]["given"] == f"text with the character {code}"
        assert error["ctx"]["allowed"] == allowed
        assert error["ctx"]["remedy"]


def test_line_breaks_are_for_paragraphs_only() -> None:
    assert paragraphs("two\nlines\n") == "two\nlines\n"
    with pytest.raises(ValidationError, match=r"U\+000A"):
        one_line("two\nlines")
