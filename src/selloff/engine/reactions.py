"""What everybody else is given to react with, and where each of them stands."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.fed import FedRule, FedState, RateRule
from selloff.model.followers import Followers
from selloff.model.haven import Haven
from selloff.model.japan import BojRule, MofRule
from selloff.model.retaliation import Retaliation
from selloff.model.stops import Stops
from selloff.model.stress import Stress


class Switches(eqx.Module):
    """One where a mechanism is at work, zero where it is switched off [flag]."""

    followers: Float[Array, ""]
    levered_funds: Float[Array, ""]
    haven: Float[Array, ""]
    fed_purchases: Float[Array, ""]
    fed_repo: Float[Array, ""]
    policy_rates: Float[Array, ""]
    treasury: Float[Array, ""]
    boj: Float[Array, ""]
    mof: Float[Array, ""]
    retaliation: Float[Array, ""]


class Reactors(eqx.Module):
    """Holders that may sell of their own accord: foreign officials, private holders, Tokyo."""

    books: Float[Array, " c"]
    """Opening face of each [USD bn]."""
    profile: Float[Array, "c b"]
    """Its split over buckets [fraction]."""
    into: Float[Array, "c a"]
    """What it turns its proceeds into [fraction]."""
    official: Float[Array, " c"]
    """One for officials, zero for private holders [flag]."""
    runs: Float[Array, " c"]
    """One for those who look at what other officials do [flag]."""
    member: Float[Array, "c q"]
    """One where it belongs to a class of ties to the United States [flag]."""
    ties: Float[Array, " q"]
    """Ties to the United States of each class [fraction]."""
    own_stress: Float[Array, " c"]
    """Part of its book it sold in March and April 2020 [fraction]."""
    flees: Float[Array, " c"]
    """One for private holders who sell when the United States is doubted [flag]."""
    rebalances: Float[Array, " c"]
    """One for private holders of yen [flag]."""
    intervenes: Float[Array, " c"]
    """One for the book that pays for interventions [flag]."""


class Conditions(eqx.Module):
    """What rules look at, as it stands when the books open."""

    elsewhere: Float[Array, "t 2"]
    """Squeeze and doubt that come from elsewhere [ratio]."""
    inflation_gap: Float[Array, ""]
    """US inflation above target [decimal]."""
    short: Float[Array, "2"]
    """Short rates of dollar and yen above their floor [decimal]."""
    jgb_cap: Float[Array, ""]
    """Level of the 10-year JGB that is defended, infinite where there is none [decimal]."""
    yen_trend: Float[Array, ""]
    """Trend of the dollar in yen less its level [log]."""
    bought: Float[Array, " b"]
    """What a dollar of the central bank's purchases goes into [fraction]."""
    shifted: Float[Array, " b"]
    """What a dollar of the Treasury's shift moves: bills up, long debt down [fraction]."""


class Reactions(eqx.Module):
    """Parameters of everybody else, one row a draw."""

    stress: Stress
    haven: Haven
    followers: Followers
    funds: Stops
    funds_doubt_weight: Float[Array, "*d"]
    """How much doubt of the United States counts beside a squeeze [ratio]."""
    positions: Float[Array, "*d r b"]
    """Face that levered funds hold, by row of the books [USD bn]."""
    carry: Stops
    carry_position: Float[Array, "*d"]
    """Yen owed by those who borrow it to hold dollars [USD bn]."""
    fed: FedRule
    fed_rate: RateRule
    boj: BojRule
    boj_rate: RateRule
    mof: MofRule
    treasury: Float[Array, "*d"]
    """Long debt replaced by bills a year per unit of yield [USD bn a year]."""
    retaliation: Retaliation
    policy: Float[Array, "*d o 2"]
    """Response of prices to the policy rates of dollar and yen [ratio]."""


class Reacted(eqx.Module):
    """Where everybody else stands at the end of a step."""

    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""
    rises: Float[Array, "2"]
    """10-year yields of dollar and yen less baseline [decimal]."""
    yen: Float[Array, "2"]
    """Log dollar in yen: as it is, and in the baseline [log]."""
    trend: Float[Array, "2"]
    """Their trends [log]."""
    sold: Float[Array, " c"]
    """Face sold so far by each reactor [USD bn]."""
    proceeds: Float[Array, ""]
    assets: Float[Array, " a"]
    """What that was turned into [USD bn]."""
    closed: Float[Array, ""]
    """Share of levered funds' positions that is closed [fraction]."""
    carry_closed: Float[Array, ""]
    """Share of the yen carry trade that is closed [fraction]."""
    fed: FedState
    rates: Float[Array, "2"]
    """Policy rates of dollar and yen less baseline [decimal]."""
    jgbs: Float[Array, ""]
    """JGBs the Bank of Japan bought [USD bn]."""
    intervened: Float[Array, ""]
    """Dollars sold for yen less dollars bought [USD bn]."""
    hazard: Float[Array, " s"]
    """Hazard of retaliation so far, had nothing come of it, by seller [fraction]."""
    planned: Float[Array, " s"]
    """Face each seller would still have to sell, had nothing come of it [USD bn]."""
    pace: Float[Array, " s"]
    """Pace of its latest sales [USD bn per month]."""
    frozen: Float[Array, " s"]
    """One once a seller's book is frozen [flag]."""
    sanction_loss: Float[Array, " s"]
    """Expected loss from retaliation so far [USD bn]."""
    several: Float[Array, ""]
    """One if beliefs left room for several outcomes while others sold [flag]."""


def at_rest(
    reactors: Reactors,
    conditions: Conditions,
    *,
    log_yen: Float[Array, ""],
    programme: Float[Array, " s"],
) -> Reacted:
    """Nobody has reacted yet."""
    nothing, two = jnp.zeros(()), jnp.zeros(2)
    n_c, n_a = reactors.into.shape
    held = jnp.zeros_like(conditions.bought)
    return Reacted(
        dislocation=nothing,
        rises=two,
        yen=two + log_yen,
        trend=two + log_yen + conditions.yen_trend,
        sold=jnp.zeros(n_c),
        proceeds=nothing,
        assets=jnp.zeros(n_a),
        closed=nothing,
        carry_closed=nothing,
        fed=FedState(nothing, jnp.asarray(jnp.inf), held),
        rates=two,
        jgbs=nothing,
        intervened=nothing,
        hazard=jnp.zeros_like(programme),
        planned=programme,
        pace=jnp.zeros_like(programme),
        frozen=jnp.zeros_like(programme),
        sanction_loss=jnp.zeros_like(programme),
        several=nothing,
    )
