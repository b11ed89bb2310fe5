"""Text of a scenario file into plain values that remember their line.

Reads the events of the YAML parser itself, so that aliases are refused before they are expanded,
the size of what is built is bounded, and every key has a line.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from selloff.scenario.rules import Breach, Location
from selloff.vocab.errors import Problem, ScenarioError

MAX_DEPTH: Final = 12
MAX_VALUES: Final = 20_000
MAX_LINE: Final = 20_000
_SHOWN: Final = 120

_INT: Final = re.compile(r"[-+]?[0-9]{1,400}")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Final = {"": None, "~": None, "null": None, "true": True, "false": False}
_SPECIAL: Final = {".inf": math.inf, "+.inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}


@dataclass(frozen=True)
class Document:
    """Plain values, the line of each, and keys that stood there twice."""

    name: str
    values: Any
    lines: dict[Location, int]
    repeats: tuple[Breach, ...]

    def line(self, location: Location) -> int:
        """Find the line of a field, or of what it would have been part of."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read(text: str, name: str) -> Document:
    """Read YAML text without trusting it."""
    builder = _Builder(name)
    builder.refuse_long_lines(text)
    try:
        events = YAML(typ="safe", pure=True).parse(text)
        values = builder.document(events)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise builder.refusal(line, str(error.problem or "broken YAML")[:_SHOWN]) from None
    except (YAMLError, YAMLStreamError, ValueError) as error:
        first = str(error).strip().splitlines() or ["broken YAML"]
        raise builder.refusal(1, first[0][:_SHOWN]) from None
    return Document(name, values, builder.lines, tuple(builder.repeats))


@dataclass
class _Builder:
    """Collects values, lines and repeated keys while the events go by."""

    name: str
    lines: dict[Location, int] = field(default_factory=dict)
    repeats: list[Breach] = field(default_factory=list)
    count: int = 0

    def refusal(
        self, line: int, given: str, *, allowed: str = "YAML text", remedy: str = ""
    ) -> ScenarioError:
        return ScenarioError(
            [
                Problem(
                    where=f"{self.name}:{line}",
                    given=given,
                    allowed=allowed,
                    remedy=remedy or "Check indentation, colons and quotes near that line.",
                )
            ]
        )

    def refuse_long_lines(self, text: str) -> None:
        """Keep from the parser what it takes minutes over."""
        for order, line in enumerate(text.splitlines(), start=1):
            if len(line) > MAX_LINE:
                raise self.refusal(
                    order,
                    f"a line of {len(line):,} characters",
                    allowed=f"lines of at most {MAX_LINE:,} characters",
                    remedy="Is this the right file?",
                )

    def document(self, events: Iterator[Event]) -> Any:
        values: Any = None
        is_begun = False
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if is_begun:
                    raise self.refusal(
                        _line(event),
                        "a second YAML document",
                        allowed="one document in a file",
                        remedy="Put each scenario in a file of its own.",
                    )
                is_begun = True
                values = self.value(next(events), events, ())
        return values

    def value(self, event: Event, events: Iterator[Event], at: Location) -> Any:
        self._admit(event, at)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, at)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, at)
        return _scalar(event) if isinstance(event, ScalarEvent) else None

    def _admit(self, event: Event, at: Location) -> None:
        line = _line(event)
        self.lines.setdefault(at, line)
        self.count += 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self.refusal(
                line,
                "a YAML anchor or alias (& or *)",
                allowed="plain values",
                remedy="Write the value out where it is used.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in ("!", "tag:yaml.org,2002:str"):
            raise self.refusal(
                line,
                f"the YAML tag {str(tag)[:_SHOWN]}",
                allowed="values without tags",
                remedy="Remove the tag.",
            )
        if self.count > MAX_VALUES or len(at) > MAX_DEPTH:
            raise self.refusal(
                line,
                f"more than {MAX_VALUES} values or {MAX_DEPTH} levels",
                allowed="a scenario, which is smaller",
                remedy="Thin out the points of custom paces.",
            )

    def _mapping(self, events: Iterator[Event], at: Location) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise self.refusal(
                    _line(event),
                    "a list or a mapping as a key",
                    allowed="words as keys",
                    remedy="Quote the key if it holds brackets or braces.",
                )
            self._admit(event, (*at, event.value))
            value = self.value(next(events), events, (*at, event.value))
            if event.value in values:
                self._repeated(event, at)
            else:
                values[event.value] = value
        return values

    def _repeated(self, event: ScalarEvent, at: Location) -> None:
        location = (*at, event.value)
        breach = Breach(
            location=location,
            given=f"the key a second time, on line {_line(event)}",
            allowed="each key once",
            remedy="Remove one of the two.",
        )
        self.repeats.append(breach)

    def _sequence(self, events: Iterator[Event], at: Location) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            values.append(self.value(event, events, (*at, len(values))))
        return values


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark is not None else 1


def _scalar(event: ScalarEvent) -> Any:
    text = str(event.value)
    if not event.implicit[0] or event.style:
        return text
    lower = text.lower()
    if lower in _WORDS:
        return _WORDS[lower]
    if lower in _SPECIAL:
        return _SPECIAL[lower]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
