"""A sweep in pictures: a fan along one field, heat over two."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import xarray as xr

from selloff import charts
from selloff.charts import AnyChart, Layer, Row, Ruler, Unit, Words
from selloff.report import StudyParts, Table, study_page, units
from selloff.studies.sweep.overs import Over
from selloff.vocab import metrics, three_digits

MOST_FLAT: Final = 2
"""Fields that a picture or a table has room for [count]."""
_MIDDLE: Final = 2
_SMALL: Final = 10.0
_WIDEST: Final = 24
"""Letters of a label that a phone has room for [count]."""


def chart(levels: xr.DataArray, overs: Sequence[Over], n_draws: int) -> AnyChart | None:
    """Draw one metric; over more than two fields there is no picture."""
    if len(overs) > MOST_FLAT:
        return None
    metric, values = str(levels.name), levels.to_numpy()
    title = metrics()[metric].at_the_end
    known = values[np.isfinite(values)]
    wide = float(np.abs(known).max()) if known.size else 0.0
    told = units(metrics()[metric].unit, decimals=1 if wide < _SMALL else 0)
    ways = ("Up", "Across") if len(overs) == MOST_FLAT else ("Across",)
    told_ways = [f"{way.lower()} {one.field}" for way, one in zip(ways, overs, strict=True)]
    words = Words(
        id=metric.replace("_", "-"),
        title=f"{title}, by {' and '.join(_short(one) for one in overs)}",
        subtitle=f"Medians of {n_draws:,} draws; {', '.join(told_ways)}",
        source="Selloff",
        unit=told,
    )
    return (
        _heat(words, values, overs) if len(overs) == MOST_FLAT else _along(words, values, overs[0])
    )


def page(
    title: str, about: str, pictures: Sequence[AnyChart | None], tables: Sequence[Table]
) -> str:
    """Write the page: a picture and a table of medians for each metric shown."""
    drawn = [each for each in pictures if each]
    return study_page(StudyParts(f"Sweep: {title}", [about], drawn, tables))


def _heat(words: Words, values: np.ndarray, overs: Sequence[Over]) -> AnyChart:
    up, along = overs
    places = tuple(float(at) for at in range(len(along.values)))
    x = Ruler(kind="number", title=along.field, values=places, words=along.words)
    medians = values[..., _MIDDLE]
    names = [word[:_WIDEST] for word in up.words]
    pairs = zip(names, medians, strict=True)
    rows = [Layer(name=name, values=_line(row)) for name, row in pairs]
    return charts.heat(words, x, rows[::-1] if up.is_numeric else rows)


def _along(words: Words, values: np.ndarray, one: Over) -> AnyChart:
    if one.is_numeric and len(one.values) > 1:
        order = np.argsort(one.values)
        places = tuple(float(one.values[at]) for at in order)
        x = Ruler(
            kind="number", title=one.field, values=places, unit=Unit(name=_short(one), decimals=3)
        )
        return charts.fan(words, x, [("Median", values[order].T)])
    names = ("p05", "p25", "p50", "p75", "p95")
    rows = [
        Row.model_validate({"name": word, **dict(zip(names, map(float, row), strict=True))})
        for word, row in zip(one.words, values, strict=True)
        if np.isfinite(row).all()
    ]
    return charts.dots(words, rows)


def _line(values: np.ndarray) -> tuple[float | None, ...]:
    return tuple(float(each) if np.isfinite(each) else None for each in values)


def table(metric: str, values: xr.DataArray, overs: Sequence[Over]) -> Table:
    """Set out the medians of one metric."""
    told = metrics()[metric]
    label = f"{told.at_the_end}, {told.unit}: medians"
    first, *second = overs
    across = second[0].words if second else ("Median",)
    rows = values.to_numpy().reshape(len(first.values), -1)
    body = [(word, *map(_number, row)) for word, row in zip(first.words, rows, strict=True)]
    corner = f"{first.field} (down), {second[0].field} (across)" if second else first.field
    return Table(head=(corner, *across), rows=tuple(body), label=label)


def _number(value: float) -> str:
    return three_digits(value).replace("-", "−") if np.isfinite(value) else "–"


def _short(one: Over) -> str:
    return one.field.rpartition(".")[2].replace("_", " ")
