"""The world at a date, from packaged tables with their sources; never from the network."""

from selloff.data.building import DEFAULT_VINTAGE, build_vintage, vintage, vintages
from selloff.data.observed import observed, trading_days
from selloff.data.records import Curve, Figure, Provenance, Standing, Vintage, VintageInfo
from selloff.data.sheet import balance_sheet
from selloff.data.tables import Snapshot, provenance, shipped, table

__all__ = [
    "DEFAULT_VINTAGE",
    "Curve",
    "Figure",
    "Provenance",
    "Snapshot",
    "Standing",
    "Vintage",
    "VintageInfo",
    "balance_sheet",
    "build_vintage",
    "observed",
    "provenance",
    "shipped",
    "table",
    "trading_days",
    "vintage",
    "vintages",
]
