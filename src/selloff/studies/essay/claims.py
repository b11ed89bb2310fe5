"""The claims of the essay, as they are put to the model: read from tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from selloff.studies.essay.conditions import Condition, read_condition
from selloff.vocab import rows_of

KINDS: Final = ("outcome", "chance", "chain", "figure", "dated", "precedent", "past")
ROLES: Final = ("claim", "also", "check", "link")
VERDICTS: Final = ("supported", "contested", "unsupported", "out of date", "inconsistent")


@dataclass(frozen=True)
class Rule:
    """A threshold that is the same for every claim."""

    value: float
    unit: str
    meaning: str


@dataclass(frozen=True)
class Part:
    """One statement of a claim, and how it is asked."""

    claim: str
    id: str
    role: str
    """`claim` counts for the verdict; `also` is another reading, `check` a rule of consistency
    and `link` a part of a chain: these are shown and do not count."""
    kind: str
    """`outcome`, `chance` or `chain` ask the dynamics; `figure`, `dated`, `precedent` and `past`
    ask the data."""
    is_possibility: bool
    """Whether it says that something may happen, and not that it will."""
    scenarios: tuple[str, ...]
    less: str
    """Scenario whose values are taken off, draw by draw; nothing where none is."""
    ask: str
    """Condition, quantity or episodes, by kind."""
    given: str
    """Condition on the draws that are looked at, or the tolerance of a dated figure."""
    statement: str
    asked: str
    evidence_verdict: str
    """Our reading of the evidence; nothing where it does not speak of this part."""

    @property
    def condition(self) -> Condition:
        """What has to hold."""
        return read_condition(self.ask)

    @property
    def condition_given(self) -> Condition | None:
        """Which draws are looked at, where it is not all of them."""
        return read_condition(self.given) if self.given else None

    @property
    def quantities(self) -> tuple[str, ...]:
        """What is taken from every run, the one that is shown first."""
        if self.kind == "chance":
            return (self.ask,)
        if self.kind not in ("outcome", "chain"):
            return ()
        extra = self.condition_given
        return self.condition.quantities + (extra.quantities if extra else ())


@dataclass(frozen=True)
class Claim:
    """One claim of the essay."""

    id: str
    claim: str
    evidence: str
    source: str
    parts: tuple[Part, ...]


@cache
def rules() -> Mapping[str, Rule]:
    """Read the thresholds."""
    return {
        row["name"]: Rule(float(row["value"]), row["unit"], row["meaning"])
        for row in rows_of("studies.essay", "rules")
    }


@cache
def claims() -> tuple[Claim, ...]:
    """Read the claims with their parts."""
    parts = [_part(row) for row in rows_of("studies.essay", "parts")]
    rows = rows_of("studies.essay", "claims")
    ids = [row["id"] for row in rows]
    if list(dict.fromkeys(part.claim for part in parts)) != ids:
        raise ValueError("parts.csv and claims.csv do not name the same claims in order")
    return tuple(
        Claim(**row, parts=tuple(part for part in parts if part.claim == row["id"])) for row in rows
    )


def _part(row: dict[str, Any]) -> Part:
    for field, allowed in (("kind", KINDS), ("role", ROLES), ("modal", ("will", "may"))):
        if row[field] not in allowed:
            raise ValueError(f"parts.csv: {row['claim']} {row['part']}: {field} {row[field]}?")
    id_, modal, scenarios = (row.pop(field) for field in ("part", "modal", "scenarios"))
    read = {"is_possibility": modal == "may", "scenarios": tuple(scenarios.split())}
    return Part(id=id_, **row, **read)
