"""The answer in sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from selloff.report.question import pace_phrase
from selloff.studies.reverse.asking import Tried
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, name_of, span

if TYPE_CHECKING:
    from selloff.studies.reverse.study import Reversal

_SHOWN: Final = 3
"""Falls of the chance that are told [count]."""
_FINE: Final = 10.0
_ALMOST: Final = 0.9995
PATHS: Final = {"dump": "a dump", "descent": "a controlled descent"}


def tell(found: "Reversal") -> list[str]:
    """Say what was found, how sure that is, and what is odd about it."""
    said = _found(found) if found.is_found else _nothing(found)
    return [said, *_odds(found), _checked(found), *_falls(found.search.falls, found)]


def sale_words(found: "Reversal", one: Tried) -> str:
    """Put a sale in words: how much, what part of the book, how fast."""
    if not one.sale_usd_bn:
        return "no sale at all"
    share = one.sale_usd_bn / found.sale.most_usd_bn
    part = "all there is to sell" if share > _ALMOST else f"{pct(share)} of what there is to sell"
    return f"{amount(one.sale_usd_bn)} ({part}), {pace_words(found, one)}"


def pace_words(found: "Reversal", one: Tried) -> str:
    """Say how fast a sale is meant to be."""
    seller = found.sale.scenario.sellers[0].model_dump(mode="json")
    if one.years:
        return f"over {time_words(one.years)}"
    if one.years is not None:
        seller["pace"] = {"kind": "block"}
    return pace_phrase(seller)


def time_words(years: float) -> str:
    """Say a time so that two that differ read differently."""
    days = round(years * BUSINESS_DAYS_PER_YEAR)
    if years < 1.0:
        return f"{days} business day{'s' * (days != 1)}"
    return span(float(f"{years:.3g}"))


def amount(usd_bn: float) -> str:
    """Write an amount."""
    return f"{usd_bn:,.1f} USD bn" if usd_bn < _FINE else f"{usd_bn:,.0f} USD bn"


def pct(frac: float) -> str:
    """Write a chance; one that is small keeps a digit."""
    text = f"{100.0 * frac:.1f}"
    return f"{text.removesuffix('.0')}%"


def with_band(one: Tried) -> str:
    """Write a chance with its band."""
    low, high = one.band
    return f"{pct(one.chance)} ({100.0 * low:.0f} to {100.0 * high:.0f}%)"


def _found(found: "Reversal") -> str:
    best, who = found.search.best, name_of(found.sale.scenario.sellers[0].holder)
    words = sale_words(found, best)
    if not best.sale_usd_bn:
        return "It comes often enough without any sale."
    if found.find == "smallest":
        return f"Smallest sale by {who} that brings it about: {words}."
    if found.find == "fastest":
        is_whole = best.years == found.sale.scenario.horizon_years
        longest = "the whole run is fast enough" if is_whole else "a slower one does not"
        return f"Slowest sale by {who} that brings it about: {words}; {longest}."
    return f"Likeliest sale by {who} that brings it about: {words}."


def _nothing(found: "Reversal") -> str:
    best, who = found.search.best, name_of(found.sale.scenario.sellers[0].holder)
    tried = {
        "smallest": f"no sale by {who} of up to {amount(found.sale.most_usd_bn)}, "
        f"{pace_words(found, best)},",
        "fastest": f"no pace of a sale of {amount(best.sale_usd_bn)} by {who}",
        "likeliest": f"neither a dump nor a controlled descent by {who}",
    }[found.find]
    return (
        f"Nothing found: {tried} brings it about with a chance of {pct(found.wanted)}. The largest "
        f"chance, {pct(best.chance)}, comes with {sale_words(found, best)}."
    )


def _odds(found: "Reversal") -> list[str]:
    road = next((each for each in found.roads if each.asked is found.search.best), None)
    if road is None:
        return []
    low, mean, high = (road.odds[each] for each in ("p05", "mean", "p95"))
    # Of many sales the search took the one that did best on its own draws.
    joint = mean * found.fresh.chance
    return [
        f"By the triggers {PATHS[road.path]} begins within ten years with a chance of "
        f"{pct(mean)} ({pct(low)} to {pct(high)} over draws); together with the chance in fresh "
        f"draws below that is {pct(joint)}. "
        "How large a sale would be and how long it would take, the triggers do not say."
    ]


def _checked(found: "Reversal") -> str:
    best, fresh = found.search.best, found.fresh
    words = (
        f"Chance: {with_band(best)} in {best.n_draws:,} draws, and {with_band(fresh)} in "
        f"{fresh.n_draws:,} fresh ones. In brackets the 90% band that so many draws leave."
    )
    if found.is_found and fresh.chance < found.wanted:
        is_clear = fresh.band[1] < found.wanted
        how = "clearly" if is_clear else "by no more than chance would have it"
        words += f" Fresh draws fall short of {pct(found.wanted)}, {how}; more draws narrow it."
    return words


def _falls(falls: Sequence[tuple[Tried, Tried]], found: "Reversal") -> list[str]:
    if not falls:
        return []
    by_time = found.find == "fastest"
    told = [
        f"from {pct(mild.chance)} with {_place(mild, by_time)} to {pct(harsh.chance)} with "
        f"{_place(harsh, by_time)}"
        for mild, harsh in falls[:_SHOWN]
    ]
    words = "a faster" if by_time else "a larger"
    return [
        f"The chance does not always rise with {words} sale: it falls {'; '.join(told)}. "
        "The answer is the first crossing on a finer grid; a harsher sale need not bring it about."
    ]


def _place(one: Tried, by_time: bool) -> str:
    if not by_time:
        return amount(one.sale_usd_bn)
    return time_words(one.years) if one.years else "a sale at once"
