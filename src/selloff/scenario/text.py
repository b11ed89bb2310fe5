"""Text that may stand in a file: printable, and on one line where a table needs it."""

from pydantic_core import PydanticCustomError

from selloff.scenario.weights import RULE


def one_line(text: str) -> str:
    """Insist on printable text without line breaks.

    Source: assumption; titles go into tables and messages.
    """
    return _printable(text, also="")


def paragraphs(text: str) -> str:
    """Insist on printable text.

    Source: assumption; descriptions go into reports.
    """
    return _printable(text, also="\n")


def _printable(text: str, *, also: str) -> str:
    odd = next((each for each in text if not each.isprintable() and each not in also), None)
    if odd is not None:
        rule = {
            "given": f"text with the character U+{ord(odd):04X}",
            "allowed": "printable text" + (" and line breaks" if also else " on one line"),
            "remedy": "Remove that character.",
        }
        raise PydanticCustomError(RULE, "got {given}; allowed: {allowed}. {remedy}", rule)
    return text
