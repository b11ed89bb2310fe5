"""The axes every array and table of Selloff is laid out on."""

from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple, TypeVar

from selloff.vocab.assets import DESTINATIONS

V = TypeVar("V")


class Axis(tuple[str, ...]):
    """Labels in order; `at` says where one stands."""

    __slots__ = ()

    def __new__(cls, *labels: str) -> "Axis":
        """Lay labels out."""
        return super().__new__(cls, labels)

    def at(self, label: str) -> int:
        """Say where a label stands."""
        return self.index(label)

    def pick(self, values: Any, label: str) -> Any:
        """Take what lies at a label on the last axis of an array."""
        return values[..., self.index(label)]

    def lay(self, values: Mapping[Any, V], missing: V) -> list[V]:
        """Lay values out by label, something else where there is none."""
        return [values.get(label, missing) for label in self]


TENORS: Final = Axis("3M", "1Y", "2Y", "3Y", "5Y", "7Y", "10Y", "20Y", "30Y")
TENOR_YEARS: Final = (0.25, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0)

BUCKETS: Final = Axis("0-1Y", "1-3Y", "3-5Y", "5-7Y", "7-10Y", "10-20Y", "20-30Y")
"""Remaining maturity of securities held: lower edge in, upper edge out."""
BUCKET_EDGES: Final = (0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0)

CURRENCIES: Final = Axis("USD", "JPY", "EUR", "GBP", "CNY")
"""Currencies of the pricing core; USD first, it is the numeraire."""
CURRENCY_AREAS: Final = {
    "USD": "the United States",
    "JPY": "Japan",
    "EUR": "the euro area",
    "GBP": "the United Kingdom",
    "CNY": "China",
}
"""Whose GDP a flow of a currency is held against."""
FOREIGN: Final = Axis(*CURRENCIES[1:])
"""Those with an exchange rate."""

ASSETS: Final = Axis(*(each.asset for each in DESTINATIONS))
"""What sale proceeds can be turned into."""
ASSET_CURRENCY: Final = {each.asset: each.currency for each in DESTINATIONS}
ASSET_BOND: Final = {each.asset: each.bond for each in DESTINATIONS if each.bond}
ASSET_MARKET: Final = {each.asset: each.market for each in DESTINATIONS if each.market}
ASSET_RESERVE: Final = {each.asset: each.reserve for each in DESTINATIONS}
ASSET_LABELS: Final = {each.asset: each.label for each in DESTINATIONS}
SCARCE: Final = Axis(*ASSET_MARKET.values())
"""Markets that rise when proceeds are spent in them."""

BOND_MARKETS: Final = FOREIGN
"""Currencies whose government bonds are bought and sold beside Treasuries: all the others."""
BOND_LABELS: Final = {
    "JPY": "Japanese government bonds",
    "EUR": "euro-area government bonds",
    "GBP": "gilts",
    "CNY": "Chinese government bonds",
}
"""What bonds of a market are called inside a sentence."""

ECONOMIES: Final = Axis("USA", "JPN")
"""Whose policy rates answer."""
PART_LABELS: Final = {
    "seller": "the sale itself, and all else the scenario prescribes",
    "followers": "followers",
    "levered_funds": "levered funds",
    "policy": "policy",
    "haven": "the dollar as haven",
}
"""What each part is called inside a sentence."""
PARTS: Final = Axis(*PART_LABELS)
"""What a headline number is split into, in the order in which mechanisms are switched on."""

