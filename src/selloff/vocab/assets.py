"""What sale proceeds can be turned into: one row each, for all who list them."""

from typing import Final, NamedTuple


class Destination(NamedTuple):
    """One thing that dollars can become."""

    asset: str
    currency: str
    """What is bought on the way: gold and crypto are priced and paid in dollars."""
    bond: str | None
    """Currency of the government bond market it belongs to."""
    market: str | None
    """The market whose price rises when it is bought."""
    reserve: str
    """What it counts as in official reserves."""
    label: str
    """What it is called inside a sentence."""


DESTINATIONS: Final = (
    Destination("usd_cash", "USD", None, None, "USD", "dollars"),
    Destination("jpy_cash", "JPY", None, None, "JPY", "yen"),
    Destination("jgb", "JPY", "JPY", None, "JPY", "Japanese government bonds"),
    Destination("eur_cash", "EUR", None, None, "EUR", "euros"),
    Destination("cny_cash", "CNY", None, None, "CNY", "yuan"),
    Destination("gold", "USD", None, "gold", "gold", "gold"),
    Destination("crypto", "USD", None, "bitcoin", "other", "Bitcoin"),
)
