"""An answer as plain values: what a page that asks by hand shows, from the report's builders."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.annex import command
from selloff.report.answer import NO_ANSWER, sentences
from selloff.report.caveats import caveats
from selloff.report.chance import chances
from selloff.report.countries import countries
from selloff.report.facts import Facts
from selloff.report.gist import gist
from selloff.report.levels import levels_by_quarter
from selloff.report.numbers import headline, numbers, paths
from selloff.report.opening import dollar, split_ten, split_yen, ten_year
from selloff.report.policy import levers
from selloff.report.question import listed, title
from selloff.report.regions import regions
from selloff.report.relay import relay, relay_chart
from selloff.report.reserves import reserves
from selloff.report.section import Drawing, Section, Table, Why, stacked
from selloff.report.seller import seller
from selloff.report.split import split_table
from selloff.report.spoken import spoken
from selloff.report.story import story
from selloff.report.trace import pages
from selloff.report.trust import peak_dots, trust
from selloff.report.worlds import conditional

Plain = dict[str, Any]
ANSWER: Final = "answer"
FIRST_VIEW: Final = (
    "absorbed_face",
    "baseline_fx",
    "baseline_par_yield_10y",
    "curve_par_yield",
    "delta_fx",
    "delta_par_yield",
    "opening_mortgage_rate",
    "outcome",
    "sold_face",
    "unsold_face",
)
"""Variables that the first view of an answer rests on, beside those of headline numbers."""


def tell(
    dataset: xr.Dataset,
    summary: Mapping[str, Any],
    *,
    is_whole: bool,
    known: Mapping[str, NDArray[np.float64]] | None = None,
) -> Plain:
    """Say an answer as plain values: its first view, or all views with every number's draws;
    `known` has those of the headline numbers."""
    facts = Facts(dataset, summary, is_draft=not is_whole, known=known)
    return {
        "title": title(dataset),
        "draws": int(summary["draws"]),
        "failed": int((~facts.alive).sum()),
        "seed": int(summary["seed"]),
        "month": str(dataset.attrs["vintage"]),
        "years": facts.years,
        "sentences": [one.striptags() for one in sentences(gist(facts))],
        "headline": headline(facts),
        "numbers": numbers(facts, is_whole=is_whole),
        "chances": chances(facts),
        "caveats": [{"head": head, "text": spoken(text)} for head, text in caveats(facts)],
        "warnings": [str(one) for one in listed(dataset, "warnings")],
        "views": [_view(one) for one in (_answer(facts), *(_others(facts) if is_whole else ()))],
        "paths": paths(facts) if is_whole else [],
        "command": command((facts,)),
    }


def model_pages() -> dict[str, str]:
    """Name the model's pages by their titles."""
    return {page: text for page, (text, _) in pages().items()}


def _answer(facts: Facts) -> Section:
    """The first view, whose charts stay where they are: a hand moves the question."""
    if not facts.alive.any():
        return Section(id=ANSWER, link="Answer", title=NO_ANSWER)
    found = (
        ten_year(facts),
        split_ten(facts),
        relay_chart(facts, relay(facts)),
        dollar(facts),
        split_yen(facts),
        peak_dots(facts),
    )
    figures = tuple(one for one in found if one is not None)
    return Section(id=ANSWER, link="Answer", title=figures[0].title, figures=figures)


def _others(facts: Facts) -> list[Section]:
    runs = (facts,)
    found = (
        story(runs), seller(runs), *regions(runs), countries(runs), reserves(runs),
        conditional(runs), trust(runs), _desk(facts),
    )  # fmt: skip
    return [one for one in found if one is not None]


def _desk(facts: Facts) -> Section:
    """Tables of the two pages for a desk, and the split of every number."""
    found = (levels_by_quarter(facts), levers(facts), split_table(facts))
    return Section(id="desk", link="Tables", title="Levels and levers", tables=stacked(found))


def _view(section: Section) -> Plain:
    return {
        "id": section.id,
        "link": section.link,
        "title": section.title,
        "lead": [spoken(one) for one in section.lead],
        "charts": [_chart(one) for one in section.drawn],
        "whys": [_why(one) for one in section.whys],
        "tables": [plain_table(one) for one in section.tables],
        "quiet": section.quiet,
    }


def _chart(drawing: Drawing) -> Plain:
    plain: Plain = drawing.chart.model_dump(mode="json", exclude_none=True)
    return plain | {"method": drawing.page} if drawing.page else plain


def _why(why: Why) -> Plain:
    return {"claim": spoken(why.claim), "why": why.why, "trust": why.trust, "page": why.page}


def plain_table(table: Table) -> Plain:
    """Write a table as plain values; numbers with a trace are pieces of their cells."""
    return {
        "head": list(table.head),
        "rows": [[spoken(cell) for cell in row] for row in table.rows],
        "words": list(table.words),
        "title": table.fold or table.label,
    }
