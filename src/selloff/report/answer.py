"""The answer in a sentence, the headline numbers, and what happened in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import Estimate, from_draws, from_metric, in_time
from selloff.report.holders import buyers_by_group
from selloff.report.question import (
    is_nothing_sold,
    proceeds_words,
    sale_clause,
    scenario,
    spoken_list,
)
from selloff.report.series import days, peak_steps

Summary = Mapping[str, Any]

NIL_SENTENCE: Final = (
    "Nothing is sold; every yield and exchange rate stays on its no-sale path, draw by draw"
)
FULL: Final = 1.0 - 1e-9
"""Use of capacity from which it is called full: rounding of a division apart."""
NO_ANSWER: Final = "No draw gave an answer; how the draws ended is counted under Checks."
HEADLINES: Final = (
    ("us_10y_peak_bp", "US 10-year yield at its peak", "against no sale"),
    ("us_10y_after_1y_bp", "US 10-year yield a year on", "against no sale"),
    ("usdjpy_trough_pct", "Dollar in yen at its lowest", "against no sale"),
    ("days_to_complete", "Time the sale takes", "first sale to last"),
    ("seller_execution_loss_usd_bn", "Lost by the sellers in selling", "against baseline prices"),
)


@dataclass(frozen=True)
class Headline:
    """One headline number with its range."""

    label: str
    middle: str
    ends: str
    note: str


def unfinished_count(dataset: xr.Dataset) -> int:
    """Count the draws that have an answer but whose sale is unfinished at the horizon.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        Draws with an answer and without a number of days [count].

    Source: variables days_to_complete and unsold_face.
    """
    endless = ~np.isfinite(_floats(dataset["days_to_complete"]))
    return int(np.sum(endless & is_answered(dataset)))


def is_answered(dataset: xr.Dataset) -> NDArray[np.bool_]:
    """Say of each draw whether it has an answer.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        One per draw; False where the draw failed, such as without an equilibrium.

    Source: variable unsold_face.
    """
    return np.isfinite(_floats(dataset["unsold_face"].isel(step=-1)))


def answer(dataset: xr.Dataset, summary: Summary) -> str:
    """Say the answer in one sentence, every number with its 5-95% range.

    Arguments:
        dataset: a result dataset [schema of vocab].
        summary: the summary of the same run [dict].

    Returns:
        A sentence made from the numbers of the summary.

    Source: the run's own summary.
    """
    if not is_answered(dataset).any():
        return NO_ANSWER
    peak = from_metric(summary, "us_10y_peak_bp")
    if is_nothing_sold(dataset):
        return f"{NIL_SENTENCE}: the US 10-year yield moves by {peak.text}."
    year = from_metric(summary, "us_10y_after_1y_bp")
    loss = from_metric(summary, "seller_execution_loss_usd_bn")
    parts = [f"{sale_clause(dataset)}, {_moved(peak)} at its peak"]
    if year.is_known:
        side = "lower" if year.p50 < 0 else "higher"
        parts.append(f"leaves it {_size(year)} {side} a year on")
    if loss.is_known:
        verb = "earns" if loss.p50 < 0 else "costs"
        parts.append(f"and {verb} the sellers {_size(loss)} against baseline prices")
    left = from_draws(_floats(dataset["unsold_face"].isel(step=-1)), "USD bn")
    rest = f"; {left.text} is still unsold at the horizon" if not left.is_nil else ""
    return ", ".join(parts) + f"{rest}."


def beside(dataset: xr.Dataset, summary: Summary) -> str:
    """Say the second scenario's answer, to stand behind the first.

    Arguments:
        dataset: the second result dataset [schema of vocab].
        summary: its summary [dict].

    Returns:
        A sentence made from the numbers of its summary.

    Source: the run's own summary.
    """
    return f"Beside it: {_lower_first(answer(dataset, summary))}"


def headlines(dataset: xr.Dataset, summary: Summary) -> list[Headline]:
    """List the headline numbers.

    Arguments:
        dataset: a result dataset [schema of vocab].
        summary: the summary of the same run [dict].

    Returns:
        Each with its range; time counts the draws that finish and says how many do not.

    Source: the run's own summary.
    """
    rows = []
    for name, label, about in HEADLINES:
        number, note = from_metric(summary, name), about
        if name == "days_to_complete":
            if is_nothing_sold(dataset):
                continue
            open_draws = unfinished_count(dataset)
            draws = int(is_answered(dataset).sum())
            note = f"{note}; unfinished in {open_draws:,} of {draws:,} draws"
            if not number.is_known:
                rows.append(Headline(label, "Not finished", "in any draw", note))
                continue
            number = in_time(number)
        elif not number.is_known:
            continue
        rows.append(Headline(label, number.middle, f"5–95%: {number.ends}", note))
    return rows


def story(dataset: xr.Dataset, summary: Summary) -> list[tuple[str, str]]:
    """Tell what happened in order.

    Arguments:
        dataset: a result dataset [schema of vocab].
        summary: the summary of the same run [dict].

    Returns:
        Headings and sentences: the sale, the dealers, yields, buyers, the yen, the bill.

    Source: the dataset and its summary.
    """
    if not is_answered(dataset).any():
        return [("No answer", "Every draw failed; how each ended is counted under Checks.")]
    if is_nothing_sold(dataset):
        return [("No sale", "No bond changes hands, so no price, book or exchange rate moves.")]
    return [
        ("The sale", _sale(dataset, summary)),
        ("The dealers", _dealers(dataset)),
        ("Yields", _yields(dataset, summary)),
        ("The buyers", _buyers(dataset)),
        ("The yen", _yen(dataset, summary)),
        ("The bill", _bill(summary)),
    ]


def _moved(number: Estimate) -> str:
    verb = "lowers" if number.p50 < 0 else "lifts"
    return f"{verb} the US 10-year yield by {_size(number)}"


def _size(number: Estimate) -> str:
    return (number.turned() if number.p50 < 0 else number).text


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


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
    took = from_metric(summary, "days_to_complete")
    open_draws, draws = unfinished_count(dataset), int(is_answered(dataset).sum())
    if open_draws == draws or not took.is_known:
        left = from_draws(_floats(dataset["unsold_face"].isel(step=-1)), "USD bn")
        return f"The sale is not finished at the horizon in any draw; {left.text} is left to sell."
    text = f"The sale takes {in_time(took).text} from first to last"
    if not open_draws:
        return f"{text}, and every draw finishes."
    return f"{text} where it finishes; in {open_draws:,} of {draws:,} draws it does not."


def _dealers(dataset: xr.Dataset) -> str:
    held = from_draws(_peak(dataset["intermediary_face"]), "USD bn")
    use = from_draws(_peak(dataset["dealer_use"]), "fraction")
    full = float(np.mean(_peak(dataset["dealer_use"])[is_answered(dataset)] >= FULL))
    text = (
        f"Dealers and levered funds take the bonds first: at the most they hold {held.text} of "
        f"the sale, and dealers use up to {use.text} of their capacity."
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
        f"above no sale; the 2-year peaks at {two.text} and the 30-year at {thirty.text}. At the "
        f"horizon the 10-year stands {end.text} from its no-sale path. Japan's own 10-year peaks "
        f"at {jgb.text}."
    )


def _buyers(dataset: xr.Dataset) -> str:
    rows = [row for row in buyers_by_group(dataset) if row[1].is_known and row[1].p50 > 0.0][:3]
    if not rows:
        return "Nobody has bought by the horizon."
    named = spoken_list([f"{name} with {amount.text}" for name, amount in rows])
    return f"By the horizon the largest buyers are {named}."


def _yen(dataset: xr.Dataset, summary: Summary) -> str:
    trough = from_metric(summary, "usdjpy_trough_pct")
    year = from_metric(summary, "usdjpy_after_1y_pct")
    into = proceeds_words(scenario(dataset)["sellers"]) or "dollars"
    after = f", and a year on it stands at {year.text}" if year.is_known else ""
    return (
        f"The proceeds go into {into}. Against no sale the dollar's lowest point in yen is "
        f"{trough.text}{after}."
    )


def _bill(summary: Summary) -> str:
    proceeds, loss, mark = (
        from_metric(summary, name)
        for name in (
            "seller_proceeds_usd_bn",
            "seller_execution_loss_usd_bn",
            "seller_mark_loss_usd_bn",
        )
    )
    side = "more" if loss.p50 < 0 else "less"
    return (
        f"The sellers receive {proceeds.text}. That is {_size(loss)} {side} than the same bonds "
        f"would have fetched on the same days without the sale; on bonds still held the largest "
        f"paper loss is {mark.text}."
    )


def _peak(array: xr.DataArray) -> NDArray[np.float64]:
    return _floats(array.max("step"))


def _floats(array: xr.DataArray) -> NDArray[np.float64]:
    return np.asarray(array.to_numpy(), dtype=np.float64)
