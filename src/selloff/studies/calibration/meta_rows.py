"""What the meta-analysis is given: estimates in logs of common units, with their errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import Z95, PublishedEstimate, fixed
from selloff.studies.calibration.conversion import convert

Array = NDArray[np.float64]
Index = NDArray[np.intp]
QUANTITIES: Final = ("bond_lasting", "bond_month", "fx_lasting", "fx_day", "half_life")
_TEN: Final = ("10Y", "10Y TP", "10Y real")
_BOUNDS: Final = {"upper": -1.0, "exact": 0.0, "noisy": 0.0, "lower": 1.0}


@dataclass(frozen=True, eq=False)
class MetaRows:
    """Estimates side by side."""

    ids: tuple[str, ...]
    studies: tuple[str, ...]
    """Study of each row."""
    standings: tuple[str, ...]
    quantity: Index
    """Place of each row's quantity in `QUANTITIES` [index]."""
    study: Index
    """Number of each row's study and unit, which share an effect [index]."""
    by_gdp: Array
    """Effect, amounts grown with GDP [log]."""
    by_stock: Array
    """Effect, amounts grown with the stock of debt; as by GDP where there is no stock [log]."""
    error: Array
    """Standard error of each row [log; of noisy ones in the unit of the quantity]."""
    is_noisy: Array
    """One where the error is the same however large the effect came out [flag]."""
    is_other_maturity: Array
    """One where the effect is not on a 10-year yield [flag]."""
    bound: Array
    """Zero for a number, one for a lower and minus one for an upper bound [sign]."""


def meta_rows(registry: Sequence[PublishedEstimate]) -> MetaRows:
    """Lay out the estimates that can be converted.

    error^2 = (ln(high / low) / 2 z95)^2 + floor^2 + (more for what was not read at its source)^2
    """
    more = {"secondary": fixed("secondary_error"), "memory": fixed("memory_error")}
    chosen = [each for each in registry if each.quantity in QUANTITIES]
    # What a study finds of bonds says nothing of how far its half-life is off.
    effects = [f"{each.study} {each.unit}" for each in chosen]
    names = list(dict.fromkeys(effects))
    gdp, stock, error = [], [], []
    for each in chosen:
        low, mid, high = _common(each)
        gdp.append(np.log(mid[0]))
        stock.append(np.log(mid[1] if np.isfinite(mid[1]) else mid[0]))
        if each.bound == "noisy":
            # In logs a small outcome would count for little, and a large one for much.
            error.append((high[0] - low[0]) / (2.0 * Z95))
            continue
        own = np.log(high[0] / low[0]) / (2.0 * Z95)
        error.append(
            np.sqrt(own**2 + fixed("row_error_floor") ** 2 + more.get(each.standing, 0.0) ** 2)
        )
    return MetaRows(
        ids=tuple(each.id for each in chosen),
        studies=tuple(each.study for each in chosen),
        standings=tuple(each.standing for each in chosen),
        quantity=np.array([QUANTITIES.index(each.quantity) for each in chosen]),
        study=np.array([names.index(each) for each in effects]),
        by_gdp=np.array(gdp),
        by_stock=np.array(stock),
        error=np.array(error),
        is_other_maturity=np.array(
            [float(each.unit == "bp" and each.maturity not in _TEN) for each in chosen]
        ),
        is_noisy=np.array([float(each.bound == "noisy") for each in chosen]),
        bound=np.array([_BOUNDS[each.bound] for each in chosen]),
    )


def _common(each: PublishedEstimate) -> list[tuple[float, float]]:
    """Low, middle and high in common units, by GDP and by stock."""
    if each.unit == "years":
        return [(value, value) for value in (each.low, each.mid, each.high)]
    found = convert(each)
    if each.unit == "percent":
        return [(value, value) for value in found.per_pct_gdp]
    return list(zip(found.per_100bn_tye_gdp, found.per_100bn_tye_stock, strict=True))
