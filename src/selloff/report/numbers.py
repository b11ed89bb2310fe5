"""Every headline number as plain values: median, range, words, level, definition, draws."""

from math import isfinite
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.charts import TWENTY
from selloff.report.answer import FALL
from selloff.report.draw import day_axis, days, thinned
from selloff.report.estimate import Estimate
from selloff.report.facts import Facts
from selloff.report.gist import OWN, bill
from selloff.report.opening import farthest_ten, farthest_yen
from selloff.report.told import TEN, YEN, Told, series_of
from selloff.report.trace import definition, pages_of
from selloff.vocab import metrics

SHOWN_PATHS: Final = 20
"""Single draws whose paths a page can show."""
RECIPES: Final = {FALL[0]: "US 10-year yield, lowest"}
"""What can stand on top and is no headline number."""
Plain = dict[str, Any]


def headline(facts: Facts) -> list[Plain]:
    """Give the numbers that stand on top: yield, dollar in yen, time, bill."""
    told = [farthest_ten(facts), farthest_yen(facts), facts.told("days_to_complete")]
    found = [one for one in (*told, bill(facts)) if one.estimate.is_known]
    return [_number(facts, one) | _definition(one.formula) for one in found]


def numbers(facts: Facts, *, is_whole: bool) -> list[Plain]:
    """Give every headline number that the run has; whole, with where it comes from.

    Of those in the seller's own currency `headline` holds the one that is told."""
    told = [facts.told(name) for name, metric in metrics().items() if metric.unit != OWN]
    known = [one for one in told if one.estimate.is_known]
    found = [_number(facts, one) for one in known]
    if not is_whole:
        return found
    sources = (_source(facts, one.formula, facts.draws[one.formula][facts.alive]) for one in known)
    return [one | source for one, source in zip(found, sources, strict=True)]


def _source(facts: Facts, name: str, draws: NDArray[np.float64]) -> Plain:
    return {
        "note": metrics()[name].note,
        "definition": definition(metrics()[name].formula),
        "pages": list(pages_of(facts, name)),
        "dots": _dots(draws),
    }


def paths(facts: Facts) -> list[Plain]:
    """Give paths of single draws, for the fans of the first view."""
    alive = np.flatnonzero(facts.alive)[:SHOWN_PATHS]
    stops = thinned(days(facts))
    return [
        {
            "chart": chart,
            "x": list(day_axis(facts).values),
            "draws": alive.tolist(),
            "values": np.round(
                facts.raised(series, facts.path(series)[alive][:, stops]), 4
            ).tolist(),
        }
        for chart, series in (("us_10y", TEN), ("usdjpy", YEN))
        if facts.has_level(series)
    ]


def _definition(name: str) -> Plain:
    """Say what stands on top and is no headline number."""
    return {} if name in metrics() else {"definition": definition(name)}


def _number(facts: Facts, told: Told) -> Plain:
    metric = metrics().get(told.formula)
    plain = {
        "name": told.formula,
        "label": metric.title(facts.years) if metric else RECIPES[told.formula],
        **_words(told.estimate),
        "beyond": told.beyond,
    }
    series = series_of(metric.formula if metric else told.formula)
    if not facts.has_level(series):
        return plain
    level = {"start": facts.start(series), **_words(facts.level(told.formula).estimate)}
    return plain | {"level": level}


def _words(number: Estimate) -> Plain:
    ends = {key: _known(getattr(number, key)) for key in ("p05", "p50", "p95")}
    return {"unit": number.unit, **ends, "text": number.middle, "range": number.ends}


def _dots(draws: NDArray[np.float64]) -> list[float | None]:
    """Twenty quantiles; a time that has no end is none."""
    ended = np.sort(np.where(np.isnan(draws), np.inf, draws))
    at = [min(int(level * ended.size), ended.size - 1) for level in TWENTY]
    return [_known(float(one)) for one in ended[at]] if ended.size else []


def _known(number: float) -> float | None:
    return float(f"{number:.6g}") if isfinite(number) else None
