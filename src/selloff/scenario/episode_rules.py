"""Rules between the fields of an episode, over plain values that may be half right."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from selloff.scenario.fields import Books, Breach, Location, Raw, as_day, number, seller_ids
from selloff.scenario.rules import dealer_breaches, is_above, mappings, over_buckets, total
from selloff.vocab.errors import near_miss, shown
from selloff.vocab.holders import CENTRAL_BANKS, books_of, holders

AMOUNTS: Final = ("sale_usd_bn", "purchase_usd_bn", "currency_usd_bn")
MAX_USD_BN: Final = 1e5
MAX_WINDOW: Final = timedelta(days=3653)
_FRIDAY: Final = 4
_WEEKEND: Final = timedelta(days=3)


def episode_breaches(raw: Raw, books: Books | None) -> Iterator[Breach]:
    """Find every rule that does not hold; an episode that breaks one has no single meaning."""
    start, end = as_day(raw.get("start")), as_day(raw.get("end"))
    if start is not None:
        yield from _late_books(raw.get("vintage"), start)
    if start is not None and end is not None:
        yield from _window(start, end)
        for at, flow in mappings(raw, "flows"):
            if start < end:
                yield from _days(flow, at, start=start, end=end)
    sales = [
        (at, flow)
        for at, flow in mappings(raw, "flows")
        if isinstance(flow.get("holder"), str)
        and flow.get("sale_usd_bn") is not None
        and flow.get("market") is None
    ]
    for at, flow in sales:
        yield from dealer_breaches(at, flow["holder"])
    yield from _overlaps(sales)
    if books is not None:
        yield from _oversold(sales, books)


def flow_breaches(flow: Raw) -> Iterator[Breach]:
    """Find the fields of a flow that do not fit together."""
    has = {name for name in (*AMOUNTS, "currency", "holder") if flow.get(name) is not None}
    amounts = [name for name in AMOUNTS if name in has]
    if len(amounts) != 1:
        yield Breach(
            (amounts[1],) if amounts else (),
            " and ".join(amounts) or "no amount",
            "exactly one of " + ", ".join(AMOUNTS),
            "Make two flows of it." if amounts else "Add one of them.",
        )
    if "holder" not in has and has & {"purchase_usd_bn", "sale_usd_bn"}:
        yield Breach(
            (),
            "bonds bought or sold by nobody",
            "a holder, unless the flow is one of currency alone",
            "Add holder: fed for purchases; `selloff world` lists the others.",
        )
    if flow.get("market") is None:
        yield from _of_treasuries(flow, has)
    else:
        yield from _abroad(flow, has)
    pair = has & {"currency_usd_bn", "currency"}
    if len(pair) == 1 or (pair and "holder" in has):
        yield Breach(
            (next(name for name in ("currency_usd_bn", "currency") if name in pair),),
            "only one of currency_usd_bn and currency"
            if len(pair) == 1
            else "currency_usd_bn with a holder",
            "currency_usd_bn with currency and without a holder",
            "A sale of bonds for a currency is sale_usd_bn with proceeds.",
        )
    into = flow.get("proceeds")
    if "sale_usd_bn" not in has and isinstance(into, Mapping) and dict(into) != {"usd_cash": 1.0}:
        yield Breach(
            ("proceeds",), "proceeds without a sale", "proceeds with sale_usd_bn only", "Remove it."
        )


def _of_treasuries(flow: Raw, has: set[str]) -> Iterator[Breach]:
    holder = flow.get("holder")
    if holder in CENTRAL_BANKS:
        yield Breach(
            ("holder",),
            f"'{holder}' without a market",
            "a holder of Treasuries, or a central bank with the market whose bonds it trades",
            near_miss(str(holder), seller_ids()),
        )
    elif "purchase_usd_bn" in has and holder not in (None, "fed"):
        yield Breach(
            ("purchase_usd_bn",),
            f"purchases by {shown(holder)}",
            "purchases by the fed, or of other bonds with market",
            "Who else buys is what the model answers: leave the flow out.",
        )


def _abroad(flow: Raw, has: set[str]) -> Iterator[Breach]:
    """Refuse what the core does not know of bonds abroad: it has one of ten years a market."""
    if "currency_usd_bn" in has:
        yield Breach(
            ("market",),
            "market with currency_usd_bn",
            "market with sale_usd_bn or purchase_usd_bn",
            "A flow of currency alone has currency and no market.",
        )
    buckets, into = flow.get("buckets", "pro_rata"), flow.get("proceeds")
    if buckets != "pro_rata":
        yield Breach(
            ("buckets",),
            f"buckets of bonds of {shown(flow['market'])}",
            "no buckets with market: bonds abroad count as ten-year bonds",
            "Write the amount in ten-year equivalents.",
        )
    if isinstance(into, Mapping) and dict(into) != {"usd_cash": 1.0}:
        yield Breach(
            ("proceeds",),
            f"proceeds of bonds of {shown(flow['market'])}",
            "no proceeds with market: who sells abroad is paid in the currency of the market",
            "Add a flow with currency_usd_bn for what was exchanged.",
        )


def _window(start: date, end: date) -> Iterator[Breach]:
    if not start < end <= start + MAX_WINDOW:
        yield Breach(
            ("end",),
            f"{end}, with start {start}",
            f"a day after the start and at most {MAX_WINDOW.days:,} days after it",
            "start is the last close before the window, end its last day.",
        )
    elif end - start < _WEEKEND and end.weekday() > _FRIDAY and start.weekday() >= _FRIDAY:
        yield Breach(
            ("end",),
            f"{end}, with start {start}: a weekend",
            "a window with a weekday in it",
            "end is the day whose close is compared, perhaps the Monday.",
        )


def _late_books(vintage: object, start: date) -> Iterator[Breach]:
    """Refuse books of a later month: they would know what the sellers had done."""
    opens = as_day(f"{vintage}-01") if isinstance(vintage, str) else None
    if opens is not None and opens > start:
        yield Breach(
            ("vintage",),
            f"'{vintage}', with start {start}",
            f"a month up to {start:%Y-%m}, that of the start",
            "Leave vintage out for the last month-end by the start.",
        )


def _days(flow: Raw, at: Location, *, start: date, end: date) -> Iterator[Breach]:
    first, last = as_day(flow.get("first_day")), as_day(flow.get("last_day"))
    begins, ends = first or start + timedelta(days=1), last or end
    if ends < begins or ends <= start:
        yield Breach(
            (*at, "last_day" if last else "first_day"),
            f"{begins} to {ends}",
            f"days in order, the last one after {start}",
            "Leave both out for a flow that fills the window.",
        )


def _overlaps(sales: list[tuple[Location, Raw]]) -> Iterator[Breach]:
    seen: dict[str, str] = {}
    for at, flow in sales:
        holder = str(flow["holder"])
        other = next((seen[book] for book in books_of(holder) if book in seen), holder)
        seen |= dict.fromkeys(books_of(holder), holder)
        if other != holder:
            yield Breach(
                (*at, "holder"),
                f"'{holder}', while '{other}' also sells",
                "each book under one name only",
                f"Use '{other}' here too, or name the books one by one.",
            )


def _oversold(sales: list[tuple[Location, Raw]], books: Books) -> Iterator[Breach]:
    """Check that nobody sells more than it had, all its sales together."""
    sold: dict[str, float] = {}
    for at, flow in sales:
        holder, sale = flow["holder"], number(flow["sale_usd_bn"])
        if sale is None or not set(books_of(holder)) <= set(holders()):
            continue
        sold[holder] = sold.get(holder, 0.0) + sale
        book = books.get(holder, 0.0)
        if is_above(sold[holder], total(book)):
            yield Breach(
                (*at, "sale_usd_bn"),
                f"{sale:.10g}, {sold[holder]:.10g} with the flows above",
                f"sales of at most {total(book):.10g} in all, which is what {holder} held",
                "Lower the sale; `selloff world` lists the books of a vintage.",
            )
        else:
            yield from over_buckets(flow, at, book)
