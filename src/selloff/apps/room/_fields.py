"""What each control writes into a scenario, and reads back from one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from selloff.apps.room._controls import ALL, ASSET_WORDS, Control, controls
from selloff.scenario import Scenario, Seller
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, PCT

Values = dict[str, Any]
WORD_OF: Final = {asset: word for word, asset in ASSET_WORDS.items()}
BILLS: Final = "bills_first"
AS_HELD: Final = "pro_rata"


def write(base: Values, values: Mapping[str, Any]) -> Values:
    """Write values of controls into a scenario, its first seller for those of a seller."""
    made = {**base, "reactions": {**base.get("reactions", {})}, "shocks": [*base.get("shocks", ())]}
    made["sellers"] = [dict(one) for one in base.get("sellers", ())]
    for name, value in values.items():
        for room, *inner in controls()[name].places:
            if room == "sellers":
                made["sellers"][0] = _sold(made["sellers"][0], inner[-1], value)
            elif room == "reactions":
                made["reactions"][inner[0]] = value
            elif room == "shocks":
                others = [one for one in made["shocks"] if one["kind"] != inner[0]]
                shock = {"kind": inner[0], "size": value}
                made["shocks"] = [*others, *([shock] if value else ())]
            else:
                made[room] = value
    return made


def is_of_seller(control: Control) -> bool:
    """Say whether a control writes into a seller."""
    return any(place[0] == "sellers" for place in control.places)


def show(scenario: Scenario, held: Callable[[str], float]) -> Values:
    """Read the values of the controls back; none where a control cannot say it."""
    return {name: _shown(scenario, control, held) for name, control in controls().items()}


def _sold(seller: Values, field: str, value: Any) -> Values:
    """Write one field of a seller."""
    if field == "sale_usd_bn":
        kept = {key: one for key, one in seller.items() if key not in ("sale_usd_bn", "sale_frac")}
        share = {ALL: 1.0, 0.0: 0.0}.get(value)
        return kept | ({"sale_usd_bn": value} if share is None else {"sale_frac": share})
    if field == "pace":
        evenly = {"kind": "linear", "years": value / BUSINESS_DAYS_PER_YEAR}
        value = {"kind": "block"} if value == 1 else evenly
    if field == "buckets":
        value = BILLS if value else AS_HELD
    return {**seller, field: value}


def _shown(scenario: Scenario, control: Control, held: Callable[[str], float]) -> Any:
    room, *inner = control.places[0]
    if room == "sellers":
        seller = scenario.sellers[0] if scenario.sellers else None
        return None if seller is None else _SHOWN[inner[-1]](seller, held)
    if room == "reactions":
        found = {getattr(scenario.reactions, place[1]) for place in control.places}
        return found.pop() if len(found) == 1 else None
    if room == "shocks":
        return sum(one.size for one in scenario.shocks if one.kind == inner[0])
    return getattr(scenario, room)


def _amount(seller: Seller, held: Callable[[str], float]) -> float:
    if seller.sale_usd_bn is not None:
        return seller.sale_usd_bn
    return round((seller.sale_frac or 0.0) * held(seller.holder), 3)


def _days(seller: Seller, held: Callable[[str], float]) -> int | None:
    """At once, or evenly over so many days; no number says another pace."""
    del held
    if seller.pace.kind == "block":
        return 1
    years = getattr(seller.pace, "years", None)
    return None if years is None else round(years * BUSINESS_DAYS_PER_YEAR)


def _assets(seller: Seller, held: Callable[[str], float]) -> Values:
    del held
    return {WORD_OF[one]: round(share / PCT, 6) for one, share in seller.proceeds.items() if share}


_SHOWN: Final[Mapping[str, Callable[[Seller, Callable[[str], float]], Any]]] = {
    "holder": lambda seller, _: seller.holder,
    "sale_usd_bn": _amount,
    "pace": _days,
    "proceeds": _assets,
    "announced_frac": lambda seller, _: round(seller.announced_frac / PCT, 6),
    "hostility": lambda seller, _: round(seller.hostility / PCT, 6),
    "buckets": lambda seller, _: (
        {BILLS: True, AS_HELD: False}.get(seller.buckets)
        if isinstance(seller.buckets, str)
        else None
    ),
}
