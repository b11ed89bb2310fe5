"""Write docs/nomenclature.md from the tables the code reads."""

import sys
from collections.abc import Iterable
from math import inf
from pathlib import Path
from typing import Final

from selloff.evidence import Parameter, parameters
from selloff.vocab import (
    ASSETS,
    BUCKETS,
    CURRENCIES,
    TENORS,
    Metric,
    code_lists,
    codes_by_label,
    metrics,
    span,
    variables,
    write_file,
)

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "nomenclature.md"

_HEAD: Final = """# Nomenclature

Made by `tools/nomenclature.py` from `src/selloff/vocab/variables.csv`,
`src/selloff/evidence/parameters.csv` and the axes in `src/selloff/vocab/axes.py`. Do not edit.

## Words

| word | meaning |
|---|---|
| draw | one set of parameters with one piece of chance |
| step | one tick of time: a business day in the first year, then a month; step 0 is the opening |
| scenario, baseline | the question; the same draw without any sale |
| vintage | the world as known at a date |
| holder, group, sector | a balance sheet; the level at which the market clears; what kind it is |
| tenor, bucket | a point on a curve; a bin of remaining maturity of bonds held |
| stock, flow | a level at the end of a step; what happens during one |
| face, market value | what is repaid; what it is worth |
| 10-year equivalents | face weighted by dollar duration against a 10-year par bond |
| outcome | how a draw ended |
| standing | what a number rests on (below) |
"""

_STANDINGS: Final = {
    "verified": "read at its source",
    "secondary": "read where somebody quotes it",
    "synthesis": "judgement across several studies",
    "estimated": "estimated from the data that ship with the package",
    "computed": "computed from the data that ship with the package",
    "assumption": "chosen, with a reason and a wide range",
}


def page() -> str:
    """Lay out the whole page."""
    parts = [_HEAD, _axes(), _variables(), _metrics(), _codes(), _standings(), _parameters()]
    return "\n".join(parts)


def _axes() -> str:
    rows = [
        ("tenor", ", ".join(TENORS)),
        ("bucket", f"{', '.join(BUCKETS)} (lower edge in, upper edge out)"),
        ("currency", ", ".join(CURRENCIES)),
        ("asset", ", ".join(f"`{asset}`" for asset in ASSETS)),
        ("draw, step, holder, group, identity", "as many as the run has"),
    ]
    return "## Axes\n\n" + _table(("axis", "values"), rows)


def _variables() -> str:
    rows = [
        (f"`{v.name}`", ", ".join(v.dims), v.unit, v.kind, v.description)
        for v in variables().values()
    ]
    return "## Variables of the result\n\n" + _table(
        ("variable", "axes", "unit", "kind", "meaning"), rows
    )


def _metrics() -> str:
    note = (
        "Taken draw by draw against the baseline of the same draw, then summarised. `peak` is the\n"
        "highest and `trough` the lowest value of a path; `max_1d` and `max_5d` are the largest\n"
        "rises over that many business days in the daily first year; `end` is the horizon.\n"
        "A run whose horizon gives a metric no meaning does not have it. Made from\n"
        "`src/selloff/vocab/metrics.csv`.\n\n"
    )
    rows = [
        (f"`{row.name}`", row.label.format(horizon="horizon"), row.unit, _years(row))
        for row in metrics().values()
    ]
    heads = ("metric", "meaning", "unit", "runs that have it")
    return "## Metrics of the summary\n\n" + note + _table(heads, rows)


def _years(row: Metric) -> str:
    least = f"{span(row.needs_years)} or longer" if row.needs_years else "all"
    return least if row.most_years == inf else f"{least}, to {span(row.most_years)}"


def _codes() -> str:
    note = (
        "What other systems call our countries, currencies and sectors. Holders of several\n"
        "countries have none. Made from `src/selloff/vocab/codes.csv` and\n"
        "`src/selloff/vocab/code_lists.csv`; `selloff world --json` gives them by holder.\n\n"
    )
    lists = _table(
        ("list", "what it is", "read in", "standing"),
        [(each.list, each.name, each.source, each.standing) for each in code_lists().values()],
    )
    rows = [
        (kind, f"`{label}`", ", ".join(f"{name} {code}" for name, code in found.items()))
        for kind in ("residence", "sector", "currency")
        for label, found in codes_by_label(kind).items()
    ]
    return f"## Codes of other systems\n\n{note}{lists}\n" + _table(
        ("what", "ours", "theirs"), rows
    )


def _standings() -> str:
    return "## Standings\n\n" + _table(("standing", "the number was"), _STANDINGS.items())


def _parameters() -> str:
    found: dict[str, list[Parameter]] = {}
    for row in parameters().values():
        found.setdefault(row.mechanism, []).append(row)
    note = (
        "Prior distributions: 5%, 50% and 95% points, end points where uniform or log-uniform.\n"
        "What the bank made of them is printed in every report.\n"
    )
    parts = ["## Parameters\n", note]
    for mechanism, rows in found.items():
        parts += [f"### {mechanism.capitalize()}\n", _parameter_table(rows)]
    return "\n".join(parts)


def _parameter_table(rows: Iterable[Parameter]) -> str:
    heads = ("parameter", "symbol", "unit", "distribution", "5%, 50%, 95%", "standing", "ground")
    return _table(
        heads,
        [
            (
                f"`{row.name}`",
                f"`{row.symbol}`",
                row.unit,
                row.distribution,
                _range(row),
                row.standing,
                _ground(row),
            )
            for row in rows
        ],
    )


def _range(row: Parameter) -> str:
    if row.distribution == "constant":
        return f"{row.p50:.4g}"
    return f"{row.p05:.4g}, {row.p50:.4g}, {row.p95:.4g}"


def _ground(row: Parameter) -> str:
    source = "" if row.source == "none" else f" [{row.source}]"
    partner = f" Drawn with `{row.drawn_with}` ({row.correlation:g})." if row.drawn_with else ""
    return f"{row.reason.rstrip('.')}.{source}{partner}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


if __name__ == "__main__":
    text = page()
    if "--check" in sys.argv:
        sys.exit(text != TARGET.read_text(encoding="utf-8"))
    write_file(TARGET, text)
