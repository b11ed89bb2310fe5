"""What the world's official reserves are held in, and the markets they could be held in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

import pandas as pd

from selloff.data.assumptions import scalars
from selloff.data.records import Figure, Standing
from selloff.data.tables import PACKAGED, Snapshot, table
from selloff.vocab.axes import RESERVE_ASSETS
from selloff.vocab.rows import read_as, rows_of

OUNCES_PER_TONNE: Final = 1e6 / 31.1034768
"""Troy ounces of 31.1034768 grams in a tonne."""
FILE: Final = "assumptions/reserve_markets.csv"
_PUBLISHED_AFTER: Final = pd.DateOffset(months=3)
"""COFER of a quarter is out on the last business day of the next one."""
_CURRENCIES: Final = tuple(name for name in RESERVE_ASSETS if name != "gold")


@dataclass(frozen=True)
class ReserveFact:
    """One number about a market for reserves, with its range and what it rests on."""

    asset: str
    item: str
    value: float
    low: float
    high: float
    unit: str
    as_of: date
    standing: str
    source: str
    reason: str


@dataclass(frozen=True, eq=False)
class OfficialReserves:
    """Official reserves of the world at a date, gold at market prices."""

    shares: Mapping[str, float]
    """By reserve asset, adding up to one [fraction]."""
    fx_usd_bn: float
    gold_usd_bn: float
    gold_usd_per_oz: float
    figures: tuple[Figure, ...]

    @property
    def total_usd_bn(self) -> float:
        """Foreign exchange and gold together [USD bn]."""
        return self.fx_usd_bn + self.gold_usd_bn


@cache
def reserve_facts() -> tuple[ReserveFact, ...]:
    """Read what is known of the markets in which reserves are or could be held.

    Source: `data/assumptions/reserve_markets.csv`.
    """
    return read_as(ReserveFact, rows_of("data", FILE.removesuffix(".csv")))


def reserve_fact(asset: str, item: str) -> ReserveFact:
    """Find the latest number of its kind.

    Source: `data/assumptions/reserve_markets.csv`.
    """
    found = [row for row in reserve_facts() if (row.asset, row.item) == (asset, item)]
    if not found:
        raise LookupError(f"no {item} of {asset} in {FILE}")
    return max(found, key=lambda row: row.as_of)


def official_gold_tonnes(on: date) -> float:
    """Gold held by the world's central banks.

    G(t) = G(2024) + bought since, or less what was bought between t and then
    """
    known = reserve_fact("gold", "official")
    flows = [row for row in reserve_facts() if (row.asset, row.item) == ("gold", "bought")]
    since = sum(row.value for row in flows if known.as_of < row.as_of <= on)
    until = sum(row.value for row in flows if on < row.as_of <= known.as_of)
    return known.value + since - until


def gold_price(on: date, snapshot: Snapshot = PACKAGED) -> tuple[float, date]:
    """Price of gold as of a day."""
    last = snapshot.last("gold_price_monthly", "gold_usd_per_oz", on)
    if last is None:
        raise LookupError(f"no gold price by {on}")
    return last.value, last.as_of


def currency_shares(on: date, snapshot: Snapshot = PACKAGED) -> tuple[dict[str, float], date]:
    """Shares of currencies in foreign exchange reserves, as known on a day.

    Source: IMF, COFER, last year given for all currencies.
    """
    frame = table("cofer_shares_annual", snapshot).set_index("date").drop(columns="source")
    out = frame.loc[: pd.Timestamp(on) - _PUBLISHED_AFTER].dropna(subset=["gbp_pct", "other_pct"])
    if out.empty:
        raise LookupError(f"no reserve shares were out by {on}")
    row = out.iloc[-1]
    known = {name: float(row[f"{name.lower()}_pct"]) for name in _CURRENCIES}
    if pd.isna(row["cny_pct"]):
        known["CNY"] = scalars()["yuan_in_other_before_2016"].value * known["other"]
        known["other"] -= known["CNY"]
    whole = sum(known.values())
    return {name: value / whole for name, value in known.items()}, out.index[-1].date()


def fx_reserves(on: date, snapshot: Snapshot = PACKAGED) -> tuple[float, str, date]:
    """Foreign exchange reserves of the world, without gold.

    Source: External Wealth of Nations to 2021; IMF, COFER for the ends of 2024 and 2025.
    """
    cutoff = (pd.Timestamp(on) - _PUBLISHED_AFTER).date()
    known = [row for row in reserve_facts() if row.item == "fx_reserves" and row.as_of <= cutoff]
    if known:
        latest = max(known, key=lambda row: row.as_of)
        return latest.value, latest.source, latest.as_of
    found = snapshot.last("fx_reserves_annual", "fx_reserves_usd_bn", cutoff)
    if found is None:
        raise LookupError(f"no amount of reserves was out by {on}")
    return found.value, "External Wealth of Nations, sum of 69 economies", found.as_of


@lru_cache(maxsize=16)
def official_reserves(on: date, snapshot: Snapshot = PACKAGED) -> OfficialReserves:
    """Split official reserves over seven assets as of a day.

    share of gold = G p / (G p + F);  share of a currency = its share in F times the rest

    Source: IMF, COFER.
    """
    fx, source, fx_date = fx_reserves(on, snapshot)
    price, price_date = gold_price(on, snapshot)
    split, split_date = currency_shares(on, snapshot)
    tonnes = official_gold_tonnes(on)
    gold = tonnes * OUNCES_PER_TONNE * price / 1e9
    shares = {name: split.get(name, 0.0) * fx / (fx + gold) for name in RESERVE_ASSETS}
    shares["gold"] = gold / (fx + gold)
    gold_source = "European Central Bank, June 2025; World Gold Council; World Bank"
    figures = [
        _figure("fx_reserves", fx, "USD bn", source=source, as_of=fx_date),
        _figure("official_gold_tonnes", tonnes, "t", source=gold_source, as_of=price_date),
        _figure("official_gold", gold, "USD bn", source=gold_source, as_of=price_date),
    ]
    cofer = f"IMF, COFER, end of {split_date.year}; gold at the price of {price_date:%B %Y}"
    figures += [
        _figure(f"reserve_share_{name.lower()}", value, "fraction", source=cofer, as_of=split_date)
        for name, value in shares.items()
    ]
    return OfficialReserves(shares, fx, gold, price, tuple(figures))


def _figure(name: str, value: float, unit: str, *, source: str, as_of: date) -> Figure:
    standing: Standing = "data" if name == "fx_reserves" else "derived"
    return Figure(name=name, value=value, unit=unit, standing=standing, source=source, as_of=as_of)
