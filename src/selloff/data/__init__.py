"""The world at a date, from packaged tables with their sources; never from the network."""

from selloff.data.building import DEFAULT_VINTAGE, build_vintage, vintage, vintages
from selloff.data.observed import observed, trading_days
from selloff.data.policy import inflation_gap_pct, short_rate_pct, yen_trend
from selloff.data.records import Curve, Figure, Provenance, Standing, Vintage, VintageInfo
from selloff.data.sheet import balance_sheet
from selloff.data.tables import Snapshot, provenance, shipped, table
from selloff.data.ties import CLASSES, Tie, ties

__all__ = [
    "CLASSES",
    "DEFAULT_VINTAGE",
    "Curve",
    "Figure",
    "Provenance",
    "Snapshot",
    "Standing",
    "Tie",
    "Vintage",
    "VintageInfo",
    "balance_sheet",
    "build_vintage",
    "inflation_gap_pct",
    "observed",
    "provenance",
    "shipped",
    "short_rate_pct",
    "table",
    "ties",
    "trading_days",
    "vintage",
    "vintages",
    "yen_trend",
]
