"""Pictures and the page of a study of sensitivity."""

from collections.abc import Iterable, Sequence
from typing import Final

from selloff import charts
from selloff.charts import AnyChart, Pair, Row, Unit, Words
from selloff.report import StudyParts, Table
from selloff.studies.sensitivity.found import OfMetric
from selloff.studies.sensitivity.indices import Index

_PERCENT: Final = Unit(name="percent of variance", after="%")


def chart(of: OfMetric) -> AnyChart:
    """Draw first and total order of the inputs that matter, with bands."""
    words = Words(
        id=of.metric.replace("_", "-"),
        title=f"{of.label}: {of.finding}",
        subtitle="Share of variance, alone and with what it does together with others; 90% bands",
        source="Selloff",
        unit=_PERCENT,
    )
    shown = (*of.effects, of.rest, of.chance)
    pairs = [Pair(name=x.name, a=_row(x.name, x.first), b=_row(x.name, x.total)) for x in shown]
    return charts.dumbbell(words, ("First order", "Total order"), pairs)


def lay_out(title: str, about: str, found: Sequence[OfMetric]) -> StudyParts:
    """Lay out what is shown: a picture for each metric, and tables."""
    said = [line for of in found for line in of.sentences]
    tables = [table for of in found for table in _tables(of)]
    drawn = [chart(of) for of in found]
    return StudyParts(f"What matters: {title}", [*said, about], drawn, tables)


def _row(name: str, index: Index) -> Row:
    low, value, high = (100.0 * each for each in (index.low, index.value, index.high))
    return Row(name=name, p05=min(low, value), p50=value, p95=max(high, value))


def _tables(of: OfMetric) -> Iterable[Table]:
    head = (
        *("Input", "Alone, %", "90%", "In all, %", "90%"),
        *(f"Slope, {of.unit}", "Error", "Range left"),
    )
    yield _table(head, of.rows(), f"{of.label}: what matters")
    label = f"{of.label}: what a study would tell, {of.unit} (a judgement)"
    yield _table(("Study or series", "Range now", "Range left", "90%"), of.study_rows(), label)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], label: str) -> Table:
    signed = ((name, *(cell.replace("-", "−") for cell in cells)) for name, *cells in rows)
    return Table(head=head, rows=tuple(signed), label=label)
