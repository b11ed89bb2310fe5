"""What the model leaves out, in words the report prints."""

from functools import cache
from importlib.resources import files


@cache
def limits() -> tuple[str, ...]:
    """Read the list of limits."""
    text = files("selloff.evidence").joinpath("limits.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line)
