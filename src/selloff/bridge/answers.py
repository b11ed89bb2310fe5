"""Parameters of everybody else's answers, from the bank's units to the engine's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.operators import Supplies, core
from selloff.bridge.reference import GRID
from selloff.bridge.rows import ABSORBING, GROUPS, Rows, row_books
from selloff.bridge.size import CAPACITY_YEAR, growth_since
from selloff.data import Vintage, inflation_gap_pct, short_rate_pct, yen_trend
from selloff.evidence import Bank, fix, parameters
from selloff.model.mechanisms import AbstractMechanism
from selloff.model.mechanisms._stops import Stops
from selloff.model.mechanisms.carry_trade import CarryTrade
from selloff.model.mechanisms.fed import FedPurchases, FedRule
from selloff.model.mechanisms.followers import FollowerRule, Followers
from selloff.model.mechanisms.gated_bonds import GatedBondBuyer, GateRule
from selloff.model.mechanisms.haven import Haven, HavenRule
from selloff.model.mechanisms.levered_funds import LeveredFunds
from selloff.model.mechanisms.mof import Intervention, MofRule
from selloff.model.mechanisms.policy_rates import PolicyRate, RateRule
from selloff.model.mechanisms.repo import FedRepo, RepoRule
from selloff.model.mechanisms.retaliation import Retaliation, RetaliationRule
from selloff.model.mechanisms.treasury import TreasuryRule, TreasuryShift
from selloff.model.pricing.equilibrium import Equilibrium, fx_loadings, integrated_decay
from selloff.model.stress import Stress
from selloff.scenario import Rules
from selloff.vocab import BP, BUCKETS, BUSINESS_DAYS_PER_YEAR, CURRENCIES, PCT, TENOR_YEARS

Array = NDArray[np.float64]
_LONG: Final = tuple(BUCKETS.index(bucket) for bucket in ("10-20Y", "20-30Y"))
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


@dataclass(frozen=True, eq=False)
class Facts:
    """What mechanisms know of the world as the books open."""

    inflation_gap: float
    """US inflation above target [decimal]."""
    short: Mapping[str, float]
    """Short rates above their floor, by currency [decimal]."""
    cap: float
    """Level of the 10-year JGB that is defended, infinite where there is none [decimal]."""
    yen_trend: float
    """Trend of the dollar in yen less its level [log]."""
    bought: Array
    """What a dollar of the Federal Reserve's purchases goes into [fraction]."""
    shifted: Array
    """What a dollar of the Treasury's shift moves [fraction]."""


def facts(world: Vintage, rules: Rules) -> Facts:
    """Read what mechanisms know off the vintage and the words of the scenario."""
    gap = rules.us_inflation_gap_pp
    gap = inflation_gap_pct(world.date) if gap is None else gap
    coupons, long = world.outstanding.copy(), list(_LONG)
    coupons[0] = 0.0
    shifted = np.zeros(len(BUCKETS))
    shifted[0] = 1.0
    shifted[long] = -world.outstanding[long] / world.outstanding[long].sum()
    return Facts(
        inflation_gap=gap * PCT,
        short={c: max(short_rate_pct(c, world.date), 0.0) * PCT for c in ("USD", "JPY")},
        cap=np.inf if rules.jgb_cap_pct is None else rules.jgb_cap_pct * PCT,
        yen_trend=yen_trend(world.date, memory_days=parameters()["mof_memory"].p50),
        bought=coupons / coupons.sum(),
        shifted=shifted,
    )


def stress(bank: Bank) -> Stress:
    """Read how a dislocation spreads off the bank."""
    value = bank.draws
    return Stress(
        unit=jnp.asarray(value["stress_unit"] * BP),
        origin=jnp.asarray(value["stress_origin"]),
        limit=jnp.asarray(value["stress_limit"]),
    )


