"""Rules between the fields of an episode, over plain values, for half-right files too."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from selloff.scenario.limits import Books, over_buckets
from selloff.scenario.rules import Breach, Location, is_number
from selloff.vocab.holders import books_of

AMOUNTS: Final = ("sale_usd_bn", "purchase_usd_bn", "currency_usd_bn")
MAX_WINDOW: Final = timedelta(days=3653)
_SLACK: Final = 1e-9
_FRIDAY: Final = 4
_WEEKEND: Final = timedelta(days=3)


def episode_breaches(raw: Mapping[str, Any]) -> tuple[Breach, ...]:
    """Find every rule between fields that does not hold.

    Source: assumption; an episode that breaks one has no single meaning.
    """
    start, end = as_day(raw.get("start")), as_day(raw.get("end"))
    found = [*_window(start, end), *_late_books(raw.get("vintage"), start)]
    flows = raw.get("flows")
    if not isinstance(flows, (list, tuple)):
        return tuple(found)
    for place, flow in enumerate(flows):
        if isinstance(flow, Mapping):
            at: Location = ("flows", place)
            found += [*_one_amount(flow, at), *_who(flow, at), *_currency(flow, at)]
            found += _days(flow, at, start=start, end=end)
    return (*found, *_overlaps(flows))


def sale_breaches(raw: Mapping[str, Any], books: Books) -> list[Breach]:
    """Check that nobody sells more than it had."""
    sold: dict[str, float] = {}
    found: list[Breach] = []
    flows = raw.get("flows")
    for place, flow in enumerate(flows if isinstance(flows, (list, tuple)) else ()):
        holder = flow.get("holder") if isinstance(flow, Mapping) else None
        sale = flow.get("sale_usd_bn") if isinstance(flow, Mapping) else None
        if not isinstance(holder, str) or not is_number(sale) or sale is None:
            continue
        sold[holder] = sold.get(holder, 0.0) + sale
        book, at = books.get(holder, 0.0), ("flows", place)
        held = sum(book.values()) if isinstance(book, Mapping) else book
        if sold[holder] > held * (1.0 + _SLACK):
            found.append(
                Breach(
                    location=(*at, "sale_usd_bn"),
                    given=f"{sale:.10g}, {sold[holder]:.10g} with the flows above",
                    allowed=f"sales of at most {held:.10g} in all, which is what {holder} held",
                    remedy="Lower the sale; `selloff world --vintage` lists the books.",
                )
            )
        elif isinstance(book, Mapping) and isinstance(flow.get("buckets"), Mapping):
            found += over_buckets(flow, at, book)
    return found


def as_day(given: object) -> date | None:
    """Read a date from a value that may not be one."""
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _window(start: date | None, end: date | None) -> Iterator[Breach]:
    if start is None or end is None:
        return
    if not start < end <= start + MAX_WINDOW:
        yield Breach(
            location=("end",),
            given=f"{end}, with start {start}",
            allowed=f"a day after the start and at most {MAX_WINDOW.days:,} days after it",
            remedy="start is the last close before the window, end its last day.",
        )
    elif end - start < _WEEKEND and end.weekday() > _FRIDAY and start.weekday() >= _FRIDAY:
        yield Breach(
            location=("end",),
            given=f"{end}, with start {start}: a weekend",
            allowed="a window with a weekday in it",
            remedy="end is the day whose close is compared, perhaps the Monday.",
        )


def _late_books(vintage: object, start: date | None) -> Iterator[Breach]:
    """Refuse books of a later month: they would know what the sellers had done."""
    opens = as_day(f"{vintage}-01")
    if opens is None or start is None or opens <= start:
        return
    yield Breach(
        location=("vintage",),
        given=f"'{vintage}', with start {start}",
        allowed=f"a month up to {start:%Y-%m}, that of the start",
        remedy="Leave vintage out for the last month-end by the start.",
    )


def _one_amount(flow: Mapping[str, Any], at: Location) -> Iterator[Breach]:
    given = [name for name in AMOUNTS if flow.get(name) is not None]
    if len(given) != 1:
        yield Breach(
            location=(*at, given[1]) if given else at,
            given=" and ".join(given) or "no amount",
            allowed="exactly one of " + ", ".join(AMOUNTS),
            remedy="Make two flows of it." if given else "Add one of them.",
        )


def _who(flow: Mapping[str, Any], at: Location) -> Iterator[Breach]:
    holder = flow.get("holder")
    buys, sells = flow.get("purchase_usd_bn") is not None, flow.get("sale_usd_bn") is not None
    if holder is None and (buys or sells):
        yield Breach(
            location=at,
            given="bonds bought or sold by nobody",
            allowed="a holder, unless the flow is one of currency alone",
            remedy="Add holder: fed for purchases; `selloff world --detail` lists the others.",
        )
    if buys and holder not in (None, "fed"):
        yield Breach(
            location=(*at, "purchase_usd_bn"),
            given=f"purchases by '{holder}'",
            allowed="purchases by the fed",
            remedy="Who else buys is what the model answers: leave the flow out.",
        )


def _currency(flow: Mapping[str, Any], at: Location) -> Iterator[Breach]:
    has_amount, has_name = flow.get("currency_usd_bn") is not None, flow.get("currency") is not None
    if has_amount != has_name or (has_amount and flow.get("holder") is not None):
        yield Breach(
            location=(*at, "currency_usd_bn") if has_amount else (*at, "currency"),
            given="currency_usd_bn with a holder"
            if has_amount and has_name
            else "only one of currency_usd_bn and currency",
            allowed="currency_usd_bn with currency and without a holder",
            remedy="A sale of bonds for a currency is sale_usd_bn with proceeds.",
        )
    is_sale, proceeds = flow.get("sale_usd_bn") is not None, flow.get("proceeds")
    if not is_sale and isinstance(proceeds, Mapping) and dict(proceeds) != {"usd_cash": 1.0}:
        yield Breach(
            location=(*at, "proceeds"),
            given="proceeds without a sale",
            allowed="proceeds with sale_usd_bn only",
            remedy="Remove it.",
        )


def _days(
    flow: Mapping[str, Any], at: Location, *, start: date | None, end: date | None
) -> Iterator[Breach]:
    first, last = as_day(flow.get("first_day")), as_day(flow.get("last_day"))
    if start is None or end is None or end <= start:
        return
    begins, ends = first or start + timedelta(days=1), last or end
    if ends < begins or ends <= start:
        yield Breach(
            location=(*at, "last_day" if last else "first_day"),
            given=f"{begins} to {ends}",
            allowed=f"days in order, the last one after {start}",
            remedy="Leave both out for a flow that fills the window.",
        )


def _overlaps(flows: list[Any] | tuple[Any, ...]) -> Iterator[Breach]:
    seen: list[str] = []
    for place, flow in enumerate(flows):
        holder = flow.get("holder") if isinstance(flow, Mapping) else None
        if not isinstance(holder, str) or flow.get("sale_usd_bn") is None or holder in seen:
            continue
        mine = set(books_of(holder))
        other = next((each for each in seen if not mine.isdisjoint(books_of(each))), None)
        seen.append(holder)
        if other is not None:
            yield Breach(
                location=("flows", place, "holder"),
                given=f"'{holder}', while '{other}' also sells",
                allowed="each book under one name only",
                remedy=f"Use '{other}' here too, or name the books one by one.",
            )
