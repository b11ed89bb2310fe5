"""A run, or two side by side, in the size of a notebook's cell: the answer, a table, a chart."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import xarray as xr
from markupsafe import Markup

from selloff.charts import Fan, as_image
from selloff.report.draw import fan
from selloff.report.estimate import from_metric, in_time
from selloff.report.facts import Facts
from selloff.report.gist import OWN, answer_lines, own_currency, own_money
from selloff.report.question import title
from selloff.report.told import TEN
from selloff.vocab import metrics_at

MOST_ROWS: Final = 12
_CHART: Final = "US 10-year yield: median and the ranges of 50 and 90% of the simulations"
_BOTH: Final = "US 10-year yield: {0}, and dashed the median of {1}"
_LEFT: Final = "text-align:left"


def card(runs: Sequence[tuple[xr.Dataset, Mapping[str, Any]]]) -> str:
    """Tell one run or two as a piece of a page, without scripts and without the network."""
    parts = [_answer(dataset, summary) for dataset, summary in runs]
    return str(Markup("").join([*parts, _table(runs), _chart(runs), _origin(runs)]))


def _answer(dataset: xr.Dataset, summary: Mapping[str, Any]) -> Markup:
    lines = " ".join(answer_lines(dataset, summary))
    return Markup("<p><strong>{}.</strong> {}</p>").format(title(dataset), lines)


def _table(runs: Sequence[tuple[xr.Dataset, Mapping[str, Any]]]) -> Markup:
    names = _names(runs) if len(runs) > 1 else ["Median (5–95%)"]
    years = [float(summary["horizon_years"]) for _, summary in runs]
    rows = []
    for name, metric in metrics_at(*years, shown="terminal").items():
        cells = [_cell(dataset, summary, name) for dataset, summary in runs]
        if any(cells):
            rows.append((metric.title(*years), *(each or "–" for each in cells)))
    return grid(("Against the baseline", *names), rows[:MOST_ROWS]) if rows else Markup("")


def grid(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Markup:
    """Write a table of a cell."""
    body = Markup("").join(_row("td", one) for one in rows)
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(
        _row("th", head), body
    )


def _row(tag: str, cells: Sequence[Any]) -> Markup:
    made = (Markup('<{0} style="{1}">{2}</{0}>').format(Markup(tag), _LEFT, one) for one in cells)
    return Markup("<tr>{}</tr>").format(Markup("").join(made))


def _cell(dataset: xr.Dataset, summary: Mapping[str, Any], name: str) -> str:
    """A median with its range; nothing where nothing happens, or dollars say it already."""
    found = from_metric(summary, name)
    if not found.is_known or found.is_nil:
        return ""
    if found.unit == OWN:
        currency = own_currency(dataset)
        return "" if currency == "USD" else own_money(found, currency).brief
    number = in_time(found) if found.unit == "business days" else found
    return f"{number.middle} ({number.ends})"


def _chart(runs: Sequence[tuple[xr.Dataset, Mapping[str, Any]]]) -> Markup:
    facts = [Facts(dataset, summary) for dataset, summary in runs]
    if not all(each.alive.any() for each in facts):
        return Markup("")
    words = _CHART if len(runs) == 1 else _BOTH.format(*_names(runs))
    drawn = fan("us_10y", words, facts, TEN, how="By business day.", is_level=True)
    assert isinstance(drawn, Fan)
    return Markup("<p>{}<br>{}</p>").format(words, Markup(as_image(drawn)))


def _names(runs: Sequence[tuple[xr.Dataset, Mapping[str, Any]]]) -> list[str]:
    return [str(dataset.attrs["scenario_name"]) for dataset, _ in runs]


def _origin(runs: Sequence[tuple[xr.Dataset, Mapping[str, Any]]]) -> Markup:
    dataset, summary = runs[0]
    words = "Books of {}; {:,} simulations; seed {}. 90% of the simulations lie in the brackets."
    told = words.format(dataset.attrs["vintage"], summary["draws"], summary["seed"])
    return Markup("<p><small>{}</small></p>").format(told)
