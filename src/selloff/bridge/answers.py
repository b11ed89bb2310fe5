"""Parameters of everybody else's answers, from the bank's units to the engine's."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.operators import Supplies, core
from selloff.bridge.reference import GRID
from selloff.bridge.rows import ABSORBING, GROUPS, Rows, row_books
from selloff.bridge.size import CAPACITY_YEAR, growth_since
from selloff.data import Vintage
from selloff.engine import Reactions
from selloff.evidence import Bank, fix
from selloff.model.fed import FedRule, RateRule
from selloff.model.followers import Followers
from selloff.model.haven import Haven
from selloff.model.japan import BojRule, MofRule
from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from selloff.model.retaliation import Retaliation
from selloff.model.stops import Stops
from selloff.model.stress import Stress
from selloff.scenario import Rules
from selloff.vocab import BP, BUSINESS_DAYS_PER_YEAR, CURRENCIES, PCT, TENOR_YEARS

Array = NDArray[np.float64]
_PACE_YEAR: Final = 2020
"""Year of the dollars in which the Federal Reserve's paces are quoted."""
_REPLACES: Final[Mapping[str, tuple[str, float]]] = {
    "fed_gate_bp": ("fed_gate", 1.0),
    "fed_rate_response": ("fed_rate_response", 1.0),
    "treasury_response_usd_bn": ("treasury_response", 1.0),
    "boj_gate_bp": ("boj_gate", 1.0),
    "boj_pace_usd_bn": ("boj_pace", 1.0),
    "mof_pace_usd_bn": ("mof_pace", 1.0),
    "run_cost_frac": ("run_cost_ratio", 1.0),
    "carry_position_usd_bn": ("carry_position", 1.0),
    "levered_holdings_frac": ("levered_holdings_frac", 1.0),
    "squeeze_frac": ("stress_origin", 1.0),
    "retaliation_intensity_pct": ("retaliation_base", PCT),
}
"""Which parameter a number of the scenario replaces, and the factor between their units."""


def replaced(bank: Bank, rules: Rules, world: Vintage) -> Bank:
    """Put the scenario's own numbers in place of the bank's."""
    given = rules.model_dump(exclude_none=True)
    values = {_REPLACES[n][0]: v * _REPLACES[n][1] for n, v in given.items() if n in _REPLACES}
    if rules.mof_trigger_pct is not None:
        values["mof_trigger"] = float(np.log1p(rules.mof_trigger_pct * PCT))
    if rules.fed_full_pace_usd_bn is not None:
        values["fed_pace_full"] = rules.fed_full_pace_usd_bn / growth_since(_PACE_YEAR, world)
    return fix(bank, values)


def reactions(bank: Bank, world: Vintage, what: Supplies, *, who: Rows) -> Reactions:
    """Turn the bank's draws into the engine's parameters."""
    value = bank.draws
    scale = value["haven_scale"][:, None] * PCT
    areas = [c.lower() for c in CURRENCIES[1:]]
    return Reactions(
        stress=Stress(
            unit=jnp.asarray(value["stress_unit"] * BP),
            origin=jnp.asarray(value["stress_origin"]),
            limit=jnp.asarray(value["stress_limit"]),
        ),
        haven=Haven(
            squeeze=jnp.asarray(scale * _stack(bank, "haven_squeeze_", areas)),
            doubt=jnp.asarray(scale * _stack(bank, "haven_doubt_", areas)),
        ),
        followers=_followers(bank, world),
        funds=Stops(
            scale=jnp.asarray(value["levered_stop_scale"]),
            power=jnp.asarray(value["levered_stop_power"]),
            most=jnp.asarray(value["levered_cut_limit"]),
            cut_speed=jnp.asarray(_speed(value["levered_cut_half_life"] / BUSINESS_DAYS_PER_YEAR)),
            rebuild_speed=jnp.asarray(_speed(value["levered_rebuild_half_life"])),
        ),
        funds_doubt_weight=jnp.asarray(value["levered_doubt_weight"]),
        positions=jnp.asarray(_positions(bank, world, who)),
        carry=Stops(
            scale=jnp.asarray(value["carry_stop_scale"]),
            power=jnp.asarray(value["carry_stop_power"]),
            most=jnp.asarray(value["carry_cut_limit"]),
            cut_speed=jnp.asarray(_speed(value["carry_cut_half_life"] / BUSINESS_DAYS_PER_YEAR)),
            rebuild_speed=jnp.asarray(_speed(value["carry_rebuild_half_life"])),
        ),
        carry_position=jnp.asarray(value["carry_position"]),
        fed=_fed(bank, world),
        fed_rate=RateRule(
            response=jnp.asarray(value["fed_rate_response"]),
            speed=jnp.asarray(_speed(value["fed_rate_half_life"])),
        ),
        boj=BojRule(
            gate=jnp.asarray(value["boj_gate"] * BP),
            pace=jnp.asarray(value["boj_pace"]),
            cap_ramp=jnp.asarray(value["boj_cap_ramp"] * BP),
        ),
        # Percentage points per ten percent of the yen are a tenth in decimals.
        boj_rate=RateRule(
            response=jnp.asarray(value["boj_rate_response"] / 10.0),
            speed=jnp.asarray(_speed(value["boj_rate_half_life"])),
        ),
        mof=MofRule(
            trigger=jnp.asarray(value["mof_trigger"]),
            pace=jnp.asarray(value["mof_pace"]),
            bond_share=jnp.asarray(value["mof_bond_share"]),
            trend_speed=jnp.asarray(_speed(value["mof_memory"] / BUSINESS_DAYS_PER_YEAR)),
        ),
        treasury=jnp.asarray(value["treasury_response"] / PCT),
        retaliation=Retaliation(
            base=jnp.asarray(value["retaliation_base"]),
            size=jnp.asarray(value["retaliation_size"]),
            speed=jnp.asarray(value["retaliation_speed"]),
            speed_cap=jnp.asarray(value["retaliation_speed_cap"]),
            hostility=jnp.asarray(value["retaliation_hostility"]),
            alignment=jnp.asarray(value["retaliation_alignment"]),
            freeze_loss=jnp.asarray(value["freeze_loss"]),
            tariff_loss=jnp.asarray(value["tariff_loss"]),
            covert_loss=jnp.asarray(value["covert_loss"]),
        ),
        policy=jnp.asarray(_policy(bank, what)),
    )


