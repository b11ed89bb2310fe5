"""What lies behind a run: parameters, sources, the command and the versions."""

import json
import shlex
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from selloff.report.facts import Facts
from selloff.report.question import listed
from selloff.report.section import Table
from selloff.report.told import say
from selloff.report.trace import ASSUMED


def parameters(facts: Facts) -> Table:
    """List the parameters with ranges, standing, sources and the numbers each moves."""
    order = ("mechanism", "name")
    found = sorted(facts.parameters, key=lambda one: tuple(str(one.get(key)) for key in order))
    rows = tuple(
        (
            str(one.get("name", "")),
            str(one.get("mechanism", "")),
            *(_significant(one.get(key)) for key in ("p50", "p05", "p95")),
            str(one.get("unit", "")),
            _tag(str(one.get("standing", ""))),
            str(one.get("source", "")),
            " ".join(str(one.get("moves", "")).split()),
        )
        for one in found
    )
    head = ("Parameter", "Mechanism", "Median", "5%", "95%", "Unit", "Standing", "Source", "Moves")
    fold = f"Parameters: what is data and what is assumed ({len(rows)})"
    return Table(head=head, rows=rows, words=(0, 1, 5, 6, 7, 8), fold=fold, is_sorted=True)


def _tag(standing: str) -> Markup:
    kind = ASSUMED if standing == ASSUMED else "data"
    return say('<span class="tag {kind}">{standing}</span>', kind=kind, standing=standing or "–")


def _significant(number: Any) -> str:
    if not isinstance(number, int | float) or isinstance(number, bool):
        return ""
    return f"{number:.3g}".replace("-", "−")


def sources(facts: Facts) -> Table:
    """List the data and assumptions behind the run."""
    keys = ("what", "publisher", "series", "as_of", "standing")
    found = listed(facts.dataset, "sources")
    rows = tuple(tuple(str(one.get(key, "")) for key in keys) for one in found)
    head = ("What", "Publisher", "Series", "As of", "Standing")
    fold = f"Data and sources ({len(rows)})"
    return Table(head=head, rows=rows, words=(0, 1, 2, 3, 4), fold=fold, is_sorted=True)


def command(runs: Sequence[Facts]) -> str:
    """Write the command that gives the same numbers."""
    names = [shlex.quote(str(one.dataset.attrs.get("scenario_name", "scenario"))) for one in runs]
    verb, first = ("run", "compare")[len(runs) - 1], runs[0]
    horizon = first.dataset.attrs.get("horizon_years")
    years = f" --horizon-years {float(horizon):g}" if horizon is not None else ""
    draws, seed = int(first.summary["draws"]), int(first.summary["seed"])
    return f"selloff {verb} {' '.join(names)} --draws {draws} --seed {seed}{years}"


def versions(facts: Facts) -> str:
    """Name the versions a run was made with."""
    found = json.loads(str(facts.dataset.attrs.get("versions", "{}")))
    return ", ".join(f"{name} {version}" for name, version in found.items())
