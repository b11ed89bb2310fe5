"""A sweep as a table: one row a point and metric."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import xarray as xr

from selloff.studies.sweep.overs import Over
from selloff.vocab import metrics


def headings(one: Over) -> np.ndarray[Any, Any]:
    """The places of an axis: numbers where all are, else words."""
    return np.array(one.values if one.is_numeric else one.words)


def rows(overs: Sequence[Over], held: Mapping[str, xr.DataArray]) -> Iterator[list[str]]:
    """Set out all quantiles, under a head."""
    levels = next(iter(held.values()))["level"].to_numpy()
    names = [f"p{round(100 * level):02d}" for level in levels]
    yield [*(one.field for one in overs), "metric", "unit", *names]
    for at in product(*(range(len(one.values)) for one in overs)):
        place = [one.words[i] for one, i in zip(overs, at, strict=True)]
        for name, values in held.items():
            numbers = [f"{each:.8g}" for each in values.to_numpy()[at]]
            found = [each if each not in ("nan", "inf") else "" for each in numbers]
            yield [*place, name, metrics()[name].unit, *found]
