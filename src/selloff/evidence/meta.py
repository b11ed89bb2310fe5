"""The meta-analysis that ships with the package: what studies say together of a new case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from selloff.evidence.stored import stored

Spread = tuple[float, float, float]
"""The 5, 50 and 95 percent points."""


@dataclass(frozen=True)
class Meta:
    """Posterior of the meta-analysis."""

    quantities: Mapping[str, Spread]
    """Effect in a new case by parameter, in the parameter's unit."""
    correlations: Mapping[str, float]
    """Rank correlation of a parameter with its partner in the parameter table [fraction]."""
    without: Mapping[str, Mapping[str, Spread]]
    """The same as `quantities` with some rows left out, by their ids in one line."""
    studies: Mapping[str, Mapping[str, Spread]]
    """The same with one study left out, by study."""
    sensitivity: Mapping[str, Mapping[str, Spread]]
    """The same under other priors, by what was changed."""
    hyper: Mapping[str, Mapping[str, Any]]
    """Centres, spreads, scaling and offset: prior and posterior, and how far apart."""
    certificate: Mapping[str, Any]
    """Method, seed, sampler, diagnostics, versions."""

    def without_rows(self, ids: Iterable[str]) -> Mapping[str, Spread]:
        """Find what is left without some rows: the fit that leaves out them and fewest others."""
        left = frozenset(ids)
        if not left:
            return {}
        enough = [each for each in self.without if left <= frozenset(each.split())]
        return self.without[min(enough, key=lambda each: len(each.split()))]


@cache
def load_meta() -> Meta:
    """Read the meta-analysis shipped with the package."""
    raw = stored("meta")
    return Meta(
        quantities=_spreads(raw["quantities"]),
        correlations=raw["correlations"],
        without={name: _spreads(each) for name, each in raw["without"].items()},
        studies={name: _spreads(each) for name, each in raw["studies"].items()},
        sensitivity={name: _spreads(each) for name, each in raw["sensitivity"].items()},
        hyper=raw["hyper"],
        certificate=raw["certificate"],
    )


def _spreads(raw: Mapping[str, list[float]]) -> dict[str, Spread]:
    return {name: (low, mid, high) for name, (low, mid, high) in raw.items()}
