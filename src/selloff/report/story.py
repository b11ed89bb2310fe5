"""What happened, in order."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report import reactions
from selloff.report.answer import is_dollar_up, size
from selloff.report.ending import frozen_count, is_answered, unfinished_count
from selloff.report.estimate import from_draws, from_metric, in_time
from selloff.report.holders import buyers_by_group
from selloff.report.prescribed import is_quiet, prescriptions
from selloff.report.question import is_nothing_sold, proceeds_words, scenario, spoken_list
from selloff.report.series import days, peak_steps
from selloff.vocab import MOMENTS

Summary = Mapping[str, Any]

FULL: Final = 1.0 - 1e-9
"""Use of capacity from which it is called full: rounding of a division apart."""


def story(dataset: xr.Dataset, summary: Summary) -> list[tuple[str, str]]:
    """Tell what happened in order."""
    if not is_answered(dataset).any():
        return [("No answer", "Every draw failed; how each ended is counted under Checks.")]
    if is_quiet(dataset):
        return [("No sale", "No bond changes hands, so no price, book or exchange rate moves.")]
    is_sale = not is_nothing_sold(dataset)
    answers = [
        ("The sale", _sale(dataset, summary) if is_sale else ""),
        ("Beside the sale" if is_sale else "The cause", _prescribed(dataset)),
        ("The dealers", _dealers(dataset)),
        ("The followers", reactions.followers(dataset, summary)),
        ("The levered funds", reactions.levered_funds(dataset, summary)),
        ("The Federal Reserve", reactions.federal_reserve(dataset, summary)),
        ("Yields", _yields(dataset, summary)),
        ("The buyers", _buyers(dataset)),
        ("The yen", _yen(dataset, summary)),
        ("Tokyo", reactions.tokyo(dataset, summary)),
        ("The dollar", reactions.dollar(summary)),
        ("The bill", _bill(summary) if is_sale else ""),
        ("Retaliation", reactions.retaliation(dataset, summary)),
        ("What does not answer", reactions.off_words(dataset)),
    ]
    return [(heading, words) for heading, words in answers if words]


def _prescribed(dataset: xr.Dataset) -> str:
    words = prescriptions(dataset)
    if not words:
        return ""
    listed = spoken_list(words)
    nobody = " Nobody plans to sell a Treasury." if is_nothing_sold(dataset) else ""
    return f"The scenario prescribes {listed}.{nobody}"


def _sale(dataset: xr.Dataset, summary: Summary) -> str:
    return f"{_course(dataset, summary)} {_notice(dataset)}".strip()


def _notice(dataset: xr.Dataset) -> str:
    shares = {float(one.get("announced_frac") or 0.0) for one in scenario(dataset)["sellers"]}
    if shares == {0.0}:
        return "Nothing of it is announced."
    if shares == {1.0}:
        return "All of it is announced on the first day."
    if len(shares) == 1:
        return f"{100 * shares.pop():g}% of it is announced on the first day."
    return "The sellers announce different shares of it on the first day."


def _course(dataset: xr.Dataset, summary: Summary) -> str:
    open_draws, draws = unfinished_count(dataset), int(is_answered(dataset).sum())
    took = from_metric(summary, "days_to_complete")
    if open_draws:
        took = from_draws(_floats(dataset["days_to_complete"]), "business days")
    left = from_draws(_floats(dataset["unsold_face"].isel(step=-1)), "USD bn")
    if open_draws == draws or not took.is_known:
        text = f"The sale is not finished in any draw; {left.text} is left to sell."
        return f"{text}{_frozen(dataset)}"
    text = f"The sale takes {in_time(took).text} from first to last"
    if not open_draws:
        return f"{text}, and every draw finishes."
    text = f"{text} where it finishes; in {open_draws:,} of {draws:,} draws it does not."
    return f"{text}{_frozen(dataset)}"


def _frozen(dataset: xr.Dataset) -> str:
    frozen = frozen_count(dataset)
    if not frozen:
        return ""
    of_draws = f"{frozen:,} of {int(is_answered(dataset).sum()):,} draws"
    return f" In {of_draws} the United States freezes what is unsold, which ends the sale."


def _dealers(dataset: xr.Dataset) -> str:
    held = from_draws(_peak(dataset["intermediary_face"]), "USD bn")
    if held.is_nil:
        return ""
    use = from_draws(_peak(dataset["dealer_use"]), "fraction")
    full = float(np.mean(_peak(dataset["dealer_use"])[is_answered(dataset)] >= FULL))
    text = (
        f"Dealers and levered funds take the bonds first: at the most they hold {held.text} of "
        f"what is sold, and dealers use up to {use.text} of their capacity."
    )
    return f"{text} Capacity is full at some point in {100 * full:.0f}% of draws."


def _yields(dataset: xr.Dataset, summary: Summary) -> str:
    highest = days(dataset)[peak_steps(dataset)[is_answered(dataset)]]
    day = from_draws(highest, "business days")
    peak, two, thirty, end = (
        from_metric(summary, name)
        for name in ("us_10y_peak_bp", "us_2y_peak_bp", "us_30y_peak_bp", "us_10y_end_bp")
    )
    jgb = from_metric(summary, "jgb_10y_peak_bp")
    return (
        f"The US 10-year yield stands highest {in_time(day).text} after the start, {peak.text} "
        f"above baseline; the 2-year peaks at {two.text} and the 30-year at {thirty.text}. At the "
        f"horizon the 10-year stands {end.text} from its baseline path. Japan's own 10-year peaks "
        f"at {jgb.text}."
    )


def _buyers(dataset: xr.Dataset) -> str:
    told = []
    for moment, words in MOMENTS.items():
        rows = [one for one in buyers_by_group(dataset, moment) if one[1].is_known]
        held = [f"{name} with {amount.text}" for name, amount in rows if amount.p50 > 0.0][:3]
        told += [f"{words} {spoken_list(held)}"] if held else []
    if not told:
        return "" if is_nothing_sold(dataset) else "Nobody has bought by the horizon."
    return f"The largest buyers: {'; '.join(told)}."


def _yen(dataset: xr.Dataset, summary: Summary) -> str:
    low, high = (from_metric(summary, f"usdjpy_{one}_pct") for one in ("trough", "peak"))
    year = from_metric(summary, "usdjpy_after_1y_pct")
    text = ""
    if not is_nothing_sold(dataset):
        into = proceeds_words(scenario(dataset)["sellers"]) or "dollars"
        text = f"The proceeds go into {into}. "
    after = f", and a year on it stands at {year.text}" if year.is_known else ""
    side, end = ("highest", high) if is_dollar_up(summary) else ("lowest", low)
    return f"{text}Against baseline the dollar's {side} point in yen is {end.text}{after}."


def _bill(summary: Summary) -> str:
    proceeds, loss, mark, dearer, whole = (
        from_metric(summary, name)
        for name in (
            "seller_proceeds_usd_bn",
            "seller_execution_loss_usd_bn",
            "seller_mark_loss_usd_bn",
            "seller_conversion_loss_usd_bn",
            "seller_total_cost_usd_bn",
        )
    )
    side = "more" if loss.p50 < 0 else "less"
    return (
        f"The sellers receive {proceeds.text}. That is {size(loss)} {side} than the same bonds "
        f"would have fetched on the same days at baseline; on bonds still held the largest "
        f"paper loss is {mark.text}. What they buy with it is dearer by {dearer.text}; with lost "
        f"carry and expected sanctions the whole bill is {whole.text}."
    )


def _peak(array: xr.DataArray) -> NDArray[np.float64]:
    return _floats(array.max("step"))


def _floats(array: xr.DataArray) -> NDArray[np.float64]:
    return np.asarray(array.to_numpy(), dtype=np.float64)
