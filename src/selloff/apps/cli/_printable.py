"""Text from outside, made safe for a terminal."""


def printable(text: str) -> str:
    """Make text safe for a terminal, whatever a file smuggled into it.

    Source: assumption; a scenario file must not be able to move the cursor.
    """
    return "".join(
        each if each.isprintable() or each == "\n" else repr(each)[1:-1] for each in text
    )
