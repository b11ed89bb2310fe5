"""The answer: best ways, what deters, and slopes, in words, plain values, files and a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from selloff import charts
from selloff.charts import AnyChart, Ruler, Spot, Unit, Words
from selloff.data import DEFAULT_VINTAGE
from selloff.report import StudyParts, Table, figure, study_page
from selloff.results import as_json
from selloff.studies.optimal.deterrence import Deterrence
from selloff.studies.optimal.frontier import Frontier
from selloff.studies.optimal.pathwise import SlopeCheck
from selloff.studies.optimal.plans import schedule
from selloff.studies.optimal.scoring import Score
from selloff.studies.optimal.telling import CAVEATS, RISK_WORDS, two_digits
from selloff.studies.optimal.worths import motives
from selloff.vocab import as_csv, write_set

_BN: Final = Unit(name="USD bn", after="bn")
_TRIED: Final = 7
_APART: Final = 6.0
"""Distance of plans drawn [USD bn]."""
_END: Final = 4
"""Tones of plans tried, and of dump and decade."""
_LONGEST: Final = 120
"""Letters of a plan beside a point [count]."""


@dataclass(frozen=True, eq=False)
class BestDescent:
    """The frontier, and what else was asked for."""

    frontier: Frontier
    deterrence: Sequence[Deterrence] = ()
    slopes: Mapping[str, Sequence[SlopeCheck]] = field(default_factory=dict)
    """By who answers."""

    @property
    def sentences(self) -> list[str]:
        """Say the answer."""
        return self.frontier.sentences

    @property
    def about(self) -> str:
        """Say what was simulated."""
        found, asked = self.frontier, self.frontier.question
        return (
            f"{asked.name} sells {asked.amount_usd_bn:,.0f} USD bn: {len(found.tried)} sales tried "
            f"in {found.search_draws} draws each, told again in {found.final_draws} fresh ones, "
            f"seeds {found.seed} and {found.seed + 1}, books of {asked.vintage or DEFAULT_VINTAGE}."
        )

    @property
    def chart(self) -> AnyChart:
        """Draw cost against risk."""
        return _chart(self.frontier)

    def figure(self) -> dict[str, Any]:
        """Draw the same as a plotly figure."""
        return figure(self.chart)

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        answer = self.frontier.summary()
        if self.deterrence:
            reasons = {each.name: each.reason for each in motives()}
            answer["deterrence"] = [
                each.summary() | {"reason": reasons[each.motive]} for each in self.deterrence
            ]
        if self.slopes:
            answer["slopes"] = {
                words: [asdict(each) | {"is_usable": each.is_usable} for each in rows]
                for words, rows in self.slopes.items()
            }
        return answer

    def save(self, folder: Path) -> list[Path]:
        """Write JSON, schedules and page; all of them or none."""
        return write_set(folder, self._contents())

    def _contents(self) -> Iterator[tuple[str, str]]:
        yield "optimal.json", as_json(self.summary())
        yield "schedules.csv", as_csv([("sale", "day", "sold_frac"), *_points(self.frontier)])
        yield "optimal.html", study_page(self.parts)

    @property
    def parts(self) -> StudyParts:
        """Lay out what is shown: sentences, cost against risk, the sales, how far to trust it."""
        asked = self.frontier.question
        title = f"{asked.name} sells {asked.amount_usd_bn:,.0f} USD bn: the best way down"
        rows = tuple((each,) for each in CAVEATS)
        trust = Table(label="How far to trust it", head=("",), rows=rows, words=(0,))
        motives_told = [_motives(self.deterrence)] if self.deterrence else []
        tables = [_plans(self.frontier), *motives_told, trust]
        return StudyParts(title, [*self.sentences, self.about], [self.chart], tables)


def _chart(found: Frontier) -> AnyChart:
    asked = found.question
    risk = RISK_WORDS[asked.objective, asked.risk]
    best = [
        Spot(name=f"Aversion {words}", x=one.risk(asked), y=one.mean, named=True)
        for words, one in _by_plan(found)
    ]
    ends = [
        Spot(name=name.capitalize(), x=one.risk(asked), y=one.mean, named=True, tone=_END)
        for name, one in found.named.items()
    ]
    # Of plans that come to nearly the same one is drawn, so that names find room.
    apart = {
        (round(each.risk(asked) / _APART), round(each.mean / _APART)): each
        for each in found.tried
        if not each.breach
    }
    tried = [
        Spot(name=each.plan.words(asked)[:_LONGEST], x=each.risk(asked), y=each.mean, tone=_TRIED)
        for each in apart.values()
    ]
    words = Words(
        id="frontier",
        title="What less risk costs",
        subtitle="Sales of the search in grey; the best ones and both ends on fresh draws",
        unit=_BN,
        source="Selloff",
    )
    axis = Ruler(kind="number", values=(), title=f"Risk: {risk}", unit=_BN)
    return charts.scatter(words, axis, "Mean bill", [*tried, *best, *ends])


def _by_plan(found: Frontier) -> Iterator[tuple[str, Score]]:
    """Each best plan once, with every aversion that it is best for."""
    for one in dict.fromkeys(each.plan for each in found.best.values()):
        mine = {aversion: each for aversion, each in found.best.items() if each.plan == one}
        yield ", ".join(f"{aversion:g}" for aversion in mine), next(iter(mine.values()))


def _plans(found: Frontier) -> Table:
    asked = found.question
    names = [*(f"Aversion {each:g}" for each in found.best), *map(str.capitalize, found.named)]
    rows = [
        (
            name,
            one.plan.words(asked),
            f"{two_digits(one.mean)} ({two_digits(one.p05)} to {two_digits(one.p95)})",
            two_digits(one.risk(asked)),
            f"{two_digits(one.rise_p50)} ({two_digits(one.rise_p95)})",
            f"{one.fed_chance:.0%}",
        )
        for name, one in zip(names, (*found.best.values(), *found.named.values()), strict=True)
    ]
    head = ("", "Sale", "Bill, USD bn", "Risk, USD bn", "10-year, bp", "Fed buys")
    return Table(label="The sales", head=head, rows=tuple(rows), words=(0, 1))


def _motives(limits: Sequence[Deterrence]) -> Table:
    rows = tuple(
        (
            each.label,
            each.pace,
            each.pays_up_to,
            each.limit_range,
            two_digits(each.gain_usd_bn[-1]),
            two_digits(each.bill_usd_bn[-1]),
            f"{each.pays_frac[-1]:.0%}",
        )
        for each in limits
    )
    head = (
        "Motive",
        "Pace",
        "Pays up to, USD bn",
        "90%",
        "Gain of all",
        "Bill of all",
        "Pays in draws",
    )
    label = "Where a sale stops to pay, on average (what a motive is worth is judgement)"
    return Table(label=label, head=head, rows=rows, words=(0, 1))


def _points(found: Frontier) -> Iterator[tuple[str, int, float]]:
    best = {f"aversion {each:g}": one for each, one in found.best.items()}
    for name, one in (best | dict(found.named)).items():
        for point in schedule(one.plan):
            yield name, int(point["day"]), point["cum_frac"]