def _stack(bank: Bank, prefix: str, names: list[str]) -> Array:
    return np.stack([bank.draws[f"{prefix}{name}"] for name in names], axis=1)


def _speed(half_life: Array) -> Array:
    return np.asarray(np.log(2.0) / half_life)


def _followers(bank: Bank, world: Vintage) -> Followers:
    value, size = bank.draws, growth_since(CAPACITY_YEAR, world)
    return Followers(
        cost_ratio=jnp.asarray(value["run_cost_ratio"]),
        alignment_weight=jnp.asarray(value["run_alignment_weight"]),
        private_noise=jnp.asarray(value["run_private_noise"]),
        public_noise=jnp.asarray(value["run_public_noise"]),
        told_noise=jnp.asarray(value["run_told_noise"]),
        backstop=jnp.asarray(size * value["run_backstop"]),
        at_home=jnp.asarray(size * value["run_at_home"]),
        own_stress=jnp.asarray(value["own_stress_scale"]),
        freeze_fear=jnp.asarray(value["freeze_fear"]),
        flight=jnp.asarray(value["flight_frac"]),
        rebalancing=jnp.asarray(value["rebalance_response"] / PCT),
        borrowed=jnp.asarray(value["repo_take_up"]),
        speed=jnp.asarray(_speed(value["follow_half_life"] / BUSINESS_DAYS_PER_YEAR)),
        slow_speed=jnp.asarray(_speed(value["rebalance_half_life"])),
    )


def _fed(bank: Bank, world: Vintage) -> FedRule:
    value, size = bank.draws, growth_since(_PACE_YEAR, world)
    return FedRule(
        gate=jnp.asarray(value["fed_gate"] * BP),
        exit_frac=jnp.asarray(value["fed_gate_exit"]),
        pace=jnp.asarray(size * _stack(bank, "fed_pace_", ["first", "second", "full"])),
        pace_days=jnp.asarray(_stack(bank, "fed_days_", ["first", "second"])),
        taper=jnp.asarray(size * _stack(bank, "fed_taper_", ["1", "2", "3", "4"])),
        taper_days=jnp.asarray(value["fed_taper_days"]),
        damping=jnp.asarray(value["fed_inflation_damping"] / PCT),
        runoff_delay=jnp.asarray(value["fed_runoff_delay"]),
        runoff_speed=jnp.asarray(_speed(value["fed_runoff_half_life"])),
        repo_relief=jnp.asarray(value["repo_relief"]),
    )


def _positions(bank: Bank, world: Vintage, who: Rows) -> Array:
    """Levered funds' bonds by row: the row of Cayman funds first, then domestic funds' row."""
    books = row_books(who, world)
    wanted = bank.draws["levered_holdings_frac"] * world.outstanding.sum()
    found = np.zeros((bank.n_draws, *books.shape))
    for row in (GROUPS.index("levered"), ABSORBING.index("usa_household")):
        held = books[row].sum()
        taken = np.minimum(wanted, held)
        found[:, row] = (taken / held if held > 0.0 else 0.0 * taken)[:, None] * books[row]
        wanted = wanted - taken
    return found


@lru_cache(maxsize=4)
def _policy(bank: Bank, what: Supplies) -> Array:
    """Response of outputs to the short rates of dollar and yen."""
    n_j, ten = len(CURRENCIES), TENOR_YEARS.index(10.0)
    _, solved = core(bank)
    bonds = integrated_decay(solved.dynamics, GRID, n_j)[:, :, :2]
    currencies = fx_loadings(solved.dynamics, n_j)[:, :2]
    dollar = what.outputs @ bonds[:, :, :, 0]
    foreign = np.einsum("m,dmrj->djr", what.outputs[ten], bonds[:, :, :, 1:])
    return np.concatenate([dollar, foreign, -currencies.swapaxes(1, 2)], axis=1)
