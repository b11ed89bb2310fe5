"""Down to arrays: scenario, vintage and bank become inputs of the engine."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.bill import earned, given_up
from selloff.bridge.build import build, read
from selloff.bridge.bystanders import bystanders, elsewhere, seller_countries, seller_ties, switches
from selloff.bridge.curve import between, par_yields, ten_years
from selloff.bridge.mechanisms import mechanisms
from selloff.bridge.noise import FACTORS, NODE_YEARS, Noise, Weather, noise, swell
from selloff.bridge.operators import (
    BUCKET_YEARS,
    Supplies,
    price_map,
    supplies,
    transient_wedge,
)
from selloff.bridge.reference import reference
from selloff.bridge.rows import ABSORBING, Rows, row_books, rows
from selloff.bridge.rules import replaced
from selloff.bridge.schedule import (
    Programme,
    Timeline,
    mean_wait,
    outside,
    programme,
    timeline,
)
from selloff.bridge.size import unit_flow
from selloff.data import Vintage
from selloff.engine import Books, Clock, Draws, Inputs, Market, Outside, Sale
from selloff.evidence import Bank, fixed
from selloff.model.pricing.absorption import absorption_shares
from selloff.model.pricing.intermediaries import Intermediaries
from selloff.scenario import Reactions, Rules, Scenario, Shock
from selloff.vocab import (
    ASSET_BOND,
    ASSET_CURRENCY,
    ASSETS,
    BOND_MARKETS,
    BUCKET_EDGES,
    BUSINESS_DAYS_PER_MONTH,
    BUSINESS_DAYS_PER_YEAR,
    CURRENCIES,
    FOREIGN,
    PCT,
    SHOCKS,
    STRESSES,
)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lowered:
    """A question in the engine's terms, and what is needed to read the answer."""

    inputs: Inputs
    draws: Draws
    """One row a draw of the bank."""
    rows: Rows
    steps: Timeline
    noise: Noise


@dataclass(frozen=True, eq=False)
class Plan:
    """Who does what, as arrays, before the world and the parameters come in."""

    steps: Timeline
    rows: Rows
    sellers: Programme
    outside: Outside
    mean_wait: float
    """Mean time until an announced flow [years]."""
    reactions: Reactions
    rules: Rules = field(default_factory=Rules)
    shocks: tuple[Shock, ...] = ()
    only: tuple[int, ...] | None = None
    """Rows of the bank that are asked for, where they are few."""


def lower(
    scenario: Scenario, world: Vintage, bank: Bank, *, only: tuple[int, ...] | None = None
) -> Lowered:
    """Turn a question into arrays; the only place where units change on the way in."""
    steps = timeline(scenario.horizon_years)
    who = rows([seller.holder for seller in scenario.sellers], world)
    sellers = programme(scenario.sellers, world, who, steps=steps)
    given = outside(scenario.currency_flows, scenario.fed_programme, world, steps=steps)
    plan = Plan(
        steps,
        who,
        sellers,
        given,
        mean_wait(sellers, given, steps),
        reactions=scenario.reactions,
        rules=scenario.rules,
        shocks=scenario.shocks,
        only=only,
    )
    return assemble(plan, world, bank, until=world.date)


def assemble(plan: Plan, world: Vintage, bank: Bank, *, until: date) -> Lowered:
    """Put a plan into a world."""
    what = supplies(world, reference(world))
    bank = replaced(bank, plan.rules, world)
    books = row_books(plan.rows, world)
    reversion = fixed("yield_reversion")
    moves = noise(world, reversion, weather=weather(), until=until)
    coming = elsewhere(plan.shocks, plan.steps)
    inputs = Inputs(
        clock=_clock(plan.steps),
        sale=_sale(plan.sellers, plan.rows, world),
        outside=plan.outside,
        books=_books(books, world, plan.steps, what=what),
        market=_market(world, moves, plan.steps),
        unit_flow=put([unit_flow(world.gdp_usd_bn[c]) for c in FOREIGN]),
        asset_currency=put([[float(ASSET_CURRENCY[a] == c) for c in FOREIGN] for a in ASSETS]),
        asset_bond=put([[float(ASSET_BOND.get(a) == m) for m in BOND_MARKETS] for a in ASSETS]),
        switches=switches(plan.reactions, plan.rows, world, programme=plan.sellers.programme),
        bystanders=bystanders(plan.rows, world),
        elsewhere=put(coming[:, [SHOCKS.at(each) for each in STRESSES]]),
        payment=put(SHOCKS.pick(coming, "payment")),
    )
    draws = _draws(plan, bank, world, what)
    return Lowered(inputs, draws, plan.rows, plan.steps, moves)


def _clock(steps: Timeline) -> Clock:
    return Clock(
        years=put(steps.years),
        days=put(steps.days),
        kind=put(steps.days > 1.0, int),
        lengths=put(np.array([1.0, BUSINESS_DAYS_PER_MONTH]) / BUSINESS_DAYS_PER_YEAR),
    )


