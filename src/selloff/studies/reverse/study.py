"""The study: search on one set of draws, then ask once more on fresh ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selloff.charts import AnyChart
from selloff.data import DEFAULT_VINTAGE
from selloff.report import StudyParts, figure, study_page
from selloff.results import as_json
from selloff.studies.measuring import Measurer
from selloff.studies.reverse.asking import FreeSale, Tried
from selloff.studies.reverse.drawing import draw, lay_out, row_of
from selloff.studies.reverse.grids import Road, find_fastest, find_likeliest, find_smallest
from selloff.studies.reverse.search import Searched
from selloff.studies.reverse.telling import tell
from selloff.vocab import write_set


@dataclass(frozen=True, eq=False)
class Reversal:
    """A sale that brings an event about often enough, or the one that comes nearest."""

    sale: FreeSale
    find: str
    wanted: float
    """Chance that is asked for [fraction]."""
    search: Searched
    fresh: Tried
    """The sale again, on other draws."""
    roads: tuple[Road, ...]
    """What was tried for the likeliest, with odds; else empty."""
    seeds: tuple[int, int]

    @property
    def is_found(self) -> bool:
        """Whether any sale has the chance that is asked for."""
        return self.search.found is not None

    @property
    def event(self) -> str:
        """Give the event as it is typed."""
        return " and ".join(map(str, self.sale.bounds))

    @property
    def sentences(self) -> list[str]:
        """Say the answer."""
        return tell(self)

    @property
    def about(self) -> str:
        """Say what was simulated."""
        scenario, (one, fresh) = self.sale.scenario, self.seeds
        return (
            f"{len(self.search.tried)} sales tried, all else as in {scenario.name}; seeds {one} "
            f"and {fresh}, books of {scenario.vintage or DEFAULT_VINTAGE}."
        )

    @property
    def chart(self) -> AnyChart:
        """Draw the chance of every sale that was tried."""
        return draw(self)

    def rows(self, most: int) -> list[tuple[str, ...]]:
        """Set out the sales tried that lie nearest the answer."""
        tried, best = self.search.tried, self.search.best
        at = next(n for n, each in enumerate(tried) if each is best)
        first = max(0, min(at - most // 2, len(tried) - most))
        return [row_of(self, each) for each in tried[first : first + most]]

    @property
    def parts(self) -> StudyParts:
        """Lay out what is shown."""
        return lay_out(self)

    def figure(self) -> dict[str, Any]:
        """Draw the same as a plotly figure."""
        return figure(self.chart)

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        scenario = self.sale.scenario
        return {
            "event": self.event,
            "find": self.find,
            "seller": scenario.sellers[0].holder,
            "most_usd_bn": self.sale.most_usd_bn,
            "vintage": scenario.vintage or DEFAULT_VINTAGE,
            "horizon_years": scenario.horizon_years,
            "seeds": list(self.seeds),
            "wanted_frac": self.wanted,
            "is_found": self.is_found,
            "answer": _plain(self.search.best),
            "fresh": _plain(self.fresh),
            "falls": [[_plain(each) for each in pair] for pair in self.search.falls],
            "tried": [_plain(each) for each in self.search.tried],
            "roads": [
                {"path": each.path, "odds_within_10_years_frac": each.odds["mean"]}
                | {f"odds_{end}_frac": each.odds[end] for end in ("p05", "p95")}
                | {"joint_frac": each.joint_frac}
                | _plain(each.asked)
                for each in self.roads
            ],
            "sentences": self.sentences,
        }

    def save(self, folder: Path) -> list[Path]:
        """Write JSON and page, both or none."""
        return write_set(folder, self._contents())

    def _contents(self) -> Iterator[tuple[str, str]]:
        yield "reverse.json", as_json(self.summary())
        yield "reverse.html", study_page(self.parts)


def reverse(
    sale: FreeSale, measurer: Measurer, fresh: Measurer, *, find: str, wanted: float
) -> Reversal:
    """Look for a sale, and ask again of fresh draws before anything is said."""
    roads: tuple[Road, ...] = ()
    if find == "likeliest":
        found, roads = find_likeliest(sale, measurer, wanted)
    else:
        look = {"smallest": find_smallest, "fastest": find_fastest}[find]
        found = look(sale, measurer, wanted)
    best = found.best
    (again,) = sale.ask([(best.sale_usd_bn, best.years)], fresh)
    return Reversal(sale, find, wanted, found, again, roads, (measurer.seed, fresh.seed))


def _plain(one: Tried) -> dict[str, Any]:
    low, high = one.band
    return {
        "sale_usd_bn": one.sale_usd_bn, "years": one.years, "draws": one.n_draws,
        "chance": {"frac": one.chance, "p05": low, "p95": high},
    }  # fmt: skip
