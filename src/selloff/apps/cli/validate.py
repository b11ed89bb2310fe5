"""`selloff validate`."""

from typing import TYPE_CHECKING

from selloff.apps.cli._console import say
from selloff.apps.cli._options import ScenarioSource, VintageId

if TYPE_CHECKING:
    from selloff.scenario import Pace, Seller


def validate(scenario: ScenarioSource, vintage: VintageId = None) -> None:
    """Check a scenario and say what it would sell."""
    from selloff import data
    from selloff.apps._loading import load_checked

    (asked,) = load_checked([scenario], vintage=vintage)
    books = data.vintage(asked.vintage or data.DEFAULT_VINTAGE).books_by_name()
    sales = "; ".join(_sale(each, books[each.holder]) for each in asked.sellers)
    say(
        f"OK: {asked.name}: {sales or 'nobody sells'}; horizon {asked.horizon_years:g} years, "
        f"vintage {asked.vintage or 'default'}"
    )


def _sale(seller: "Seller", held: float) -> str:
    sale = seller.sale_usd_bn if seller.sale_usd_bn is not None else (seller.sale_frac or 0) * held
    goes_to = ", ".join(f"{asset} {weight:g}" for asset, weight in seller.proceeds.items())
    return (
        f"{seller.holder} sells {sale:,.1f} of {held:,.1f} USD bn {_speed(seller.pace)} "
        f"into {goes_to}"
    )


def _speed(pace: "Pace") -> str:
    match pace.kind:
        case "block":
            return "as fast as the market takes it"
        case "linear":
            return f"evenly over {pace.years:.3g} years"
        case "exponential":
            return f"half of the rest every {pace.half_life_years:.3g} years"
        case "custom":
            return f"along {len(pace.points)} points to day {pace.points[-1].day}"
