"""The axes every array and table of Selloff is laid out on."""

from typing import Final

TENORS: Final = ("3M", "1Y", "2Y", "3Y", "5Y", "7Y", "10Y", "20Y", "30Y")
TENOR_YEARS: Final = (0.25, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0)

BUCKETS: Final = ("0-1Y", "1-3Y", "3-5Y", "5-7Y", "7-10Y", "10-20Y", "20-30Y")
"""Remaining maturity of securities held: lower edge in, upper edge out."""
BUCKET_EDGES: Final = (0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0)

CURRENCIES: Final = ("USD", "JPY", "EUR", "GBP", "CNY")
"""Currencies of the pricing core; USD first, it is the numeraire."""

ASSETS: Final = ("usd_cash", "jpy_cash", "jgb", "eur_cash", "cny_cash", "gold")
"""What sale proceeds can be turned into."""
ASSET_CURRENCY: Final = {
    "usd_cash": "USD",
    "jpy_cash": "JPY",
    "jgb": "JPY",
    "eur_cash": "EUR",
    "cny_cash": "CNY",
    "gold": "USD",
}
"""Currency bought when proceeds go into an asset; gold is priced and paid in dollars."""

BOND_MARKETS: Final = ("JPY", "EUR")
"""Currencies whose government bonds a central bank or a seller buys."""

ASSET_BOND: Final = {"jgb": "JPY"}
"""Market of the assets that are government bonds."""

ECONOMIES: Final = ("USA", "JPN")
"""Whose policy rates answer."""
PARTS: Final = ("seller", "followers", "levered_funds", "policy", "haven")
"""What a headline number is split into, in the order in which mechanisms are switched on."""

VOLATILITIES: Final = ("vix", "move")
BORROWING_RATES: Final = ("mortgage_30y", "ig_oas", "hy_oas")
MARKETS: Final = ("sp500", "nikkei", "em_equities", "gold", "bitcoin", "oil")
RESERVE_ASSETS: Final = ("USD", "EUR", "JPY", "GBP", "CNY", "gold", "other")
"""What the world's official reserves are held in."""

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
}
"""What an episode is judged by: changes over its window, in the unit of the name; and in words."""
EPISODE_VARIABLES: Final = tuple(EPISODE_LABELS)
