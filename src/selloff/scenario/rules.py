"""Rules between the fields of a scenario, over plain values that may be half right."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from selloff.scenario.fields import Books, Breach, Location, Raw, number, seller_ids
from selloff.scenario.paces import DEFAULT_YEARS, MAX_YEARS, MIN_YEARS
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR
from selloff.vocab.holders import books_of, holders

LEAST_USD_BN: Final = 0.001
"""Smallest sale: below a million dollars nothing moves, and numbers drown in rounding."""
_SLACK: Final = 1e-9
_SEE_BOOKS: Final = "`selloff world` shows who holds what."


def mappings(raw: Raw, name: str) -> Iterator[tuple[Location, Raw]]:
    """Go through the entries of a list that can be understood, with their places."""
    found = raw.get(name)
    for place, each in enumerate(found if isinstance(found, (list, tuple)) else ()):
        if isinstance(each, Mapping):
            yield (name, place), each


def amount_breaches(seller: Raw) -> Iterator[Breach]:
    """Ask for exactly one way to say how much is sold; two could contradict each other."""
    has_amount, has_share = (seller.get(k) is not None for k in ("sale_usd_bn", "sale_frac"))
    if has_amount == has_share:
        yield Breach(
            ("sale_frac",) if has_amount else (),
            "both sale_usd_bn and sale_frac" if has_amount else "no amount",
            "exactly one of sale_usd_bn (USD bn of face) and sale_frac (0 to 1 of the book)",
            "Remove one of the two." if has_amount else "Add one of the two.",
        )


def scenario_breaches(raw: Raw, books: Books | None) -> Iterator[Breach]:
    """Find every rule between fields that does not hold."""
    programme = raw.get("fed_programme")
    if isinstance(programme, Mapping):
        yield from _late_start(raw, ("fed_programme",), programme)
    for name in ("sellers", "currency_flows", "shocks"):
        for at, event in mappings(raw, name):
            yield from _late_start(raw, at, event)
    sellers = [(at, s) for at, s in mappings(raw, "sellers") if isinstance(s.get("holder"), str)]
    yield from _overlaps(sellers)
    for at, seller in sellers:
        yield from dealer_breaches(at, seller["holder"])
        yield from _two_roles(raw, at, seller["holder"])
        if books is not None and seller["holder"] in seller_ids():
            yield from _over_book(at, seller, books.get(seller["holder"], 0.0))


def dealer_breaches(at: Location, holder: str) -> Iterator[Breach]:
    """Refuse the dealers as sellers: the market clears on their books."""
    if holder in holders() and holders()[holder].group == "dealers":
        yield Breach(
            (*at, "holder"),
            f"'{holder}'",
            "any holder but the dealers, who make the market",
            "Let another holder sell.",
        )


def over_buckets(seller: Raw, at: Location, book: object) -> Iterator[Breach]:
    """Hold the weights to what is in each bucket when the books open."""
    weights = seller.get("buckets")
    if not isinstance(book, Mapping) or not isinstance(weights, Mapping):
        return
    sale, share = number(seller.get("sale_usd_bn")), number(seller.get("sale_frac"))
    if sale is None:
        sale = (share or 0.0) * sum(book.values())
    for bucket, given in weights.items():
        weight = number(given)
        if bucket in book and weight is not None and weight * sale > book[bucket] * (1 + _SLACK):
            yield Breach(
                (*at, "buckets", bucket),
                f"{weight:.10g} of the sale, {weight * sale:.6g} USD bn",
                f"at most {book[bucket]:.6g} USD bn, which is all that {seller['holder']} holds "
                "there",
                "Lower the sale or that weight, or give buckets: pro_rata.",
            )


def total(book: float | Mapping[str, float]) -> float:
    """Sum a book, by bucket or whole."""
    return sum(book.values()) if isinstance(book, Mapping) else book


def is_above(sale: float, held: float) -> bool:
    """Tell whether a sale is more than a book, rounding aside."""
    return sale > held * (1 + _SLACK)


def _over_book(at: Location, seller: Raw, book: float | Mapping[str, float]) -> Iterator[Breach]:
    holder, held = seller["holder"], total(book)
    sale, share = number(seller.get("sale_usd_bn")), number(seller.get("sale_frac"))
    if held <= 0:
        yield Breach(
            (*at, "holder"),
            f"'{holder}', which holds no Treasuries in this vintage",
            "a holder with a book above 0",
            _SEE_BOOKS,
        )
    elif sale is not None and is_above(sale, held):
        yield Breach(
            (*at, "sale_usd_bn"),
            f"{sale:.10g}",
            f"a number from {LEAST_USD_BN:g} to {held:.10g}, which is all that {holder} holds",
            "Lower the sale, or give sale_frac: 1 in its place for the whole book.",
        )
    elif share is not None and 0 < share * held < LEAST_USD_BN:
        yield Breach(
            (*at, "sale_frac"),
            f"{share:.10g}, {share * held:.6g} USD bn",
            f"0, or a share that is at least {LEAST_USD_BN:g} USD bn",
            "Raise the share, or give 0 for no sale.",
        )
    else:
        yield from over_buckets(seller, at, book)


def _two_roles(raw: Raw, at: Location, holder: str) -> Iterator[Breach]:
    """Refuse the Federal Reserve as a seller while it also buys."""
    reactions = raw.get("reactions")
    chosen: Any = reactions if isinstance(reactions, Mapping) else {}
    buys = ["fed_programme"] if raw.get("fed_programme") is not None else []
    buys += ["reactions.fed_purchases"] if chosen.get("fed_purchases") is not False else []
    if holder == "fed" and buys:
        yield Breach(
            (*at, "holder"),
            f"'fed', which also buys by {' and '.join(buys)}",
            "the Federal Reserve as a seller only where it does not buy",
            "Give reactions: {fed_purchases: false} and no fed_programme, or another seller.",
        )


def _late_start(raw: Raw, at: Location, event: Raw) -> Iterator[Breach]:
    horizon = number(raw.get("horizon_years", DEFAULT_YEARS))
    start = number(event.get("start_day"))
    if horizon is None or start is None or not MIN_YEARS <= horizon <= MAX_YEARS:
        return
    last = int(horizon * BUSINESS_DAYS_PER_YEAR)
    if start > last:
        yield Breach(
            (*at, "start_day"),
            f"{start:g}",
            f"1 to {last} (the horizon of {horizon:g} years ends on that business day)",
            "Start earlier or lengthen horizon_years.",
        )


def _overlaps(sellers: list[tuple[Location, Raw]]) -> Iterator[Breach]:
    seen: dict[str, tuple[Location, str]] = {}
    for at, seller in sellers:
        holder = seller["holder"]
        mine = books_of(holder)
        other = next((seen[book] for book in mine if book in seen), None)
        seen |= dict.fromkeys(mine, (at, holder)) if other is None else {}
        if other is not None:
            yield Breach(
                (*at, "holder"),
                f"'{holder}', while sellers[{other[0][1]}] already sells '{other[1]}'",
                "each book sold by one seller only",
                "Merge the two sellers into one."
                if other[1] == holder
                else "One of the two is several books together: keep that one, or name the books.",
            )
