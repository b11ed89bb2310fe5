"""The answer in sentences: which way down is best, for whom, and what the ends cost."""

from typing import TYPE_CHECKING, Final

from selloff.studies.optimal.plans import SHORTEST_YEARS
from selloff.studies.optimal.scoring import Score

if TYPE_CHECKING:
    from selloff.studies.optimal.frontier import Frontier

RISK_WORDS: Final = {
    ("sd", "all"): "standard deviation of bill and markets together",
    ("sd", "bill"): "standard deviation of the bill",
    ("p95", "all"): "95% of bill and markets together beyond the mean bill",
    ("p95", "bill"): "95% of the bill beyond its mean",
}

_TWO_DIGITS: Final = 10.0

CAVEATS: Final = (
    "The bill does not charge what gold costs when it is bought in bulk, nor dollars that are "
    "kept; a search that may choose them will.",
    "Markets have no drift: who waits is neither paid nor charged for it, but at their mercy.",
    "A sale is fixed on the first day; it does not answer to what happens on the way.",
    "Hedges are paid at spot rates, by face, and by private holders too who have hedges already.",
    "Steps after the first year are months: what a sale does within one is not seen.",
)


def two_digits(value: float) -> str:
    """Write a number in two digits at least."""
    return f"{value:,.0f}" if abs(value) >= _TWO_DIGITS else f"{value:.2g}"


def tell_frontier(found: "Frontier") -> list[str]:
    """Tell the best way, its neighbours and the two ends."""
    return [
        *_limits(found),
        _middle(found),
        _ends(found),
        _dump(found),
    ]


def _middle(found: "Frontier") -> str:
    """The best plan of the middle aversion, in full."""
    asked = found.question
    aversion = sorted(found.best)[len(found.best) // 2]
    one = found.best[aversion]
    kind = "controlled descent" if one.plan.years > SHORTEST_YEARS else "sale"
    lead = f"The best {kind} of those tried: {asked.name}, {_weighed(aversion)}, sells"
    peak = f"the 10-year peaks {two_digits(one.rise_p50)} bp up in the middle case"
    low, high = (100.0 * each for each in one.fed_band)
    fed = f"the Federal Reserve buys in {one.fed_chance:.0%} of draws ({low:.0f} to {high:.0f}%)"
    return (
        f"{lead} {asked.amount_usd_bn:,.0f} USD bn {one.plan.words(asked)}. {_bill(one)}; {peak} "
        f"({two_digits(one.rise_p95)} in one of twenty) and {fed}."
    )


def _ends(found: "Frontier") -> str:
    """From who does not mind risk to who minds it most."""
    asked = found.question
    calm, anxious = (found.best[each] for each in (min(found.best), max(found.best)))
    if calm.plan == anxious.plan:
        return "One sale is best for every aversion to risk that was asked about."
    return (
        f"{_weighed(min(found.best)).capitalize()}, it sells {calm.plan.words(asked)}, for "
        f"{two_digits(calm.mean)} USD bn (risk {two_digits(calm.risk(asked))}); "
        f"{_weighed(max(found.best))}, {anxious.plan.words(asked)}, for "
        f"{two_digits(anxious.mean)} (risk {two_digits(anxious.risk(asked))})."
    )


def _dump(found: "Frontier") -> str:
    """What the two ends cost, and whether anybody would want them."""
    asked = found.question
    dump, decade = found.named["dump"], found.named["decade"]
    at_once, slow = (
        f"{two_digits(each.mean)} USD bn (risk {two_digits(each.risk(asked))})"
        for each in (dump, decade)
    )
    lead = f"All at once it pays {at_once}; evenly over a decade {slow}."
    better = [
        each
        for each in found.best.values()
        if each.mean < dump.mean and each.risk(asked) < dump.risk(asked)
    ]
    if not better:
        return f"{lead} No sale here is both cheaper and less risky than the dump."
    return (
        f"{lead} The dump is best for no aversion to risk: {len(better)} of {len(found.best)} "
        "sales here are both cheaper and less risky."
    )


def _limits(found: "Frontier") -> list[str]:
    """Whether limits can be kept, and whether they are on fresh draws."""
    if not found.question.limits:
        return []
    broken: dict[str, float] = {}
    for each in found.best.values():
        for words, level in each.breaches.items():
            broken[words] = min(level, broken.get(words, level))
    told = "; ".join(f"{words}: {level:.3g} at the least" for words, level in broken.items())
    if found.nearest:
        fresh = f"On fresh draws: {told}." if told else "On fresh draws every limit is kept."
        return [f"No sale was found that keeps every limit; these come nearest. {fresh}"]
    if broken:
        return [f"Limits are kept in the search and missed on fresh draws: {told}."]
    return ["Every limit is kept, on fresh draws too."]


def _weighed(aversion: float) -> str:
    if aversion == 0.0:
        return "not minding risk"
    return f"counting a dollar of risk as {aversion:g} of cost"


def _bill(one: Score) -> str:
    return f"It pays {two_digits(one.mean)} USD bn ({two_digits(one.p05)} to {two_digits(one.p95)})"