COSTS: Final = Axis("execution", "conversion", "mark", "sanction", "carry")
"""Parts of a seller's bill."""
MOMENTS: Final = {
    "peak": "while the 10-year stands highest",
    "after_1y": "after a year",
    "end": "at the end",
    "most": "most ever held",
}
"""When it is asked who holds what; the last is each group's own time."""
STRESSES: Final = Axis("squeeze", "doubt")
"""What a dislocation is felt as, and what shocks come as."""
SHOCKS: Final = Axis(*STRESSES, "payment")
"""What can come from elsewhere: stress, and fear that bills near a date are not paid in time."""
VOLATILITIES: Final = Axis("vix", "move")
SPREADS: Final = Axis("ig_oas", "hy_oas")
BORROWING_RATES: Final = Axis("mortgage_30y", *SPREADS)
MARKETS: Final = Axis("sp500", "nikkei", "em_equities", "gold", "bitcoin", "oil")
RESERVE_ASSETS: Final = Axis("USD", "EUR", "JPY", "GBP", "CNY", "gold", "other")
"""What the world's official reserves are held in."""
SHARE_PARTS: Final = Axis("volume", "valuation", "confidence")
"""What moves a share of reserves: what was sold and bought, prices alone, and what is wanted."""
REGIMES: Final = Axis("fixed", "managed", "floating")
"""Of emerging currencies, from the one that moves least to the one that moves most."""
AXES: Final = (
    *(TENORS, BUCKETS, CURRENCIES, FOREIGN, ASSETS, ECONOMIES, STRESSES),
    *(VOLATILITIES, BORROWING_RATES, SPREADS, MARKETS, RESERVE_ASSETS, REGIMES),
)
"""Those along which rows of the parameter table can lie."""


class Layout(NamedTuple):
    """Where each kind of price stands among the outputs of the pricing core."""

    tenors: slice
    """Dollar par yields, by tenor."""
    buckets: slice
    """Dollar yields of the bonds that stand for the buckets."""
    foreign: slice
    """10-year yields, by foreign currency."""
    fx: slice
    """Log dollars per unit of each foreign currency."""

    @property
    def size(self) -> int:
        """Number of outputs."""
        return int(self.fx.stop)


_ENDS: Final = accumulate(map(len, (TENORS, BUCKETS, FOREIGN, FOREIGN)), initial=0)
PRICES: Final = Layout(*(slice(*ends) for ends in pairwise(_ENDS)))
"""Layout of the engine's prices, responses and noise loadings."""

CLOCKS: Final = ("step", "quarter", "year")
"""Axes of time."""
QUARTERS_PER_YEAR: Final = 4
MONTHS_PER_YEAR: Final = 12
DAYS_PER_YEAR: Final = 365.25
BUSINESS_DAYS_PER_YEAR: Final = 252
BUSINESS_DAYS_PER_QUARTER: Final = 63
BUSINESS_DAYS_PER_MONTH: Final = 21
EPISODE_LABELS: Final = {
    "us_2y_bp": "US 2-year",
    "us_5y_bp": "US 5-year",
    "us_10y_bp": "US 10-year",
    "us_30y_bp": "US 30-year",
    "term_premium_10y_bp": "10-year term premium",
    "usdjpy_pct": "Yen per dollar",
    "jgb_10y_bp": "Japan 10-year",
    "bund_10y_bp": "Germany 10-year",
    "gilt_10y_bp": "UK 10-year",
    "cgb_10y_bp": "China 10-year",
    "eurusd_pct": "Dollars per euro",
    "gbpusd_pct": "Dollars per pound",
    "usdcny_pct": "Yuan per dollar",
}
"""What an episode is judged by: changes over its window, in the unit of the name; and in words."""
EPISODE_ABROAD: Final = {
    "bund_10y_bp": "EUR",
    "gilt_10y_bp": "GBP",
    "cgb_10y_bp": "CNY",
    "eurusd_pct": "EUR",
    "gbpusd_pct": "GBP",
    "usdcny_pct": "CNY",
}
"""Variables of markets that are judged only where an episode has a flow or a number of them."""
EPISODE_VARIABLES: Final = tuple(EPISODE_LABELS)
RIVALS: Final = {"walk": "walk", "rule": "flat rule", "simple": "simple competitor"}
"""Forecasts that the model has to beat on episodes, and what they are called."""
