"""What a study is worth: the range of a metric now, and once it has told its parameters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache

import numpy as np
from numpy.typing import NDArray

from selloff.studies.sensitivity.shares import first_order, score, spread, spread_left
from selloff.vocab import rows_of

Array = NDArray[np.float64]


@dataclass(frozen=True)
class WouldTell:
    """A study or data series that would pin parameters down."""

    study: str
    parameters: tuple[str, ...]
    """Patterns of names."""
    standing: str
    why: str

    def tells(self, name: str) -> bool:
        """Say whether it tells a parameter."""
        return any(fnmatch(name, each) for each in self.parameters)


@dataclass(frozen=True)
class Worth:
    """How far knowing parameters narrows the range from 5 to 95 percent of a metric."""

    name: str
    parameters: tuple[str, ...]
    share: float
    """Part of the variance that goes with them [fraction]."""
    variance: float
    """Expected reduction of the variance [unit of the metric, squared]."""
    now: float
    left: float
    """Mean width once they are known."""
    left_low: float
    left_high: float


@cache
def would_tell() -> tuple[WouldTell, ...]:
    """Read which study or series would tell which parameters."""
    return tuple(
        WouldTell(row["study"], tuple(row["parameters"].split()), row["standing"], row["why"])
        for row in rows_of("studies.sensitivity", "would_tell")
    )


def worth(
    name: str,
    parameters: Sequence[str],
    values: Mapping[str, Array],
    y: Array,
    *,
    rng: np.random.Generator,
) -> Worth:
    """Work out what it is worth to know parameters together."""
    columns = np.stack([values[each] for each in parameters])
    told = columns[0] if len(parameters) == 1 else score(columns, y, rng)
    share = max(first_order(told, y), 0.0)
    left, low, high = spread_left(told, y, rng)
    return Worth(
        name, tuple(parameters), share, share * float(np.var(y)), spread(y), left, low, high
    )


def worth_of_studies(
    names: Sequence[str], values: Mapping[str, Array], y: Array, *, rng: np.random.Generator
) -> Iterator[Worth]:
    """Work out what each study is worth that tells some of these parameters."""
    for each in would_tell():
        told = [name for name in names if each.tells(name)]
        if told:
            yield worth(each.study, told, values, y, rng=rng)


def narrowest(worths: Iterable[Worth]) -> tuple[Worth, ...]:
    """Put first what leaves least of the range."""
    return tuple(sorted(worths, key=lambda each: each.left))
