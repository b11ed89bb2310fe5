"""The answer as plain values, as files and as a page."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from selloff import charts
from selloff.charts import Ruler, Spot, Unit, Words
from selloff.report import StudyParts, Table, study_page
from selloff.studies.optimal.deterrence import Deterrence, motives
from selloff.studies.optimal.frontier import Frontier
from selloff.studies.optimal.pathwise import SlopeCheck
from selloff.studies.optimal.plans import schedule
from selloff.studies.optimal.telling import CAVEATS, RISK_WORDS
from selloff.vocab import write_set

Checks = Mapping[str, Sequence[SlopeCheck]]
_BN: Final = Unit(name="USD bn", after="bn")
_TRIED: Final = 7
_APART: Final = 6.0
"""Distance of plans drawn [USD bn]."""
_END: Final = 4
"""Tones of plans tried, and of dump and decade."""


def plain_answer(
    found: Frontier, limits: Sequence[Deterrence] = (), checks: Checks | None = None
) -> dict[str, Any]:
    """Write everything as plain values."""
    answer = found.plain()
    if limits:
        told = {each.name: each.reason for each in motives()}
        answer["deterrence"] = [
            asdict(each)
            | {"limit_usd_bn": each.limit_usd_bn, "says": each.sentence}
            | {"reason": told[each.motive]}
            for each in limits
        ]
    if checks:
        answer["slopes"] = {
            words: [asdict(each) | {"is_usable": each.is_usable} for each in rows]
            for words, rows in checks.items()
        }
    return answer


def write_answer(
    found: Frontier, limits: Sequence[Deterrence], checks: Checks, folder: Path
) -> list[Path]:
    """Write the answer, the schedules, the figure and the page."""
    contents = {
        "optimal.json": _json(plain_answer(found, limits, checks)),
        "schedules.csv": _schedules(found),
        "figure.json": _json(found.figure()),
        "optimal.html": study_page(lay_out(found, limits)),
    }
    return write_set(folder, contents.items())


def lay_out(found: Frontier, limits: Sequence[Deterrence] = ()) -> StudyParts:
    """Lay out what is shown: sentences, cost against risk, the plans, how far to trust it."""
    asked = found.question
    title = f"{asked.name} sells {asked.amount_usd_bn:,.0f} USD bn: the best way down"
    facts = (
        f"{len(found.tried)} plans were tried in {found.search_draws} simulations each; the "
        f"numbers are those of {found.final_draws} fresh ones."
    )
    said = [*found.sentences, facts]
    trust = Table(
        label="How far to trust it", head=("",), rows=tuple((each,) for each in CAVEATS), words=(0,)
    )
    tables = [_plans(found), *([_motives(limits)] if limits else []), trust]
    return StudyParts(title, said, [_chart(found)], tables)


def _chart(found: Frontier) -> Any:
    asked = found.question
    risk = RISK_WORDS[asked.objective, asked.risk]
    best = [
        Spot(name=f"Aversion {aversion:g}", x=one.risk(asked), y=one.mean, named=True)
        for aversion, one in found.best.items()
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
        Spot(name=each.plan.words(asked)[:120], x=each.risk(asked), y=each.mean, tone=_TRIED)
        for each in apart.values()
    ]
    words = Words(
        id="frontier",
        title="What less risk costs",
        subtitle="Plans of the search in grey; the best ones and both ends on fresh draws",
        unit=_BN,
        source="Selloff",
    )
    axis = Ruler(kind="number", values=(), title=f"Risk: {risk}", unit=_BN)
    return charts.scatter(words, axis, "Mean bill", [*tried, *best, *ends])


def _plans(found: Frontier) -> Table:
    asked = found.question
    names = [*(f"Aversion {each:g}" for each in found.best), *map(str.capitalize, found.named)]
    rows = [
        (
            name,
            one.plan.words(asked),
            f"{one.mean:.0f} ({one.p05:.0f} to {one.p95:.0f})",
            f"{one.risk(asked):.0f}",
            f"{one.rise_p50:.0f} ({one.rise_p95:.0f})",
            f"{one.fed_chance:.0%}",
        )
        for name, one in zip(names, (*found.best.values(), *found.named.values()), strict=True)
    ]
    head = ("", "Plan", "Bill, USD bn", "Risk, USD bn", "10-year, bp", "Fed buys")
    return Table(label="The plans", head=head, rows=tuple(rows), words=(0, 1))


def _motives(limits: Sequence[Deterrence]) -> Table:
    rows = tuple(
        (
            each.label,
            each.pace,
            "all" if each.limit_usd_bn is None else f"{each.limit_usd_bn:,.0f}",
            f"{each.gain_usd_bn[-1]:.1f}",
            f"{each.bill_usd_bn[-1]:.1f}",
        )
        for each in limits
    )
    head = ("Motive", "Pace", "Pays up to, USD bn", "Gain of all", "Bill of all")
    return Table(label="Where a sale stops to pay", head=head, rows=rows, words=(0, 1))


def _schedules(found: Frontier) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("plan", "day", "sold_frac"))
    writer.writerows(_points(found))
    return text.getvalue()


def _points(found: Frontier) -> Iterator[tuple[str, int, float]]:
    best = {f"aversion {each:g}": one for each, one in found.best.items()}
    for name, one in (best | dict(found.named)).items():
        for point in schedule(one.plan):
            yield name, int(point["day"]), point["cum_frac"]


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