def mechanisms(
    bank: Bank, world: Vintage, what: Supplies, *, who: Rows, known: Facts
) -> tuple[AbstractMechanism, ...]:
    """Set up every mechanism, in the order in which they are asked, one row a draw."""
    value = bank.draws

    def each(fact: float | Array) -> jax.Array:
        return jnp.broadcast_to(jnp.asarray(fact), (bank.n_draws, *np.shape(fact)))

    policy = _policy(bank, what)
    scale = value["haven_scale"][:, None] * PCT
    areas = [c.lower() for c in CURRENCIES[1:]]
    return (
        FedRepo(RepoRule(jnp.asarray(value["repo_relief"])), **_named("fed_repo")),
        Followers(_followers(bank, world), **_named("followers")),
        LeveredFunds(
            _stops(bank, "levered"),
            jnp.asarray(value["levered_doubt_weight"]),
            positions=jnp.asarray(_positions(bank, world, who)),
            **_named("levered_funds"),
        ),
        CarryTrade(
            _stops(bank, "carry"),
            owed=jnp.asarray(value["carry_position"]),
            **_named("carry_trade"),
        ),
        FedPurchases(
            _fed(bank, world),
            each(known.bought),
            each(known.inflation_gap),
            **_named("fed_purchases"),
        ),
        PolicyRate(
            _rate(bank, "fed", 1.0),
            each(-known.short["USD"]),
            jnp.asarray(policy[:, :, 0]),
            economy="USA",
            currency="USD",
            **_named("fed_rate"),
        ),
        # Percentage points per ten percent of the yen are a tenth in decimals.
        PolicyRate(
            _rate(bank, "boj", 0.1),
            each(-known.short["JPY"]),
            jnp.asarray(policy[:, :, 1]),
            economy="JPN",
            currency="JPY",
            **_named("boj_rate"),
        ),
        TreasuryShift(
            TreasuryRule(jnp.asarray(value["treasury_response"] / PCT)),
            each(known.shifted),
            **_named("treasury"),
        ),
        GatedBondBuyer(_gate(bank, "boj"), each(known.cap), currency="JPY", **_named("boj")),
        Intervention(
            MofRule(
                trigger=jnp.asarray(value["mof_trigger"]),
                pace=jnp.asarray(value["mof_pace"]),
                bond_share=jnp.asarray(value["mof_bond_share"]),
                trend_speed=jnp.asarray(_speed(value["mof_memory"] / BUSINESS_DAYS_PER_YEAR)),
            ),
            each(known.yen_trend),
            **_named("mof"),
        ),
        Retaliation(
            RetaliationRule(
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
            **_named("retaliation"),
        ),
        Haven(
            HavenRule(
                squeeze=jnp.asarray(scale * _stack(bank, "haven_squeeze_", areas)),
                doubt=jnp.asarray(scale * _stack(bank, "haven_doubt_", areas)),
            ),
            **_named("haven"),
        ),
    )


_SWITCH: Final = {
    "carry_trade": "levered_funds",
    "fed_rate": "policy_rates",
    "boj_rate": "policy_rates",
}


def _named(name: str) -> dict[str, str]:
    return {"name": name, "switch": _SWITCH.get(name, name)}


def _stops(bank: Bank, who: str) -> Stops:
    value = bank.draws
    return Stops(
        scale=jnp.asarray(value[f"{who}_stop_scale"]),
        power=jnp.asarray(value[f"{who}_stop_power"]),
        most=jnp.asarray(value[f"{who}_cut_limit"]),
        cut_speed=jnp.asarray(_speed(value[f"{who}_cut_half_life"] / BUSINESS_DAYS_PER_YEAR)),
        rebuild_speed=jnp.asarray(_speed(value[f"{who}_rebuild_half_life"])),
    )


def _rate(bank: Bank, who: str, factor: float) -> RateRule:
    value = bank.draws
    return RateRule(
        response=jnp.asarray(value[f"{who}_rate_response"] * factor),
        speed=jnp.asarray(_speed(value[f"{who}_rate_half_life"])),
    )


def _gate(bank: Bank, who: str) -> GateRule:
    value = bank.draws
    return GateRule(
        gate=jnp.asarray(value[f"{who}_gate"] * BP),
        pace=jnp.asarray(value[f"{who}_pace"]),
        cap_ramp=jnp.asarray(value[f"{who}_cap_ramp"] * BP),
    )


def _stack(bank: Bank, prefix: str, names: list[str]) -> Array:
    return np.stack([bank.draws[f"{prefix}{name}"] for name in names], axis=1)


def _speed(half_life: Array) -> Array:
    return np.asarray(np.log(2.0) / half_life)


def _followers(bank: Bank, world: Vintage) -> FollowerRule:
    value, size = bank.draws, growth_since(CAPACITY_YEAR, world)
    return FollowerRule(
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


def _policy(bank: Bank, what: Supplies) -> Array:
    """Response of outputs to the short rates of dollar and yen."""
    _, solved = core(bank)
    bonds, currencies = (np.asarray(each) for each in _loadings(solved))
    ten = TENOR_YEARS.index(10.0)
    dollar = np.einsum("om,dmr->dor", what.outputs, bonds[:, :, :, 0])
    foreign = np.einsum("m,dmrj->djr", what.outputs[ten], bonds[:, :, :, 1:])
    return np.concatenate([dollar, foreign, -currencies.swapaxes(1, 2)], axis=1)


@eqx.filter_jit
@jax.vmap
def _loadings(found: Equilibrium) -> tuple[jax.Array, jax.Array]:
    """Loadings of zero log prices and log exchange rates on the two short rates."""
    n_j = len(CURRENCIES)
    bonds = integrated_decay(found.dynamics, GRID, n_j)
    return bonds[:, :2, :], fx_loadings(found.dynamics, n_j)[:2]
