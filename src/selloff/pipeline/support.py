"""Warnings: where a question or its answer goes beyond what anybody has observed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.evidence import Support, support
from selloff.results import ByDraw, OfKind, horizon, largest_rise, quantiles
from selloff.vocab import ASSET_CURRENCY, CURRENCIES, metrics, metrics_at

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
RECORDED: Final = ("sold_face", "counter_asset", "delta_par_yield")
"""Variables that are held against records beside metrics."""
_LEVELS: Final = {"p05": 0.05, "p50": 0.5, "p95": 0.95}


def records(ds: xr.Dataset, *, flows: Array, gdp_usd_bn: Mapping[str, float]) -> dict[str, Array]:
    """Work out draw by draw what the table of records has beside metrics.

    `flows` is the currency bought by prescription, by step and currency after the dollar [USD bn].
    """
    return {
        f"record:{row.quantity}:{label}": draws
        for row, label, draws in _measured(ds, flows, gdp_usd_bn)
    }


def warnings(each: ByDraw, priced: Flags, *, years: float) -> list[str]:
    """Say what lies beyond the evidence, in the median draw or at an end of the range.

    `each` has the metrics and the records of a run, draw by draw.
    """
    if not priced.any():
        return []
    found = []
    for name, row in support().items():
        if f"metric:{name}" in each:
            told = row.told(metrics()[name].title(years), _ends(each[f"metric:{name}"][priced]))
            found.append(told)
        for label, draws in OfKind(each, f"record:{name}").items():
            found.append(row.told(label, _ends(draws[priced])))
    return [text for text in found if text]


def beyond(each: ByDraw, priced: Flags) -> dict[str, dict[str, Any]]:
    """Find the headline numbers that go beyond their record: what of them does, and the record."""
    found: dict[str, dict[str, Any]] = {}
    for name, row in support().items():
        is_known = f"metric:{name}" in each and priced.any()
        ends = _ends(each[f"metric:{name}"][priced]) if is_known else {}
        if ends and row.reached(ends):
            record = {"limit": row.limit, "on": row.on, "source": row.source}
            found[name] = {"text": row.beside(ends), "reached": row.reached(ends), "record": record}
    return found


def _ends(draws: Array) -> dict[str, float]:
    """The median and the ends of the range, by name."""
    levels = quantiles(draws, tuple(_LEVELS.values())).tolist()
    return dict(zip(_LEVELS, levels, strict=True))


def _measured(
    ds: xr.Dataset, flows: Array, gdp_usd_bn: Mapping[str, float]
) -> Iterator[tuple[Support, str, Array]]:
    """Every quantity of the table that is no metric, in words and draw by draw."""
    day, known = ds["day"].values, metrics_at(horizon(ds))
    sold = ds["sold_face"].values.cumsum(axis=1)
    for name, row in support().items():
        if name in known:
            continue
        if name == "sales_month":
            yield row, row.label, _most_within(sold, day, row.business_days)
        elif name == "currency_year":
            for currency, bought in _bought(ds, sold, flows).items():
                share = 100.0 * bought / gdp_usd_bn[currency]
                yield row, currency, _most_within(share, day, row.business_days)
        elif 0 < row.business_days <= day[-1]:
            yield row, f"US 10-year yield, {row.label.lower()}", largest_rise(ds, row.business_days)


def _bought(ds: xr.Dataset, sold: Array, flows: Array) -> dict[str, Array]:
    """Each currency bought so far, by draw and step: what proceeds became, as fast as bonds were
    sold, and flows [USD bn]."""
    total = np.where(sold[:, -1:] > 0.0, sold[:, -1:], 1.0)
    held = ds["counter_asset"].transpose("draw", "asset").values
    owner = np.array([ASSET_CURRENCY[str(asset)] for asset in ds["asset"].values])
    prescribed = np.concatenate([np.zeros((1, flows.shape[1])), flows]).cumsum(axis=0)
    return {
        currency: held[:, owner == currency].sum(axis=1, keepdims=True) * sold / total
        + prescribed[:, at]
        for at, currency in enumerate(CURRENCIES[1:])
    }


def _most_within(so_far: Array, day: Array, window: int) -> Array:
    """Largest change of a running total over a window, either way, draw by draw."""
    before = [np.interp(day - window, day, path, left=0.0) for path in so_far]
    return np.asarray(np.abs(so_far - np.array(before)).max(axis=1))
