"""Dollars of one year in the world of another: amounts grow with US GDP."""

from functools import lru_cache
from typing import Final

from selloff.data import Vintage, table
from selloff.evidence import fixed
from selloff.vocab import CURRENCIES, PCT

IMPACT_YEAR: Final = 2024
"""Year of the dollars in which the impact priors are quoted."""


@lru_cache(maxsize=64)
def growth_since(year: int | None, world: Vintage) -> float:
    """How much larger the vintage's US economy is than that of a year; one where none is named.

    Source: assumption; risk capital and market size grow with nominal GDP.
    """
    if year is None:
        return 1.0
    gdp = table("gdp_annual", world.snapshot)
    quoted = gdp[(gdp.area == CURRENCIES[0]) & (gdp.year == year)].gdp_usd_bn
    return world.gdp_usd_bn[CURRENCIES[0]] / float(quoted.iloc[0])


def unit_flow(gdp_usd_bn: float) -> float:
    """Say up to which flow a currency answers in proportion [USD bn]."""
    return fixed("fx_linear") * PCT * gdp_usd_bn
