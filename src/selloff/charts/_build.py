"""Make charts from quantiles: one small function a kind, numbers rounded for the page."""

from collections.abc import Iterable, Sequence
from math import isclose, isfinite
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from selloff.charts._kinds import (
    Domain,
    Dots,
    Dumbbell,
    Fan,
    Heat,
    Map,
    QuantileDots,
    Relay,
    Sankey,
    Scatter,
    Spark,
    Waterfall,
)
from selloff.charts._parts import (
    Band,
    Land,
    Layer,
    Link,
    Mark,
    Pair,
    Row,
    Ruler,
    Spot,
    Step,
    Unit,
    Words,
    Yardstick,
)

TWENTY: Final = tuple((at + 0.5) / 20 for at in range(20))
"""Levels of the quantiles behind twenty dots."""
QUANTILES: Final = ("p05", "p25", "p50", "p75", "p95")
DRAFT: Final = ("p10", "p50", "p90")
"""Quantiles of a draft, of which few draws know no more."""
FINER: Final = 2
"""Digits kept beyond those shown, so that lines are smooth [count]."""


def fan(
    words: Words,
    x: Ruler,
    series: Sequence[tuple[str, ArrayLike]],
    *,
    ghost: tuple[str, ArrayLike] | None = None,
    records: Sequence[Yardstick] = (),
    marks: Sequence[Mark] = (),
    paths: Sequence[ArrayLike] = (),
    domain: Domain | None = None,
) -> Fan:
    """Draw fans, from the 5, 25, 50, 75 and 95% of each series as rows of an array; three rows are
    the 10, 50 and 90% of a draft."""
    bands = [_band(name, levels, x, words.unit) for name, levels in series]
    if ghost is not None:
        bands.append(_band(*ghost, x, words.unit).model_copy(update={"ghost": True}))
    return Fan(
        **_said(words),
        x=x,
        series=tuple(bands),
        records=tuple(records),
        marks=tuple(marks),
        paths=tuple(tuple(keep(one, words.unit)) for one in paths),
        domain=domain,
    )


def relay(
    words: Words,
    x: Ruler,
    parts: Sequence[Layer],
    *,
    total: str = "Together",
    domain: Domain | None = None,
) -> Relay:
    """Draw who holds what over time; give means over draws, since medians do not add up."""
    lines = _lines(parts, x, words.unit)
    return Relay(**_said(words), x=x, parts=lines, total=total, domain=domain)


def waterfall(words: Words, steps: Sequence[Step], total: Step) -> Waterfall:
    """Draw the parts of one number; their medians add up to that of the whole."""
    added = sum(one.p50 for one in steps)
    if not isclose(added, total.p50, abs_tol=1e-6 + 1e-3 * abs(total.p50)):
        raise ValueError(
            f"steps: add up to {added:g}, the total is {total.p50:g}. Give parts that add up."
        )
    rows = [*steps, total.model_copy(update={"total": True})]
    return Waterfall(**_said(words), rows=tuple(_row(one, words.unit) for one in rows))


def heat(words: Words, x: Ruler, rows: Sequence[Layer]) -> Heat:
    """Draw changes over time, the first row on top."""
    return Heat(**_said(words), x=x, rows=_lines(rows, x, words.unit))


def dumbbell(words: Words, names: tuple[str, str], rows: Sequence[Pair]) -> Dumbbell:
    """Draw the numbers of two scenarios, all in one unit."""
    unit = words.unit
    kept = (one.model_copy(update={"a": _row(one.a, unit), "b": _row(one.b, unit)}) for one in rows)
    return Dumbbell(**_said(words), names=names, rows=tuple(kept))


def dots(words: Words, rows: Iterable[Row]) -> Dots:
    """Draw medians with ranges, the largest effect first, whatever its sign."""
    return Dots(**_said(words), rows=_largest_first(rows, words.unit))


