"""What to install where a library of an extra is not there."""

from selloff.vocab.errors import InputError, Problem


def without(where: str, library: str | None, *, extra: str, instead: str = "") -> InputError:
    """Name the extra that brings a library, and what can be done instead of installing it."""
    return InputError(
        [
            Problem(
                where=where,
                given=f"an installation without {library}",
                allowed=f"one with the extra {extra}",
                remedy=f"Run: pip install 'selloff[{extra}]'{instead}",
            )
        ]
    )