def _sale(plan: Programme, who: Rows, world: Vintage) -> Sale:
    return Sale(
        scheduled=put(plan.scheduled),
        programme=put(plan.programme),
        turnover_frac=put(plan.turnover_frac),
        ordered=put(plan.ordered),
        before=put(plan.before),
        refills=put(plan.refills),
        announced=put(plan.announced),
        into=put(plan.into),
        given_up=put(given_up(world)),
        earned=put(earned(world)),
        carry_days=put(fixed("seller_carry_years") * BUSINESS_DAYS_PER_YEAR),
        member=put(seller_ties(who, world)),
        countries=put(seller_countries(who, world)),
        hostility=put(plan.hostility),
        due=put(plan.due),
    )


def _books(books: Numbers, world: Vintage, steps: Timeline, *, what: Supplies) -> Books:
    year = np.minimum(
        ((steps.ends - 1e-9) // BUSINESS_DAYS_PER_YEAR).astype(int),
        world.net_issuance_usd_bn.size - 1,
    )
    mix = world.outstanding / world.outstanding.sum()
    return Books(
        holdings=put(books),
        issuance=put(np.outer(world.net_issuance_usd_bn[year] * steps.years, mix)),
        widths=put(np.diff(BUCKET_EDGES)),
        coupon=put(world.coupon_pct * PCT),
        years=put(BUCKET_YEARS),
        equivalents=put(what.equivalents),
    )


def weather() -> Weather:
    """Read how volatility comes and goes."""
    return Weather(
        memory_days=fixed("volatility_memory"),
        carry=fixed("volatility_carry"),
        half_life=fixed("volatility_half_life"),
    )


def _market(world: Vintage, moves: Noise, steps: Timeline) -> Market:
    n_nodes, loadings = len(NODE_YEARS), np.eye(len(FACTORS))
    bucket = np.zeros((len(BUCKET_YEARS), len(FACTORS)))
    bucket[:, :n_nodes] = between(BUCKET_YEARS, NODE_YEARS)
    ten = np.zeros((len(CURRENCIES), len(FACTORS)))
    ten[CURRENCIES.at("USD")] = loadings[FACTORS.at("10Y")]
    ten[CURRENCIES.at("JPY")] = loadings[FACTORS.at("JGB 10Y")]
    fx = loadings[[FACTORS.at(currency) for currency in FOREIGN]]
    levels = [ten_years(world.curves[c]) if c in world.curves else np.nan for c in CURRENCIES]
    return Market(
        bucket_yield=put(par_yields(world.curves["USD"], np.array(BUCKET_YEARS))),
        ten_year=put(levels),
        log_fx=put(np.log([world.fx_usd_per_lc[c] for c in FOREIGN])),
        node_to_bucket=put(bucket),
        node_to_ten_year=put(ten),
        node_to_fx=put(fx),
        decay=put(moves.decay),
        shock=put(moves.shock),
        swell=put(swell(moves.excess, steps.ends / BUSINESS_DAYS_PER_YEAR, weather())),
    )


def _draws(plan: Plan, bank: Bank, world: Vintage, what: Supplies) -> Draws:
    prices = price_map(bank, world, what, mean_wait=plan.mean_wait, only=plan.only)
    return replace(_standing(plan.rows, plan.rules, bank, world), prices=prices)


@lru_cache(maxsize=8)
def _standing(who: Rows, rules: Rules, bank: Bank, world: Vintage) -> Draws:
    """Draws with prices that wait for nothing, kept for the next question of these sellers."""
    value, books = bank.draws, row_books(who, world)
    what = supplies(world, reference(world))
    prices = price_map(bank, world, what, mean_wait=np.inf)
    n_absorbing = len(ABSORBING)
    elasticity = np.stack([value[f"elasticity_{g}"] for g in ABSORBING], axis=1)
    pace = np.stack([value[f"speed_{g}"] for g in ABSORBING], axis=1)
    closing = np.log(2.0) / value["transient_half_life"]
    size = np.array([world.gdp_usd_bn[c] for c in FOREIGN])
    return build(
        Draws,
        "draws",
        bank,
        prices=prices,
        intermediaries=_intermediaries(
            bank, world, who, wedge=transient_wedge(bank, prices, what, world=world)
        ),
        speed=put(pace * closing[:, None]),
        shares=put(absorption_shares(books[:n_absorbing], elasticity)),
        fx_jump=put(value["fx_transient"][:, None] * PCT / (PCT * size)),
        mechanisms=mechanisms(bank, world, what, who=who, rules=rules),
    )


def _intermediaries(bank: Bank, world: Vintage, who: Rows, *, wedge: Numbers) -> Intermediaries:
    # Early vintages name no levered fund; what nobody can hold is not theirs to take.
    room = read("intermediaries.levered_capacity", bank, world) * float(who.has_levered)
    return build(
        Intermediaries,
        "intermediaries",
        bank,
        world,
        wedge=put(wedge),
        levered_capacity=put(room),
    )
