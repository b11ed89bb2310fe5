"""The world at a date, from packaged tables with their sources; never from the network."""

from selloff.data.bond_markets import BondMarket, bond_markets, bonds_abroad
from selloff.data.building import DEFAULT_VINTAGE, build_vintage, vintage, vintages
from selloff.data.calendar import (
    intervention_known,
    known_on,
    reserves_known,
    tic_known,
    week_known,
    window_known,
)
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
from selloff.data.observations import OBSERVED, beside_kept, fresh, keep, kept_series, known
from selloff.data.observed import not_known, observed, trading_days
from selloff.data.policy import inflation_gap_pct, short_rate_pct, yen_trend
from selloff.data.records import Curve, Figure, Standing, Vintage, VintageInfo
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
from selloff.data.selling import sale_habits, sells_bills_first
from selloff.data.series import DatedSeries, read_series, series_names
from selloff.data.sheet import balance_sheet
from selloff.data.tables import PACKAGED, PROVENANCE, Provenance, Snapshot, provenance, table
from selloff.data.ties import CLASSES, Tie, ties
from selloff.data.user_vintages import snapshot_of, user_vintages, vintages_folder

__all__ = [
    "CLASSES",
    "DEFAULT_VINTAGE",
    "OBSERVED",
    "OUNCES_PER_TONNE",
    "PACKAGED",
    "PROVENANCE",
    "REGIMES",
    "BondMarket",
    "CentralBankAccounts",
    "Curve",
    "DatedSeries",
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
    "beside_kept",
    "boj_accounts",
    "bond_markets",
    "bonds_abroad",
    "build_vintage",
    "economy_figures",
    "emerging",
    "emerging_panel",
    "exporters",
    "exporters_left_out",
    "federal",
    "fresh",
    "gold_price",
    "inflation_gap_pct",
    "insurer_dollar_bonds",
    "intervention_known",
    "japan_books",
    "japan_inflation_pct",
    "keep",
    "kept_series",
    "known",
    "known_on",
    "listed_economies",
    "not_known",
    "observed",
    "official_gold_tonnes",
    "official_reserves",
    "provenance",
    "read_federal",
    "read_series",
    "reserve_fact",
    "reserve_facts",
    "reserves_known",
    "sale_habits",
    "sells_bills_first",
    "series_names",
    "short_rate_pct",
    "snapshot_of",
    "table",
    "tic_known",
    "ties",
    "trading_days",
    "user_vintages",
    "vintage",
    "vintages",
    "vintages_folder",
    "week_known",
    "window_known",
    "yen_trend",
]
