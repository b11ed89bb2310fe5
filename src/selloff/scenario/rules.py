"""Rules between fields, over plain values, so that they also judge half-right files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selloff.scenario.paces import MAX_YEARS, MIN_YEARS
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR
from selloff.vocab.holders import FOREIGN_GROUPS, books_of, country_books, holders

Location = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A rule that does not hold, at a field."""

    location: Location
    given: str
    allowed: str
    remedy: str


def dotted(location: Location) -> str:
    """Write a location the way people say it.

    Source: assumption; the notation of most programming languages.
    """
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def is_number(given: object) -> bool:
    """Tell numbers from everything else, truth values included.

    Source: assumption; in Python a truth value counts as an int, in a scenario it does not.
    """
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def seller_ids() -> tuple[str, ...]:
    """List whoever can sell: every holder, each foreign country for both its books, and groups."""
    table = holders()
    residences = dict.fromkeys(each.residence for each in table.values())
    countries = (each for each in residences if country_books(each))
    return (*countries, *FOREIGN_GROUPS, *table)


def breaches(raw: Mapping[str, Any]) -> tuple[Breach, ...]:
    """Find every rule between fields that does not hold.

    Source: assumption; a scenario that breaks one has no single meaning.
    """
    found: list[Breach] = list(_late_events(raw))
    sellers = raw.get("sellers")
    if not isinstance(sellers, (list, tuple)):
        return tuple(found)
    for place, seller in enumerate(sellers):
        if isinstance(seller, Mapping):
            found += amount_breaches(seller, ("sellers", place))
            found += _late_start(raw, seller, ("sellers", place))
    found += _overlaps(sellers)
    return tuple(found)


def amount_breaches(seller: Mapping[str, Any], at: Location) -> Iterator[Breach]:
    """Ask for exactly one way to say how much is sold.

    Source: assumption; two amounts could contradict each other.
    """
    has_amount = seller.get("sale_usd_bn") is not None
    has_share = seller.get("sale_frac") is not None
    if has_amount != has_share:
        return
    yield Breach(
        location=(*at, "sale_frac") if has_amount else at,
        given="both sale_usd_bn and sale_frac" if has_amount else "no amount",
        allowed="exactly one of sale_usd_bn (USD bn of face) and sale_frac (0 to 1 of the book)",
        remedy="Remove one of the two." if has_amount else "Add one of the two.",
    )


def _late_events(raw: Mapping[str, Any]) -> Iterator[Breach]:
    for name in ("currency_flows", "shocks"):
        events = raw.get(name)
        for place, each in enumerate(events if isinstance(events, (list, tuple)) else ()):
            if isinstance(each, Mapping):
                yield from _late_start(raw, each, (name, place))
    programme = raw.get("fed_programme")
    if isinstance(programme, Mapping):
        yield from _late_start(raw, programme, ("fed_programme",))


def _late_start(raw: Mapping[str, Any], event: Mapping[str, Any], at: Location) -> Iterator[Breach]:
    horizon, start = raw.get("horizon_years"), event.get("start_day")
    if not (is_number(horizon) and is_number(start)):
        return
    if horizon is None or start is None or not MIN_YEARS <= horizon <= MAX_YEARS:
        return
    last = int(horizon * BUSINESS_DAYS_PER_YEAR)
    if start > last:
        yield Breach(
            location=(*at, "start_day"),
            given=f"{start:g}",
            allowed=f"1 to {last} (the horizon of {horizon:g} years ends on that business day)",
            remedy="Start earlier or lengthen horizon_years.",
        )


def _overlaps(sellers: list[Any] | tuple[Any, ...]) -> Iterator[Breach]:
    seen: dict[str, int] = {}
    for place, seller in enumerate(sellers):
        holder = seller.get("holder") if isinstance(seller, Mapping) else None
        if not isinstance(holder, str):
            continue
        other = next((each for each in seen if _same_book(each, holder)), None)
        if other is None:
            seen[holder] = place
            continue
        yield Breach(
            location=("sellers", place, "holder"),
            given=f"'{holder}', while sellers[{seen[other]}] already sells '{other}'",
            allowed="each book sold by one seller only",
            remedy="Merge the two sellers into one."
            if other == holder
            else "One of the two is several books together: keep that one, or name the books.",
        )


def _same_book(one: str, other: str) -> bool:
    return not set(books_of(one)).isdisjoint(books_of(other))
