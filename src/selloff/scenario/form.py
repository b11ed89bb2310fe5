"""What a kind of file is: its fields, the rules between them, and where examples are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from selloff.scenario.rules import Breach


@dataclass(frozen=True)
class Form:
    """A kind of file that people write.

    Source: assumption; scenarios and episodes are read, checked and refused in the same way.
    """

    noun: str
    """What one is called in messages."""
    model: type[BaseModel]
    breaches: Callable[[Mapping[str, Any]], tuple[Breach, ...]]
    """Finds the rules between fields that do not hold, in plain values."""
    remedies: Mapping[str, str]
    """What to do about a field, by its name."""
    folder: str
    """Where those that come with Selloff are kept."""
    shipped: str
    """What one that comes with Selloff is called."""
    first_step: str
    """What to do who has nothing yet."""
