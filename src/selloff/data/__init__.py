"""The world at a date, from packaged tables with their sources; never from the network."""

from selloff.data.building import DEFAULT_VINTAGE, build_vintage, vintage, vintages
from selloff.data.economy_figures import economy_figures
from selloff.data.emerging import REGIMES, EmergingEconomy, LeftOut, emerging
from selloff.data.emerging_panel import Listed, emerging_panel, listed_economies
from selloff.data.federal import Federal, federal, read_federal
from selloff.data.japan import (
    CentralBankAccounts,
    Exporter,
    Quote,
    boj_accounts,
    exporters,
    exporters_left_out,
    insurer_dollar_bonds,
    japan_inflation_pct,
)
from selloff.data.japan_books import JapanBooks, japan_books
from selloff.data.observed import not_known, observed, trading_days
from selloff.data.policy import inflation_gap_pct, short_rate_pct, yen_trend
from selloff.data.records import Curve, Figure, Provenance, Standing, Vintage, VintageInfo
from selloff.data.reserves import (
    OUNCES_PER_TONNE,
    OfficialReserves,
    ReserveFact,
    gold_price,
    official_gold_tonnes,
    official_reserves,
    reserve_fact,
    reserve_facts,
)
from selloff.data.sheet import balance_sheet
from selloff.data.tables import Snapshot, provenance, shipped, table
from selloff.data.ties import CLASSES, Tie, ties

__all__ = [
    "CLASSES",
    "DEFAULT_VINTAGE",
    "OUNCES_PER_TONNE",
    "REGIMES",
    "CentralBankAccounts",
    "Curve",
    "EmergingEconomy",
    "Exporter",
    "Federal",
    "Figure",
    "JapanBooks",
    "LeftOut",
    "Listed",
    "OfficialReserves",
    "Provenance",
    "Quote",
    "ReserveFact",
    "Snapshot",
    "Standing",
    "Tie",
    "Vintage",
    "VintageInfo",
    "balance_sheet",
    "boj_accounts",
    "build_vintage",
    "economy_figures",
    "emerging",
    "emerging_panel",
    "exporters",
    "exporters_left_out",
    "federal",
    "gold_price",
    "inflation_gap_pct",
    "insurer_dollar_bonds",
    "japan_books",
    "japan_inflation_pct",
    "listed_economies",
    "not_known",
    "observed",
    "official_gold_tonnes",
    "official_reserves",
    "provenance",
    "read_federal",
    "reserve_fact",
    "reserve_facts",
    "shipped",
    "short_rate_pct",
    "table",
    "ties",
    "trading_days",
    "vintage",
    "vintages",
    "yen_trend",
]
