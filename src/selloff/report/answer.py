"""The answer in a sentence, and the headline numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.report.ending import frozen_count, is_answered, unfinished_count
from selloff.report.estimate import Estimate, beyond, from_draws, from_metric, in_time
from selloff.report.prescribed import is_quiet, prescribed_clause, prescriptions
from selloff.report.question import is_nothing_sold, sale_clause, spoken_list
from selloff.vocab import metrics_at

Summary = Mapping[str, Any]

NIL_SENTENCE: Final = (
    "Nothing is sold; every yield and exchange rate stays on its baseline path, draw by draw"
)
NO_ANSWER: Final = "No draw gave an answer; how the draws ended is counted under Checks."
ALWAYS: Final = frozenset(("us_10y_peak_bp", "us_10y_after_1y_bp"))
"""Headlines that are shown even where they are nil."""
SELLER_ONLY: Final = frozenset(
    ("days_to_complete", "seller_execution_loss_usd_bn", "seller_total_cost_usd_bn")
)


@dataclass(frozen=True)
class Headline:
    """One headline number with its range."""

    label: str
    middle: str
    ends: str
    note: str


def answer(dataset: xr.Dataset, summary: Summary) -> str:
    """Say the answer in one sentence, every number with its 5-95% range."""
    if not is_answered(dataset).any():
        return NO_ANSWER
    if is_quiet(dataset):
        peak = from_metric(summary, "us_10y_peak_bp")
        return f"{NIL_SENTENCE}: the US 10-year yield moves by {peak.text}."
    if is_nothing_sold(dataset):
        return _answer_without_sale(dataset, summary)
    return _answer_to_sale(dataset, summary)


def _answer_to_sale(dataset: xr.Dataset, summary: Summary) -> str:
    year = from_metric(summary, "us_10y_after_1y_bp")
    loss = from_metric(summary, "seller_total_cost_usd_bn")
    more = prescriptions(dataset)
    beside_it = f", together with {spoken_list(more)}" if more else ""
    peak = from_metric(summary, "us_10y_peak_bp")
    parts = [f"{sale_clause(dataset)}{beside_it}, {_moved(peak)} at its peak"]
    if year.is_known:
        side = "lower" if year.p50 < 0 else "higher"
        parts.append(f"leaves it {size(year)} {side} a year on")
    if loss.is_known:
        verb = "earns" if loss.p50 < 0 else "costs"
        parts.append(f"and {verb} the sellers {size(loss)} in all")
    unsold = dataset["unsold_face"].isel(step=-1).to_numpy()
    left = from_draws(np.asarray(unsold, dtype=np.float64), "USD bn")
    rest = f"; {left.text} is still unsold at the horizon" if not left.is_nil else ""
    return ", ".join(parts) + f"{rest}."


def _answer_without_sale(dataset: xr.Dataset, summary: Summary) -> str:
    """Say what is prescribed, and what it does to the 10-year and to the dollar in yen."""
    peak, year = (from_metric(summary, f"us_10y_{one}_bp") for one in ("peak", "after_1y"))
    low, high = (from_metric(summary, f"usdjpy_{one}_pct") for one in ("trough", "peak"))
    parts = [
        f"{prescribed_clause(dataset)} and nobody planning to sell Treasuries, the US 10-year "
        f"yield stands {peak.text} above baseline at its peak"
    ]
    if year.is_known:
        side = "below" if year.p50 < 0 else "above"
        parts.append(f"{size(year)} {side} it a year on")
    rises = is_dollar_up(summary)
    yen, word = (high, "above") if rises else (low.turned(), "below")
    side = "highest" if rises else "lowest"
    sentence = " and ".join(parts)
    return f"{sentence}; the dollar in yen is {yen.text} {word} baseline at its {side}."


def beside(dataset: xr.Dataset, summary: Summary) -> str:
    """Say the second scenario's answer, to stand behind the first."""
    return f"Beside it: {_lower_first(answer(dataset, summary))}"


def headlines(dataset: xr.Dataset, summary: Summary) -> list[Headline]:
    """List the headline numbers."""
    hidden = {"usdjpy_trough_pct" if is_dollar_up(summary) else "usdjpy_peak_pct"}
    if is_nothing_sold(dataset):
        hidden |= SELLER_ONLY
    rows = []
    years = float(summary["horizon_years"])
    for name, metric in metrics_at(years, shown="card").items():
        number, label = from_metric(summary, name), metric.title(years)
        if name in hidden:
            continue
        if metric.unit == "business days":
            rows.append(_time(dataset, number, label))
        elif number.is_known and (name in ALWAYS or not number.is_nil):
            note = "; ".join(text for text in (metric.note, beyond(summary, name)) if text)
            rows.append(Headline(label, number.middle, f"5–95%: {number.ends}", note))
    return rows


def _time(dataset: xr.Dataset, number: Estimate, label: str) -> Headline:
    frozen, open_draws = frozen_count(dataset), unfinished_count(dataset)
    detail = f"unfinished in {open_draws:,} of {int(is_answered(dataset).sum()):,} draws"
    if frozen:
        detail = f"{detail}, frozen in {frozen:,} of them"
    if not number.is_known or isinf(number.p05):
        return Headline(label, "Not finished", "in 95% of draws and more", detail)
    if isinf(number.p50):
        first = in_time(Estimate(number.p05, number.p05, number.p05, number.unit)).middle
        return Headline(label, "Not finished", f"in most draws; in 5% within {first}", detail)
    number = in_time(number)
    return Headline(label, number.middle, f"5–95%: {number.ends}", detail)


def is_dollar_up(summary: Summary) -> bool:
    """Say whether the dollar in yen moves up more than down."""
    low, high = (from_metric(summary, f"usdjpy_{one}_pct") for one in ("trough", "peak"))
    return low.is_known and high.is_known and high.p50 > -low.p50


def size(number: Estimate) -> str:
    """Say how large a number is, its sign left to the words around it."""
    return (number.turned() if number.p50 < 0 else number).text


def _moved(number: Estimate) -> str:
    verb = "lowers" if number.p50 < 0 else "lifts"
    return f"{verb} the US 10-year yield by {size(number)}"


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
