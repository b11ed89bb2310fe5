"""What to install for a command whose libraries are not there."""

from selloff.vocab.errors import InputError, Problem


def without(command: str, missing: ModuleNotFoundError, *, extra: str) -> InputError:
    """Name the extra that a command needs."""
    return InputError(
        [
            Problem(
                where=command,
                given=f"an installation without {missing.name}",
                allowed=f"one with the extra {extra}",
                remedy=f"Run: pip install 'selloff[{extra}]'",
            )
        ]
    )
