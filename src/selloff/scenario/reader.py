"""Text of a scenario file into plain values that remember their line.

Reads the events of the YAML parser itself, so that aliases are refused before they are expanded,
the size of what is built is bounded, and every key has a line.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any, Final

from pydantic import BaseModel
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

from selloff.scenario.fields import Breach, Location
from selloff.vocab.errors import ScenarioError, shown

MAX_DEPTH: Final = 12
MAX_VALUES: Final = 20_000
MAX_LINE: Final = 20_000
MAX_BITS: Final = 512
"""Longer whole numbers count as infinite, as they do in a file."""
_SHOWN: Final = 120

_INT: Final = re.compile(r"[-+]?[0-9]{1,150}")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Final = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    ".inf": math.inf,
    "+.inf": math.inf,
    "-.inf": -math.inf,
    ".nan": math.nan,
}
_TEXT: Final = "YAML or JSON text"
_CHECK: Final = "Check indentation, commas, colons and quotes near that line."


@dataclass
class SourceText:
    """Plain values, the line of each, and keys that stood there twice."""

    name: str
    values: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    repeats: list[Breach] = field(default_factory=list)

    def line(self, location: Location) -> int:
        """Find the line of a field, or of what it would have been part of."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read(text: str, name: str) -> SourceText:
    """Read YAML text, of which JSON is a part, without trusting it."""
    document = SourceText(name)
    for order, content in enumerate(text.splitlines(), start=1):
        # Keep from the parser what it takes minutes over.
        if len(content) > MAX_LINE:
            raise ScenarioError.of(
                f"{name}:{order}",
                f"a line of {len(content):,} characters",
                allowed=f"lines of at most {MAX_LINE:,} characters",
                remedy="Is this the right file?",
            )
    try:
        _Builder(document).build(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        given = str(error.problem or "broken YAML")[:_SHOWN]
        raise ScenarioError.of(f"{name}:{line}", given, allowed=_TEXT, remedy=_CHECK) from None
    except (YAMLError, YAMLStreamError, ValueError) as error:
        given = (str(error).strip().splitlines() or ["broken YAML"])[0][:_SHOWN]
        raise ScenarioError.of(f"{name}:1", given, allowed=_TEXT, remedy=_CHECK) from None
    return document


def plain(values: Any) -> Any:
    """Turn models, mappings and numbers of other libraries into plain values, within bounds."""
    count = 0

    def copy(given: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > MAX_VALUES or depth > MAX_DEPTH:
            raise _too_large("scenario")
        if isinstance(given, BaseModel):
            given = dict(given)
        elif getattr(given, "shape", None) == ():
            given = given.item()
        if isinstance(given, Mapping):
            return {_word(key): copy(each, depth + 1) for key, each in given.items()}
        if isinstance(given, (list, tuple)):
            return [copy(each, depth + 1) for each in given]
        if isinstance(given, (bool, str)) or given is None:
            return given
        if isinstance(given, Integral) and int(given).bit_length() <= MAX_BITS:
            return int(given)
        try:
            return float(given) if isinstance(given, Real) else given
        except OverflowError:
            return math.inf

    return copy(values, 0)


def _word(key: object) -> str:
    return key if isinstance(key, str) else shown(key, "")


def _too_large(where: str) -> ScenarioError:
    return ScenarioError.of(
        where,
        f"more than {MAX_VALUES} values or {MAX_DEPTH} levels",
        allowed="a scenario, which is smaller",
        remedy="Thin out the points of custom paces.",
    )


@dataclass
class _Builder:
    """Fills a document while the events go by."""

    document: SourceText
    count: int = 0

    def build(self, events: Iterator[Event]) -> None:
        is_begun = False
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if is_begun:
                    raise self.refusal(
                        event,
                        "a second YAML document",
                        allowed="one document in a file",
                        remedy="Put each scenario in a file of its own.",
                    )
                is_begun = True
                self.document.values = self.value(next(events), events, ())

    def refusal(self, event: Event, given: str, *, allowed: str, remedy: str) -> ScenarioError:
        return ScenarioError.of(
            f"{self.document.name}:{_line(event)}", given, allowed=allowed, remedy=remedy
        )

    def value(self, event: Event, events: Iterator[Event], at: Location) -> Any:
        self.admit(event, at)
        if isinstance(event, MappingStartEvent):
            return self.mapping(events, at)
        if isinstance(event, SequenceStartEvent):
            values: list[Any] = []
            while not isinstance(event := next(events), SequenceEndEvent):
                values.append(self.value(event, events, (*at, len(values))))
            return values
        return _scalar(event) if isinstance(event, ScalarEvent) else None

    def admit(self, event: Event, at: Location) -> None:
        self.document.lines.setdefault(at, _line(event))
        self.count += 1
        if self.count > MAX_VALUES or len(at) > MAX_DEPTH:
            raise _too_large(f"{self.document.name}:{_line(event)}")
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self.refusal(
                event,
                "a YAML anchor or alias (& or *)",
                allowed="plain values",
                remedy="Write the value out where it is used.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in ("!", "tag:yaml.org,2002:str"):
            raise self.refusal(
                event,
                f"the YAML tag {str(tag)[:_SHOWN]}",
                allowed="values without tags",
                remedy="Remove the tag.",
            )

    def mapping(self, events: Iterator[Event], at: Location) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self.refusal(
                    event,
                    "a list or a mapping as a key",
                    allowed="words as keys",
                    remedy="Quote the key if it holds brackets or braces.",
                )
            key = str(event.value)
            self.admit(event, (*at, key))
            value = self.value(next(events), events, (*at, key))
            if key not in values:
                values[key] = value
            else:
                given = f"the key a second time, on line {_line(event)}"
                self.document.repeats.append(
                    Breach((*at, key), given, "each key once", "Remove one of the two.")
                )
        return values


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark is not None else 1


def _scalar(event: ScalarEvent) -> Any:
    text = _joined(str(event.value))
    if not event.implicit[0] or event.style:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _joined(text: str) -> str:
    """Put halves of a character together: JSON writes what lies beyond 16 bits in two."""
    if not any("\ud800" <= each <= "\udfff" for each in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
