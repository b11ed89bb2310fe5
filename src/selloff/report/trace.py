"""The way from a number to its definition, the model's pages, parameters and a command."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from markupsafe import Markup

from selloff.report.estimate import beyond
from selloff.report.facts import Facts
from selloff.report.section import Cell, Table
from selloff.report.told import anchor, say
from selloff.vocab import metrics, variables
from selloff.vocab.rows import rows_of

ASSUMED: Final = "assumption"
TAKEN: Final = {
    "value": "", "highest": "Highest point of: ", "lowest": "Lowest point of: ",
    "day_of_highest": "Day of the highest point of: ",
    "day_of_lowest": "Day of the lowest point of: ",
    "farthest": "Point farthest from zero of: ", "end": "Last value of: ", "total": "Sum of: ",
}  # fmt: skip
OWN: Final = {
    "rise_1d": "Largest rise of the US 10-year yield within one business day of the first year",
    "rise_5d": "Largest rise of the US 10-year yield within five business days of the first year",
    "fed_backstop": "Most the Federal Reserve holds, over all that sellers, followers, funds sell",
    "dollar_share": "Dollar's share of official reserves less that of the baseline",
    "dollar_among_currencies": "Dollar's share of currency reserves less that of the baseline",
    "dollar_volume": "Part of the change of the dollar's share that trades make",
    "dollar_valuation": "Part of the change of the dollar's share that prices alone make",
    "dollar_confidence": "Part of the change of the dollar's share that confidence makes",
}
"""Formulas that are no recipe, in words."""


@cache
def pages() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Read the model's pages: title, and the mechanisms of parameters each explains."""
    rows = rows_of("report", "pages")
    return {row["page"]: (row["title"], tuple(row["mechanisms"].split(";"))) for row in rows}


@cache
def _page_of() -> Mapping[str, str]:
    return {one: page for page, (_, found) in pages().items() for one in found if one}


def link(page: str) -> Markup:
    """Link to the row of a page of the model."""
    title = pages()[page][0] if page in pages() else page
    return say('<a href="#m-{page}">{title}</a>', page=page, title=title)


def definition(formula: str) -> str:
    """Say how a number is worked out."""
    if formula in OWN:
        return OWN[formula]
    how, series, *until = formula.split(":")
    parts = [_series_words(one) for one in series.split(" less ")]
    when = (
        f" after {until[0]} years"
        if until and until[0] != "1"
        else " after a year"
        if until
        else ""
    )
    taken = f"Value{when} of: " if until and how == "end" else TAKEN.get(how, f"{how}: ")
    return f"{taken}{', less: '.join(parts)}"


def _series_words(text: str) -> str:
    if text == "yen_per_dollar":
        return "yen per dollar against the baseline"
    name, _, where = text.removesuffix("]").partition("[")
    words = variables()[name].description if name in variables() else name
    return f"{words} ({where})" if where else words


def movers(facts: Facts, name: str, variable: str) -> list[Mapping[str, Any]]:
    """Find the parameters that move a number, by its name or its variable's."""
    return [
        one
        for one, moved in zip(facts.parameters, facts.moved, strict=True)
        if name in moved or variable in moved
    ]


def numbers(facts: Facts) -> Table:
    """List every headline number with its definition, pages, parameters and name."""
    rows, ids = [], []
    for name, metric in metrics().items():
        one = facts.told(name)
        if not one.estimate.is_known:
            continue
        variable = anchor(metric.formula)[2:]
        found = movers(facts, name, variable)
        rows.append(
            (
                metric.title(facts.years), one.middle, one.estimate.ends,
                definition(metric.formula), _pages(found), _counted(found, name),
                beyond(facts.summary, name), Markup("<code>{}</code>").format(name),
            )
        )  # fmt: skip
        ids.append(anchor(name))
    head = (
        "Number", "Median", "5–95%", "Definition", "Pages of the model", "Parameters", "Record",
        "Name",
    )  # fmt: skip
    fold = f"Every headline number, where it comes from ({len(rows)})"
    return Table(
        head=head,
        rows=tuple(rows),
        words=(0, 3, 4, 5, 6, 7),
        fold=fold,
        ids=tuple(ids),
        is_sorted=True,
    )


def series_rows(facts: Facts) -> Table:
    """List the variables the page reads."""
    held = [one for one in variables().values() if one.name in facts.dataset]
    rows = [(one.name, one.description, one.unit, " ".join(one.dims)) for one in held]
    rows.insert(0, ("yen_per_dollar", "Yen per dollar against baseline", "percent", "draw step"))
    return Table(
        head=("Variable", "What it is", "Unit", "By"), rows=tuple(rows), words=(0, 1, 2, 3),
        fold=f"Every variable of result.nc ({len(rows)})", ids=tuple(f"n-{one[0]}" for one in rows),
        is_sorted=True,
    )  # fmt: skip


def pages_of(facts: Facts, name: str) -> tuple[str, ...]:
    """Name the model's pages that explain a headline number."""
    return _named(movers(facts, name, anchor(metrics()[name].formula)[2:]))


def _named(found: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    named = dict.fromkeys(_page_of().get(str(one.get("mechanism")), "") for one in found)
    return tuple(page for page in named if page)


def _pages(found: Sequence[Mapping[str, Any]]) -> Markup:
    return Markup(", ").join(link(page) for page in _named(found)) or Markup("–")


def _counted(found: Sequence[Mapping[str, Any]], name: str) -> Cell:
    if not found:
        return "–"
    assumed = sum(one.get("standing") == ASSUMED for one in found)
    text = '<a href="#parameters" data-find="{name}">{n}: {data} from data, {assumed} assumed</a>'
    return say(text, name=name, n=len(found), data=len(found) - assumed, assumed=assumed)


def mechanisms_table(facts: Facts) -> Table:
    """List the pages of the model, with how many parameters of each are assumptions."""
    rows: list[tuple[Cell, ...]] = []
    for page, (title, own) in pages().items():
        found = [one for one in facts.parameters if one.get("mechanism") in own]
        rows.append((title, Markup("<code>docs/model/{}.md</code>").format(page), _own(found, own)))
    return Table(
        head=("Page", "File in the source tree", "Parameters"), rows=tuple(rows), words=(0, 1, 2),
        fold=f"Pages of the model ({len(rows)})", ids=tuple(f"m-{page}" for page in pages()),
    )  # fmt: skip


def _own(found: Sequence[Mapping[str, Any]], mechanisms: Sequence[str]) -> Cell:
    return _counted(found, mechanisms[0]) if found else "–"
