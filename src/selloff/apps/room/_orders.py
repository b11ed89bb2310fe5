"""What is asked of the engine, and the name of its answer."""

import hashlib
from dataclasses import dataclass

from selloff import __version__
from selloff.apps.room._questions import Question
from selloff.data import DEFAULT_VINTAGE


@dataclass(frozen=True)
class Order:
    """A question, and how much of its answer is wanted."""

    question: Question
    draws: int
    is_whole: bool
    """Whether all views and the parts of headline numbers are wanted, or the first view alone."""

    @property
    def stage(self) -> str:
        """What the page calls it."""
        return "full" if self.is_whole else "draft"

    @property
    def key(self) -> str:
        """Name the answer: the same name, the same answer."""
        scenario, seed = self.question.scenario, self.question.seed
        month = scenario.vintage or DEFAULT_VINTAGE
        asked = (__version__, month, seed, self.draws, self.is_whole, scenario.model_dump_json())
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:32]
