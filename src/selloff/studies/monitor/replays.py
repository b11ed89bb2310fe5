"""The monitor on history: what it would have said on a day, of events whose end is known."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from selloff.studies.monitor.flags import selling_chance
from selloff.studies.monitor.nowcasting import nowcast
from selloff.vocab import rows_of


@dataclass(frozen=True)
class PastEvent:
    """A day on which one knows today what went on."""

    name: str
    holder: str
    day: date
    published: str
    """`selling` or `none`: what flows as published should look like."""
    adjusted: str
    """The same, of flows with interventions added back."""
    event: str


@dataclass(frozen=True)
class PastCall:
    """What the monitor said of an event."""

    event: PastEvent
    selling: dict[str, float]
    """Highest median chance of a sale over the last three published months, by track."""

    @property
    def is_right(self) -> dict[str, bool]:
        """Did the chance fall on the side of the event, by track?"""
        asked = {"published": self.event.published, "adjusted": self.event.adjusted}
        return {
            name: (self.selling[name] > 0.5) is (wanted == "selling")
            for name, wanted in asked.items()
        }


@cache
def events() -> dict[str, PastEvent]:
    """Read the events."""
    return {
        row["name"]: PastEvent(day=date.fromisoformat(row.pop("as_of")), **row)
        for row in rows_of("studies.monitor", "replays")
    }


def replay(event: PastEvent, *, n_draws: int = 50) -> PastCall:
    """Ask the monitor on the day of an event, with what was out by then."""
    found = nowcast(event.holder, event.day, n_draws=n_draws)
    known = found.flows.told[-3:]
    paths = {name: selling_chance(found, name)[known] for name in ("published", "adjusted")}
    return PastCall(event, {name: float(path.max()) for name, path in paths.items()})
