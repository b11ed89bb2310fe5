"""Up to labels: trajectories become a dataset that meets the schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from selloff.bridge.curve import par_yields
from selloff.bridge.lift_economy import (
    JAPAN_BRANCHES,
    convert_economy,
    economy_attrs,
    economy_constants,
    economy_coords,
)
from selloff.bridge.lower import Lowered
from selloff.bridge.rows import GROUPS, by_row, holder_shares, own_sales
from selloff.bridge.transmission import Economics
from selloff.data import Vintage
from selloff.engine import IDENTITIES, Outcome, Trajectory, Transmitted
from selloff.evidence import parameters
from selloff.vocab import (
    ASSETS,
    BOND_MARKETS,
    BP,
    BUCKETS,
    BUSINESS_DAYS_PER_YEAR,
    CURRENCIES,
    ECONOMIES,
    PARTS,
    PCT,
    TENOR_YEARS,
    TENORS,
    holders,
    metrics_at,
    variables,
)

Numbers = NDArray[np.float64]
_N_TENORS, _N_BUCKETS, _N_FX = len(TENORS), len(BUCKETS), len(CURRENCIES) - 1


@dataclass(eq=False)
class Answer:
    """Arrays of a run, filled chunk by chunk; units change here on the way out."""

    lowered: Lowered
    economics: Economics
    world: Vintage
    n_draws: int
    arrays: dict[str, Numbers] = field(default_factory=dict)

    def add(self, start: int, chunk: Trajectory, economy: Transmitted) -> None:
        """Take in the draws of one chunk."""
        n = min(chunk.unsold.shape[0], self.n_draws - start)
        markets = _convert(chunk, n, self.lowered, self.world)
        for name, values in (markets | convert_economy(economy, n)).items():
            if name not in self.arrays:
                self.arrays[name] = np.empty((self.n_draws, *values.shape[1:]), values.dtype)
            self.arrays[name][start : start + n] = values

    def attribute(self, levels: Mapping[str, Mapping[str, Numbers]]) -> None:
        """Take in the headline numbers of every arm of an attribution."""
        names = list(next(iter(levels.values())))
        table = np.full((self.n_draws, len(names), len(PARTS)), np.nan)
        for p, part in enumerate(PARTS):
            if part not in levels:
                table[:, :, p] = table[:, :, p - 1]
                continue
            for m, name in enumerate(names):
                table[:, m, p] = levels[part][name]
        self.arrays["attribution_level"] = table

    def dataset(self, attrs: Mapping[str, Any]) -> xr.Dataset:
        """Label everything."""
        arrays: dict[str, Any] = {
            "curve_par_yield": _opening_curve(self.world),
            "holdings_face": self.world.books,
            **economy_constants(self.economics),
            **self.arrays,
        }
        data = {
            name: (row.dims, arrays[name], {"units": row.unit, "long_name": row.description})
            for name, row in variables().items()
            if name in arrays
        }
        coords = _coords(self.lowered, self.world, self.n_draws)
        ds = xr.Dataset(data, coords=coords | economy_coords(self.economics, self.world))
        ds["outcome"].attrs |= {
            "flag_values": [int(code) for code in Outcome],
            "flag_meanings": " ".join(code.name for code in Outcome),
        }
        ds["japan_branch"].attrs |= {
            "flag_values": list(range(len(JAPAN_BRANCHES))),
            "flag_meanings": " ".join(JAPAN_BRANCHES),
        }
        total = {"outstanding_usd_bn": float(self.world.outstanding.sum())}
        return ds.assign_attrs({**attrs, **economy_attrs(self.economics), **total})


def _convert(chunk: Trajectory, n: int, lowered: Lowered, world: Vintage) -> dict[str, Numbers]:
    prices = np.asarray(chunk.prices)[:n]
    dollar = prices[:, :, :_N_TENORS] / BP
    foreign = prices[:, :, _N_TENORS + _N_BUCKETS : -_N_FX] / BP
    fx = np.expm1(prices[:, :, -_N_FX:]) / PCT
    ten = dollar[:, :, TENORS.index("10Y")][:, :, None]
    account = chunk.account
    sold, unsold = np.asarray(chunk.sold)[:n], np.asarray(chunk.unsold)[:n]
    carried = np.asarray(chunk.dealers)[:n] + np.asarray(chunk.levered)[:n]
    programme = float(np.sum(lowered.inputs.sale.programme))
    base_ten = np.asarray(chunk.base_ten_year)[:n] / PCT
    base_fx = np.exp(np.asarray(chunk.base_log_fx)[:n])
    market = lowered.inputs.market
    proceeds = np.asarray(account.proceeds)[:n].sum(axis=1)
    reported, ended = chunk.reported, chunk.ended
    jgbs = np.asarray(reported["foreign_bonds"])[:n, :, BOND_MARKETS.index("JPY")]
    broad = np.expm1(-prices[:, :, -_N_FX:] @ _broad_weights()) / PCT
    return {
        "delta_par_yield": _opened(dollar),
        "delta_par_yield_10y": _opened(np.concatenate([ten, foreign], axis=2)),
        "delta_fx": _opened(np.concatenate([np.zeros_like(ten), fx], axis=2)),
        "baseline_par_yield_10y": _opened(base_ten, np.asarray(market.ten_year) / PCT),
        "baseline_fx": np.concatenate(
            [np.ones((n, base_fx.shape[1] + 1, 1)), _opened(base_fx, np.exp(market.log_fx))], axis=2
        ),
        "sold_face": _opened(sold),
        "unsold_face": _opened(unsold, programme),
        "intermediary_face": _opened(carried),
        "dealer_use": _opened(np.asarray(chunk.use)[:n]),
        "absorbed_face": _opened(np.asarray(chunk.absorbed)[:n]),
        "absorbed_by_holder": _by_holder(chunk, n, lowered, world),
        "days_to_complete": _days(chunk, n),
        "seller_proceeds": proceeds,
        "seller_execution_loss": np.asarray(account.at_baseline)[:n].sum(axis=1) - proceeds,
        "seller_mark_loss": np.asarray(account.worst_mark)[:n],
        "counter_asset": np.asarray(account.assets)[:n],
        "delta_usd_broad": _opened(broad),
        "followed_face": _opened(np.asarray(chunk.followed)[:n]),
        "forced_face": _opened(np.asarray(reported["forced"])[:n]),
        "mof_intervention": _opened(np.asarray(reported["intervened"])[:n]),
        "boj_purchases": _opened(jgbs),
        "delta_policy_rate": _opened(np.asarray(reported["rates"])[:n] / BP),
        "sanction_prob": -np.expm1(-np.asarray(ended["hazard_by_seller"])[:n].sum(axis=1)),
        "seller_sanction_loss": np.asarray(ended["sanction_loss"])[:n].sum(axis=1),
        "several_equilibria": np.asarray(ended["several"])[:n],
        "outcome": np.asarray(chunk.outcome)[:n],
        "identity_residual": np.asarray(chunk.residuals)[:n],
    }


def _opened(values: Numbers, start: Any = 0.0) -> Numbers:
    """Put step zero, the opening, in front."""
    first = np.broadcast_to(np.asarray(start), values[:, :1].shape)
    return np.concatenate([first, values], axis=1)


def _by_holder(chunk: Trajectory, n: int, lowered: Lowered, world: Vintage) -> Numbers:
    """What each holder bought: its share of its row, and what it sold itself taken off."""
    shares = holder_shares(lowered.rows, world)
    sold = own_sales(np.asarray(chunk.others.sold)[:n], lowered.rows, world)
    bought = np.asarray(chunk.bought)[:n] + by_row(sold, lowered.rows)[:, : len(GROUPS)]
    found = np.einsum("drb,rhb->dh", bought, shares[: len(GROUPS)]) - sold.sum(axis=2)
    sale = lowered.inputs.sale
    gone = np.asarray(sale.programme) - np.asarray(chunk.account.to_come)[:n]
    return found - np.einsum("dsb,shb->dh", gone, shares[len(GROUPS) :])


def _days(chunk: Trajectory, n: int) -> Numbers:
    """Business days from the first sale to the last; NaN where something is left."""
    account = chunk.account
    days = np.asarray(account.last_day - account.first_day + 1.0)[:n]
    outcome = np.asarray(chunk.outcome)[:n]
    days = np.where(outcome == Outcome.nothing_to_sell, 0.0, days)
    never = [Outcome.unfinished, Outcome.no_equilibrium, Outcome.frozen]
    is_open = np.isin(outcome, never)
    return np.asarray(np.where(is_open, np.nan, days))


def _broad_weights() -> Numbers:
    return np.array([parameters()[f"usd_broad_{c.lower()}"].p50 for c in CURRENCIES[1:]])


def _opening_curve(world: Vintage) -> Numbers:
    return par_yields(world.curves[CURRENCIES[0]], np.array(TENOR_YEARS)) / PCT


def _coords(lowered: Lowered, world: Vintage, n_draws: int) -> dict[str, Any]:
    table = holders()
    days = np.r_[0.0, lowered.steps.ends]
    opening = np.datetime64(world.date, "ns")
    # Business days become calendar days at 252 to the year: dates are for reading, not trading.
    dates = opening + (days * 365.25 / BUSINESS_DAYS_PER_YEAR * 86400e9).astype("timedelta64[ns]")
    who = [table[holder] for holder in world.holders]
    return {
        "draw": np.arange(n_draws),
        "step": np.arange(days.size),
        "day": ("step", days, {"units": "business days"}),
        "years": ("step", days / BUSINESS_DAYS_PER_YEAR, {"units": "years"}),
        "date": ("step", pd.DatetimeIndex(dates)),
        "tenor": list(TENORS),
        "tenor_years": ("tenor", list(TENOR_YEARS), {"units": "years"}),
        "currency": list(CURRENCIES),
        "group": list(GROUPS),
        "bucket": list(BUCKETS),
        "asset": list(ASSETS),
        "economy": list(ECONOMIES),
        "metric": list(metrics_at(days[-1] / BUSINESS_DAYS_PER_YEAR)),
        "part": list(PARTS),
        "identity": list(IDENTITIES),
        "holder": list(world.holders),
        "holder_name": ("holder", [each.name for each in who]),
        "sector": ("holder", [each.sector for each in who]),
        "residence": ("holder", [each.residence for each in who]),
        "residence_basis": ("holder", [each.residence_basis for each in who]),
        "group_of": ("holder", [each.group for each in who]),
    }
