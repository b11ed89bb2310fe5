"""How variables of episodes outside the dollar curve are quoted."""

from types import MappingProxyType
from typing import Final

YIELDS_ABROAD: Final = MappingProxyType(
    {"jgb_10y_bp": "JPY", "bund_10y_bp": "EUR", "gilt_10y_bp": "GBP", "cgb_10y_bp": "CNY"}
)
"""10-year yields, by the currency of their market."""
RATES: Final = MappingProxyType(
    {
        "usdjpy_pct": ("JPY", -1.0),
        "usdcny_pct": ("CNY", -1.0),
        "eurusd_pct": ("EUR", 1.0),
        "gbpusd_pct": ("GBP", 1.0),
    }
)
"""Exchange rates: the currency, and one where the quote is dollars per unit of it, else minus."""
NOISE_OF: Final = MappingProxyType(
    {
        "jgb_10y_bp": "JGB 10Y",
        "bund_10y_bp": "10Y",
        "gilt_10y_bp": "10Y",
        "cgb_10y_bp": "JGB 10Y",
    }
)
"""Whose noise a yield abroad has: no free table holds bunds, gilts and Chinese bonds by day."""
