"""Tidy table of Japan's consumer prices."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

FIRST_DAY: Final = "1990-01-01"


def core_prices(raw: Path) -> pd.DataFrame:
    """Rise of consumer prices without fresh food, dated at the end of the month they measure."""
    frame = pd.read_csv(raw / "jp_rates" / "japan_core_cpi_yoy_monthly.csv")
    tidy = frame.rename(columns={"value": "core_cpi_yoy_pct"}).dropna()
    return tidy[tidy["date"] >= FIRST_DAY].reset_index(drop=True)


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {"japan_core_cpi_monthly": core_prices}
)
