"""What is asked: who sells how much, what it minds, and what it must not do."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from selloff.bridge.bill import AREAS
from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.scenario import is_above, seller_ids
from selloff.scenario.rules import LEAST_USD_BN
from selloff.vocab import ASSETS, InputError, Problem, holders, near_miss
from selloff.vocab.errors import word_for
from selloff.vocab.holders import books_of, name_of

Objective = Literal["sd", "p95"]
Risk = Literal["all", "bill"]
OBJECTIVES: Final[tuple[str, ...]] = get_args(Objective)
RISKS: Final[tuple[str, ...]] = get_args(Risk)
AVERSIONS: Final = (0.0, 0.25, 0.5, 1.0, 2.0)
MOST_AVERSIONS: Final = 10
HORIZON_YEARS: Final = 10.0
"""The slowest sale that is tried takes as long as the run [years]."""
_LARGEST: Final = 100.0


@dataclass(frozen=True)
class Limit:
    """One thing the seller must not do."""

    metric: str
    at_most: float
    quantile: float | None = None
    """Share of simulations that must keep to it; none for a chance."""

    @property
    def words(self) -> str:
        """Say it."""
        if self.quantile is None:
            return f"the Federal Reserve buys in at most {self.at_most:.0%} of simulations"
        return f"the 10-year rises at most {self.at_most:g} bp in {self.quantile:.0%} of them"


@dataclass(frozen=True)
class DescentQuestion:
    """Who sells how much, what it minds, and what it must not do."""

    seller: str
    name: str
    """What a reader calls the seller."""
    amount_usd_bn: float
    """Face to be sold [USD bn]."""
    is_whole: bool
    """Whether that is the whole book."""
    into: tuple[str, ...]
    objective: Objective = "sd"
    risk: Risk = "all"
    aversions: tuple[float, ...] = AVERSIONS
    hostility: float = 0.0
    max_turnover: float | None = None
    """Largest share of a day's turnover the seller takes [fraction]."""
    limits: tuple[Limit, ...] = ()
    vintage: str | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the user gives, not yet checked."""

    seller: str
    amount: float | None = None
    """Face to sell, the whole book without [USD bn]."""
    into: Sequence[str] = ()
    objective: str = "sd"
    risk: str = "all"
    aversions: Sequence[float] = AVERSIONS
    hostility: float = 0.0
    max_turnover: float | None = None
    max_rise: float | None = None
    """Of the 10-year [bp]."""
    quantile: float = 0.95
    """Share of simulations that must keep to it [fraction]."""
    max_fed: float | None = None
    """Chance that the Federal Reserve buys [fraction]."""
    vintage: str | None = None


def check_question(wish: Wish) -> DescentQuestion:
    """Check all that was given, and name all that is wrong at once."""
    wrong: list[Problem] = []
    who, held = _seller(wish.seller, wish.vintage, wrong)
    _word("objective", wish.objective, OBJECTIVES, wrong)
    _word("risk", wish.risk, RISKS, wrong)
    for asset in wish.into:
        _word("into", asset, tuple(ASSETS), wrong)
    ranges = (
        ("hostility", wish.hostility, 0.0, 1.0),
        ("quantile", wish.quantile, 0.5, 0.999),
        ("max_turnover", wish.max_turnover, 1e-4, 1.0),
        ("max_rise", wish.max_rise, 0.1, 1000.0),
        ("max_fed", wish.max_fed, 0.0, 1.0),
        *(("aversion", each, 0.0, _LARGEST) for each in wish.aversions),
    )
    for where, given, low, high in ranges:
        if given is not None and not low <= given <= high:
            wrong.append(_problem(where, f"{given:g}", f"{low:g} to {high:g}"))
    aversions = sorted(set(wish.aversions))
    if not 1 <= len(aversions) <= MOST_AVERSIONS:
        wrong.append(_problem("aversion", f"{len(aversions)} of them", f"1 to {MOST_AVERSIONS}"))
    amount = held if wish.amount is None else wish.amount
    if who and held > 0.0 and not (amount >= LEAST_USD_BN and not is_above(amount, held)):
        wrong.append(_problem("amount", f"{amount:g}", f"{LEAST_USD_BN:g} to {held:.10g} USD bn"))
    if wrong:
        raise InputError(wrong)
    checked: Mapping[str, Any] = {"objective": wish.objective, "risk": wish.risk}
    return DescentQuestion(
        seller=who,
        name=name_of(who),
        amount_usd_bn=amount,
        is_whole=math.isclose(amount, held),
        into=tuple(dict.fromkeys(wish.into)) or usual_destinations(who),
        aversions=tuple(aversions),
        hostility=wish.hostility,
        max_turnover=wish.max_turnover,
        limits=_limits(wish),
        vintage=wish.vintage,
        **checked,
    )


def _limits(wish: Wish) -> tuple[Limit, ...]:
    found = []
    if wish.max_rise is not None:
        found.append(Limit("us_10y_peak_bp", wish.max_rise, wish.quantile))
    if wish.max_fed is not None:
        found.append(Limit("fed_purchases_usd_bn", wish.max_fed))
    return tuple(found)


def usual_destinations(seller: str) -> tuple[str, ...]:
    """The seller's own money and the euro: markets that charge for what is bought."""
    homes = {holders()[each].residence for each in books_of(seller)}
    own = [c for c, area in AREAS.items() if homes <= area]
    names = [f"{each.lower()}_cash" for each in (*own, "EUR")]
    return tuple(dict.fromkeys(each for each in names if each in ASSETS))


def held_by(seller: str, vintage_id: str | None) -> dict[str, float]:
    """Look up what each book of a seller holds [USD bn]."""
    world = vintage(vintage_id or DEFAULT_VINTAGE)
    rows = dict(zip(world.holders, world.books, strict=True))
    return {each: float(rows[each].sum()) for each in books_of(seller) if each in rows}


def _seller(given: str, vintage_id: str | None, wrong: list[Problem]) -> tuple[str, float]:
    """Find a seller by id, or a country by its name, and what it holds."""
    known = seller_ids()
    who = word_for(given, known)
    if who not in known:
        remedy = near_miss(given, known)
        allowed = f"one of {len(known)} holders and countries, such as japan or jpn_official"
        wrong.append(Problem(where="SELLER", given=f"'{given}'", allowed=allowed, remedy=remedy))
        return "", 0.0
    is_maker = any(holders()[each].group in ("dealers", "fed") for each in books_of(who))
    held = sum(held_by(who, vintage_id).values())
    if is_maker or held <= 0.0:
        allowed = "a holder with a book, neither the dealers nor the Federal Reserve"
        remedy = "`selloff world` shows who holds what."
        wrong.append(Problem(where="SELLER", given=f"'{given}'", allowed=allowed, remedy=remedy))
    return who, held


def _word(where: str, given: str, among: tuple[str, ...], wrong: list[Problem]) -> None:
    if given not in among:
        remedy, allowed = near_miss(given, among), ", ".join(among)
        wrong.append(Problem(where=where, given=f"'{given}'", allowed=allowed, remedy=remedy))


def _problem(where: str, given: str, allowed: str) -> Problem:
    return Problem(where=where, given=given, allowed=allowed, remedy="Stay in that range.")
