"""The payload of an answer: what the page draws, with where it comes from."""

import hashlib
import time
from dataclasses import dataclass
from typing import Any, Final

from selloff import __version__, report
from selloff.apps.room._engine import Watch, compute
from selloff.apps.room._questions import Question
from selloff.data import DEFAULT_VINTAGE
from selloff.scenario import to_yaml

DRAFT_DRAWS: Final = 128
FULL_DRAWS: Final = 2000
Payload = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """A question, and how much of its answer is wanted."""

    question: Question
    draws: int
    is_whole: bool

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


def draft_of(question: Question) -> Order:
    """Order a draft, which follows the hand."""
    return Order(question, DRAFT_DRAWS, is_whole=False)


def full_of(question: Question) -> Order:
    """Order the full answer."""
    return Order(question, FULL_DRAWS, is_whole=True)


def answer(order: Order, watch: Watch) -> Payload:
    """Work an answer out."""
    question, began = order.question, time.perf_counter()
    dataset, summary = compute(
        question.scenario,
        seed=question.seed,
        draws=order.draws,
        is_whole=order.is_whole,
        watch=watch,
    )
    simulated = time.perf_counter()
    told = report.tell(dataset, summary, is_whole=order.is_whole)
    seconds = {"engine": simulated - began, "telling": time.perf_counter() - simulated}
    return {
        "result": order.key,
        "version": __version__,
        "seconds": {name: round(each, 3) for name, each in seconds.items()},
        "asked": question.asked,
        "query": question.query,
        "copy": copies(order) | {"command": told.pop("command")},
        **told,
    }


def copies(order: Order) -> dict[str, str]:
    """The question as a file and as a program."""
    text = to_yaml(order.question.scenario)
    values = order.question.scenario.model_dump(mode="json", exclude_none=True)
    how = f"draws={order.draws}, seed={order.question.seed}"
    python = f"import selloff as so\n\nanswer = so.run(\n    {values!r},\n    {how},\n)\n"
    return {"yaml": text, "python": python}
