"""One self-contained page: text, tables, charts, and no network."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr
from markupsafe import Markup

from selloff import charts
from selloff.report import annex, trace
from selloff.report.answer import sentences
from selloff.report.caveats import caveats
from selloff.report.countries import countries
from selloff.report.factcheck import factcheck
from selloff.report.facts import Facts
from selloff.report.frame import environment, packaged
from selloff.report.gist import gist
from selloff.report.happening import happening
from selloff.report.holders import buyers
from selloff.report.levels import levels_by_quarter
from selloff.report.opening import first_figures
from selloff.report.policy import levers
from selloff.report.prescribed import asked
from selloff.report.question import listed, month_name, scenario, title
from selloff.report.regions import regions
from selloff.report.reserves import reserves
from selloff.report.section import Drawing, Section, stacked
from selloff.report.seller import seller
from selloff.report.split import split_table
from selloff.report.story import story
from selloff.report.trust import identity_words, trust
from selloff.report.versus import versus
from selloff.report.worlds import conditional
from selloff.vocab import span
from selloff.vocab.files import write_file

Summary = Mapping[str, Any]


def render(datasets: Sequence[xr.Dataset], summaries: Sequence[Summary]) -> str:
    """Write the report of one run, or of one run with a second beside it."""
    if len(datasets) not in (1, 2) or len(datasets) != len(summaries):
        raise ValueError("give one or two datasets and as many summaries")
    pairs = zip(datasets, summaries, "AB", strict=False)
    runs = tuple(Facts(*one) for one in pairs)
    first, sections = first_figures(runs[0]), _sections(runs)
    shown = [*first, *(figure for one in sections for figure in one.drawn)]
    scripts = (charts.script(), packaged("template/page.js"))
    return (
        environment()
        .get_template("page.html")
        .render(
            **_answer_parts(runs),
            **_annex_parts(runs),
            first=first,
            sections=sections,
            pages=trace.pages(),
            style=Markup(charts.stylesheet() + packaged("template/page.css")),
            scripts=[Markup(script) for script in scripts],
            script_hashes=Markup(" ".join(charts.csp_hash(script) for script in scripts)),
            drawn=Markup(charts.charts_json(_linked(one) for one in shown)),
            outlines=_outlines(shown),
        )
    )


def write_report(
    datasets: Sequence[xr.Dataset], summaries: Sequence[Summary], file: str | Path
) -> Path:
    """Write the report to a file."""
    return write_file(Path(file), render(datasets, summaries))


def drawn(runs: tuple[Facts, ...]) -> list[Drawing]:
    """List all charts in the order of the page."""
    return [*first_figures(runs[0]), *(one for section in _sections(runs) for one in section.drawn)]


def _sections(runs: tuple[Facts, ...]) -> list[Section]:
    found = (
        story(runs), versus(runs), seller(runs), *regions(runs), countries(runs), reserves(runs),
        conditional(runs), trust(runs),
    )  # fmt: skip
    return [one for one in found if one is not None]


def _answer_parts(runs: tuple[Facts, ...]) -> dict[str, Any]:
    facts = runs[0]
    return {
        "title": title(facts.dataset),
        "answers": [Markup(" ").join(sentences(gist(one))) for one in runs],
        "asked": [asked(one.dataset) for one in runs],
        "names": [title(one.dataset) for one in runs],
        "caveats": caveats(facts),
        "balance_sheets": month_name(str(facts.dataset.attrs.get("vintage", ""))),
        "fetched": annex.fetched(facts),
        "simulations": int(facts.summary["draws"]),
        "failed": int((~facts.alive).sum()),
        "horizon": span(facts.years),
        "levers": levers(facts),
        "levels": levels_by_quarter(facts) if facts.is_told else None,
        "identities": identity_words(facts),
    }


def _annex_parts(runs: tuple[Facts, ...]) -> dict[str, Any]:
    facts = runs[0]
    found = (
        trace.numbers(facts), split_table(facts), buyers(facts.dataset), trace.series_rows(facts),
        trace.mechanisms_table(facts),
    )  # fmt: skip
    return {
        "annex": stacked(found),
        "parameters": annex.parameters(facts),
        "sources": annex.sources(facts),
        "limits": [str(one) for one in listed(facts.dataset, "limits")],
        "claims": factcheck(facts),
        "happening": happening(facts.dataset),
        "command": annex.command(runs),
        "versions": annex.versions(facts),
        "seed": int(facts.summary["seed"]),
        "scenarios": [
            json.dumps(scenario(one.dataset), indent=1, ensure_ascii=False) for one in runs
        ],
    }


def _linked(figure: Drawing) -> charts.AnyChart:
    """Give a chart the address of the page that explains it."""
    drawn: charts.AnyChart = figure.chart
    return drawn.model_copy(update={"method": f"#m-{figure.page}"}) if figure.page else drawn


def _outlines(drawn: Sequence[Drawing]) -> Markup:
    has_map = any(one.chart.kind == "map" for one in drawn)
    return Markup(charts.outlines_json()) if has_map else Markup("null")
