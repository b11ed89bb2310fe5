"""The world economy down to arrays: how time gathers, what opens, and who responds how."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.build import build
from selloff.bridge.emerging import emerging_rules, emerging_world
from selloff.bridge.japan import japan_rules, japan_world
from selloff.bridge.lower import Lowered
from selloff.bridge.markets import market_responses
from selloff.bridge.origins import origins
from selloff.bridge.reserves import capacity, capacity_rules, reserve_rules, reserve_world
from selloff.bridge.rows import MINISTRY
from selloff.bridge.schedule import Timeline
from selloff.bridge.tariffs import tariff_rules, tariff_world
from selloff.bridge.us import borrower_rules, rating_rules, us_rules, us_world
from selloff.data import EmergingEconomy, Exporter, LeftOut, Vintage, emerging, exporters
from selloff.engine import Calendar, Responses, Setting
from selloff.evidence import Bank
from selloff.model.economy.dollar import Basket
from selloff.vocab import (
    ASSET_MARKET,
    ASSETS,
    BUSINESS_DAYS_PER_QUARTER,
    BUSINESS_DAYS_PER_YEAR,
    SCARCE,
)

Array = NDArray[np.float64]
RESERVE_YEARS = 20
"""Reserve shares run to here whatever the horizon [years]."""


@dataclass(frozen=True, eq=False)
class Economics:
    """The world economy in the engine's terms."""

    setting: Setting
    responses: Responses
    """One row a draw of the bank."""
    countries: tuple[EmergingEconomy, ...]
    left_out: tuple[LeftOut, ...]
    """Emerging economies without the data the model needs."""
    exporters: tuple[Exporter, ...]
    capacity: Mapping[str, float]
    """Size of the market of each reserve asset [USD bn]."""


def economics(lowered: Lowered, world: Vintage, bank: Bank) -> Economics:
    """Set the world economy beside a question."""
    calendar = _gathered(lowered.steps)
    n_quarters = calendar.quarter_end.size
    programme = np.asarray(lowered.inputs.sale.programme)
    origin = origins(lowered, world)
    book = world.books[world.holders.index(MINISTRY)].sum() if MINISTRY in world.holders else 0.0
    setting = Setting(
        calendar=calendar,
        spent=put([[float(ASSET_MARKET.get(a) == m) for m in SCARCE] for a in ASSETS]),
        official=put(origin.official),
        programme=put(programme.sum()),
        japan_share=put(origin.ministry),
        japan_book=put(book),
        us=us_world(world, n_quarters),
        japan=japan_world(world),
        emerging=emerging_world(world),
        reserves=reserve_world(world, own=origin.own),
        tariffs=tariff_world(lowered, world),
        bystanders=lowered.inputs.bystanders,
    )
    countries, left_out = emerging(world.date, world.snapshot)
    return Economics(
        setting, _responses(bank, world), countries, left_out, exporters(), capacity(world)
    )


@lru_cache(maxsize=8)
def _responses(bank: Bank, world: Vintage) -> Responses:
    """Who responds how, whatever is asked."""
    return Responses(
        dollar=build(Basket, "dollar", bank),
        markets=market_responses(bank),
        us=us_rules(bank),
        ratings=rating_rules(bank),
        borrowers=borrower_rules(bank, world),
        japan=japan_rules(bank),
        emerging=emerging_rules(bank),
        reserves=reserve_rules(bank),
        capacity=capacity_rules(bank),
        tariffs=tariff_rules(bank),
    )


@lru_cache(maxsize=16)
def _gathered(steps: Timeline) -> Calendar:
    """How a clock gathers, kept for the next question."""
    return gather_time(steps.days)


def gather_time(days: Array) -> Calendar:
    """Say how steps gather into quarters and years."""
    ends = np.cumsum(days)
    quarters, run_years = (_edges(ends[-1], BUSINESS_DAYS_PER_YEAR / each) for each in (4, 1))
    years = np.arange(RESERVE_YEARS)
    quarter = np.searchsorted(quarters, ends - 1e-9)
    over = ends - quarter * BUSINESS_DAYS_PER_QUARTER
    return Calendar(
        years=put(days / BUSINESS_DAYS_PER_YEAR),
        quarter_end=put(_last(ends, quarters)),
        run_year_end=put(_last(ends, run_years)),
        year=put(np.minimum(years, run_years.size - 1)),
        is_run=put(years < run_years.size, float),
        quarter=put(quarter),
        part=put(over / BUSINESS_DAYS_PER_QUARTER),
    )


def _edges(horizon: float, length: float) -> Array:
    count = max(int(np.ceil(horizon / length - 1e-9)), 1)
    return np.asarray(np.arange(1, count + 1) * length)


def _last(ends: Array, edges: Array) -> NDArray[np.int64]:
    last = np.searchsorted(ends, np.minimum(edges, ends[-1]) + 1e-9, side="right") - 1
    return np.maximum(last, 0)
