"""The answer: sentences with levels first, two charts, and the three caveats that matter."""

from typing import Final

from markupsafe import Markup

from selloff.report.ending import unfinished_count
from selloff.report.estimate import MONEY, Estimate, from_draws
from selloff.report.facts import TEN, YEN, Facts
from selloff.report.prescribed import is_quiet, prescribed_clause, prescriptions
from selloff.report.question import is_nothing_sold, sale_clause, spoken_list
from selloff.report.told import Told, say

NO_ANSWER: Final = "No simulation gave an answer; how each ended stands under Trust."
NOTHING: Final = "Nothing is sold and nothing else is asked, so every price stays on its path."
RISE_DAYS: Final = 20
THOUSAND: Final = 1000.0
RIGHT_SHARE: Final = "90"
"""Share of outcomes that should lie within 5 to 95 percent."""


def answer(facts: Facts) -> Markup:
    """Say what happens: yield, dollar in yen, time and bill."""
    if not facts.alive.any():
        return Markup(NO_ANSWER)
    if is_quiet(facts.dataset):
        return Markup(NOTHING)
    parts = [_yield(facts), _yen(facts)]
    if not is_nothing_sold(facts.dataset):
        parts.append(_bill(facts))
    return Markup(" ").join(part for part in parts if part)


def bill(facts: Facts, part: str = "total_cost") -> Told:
    """Read the bill or a part of it in the seller's own currency, in dollars where it has none."""
    currency = str(facts.dataset.attrs.get("seller_currency", "USD"))
    found = facts.told(f"seller_{part}_lc_bn")
    if currency == "USD" or f"{currency} bn" not in MONEY or not found.estimate.is_known:
        name = "seller_expected_sanction_loss_usd_bn" if part == "sanction_loss" else ""
        return facts.told(name or f"seller_{part}_usd_bn")
    return Told(own_money(found.estimate, currency), found.formula, facts.side)


def own_money(number: Estimate, currency: str) -> Estimate:
    """Bring an amount to billions or trillions of a currency."""
    is_large = max(abs(number.p05), abs(number.p95)) >= THOUSAND and f"{currency} tn" in MONEY
    per, unit = (THOUSAND, f"{currency} tn") if is_large else (1.0, f"{currency} bn")
    return Estimate(number.p05 / per, number.p50 / per, number.p95 / per, unit)


def _yield(facts: Facts) -> Markup:
    peak, year = facts.told("us_10y_peak_bp"), facts.told("us_10y_after_1y_bp")
    more = prescriptions(facts.dataset)
    if is_nothing_sold(facts.dataset):
        cause = f"{prescribed_clause(facts.dataset)} and no planned sale,"
    else:
        cause = sale_clause(facts.dataset)
        cause += f", with {spoken_list(more)}" if more else ""
        cause += "," if "," in cause else ""
    start, level = facts.start(TEN), facts.level("us_10y_peak_bp")
    is_own = cause.endswith("sale,")
    name = "the US 10-year yield"
    if peak.is_nil or level.middle == start:
        verb = f"{name} stays" if is_own else f"leaves {name}"
        text = say("{cause} {verb} at {start}", cause=cause, verb=verb, start=level)
    else:
        verb = f"{name} goes" if is_own else f"takes {name}"
        words = "{cause} {verb} from {start} to {level} at its peak"
        text = say(words, cause=cause, verb=verb, start=start, level=level)
    if not year.estimate.is_known:
        return text + "."
    return text + say("; a year on it is {level}.", level=facts.level("us_10y_after_1y_bp"))


def _yen(facts: Facts) -> Markup:
    extreme = "usdjpy_peak_pct" if is_dollar_up(facts) else "usdjpy_trough_pct"
    moved = facts.told(extreme)
    if moved.is_nil:
        return Markup("")
    verb = "rises" if moved.estimate.p50 > 0.0 else "falls"
    return say(
        "The dollar {verb} from {start} to {level}.",
        verb=verb, start=facts.start(YEN), level=facts.level(extreme),
    )  # fmt: skip


def _bill(facts: Facts) -> Markup:
    took, cost = facts.told("days_to_complete"), bill(facts)
    open_runs, n = unfinished_count(facts.dataset), int(facts.alive.sum())
    verb = "earns" if cost.estimate.p50 < 0.0 else "costs"
    spoken = say("{verb} the sellers {cost}", verb=verb, cost=cost.size)
    if open_runs > n / 2:
        left = from_draws(facts.dataset["unsold_face"].isel(step=-1).to_numpy(), "USD bn")
        unsold = Told(left, "end:unsold_face", facts.side)
        return say("The sale does not end: {unsold} is left, and it {s}.", unsold=unsold, s=spoken)
    return say("Selling takes {took} and {spoken} in all.", took=took, spoken=spoken)


def is_dollar_up(facts: Facts) -> bool:
    """Say whether the dollar in yen moves up more than down."""
    low, high = (facts.told(f"usdjpy_{one}_pct").estimate for one in ("trough", "peak"))
    return low.is_known and high.is_known and high.p50 > -low.p50
