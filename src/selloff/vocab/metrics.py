"""The one table of headline numbers that the summary, the terminal, the page and the docs read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from types import MappingProxyType

from selloff.vocab.errors import InputError, Problem, near_miss, shown
from selloff.vocab.rows import read_as, rows_of
from selloff.vocab.units import span

_ROUNDING = 1e-6
"""What a horizon made of days can be off by [years]."""


@dataclass(frozen=True)
class Metric:
    """One headline number."""

    name: str
    unit: str
    label: str
    """May hold `{horizon}`."""
    formula: str
    """A recipe, or the name of a function, of `results.metrics`."""
    needs_years: float
    """Shortest run in which it has a meaning [years]."""
    most_years: float = inf
    """Longest run in which it has a meaning [years]."""
    shown: frozenset[str] = frozenset()
    """Where it stands beside the summary, the tables of the page and the attribution, which hold
    all: `terminal`, `readme`, `card` (the page's headlines), `severity`."""
    note: str = ""
    """What the page's headline says below the number."""

    def has_meaning(self, years: float) -> bool:
        """Say whether a run of that length has the number."""
        return self.needs_years - _ROUNDING <= years <= self.most_years + _ROUNDING

    @property
    def at_the_end(self) -> str:
        """Name it for runs of any length."""
        return self.label.format(horizon="end of the run")

    def title(self, *years: float) -> str:
        """Name it for one or more runs of these lengths."""
        return self.label.format(horizon=" and ".join(dict.fromkeys(map(span, years))))


@cache
def metrics() -> Mapping[str, Metric]:
    """Read the table of metrics."""
    return MappingProxyType({row.name: row for row in read_as(Metric, rows_of("vocab", "metrics"))})


def metrics_at(*years: float, shown: str = "") -> dict[str, Metric]:
    """Choose those that one of several runs of these lengths has, of one place if it is named."""
    return {
        name: metric
        for name, metric in metrics().items()
        if any(map(metric.has_meaning, years)) and (not shown or shown in metric.shown)
    }


def check_metrics(names: Sequence[str], among: Sequence[str]) -> tuple[str, ...]:
    """Pass names on, each once; name all that are not among those that there are."""
    allowed = "a headline number that these runs have; docs/nomenclature.md lists them"
    problems = [
        Problem(where="metric", given=shown(name), allowed=allowed, remedy=near_miss(name, among))
        for name in names
        if name not in among
    ]
    if problems:
        raise InputError(problems)
    return tuple(dict.fromkeys(names))
