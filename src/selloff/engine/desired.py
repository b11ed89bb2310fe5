"""What everybody else wants to do in a step, at the prices of the last one."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Inputs
from selloff.engine.state import DUST, State
from selloff.engine.ticks import Tick
from selloff.model.fed import FedState, purchases_due, run_off, watch
from selloff.model.followers import (
    is_unique,
    lost_pickup,
    run_share,
    run_threshold,
    sold_by_class,
    wanted_share,
)
from selloff.model.japan import intervention, jgb_purchases
from selloff.model.pricing.intermediaries import inventory_limit
from selloff.model.stress import level_off, spread_stress
from selloff.model.sums import add_up
from selloff.model.treasury import shift_issuance


class Desired(eqx.Module):
    """What everybody else sets out to do."""

    sales: Float[Array, " c"]
    """Face each reactor would sell [USD bn]."""
    purchases: Float[Array, " b"]
    """Face the Federal Reserve's rule would buy [USD bn]."""
    returned: Float[Array, " b"]
    """Face it lets go [USD bn]."""
    fed: FedState
    jgbs: Float[Array, ""]
    """JGBs the Bank of Japan buys [USD bn]."""
    dollars: Float[Array, ""]
    """Dollars exchanged for yen out of deposits; below zero dollars bought [USD bn]."""
    shift: Float[Array, " b"]
    """Change of net new debt [USD bn]."""
    several: Float[Array, ""]
    """One if others sold and beliefs did not pin down what follows [flag]."""


def desire(
    state: State, tick: Tick, inputs: Inputs, draw: Draws, *, carried: Float[Array, ""]
) -> Desired:
    """Ask everybody else what they want."""
    on, last, rules = inputs.switches, state.reacted, draw.reactions
    squeezed = last.dislocation + rules.stress.unit * tick.elsewhere[0]
    fed = watch(last.fed, squeezed, tick.days, rules.fed)
    gap = inputs.conditions.inflation_gap
    # It buys no more than intermediaries carry: with nothing carried, the market works.
    table = purchases_due(fed, tick.days, gap, rule=rules.fed)
    due = on.fed_purchases * jnp.minimum(table, jnp.maximum(carried, 0.0))
    day = inputs.clock.lengths[0]
    wanted, several = _sellers(state, tick, inputs, draw, carried=carried)
    gaps = last.yen - last.trend
    dollars = on.mof * intervention(gaps[0], gaps[1], rules.mof) * tick.days
    book = add_up(inputs.reactors.intervenes * (inputs.reactors.books - last.sold))
    bonds = jnp.clip(rules.mof.bond_share * dollars, 0.0, jnp.maximum(book, 0.0))
    jgbs = jgb_purchases(last.rises[1], tick.jgb, inputs.conditions.jgb_cap, rules.boj)
    return Desired(
        sales=wanted + inputs.reactors.intervenes * bonds,
        purchases=due * inputs.conditions.bought,
        returned=run_off(fed, tick.years, day_years=day, rule=rules.fed),
        fed=fed,
        jgbs=on.boj * jgbs * tick.days,
        dollars=dollars - bonds,
        shift=on.treasury
        * shift_issuance(
            last.rises[0],
            inputs.conditions.shifted,
            at_hand=add_up(jnp.where(inputs.conditions.shifted < 0.0, state.outstanding, 0.0)),
            response=rules.treasury,
            years=tick.years,
        ),
        several=several,
    )


def _sellers(
    state: State, tick: Tick, inputs: Inputs, draw: Draws, *, carried: Float[Array, ""]
) -> tuple[Float[Array, " c"], Float[Array, ""]]:
    """Face that followers, the squeezed, the frightened and the doubtful would sell."""
    on, last, who, crowd = (
        inputs.switches,
        state.reacted,
        draw.reactions.followers,
        inputs.reactors,
    )
    causes = draw.reactions.stress
    stress = level_off(spread_stress(last.dislocation, tick.elsewhere, causes), causes.limit)
    run, several = _run(state, tick, inputs, draw, carried=carried)
    alignment = sold_by_class(crowd.ties, crowd.member)
    frozen = jnp.max(last.frozen, initial=0.0)
    lost = lost_pickup(last.rises[0], last.rises[1], last.rates)
    share = wanted_share(
        jnp.stack(
            [
                crowd.runs * sold_by_class(run, crowd.member),
                crowd.own_stress
                * (who.own_stress * stress[0] * (1.0 - on.fed_repo * who.borrowed)),
                crowd.runs * (1.0 - alignment) * (who.freeze_fear * frozen),
                crowd.flees * (who.flight * stress[1]),
                crowd.rebalances * (who.rebalancing * lost),
            ]
        )
    )
    quick = -jnp.expm1(-who.speed * tick.years)
    slow = -jnp.expm1(-who.slow_speed * tick.years)
    speed = crowd.rebalances * slow + (1.0 - crowd.rebalances) * quick
    short = jnp.maximum(share * crowd.books - last.sold, 0.0)
    return on.followers * speed * short, on.followers * several


def _run(
    state: State, tick: Tick, inputs: Inputs, draw: Draws, *, carried: Float[Array, ""]
) -> tuple[Float[Array, " q"], Float[Array, ""]]:
    """The global game among officials: who would run, and whether that is pinned down."""
    who, crowd, last = draw.reactions.followers, inputs.reactors, state.reacted
    sold = add_up(inputs.sale.programme) - add_up(state.sold.to_come)
    told = add_up(inputs.sale.announced * add_up(inputs.sale.programme, 1)) / jnp.maximum(
        add_up(inputs.sale.programme), 1e-12
    )
    public = who.public_noise * (1.0 - told * (1.0 - who.told_noise))
    several = jnp.where(is_unique(who.private_noise, public), 0.0, 1.0) * (sold > 0.0)
    limit = inventory_limit(tick.depth, draw.intermediaries)
    fullness = jnp.clip(carried / limit, 0.0, 1.0)
    others = who.at_home + inputs.switches.fed_purchases * who.backstop
    at_risk = add_up(crowd.runs * crowd.books)
    left = at_risk - add_up(crowd.runs * last.sold)
    nobody = jnp.zeros(())
    run = run_share(
        run_threshold(crowd.ties, several, tick.sunspot, fullness, who=who),
        (jnp.maximum(limit - carried, 0.0) + others) / jnp.maximum(left, DUST),
        calm=run_threshold(crowd.ties, nobody, nobody, nobody, who=who),
        at_rest=(limit + others) / jnp.maximum(at_risk, DUST),
        noise=who.private_noise,
    )
    # With nothing carried and nobody gone, rounding must not make anybody run.
    is_used = (carried > 0.0) | (left < at_risk)
    return jnp.where(is_used, run, 0.0), several
