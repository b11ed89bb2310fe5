"""How far observation reaches: the table of records beyond which a result is extrapolation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from selloff.vocab.axes import CURRENCY_AREAS
from selloff.vocab.rows import read_as, rows_of

WHERE: Final = {"p50": "median", "p05": "5% end", "p95": "95% end"}
"""What a number has beside its record, in words."""
_PLACES: Final = {
    "p50": "in the median simulation",
    "p05": "at the 5% end of the range",
    "p95": "at the 95% end of the range",
}
_UNITS: Final = {"USD bn": "${:,.0f}bn", "bp": "{:+,.0f}bp", "percent": "{:+,.0f}%"}
_SENTENCE: Final = (
    "{label}: {found} {where}, {times} times the record of {limit} ({on}). Nothing like it has "
    "been seen; read the direction, not the size."
)


@dataclass(frozen=True, kw_only=True)
class Support:
    """One quantity and the most that has been seen of it."""

    quantity: str
    """A metric, a rise of the 10-year, or what `pipeline.support` works out."""
    label: str
    """Empty for a metric, which has its own."""
    unit: str
    limit: float
    """Below zero: the lowest."""
    times: float
    """Multiple of the limit from which a result warns."""
    business_days: int = 0
    """Window, where there is one [business days]."""
    on: str
    source: str
    sentence: str
    """Empty for the usual one."""

    def is_beyond(self, found: float) -> bool:
        """Say whether a number lies beyond what the evidence supports."""
        return found / self.limit > self.times

    def reached(self, ends: Mapping[str, float]) -> tuple[str, ...]:
        """Say which of the median and the ends of a range lie beyond it."""
        return tuple(end for end in WHERE if self.is_beyond(ends[end]))

    def written(self, number: float) -> str:
        """Write a number of its unit."""
        return _UNITS.get(self.unit, "{:,.1f} " + self.unit).format(number)

    def beside(self, ends: Mapping[str, float]) -> str:
        """Say beside a number what of it lies beyond its record; nothing where none does."""
        found = " and ".join(WHERE[end] for end in self.reached(ends))
        record = f"{self.times:g} times the record of {self.written(self.limit)} ({self.on})"
        return f"{found} beyond {record}" if found else ""

    def told(self, label: str, ends: Mapping[str, float]) -> str:
        """Warn of the median where it lies beyond, else of the farthest end."""
        reached = self.reached(ends)
        if not reached:
            return ""
        far = "p50" if "p50" in reached else reached[0]
        return (self.sentence or _SENTENCE).format(
            label=label,
            area=CURRENCY_AREAS.get(label, ""),
            found=self.written(ends[far]),
            limit=self.written(self.limit),
            times=f"{ends[far] / self.limit:,.1f}",
            where=_PLACES[far],
            on=self.on,
        )


@cache
def support() -> dict[str, Support]:
    """Read the table."""
    return {row.quantity: row for row in read_as(Support, rows_of("evidence", "support"))}