def quantile_dots(
    words: Words,
    levels: ArrayLike,
    *,
    beyond: float | None = None,
    records: Sequence[Yardstick] = (),
) -> QuantileDots:
    """Draw twenty dots, from the quantiles at `TWENTY`."""
    values = tuple(keep(levels, words.unit))
    return QuantileDots(**_said(words), values=values, beyond=beyond, records=tuple(records))


def world(words: Words, places: Iterable[Land]) -> Map:
    """Draw a map, countries in the order of their effect."""
    return Map(**_said(words), rows=_largest_first(places, words.unit))


def scatter(
    words: Words, x: Ruler, y_title: str, points: Iterable[Spot], *, zero: bool = True
) -> Scatter:
    """Draw points, from left to right."""
    kept = tuple(sorted(points, key=lambda one: (one.x, one.name)))
    return Scatter(**_said(words), x=x, y_title=y_title, points=kept, zero=zero)


def sankey(words: Words, links: Sequence[Link]) -> Sankey:
    """Draw who sold to whom, in the order given."""
    kept = (
        one.model_copy(update={"value": _one(one.value, words.unit)})
        for one in links
        if _one(one.value, words.unit) > 0.0
    )
    return Sankey(**_said(words), links=tuple(kept))


def spark(words: Words, x: Ruler, values: ArrayLike) -> Spark:
    """Draw a line the size of a word."""
    return Spark(**_said(words), x=x, values=tuple(keep(values, words.unit)))


def keep(numbers: ArrayLike, unit: Unit) -> list[Any]:
    """Round for the page, so that what is shown is what Python would show; gaps become None."""
    flat = np.asarray(numbers, dtype=np.float64).ravel()
    return [_kept(float(one), unit.decimals) if isfinite(one) else None for one in flat]


def _kept(number: float, decimals: int) -> float:
    """Keep finer digits; a half goes back to its side, since a browser takes it away from zero."""
    fine = int(10 ** (decimals + FINER))
    whole = round(number * fine)
    is_half = abs(whole) % 10**FINER == 10**FINER // 2
    if is_half and abs(round(number, decimals)) < abs(whole) / fine:
        whole -= 1 if whole > 0 else -1
    return float(whole) / fine


def _said(words: Words) -> dict[str, Any]:
    return {name: getattr(words, name) for name in Words.model_fields}


def _one(number: float, unit: Unit) -> float:
    return float(keep([number], unit)[0])


def _band(name: str, levels: ArrayLike, x: Ruler, unit: Unit) -> Band:
    rows = np.asarray(levels, dtype=np.float64)
    parts = DRAFT if rows.shape[:1] == (len(DRAFT),) else QUANTILES
    if rows.shape != (len(parts), len(x.values)):
        raise ValueError(
            f"{name}: {rows.shape} numbers, {len(QUANTILES)} x {len(x.values)} are needed. "
            "Give a row for each of 5, 25, 50, 75 and 95% (of a draft 10, 50 and 90%) and a "
            "column for each place."
        )
    held = zip(parts, (keep(row, unit) for row in rows), strict=True)
    return Band.model_validate({"name": name, **dict(held)})


def _lines(parts: Sequence[Layer], x: Ruler, unit: Unit) -> tuple[Layer, ...]:
    for one in parts:
        if len(one.values) != len(x.values):
            raise ValueError(
                f"{one.name}: {len(one.values)} values for {len(x.values)} places. Give one each."
            )
    return tuple(one.model_copy(update={"values": tuple(_known(one, unit))}) for one in parts)


def _known(part: Layer, unit: Unit) -> list[Any]:
    return keep([np.nan if one is None else one for one in part.values], unit)


def _row(one: Any, unit: Unit) -> Any:
    held = {name: getattr(one, name) for name in QUANTILES}
    kept = {name: _one(value, unit) for name, value in held.items() if value is not None}
    return one.model_copy(update=kept)


def _largest_first(rows: Iterable[Any], unit: Unit) -> tuple[Any, ...]:
    ordered = sorted(rows, key=lambda one: (-abs(one.p50), -abs(one.p95), one.name))
    return tuple(_row(one, unit) for one in ordered)
