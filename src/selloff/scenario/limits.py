"""What each seller has: nobody sells more than its book."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from selloff.scenario.rules import Breach, Location, dotted, is_number, seller_ids
from selloff.scenario.spec import Scenario
from selloff.vocab.errors import Problem

Books = Mapping[str, float | Mapping[str, float]]
"""Face by holder id or country [USD bn]: the whole book, or the book by bucket."""
Limits = Books | Callable[[str | None], Books]
"""Books, or how to find them from a vintage."""

_SLACK: Final = 1e-9


def check_limits(scenario: Scenario, limits: Limits) -> tuple[Problem, ...]:
    """Check that no seller sells more than it has."""
    from_vintage = limits(scenario.vintage) if callable(limits) else limits
    found = limit_breaches({"sellers": [dict(each) for each in scenario.sellers]}, from_vintage)
    return tuple(
        Problem(
            where=dotted(each.location),
            given=each.given,
            allowed=each.allowed,
            remedy=each.remedy,
        )
        for each in found
    )


def limit_breaches(raw: Mapping[str, Any], books: Books) -> tuple[Breach, ...]:
    """Check whichever sellers can be understood, even if others cannot."""
    sellers = raw.get("sellers")
    if not isinstance(sellers, (list, tuple)):
        return ()
    ids = seller_ids()
    return tuple(
        breach
        for place, seller in enumerate(sellers)
        if isinstance(seller, Mapping)
        and isinstance(seller.get("holder"), str)
        and seller["holder"] in ids
        for breach in _breaches(seller, place, books.get(seller["holder"], 0.0))
    )


def _breaches(
    seller: Mapping[str, Any], place: int, book: float | Mapping[str, float]
) -> Iterator[Breach]:
    held = sum(book.values()) if isinstance(book, Mapping) else book
    over = _over_book(seller, place, held)
    if over is not None:
        yield over
    elif isinstance(book, Mapping) and isinstance(seller.get("buckets"), Mapping):
        yield from over_buckets(seller, ("sellers", place), book)


def _over_book(seller: Mapping[str, Any], place: int, held: float) -> Breach | None:
    holder, sale = seller["holder"], seller.get("sale_usd_bn")
    if held <= 0:
        return Breach(
            location=("sellers", place, "holder"),
            given=f"'{holder}', which holds no Treasuries in this vintage",
            allowed="a holder with a book above 0",
            remedy="`selloff world` shows who holds what.",
        )
    if not is_number(sale) or sale is None or not sale > held * (1 + _SLACK):
        return None
    return Breach(
        location=("sellers", place, "sale_usd_bn"),
        given=f"{sale:.10g}",
        allowed=f"a number above 0 up to {held:.10g}, which is all that {holder} holds",
        remedy="Lower the sale, or give sale_frac: 1 in its place for the whole book.",
    )


def over_buckets(
    seller: Mapping[str, Any], at: Location, book: Mapping[str, float]
) -> Iterator[Breach]:
    """Hold the weights to what is in each bucket when the books open."""
    sale, share = seller.get("sale_usd_bn"), seller.get("sale_frac")
    if sale is None and is_number(share) and share is not None:
        sale = share * sum(book.values())
    if not is_number(sale) or sale is None:
        return
    for bucket, weight in seller["buckets"].items():
        if bucket not in book or not is_number(weight):
            continue
        if weight * sale > book[bucket] * (1 + _SLACK):
            yield Breach(
                location=(*at, "buckets", bucket),
                given=f"{weight:.10g} of the sale, {weight * sale:.6g} USD bn",
                allowed=f"at most {book[bucket]:.6g} USD bn, which is all that "
                f"{seller['holder']} holds there",
                remedy="Lower the sale or that weight, or give buckets: pro_rata.",
            )
