"""One self-contained page: text, tables, charts, and no network."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import xarray as xr
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from selloff.charts import csp_hash
from selloff.report import tables
from selloff.report.answer import answer, beside, headlines
from selloff.report.attribution import attribution
from selloff.report.charts import Chart, charts, compare_charts
from selloff.report.comparison import compare_table
from selloff.report.conditional import worlds_table
from selloff.report.ending import is_answered
from selloff.report.factcheck import factcheck
from selloff.report.history import against_history, history_reason
from selloff.report.question import is_nothing_sold, listed, scenario, title
from selloff.report.scores import scores
from selloff.report.story import story
from selloff.report.world import world
from selloff.vocab.files import write_file

Summary = Mapping[str, Any]

RANGE: Final = re.compile(r"(\((?:5–95%: )?[−$0-9][^()<>&]{0,40}\)|−[$¥][0-9.,]*[0-9][a-z]*)")
"""A range in brackets, or money below zero, as `Estimate` writes them."""


def render(datasets: Sequence[xr.Dataset], summaries: Sequence[Summary]) -> str:
    """Write the report of one run, or of one run with a second beside it."""
    if len(datasets) not in (1, 2) or len(datasets) != len(summaries):
        raise ValueError("give one or two datasets and as many summaries")
    drawn = charts(datasets[0])
    both = compare_charts(datasets) if len(datasets) == 2 else []
    past = scores(datasets[0])
    parts = attribution(datasets[0], summaries[0])
    sections = world(datasets[0])
    spread = [chart for one in sections for chart in one.charts]
    late = past.charts if past else ()
    scripts = (_packaged("vendor/plotly-basic.min.js"), _packaged("template/draw.js"))
    return (
        _environment()
        .get_template("page.html")
        .render(
            **_answer_parts(datasets, summaries),
            **_check_parts(datasets[0], summaries[0]),
            warnings=_warnings(datasets),
            command=_command(datasets, summaries[0]),
            charts=drawn,
            both=both,
            compare=compare_table(datasets, summaries) if both else None,
            style=Markup(_packaged("template/page.css")),
            scripts=[Markup(script) for script in scripts],
            script_hashes=Markup(" ".join(csp_hash(script) for script in scripts)),
            world=sections,
            claims=factcheck(datasets[0]),
            past=past,
            parts=parts,
            drawn=Markup(
                _embedded([*(parts.charts if parts else ()), *drawn, *both, *spread, *late])
            ),
        )
    )


def write_report(
    datasets: Sequence[xr.Dataset], summaries: Sequence[Summary], file: str | Path
) -> Path:
    """Write the report to a file."""
    return write_file(Path(file), render(datasets, summaries))


def _answer_parts(datasets: Sequence[xr.Dataset], summaries: Sequence[Summary]) -> dict[str, Any]:
    main, summary = datasets[0], summaries[0]
    history = against_history(main)
    return {
        "title": title(main),
        "description": str(scenario(main).get("description", "")),
        "titles": [title(dataset) for dataset in datasets],
        "answer": answer(main, summary),
        "beside": beside(datasets[1], summaries[1]) if len(datasets) == 2 else "",
        "headlines": headlines(main, summary),
        "story": story(main, summary),
        "worlds": worlds_table(summary),
        "history": tables.history_table(history),
        "history_reason": history_reason(main, summary, history),
        "history_source": history[0].source if history else "none",
        "is_nothing_sold": is_nothing_sold(main),
    }


def _check_parts(main: xr.Dataset, summary: Summary) -> dict[str, Any]:
    attrs = main.attrs
    versions = json.loads(str(attrs.get("versions", "{}")))
    return {
        "vintage": str(attrs.get("vintage", summary.get("vintage", ""))),
        "draws": int(summary["draws"]),
        "n_failed": int((~is_answered(main)).sum()),
        "seed": int(summary["seed"]),
        "horizon_years": float(attrs.get("horizon_years", float(main["years"][-1]))),
        "metrics": tables.metrics_table(summary),
        "groups": tables.group_table(main),
        "buyers": tables.buyer_table(main),
        "bill": tables.bill_table(main),
        "outcomes": tables.outcome_table(summary),
        "identities": tables.identity_table(main),
        "sources": tables.source_table(main),
        "parameters": tables.parameter_table(main),
        "limits": [str(one) for one in listed(main, "limits")],
        "versions": {str(name): str(version) for name, version in versions.items()},
        "scenario_json": json.dumps(scenario(main), indent=2, ensure_ascii=False),
    }


def _warnings(datasets: Sequence[xr.Dataset]) -> list[str]:
    """What lies beyond the evidence; of two runs with the letter by which the page calls them."""
    leads = ("",) if len(datasets) == 1 else ("A: ", "B: ")
    pairs = zip(leads, datasets, strict=True)
    return [f"{lead}{one}" for lead, dataset in pairs for one in listed(dataset, "warnings")]


def _command(datasets: Sequence[xr.Dataset], summary: Summary) -> str:
    names = [shlex.quote(str(one.attrs.get("scenario_name", "scenario"))) for one in datasets]
    verb = "run" if len(datasets) == 1 else "compare"
    horizon = datasets[0].attrs.get("horizon_years")
    years = f" --horizon-years {float(horizon):g}" if horizon is not None else ""
    run = f"--draws {int(summary['draws'])} --seed {int(summary['seed'])}{years}"
    return f"selloff {verb} {' '.join(names)} {run}"


def _embedded(drawn: Sequence[Chart]) -> str:
    plain = {chart.id: chart.figure for chart in drawn}
    text = json.dumps(plain, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    # Inside a script element only these three can end it or open a comment.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _packaged(name: str) -> str:
    return files("selloff.report").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("selloff.report", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = _unbroken
    return environment


def _unbroken(words: str) -> Markup:
    """Keep each range in brackets, and money below zero, on one line."""
    return Markup(RANGE.sub(r'<span class="range">\1</span>', str(escape(words))))
