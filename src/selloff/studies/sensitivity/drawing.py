"""Pictures and the page of a study of sensitivity."""

from collections.abc import Iterable
from typing import Final

from selloff import charts
from selloff.charts import AnyChart, Pair, Row, Unit, Words
from selloff.report import Table, study_page
from selloff.studies.sensitivity.found import Effect, OfMetric, Sensitivity
from selloff.studies.sensitivity.indices import Index
from selloff.studies.sensitivity.worth import Worth

_PERCENT: Final = Unit(name="percent of variance", after="%")


def chart(found: Sensitivity, metric: str) -> AnyChart:
    """Draw first and total order of the inputs that matter, with bands."""
    of = found.of[metric]
    words = Words(
        id=metric.replace("_", "-"),
        title=f"{of.label}: {of.effects[0].name} matters most",
        subtitle="Share of variance, alone and with what it does together with others; 90% bands",
        source="Selloff",
        unit=_PERCENT,
    )
    shown = (*of.effects, of.rest, of.chance)
    pairs = [Pair(name=x.name, a=_row(x.name, x.first), b=_row(x.name, x.total)) for x in shown]
    return charts.dumbbell(words, ("First order", "Total order"), pairs)


def page(found: Sensitivity) -> str:
    """Write the page: a picture for each metric, and tables."""
    said = [line for of in found.of.values() for line in of.sentences]
    about = (
        f"{found.points:,} independent points and {found.runs:,} draws in all, seed {found.seed}."
    )
    tables = [table for of in found.of.values() for table in _tables(of)]
    return study_page(
        f"What matters: {found.title}",
        [*said, about],
        [chart(found, metric) for metric in found.of],
        tables,
    )


def _row(name: str, index: Index) -> Row:
    low, value, high = (100.0 * each for each in (index.low, index.value, index.high))
    return Row(name=name, p05=min(low, value), p50=value, p95=max(high, value))


def _tables(of: OfMetric) -> Iterable[Table]:
    head = ("Input", "First order, %", "Total order, %", f"Slope, {of.unit}", "Range left")
    rows = tuple(_effect(each) for each in (*of.effects, of.rest, of.chance))
    yield Table(head=head, rows=rows, label=f"{of.label}: what matters")
    head = ("Study or series", "Share, %", "Range now", "Range left", "5-95%")
    yield Table(
        head=head,
        rows=tuple(_study(each) for each in of.studies),
        label=f"{of.label}: what a study would tell, {of.unit} (a judgement)",
    )


def _effect(one: Effect) -> tuple[str, ...]:
    slope, worth = one.slope, one.worth
    bent = " (kink)" if slope is not None and slope.is_kinked else ""
    return (
        one.name,
        _band(one.first),
        _band(one.total),
        "–" if slope is None else f"{_say(slope.value)}{bent}",
        "–" if worth is None else _say(worth.left),
    )


def _study(one: Worth) -> tuple[str, ...]:
    band = f"{_say(one.left_low)} to {_say(one.left_high)}"
    return (one.name, f"{100 * one.share:.0f}", _say(one.now), _say(one.left), band)


def _band(index: Index) -> str:
    low, value, high = (100.0 * each for each in (index.low, index.value, index.high))
    return f"{_round(value)} ({_round(low)} to {_round(high)})"


def _round(value: float) -> str:
    return f"{value:.0f}".replace("-0", "0").replace("-", "−")


def _say(value: float) -> str:
    return f"{value:,.3g}".replace("-", "−")
