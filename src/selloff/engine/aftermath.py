"""What the step did to everybody else, written down for the next one."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.desired import Desired
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.reactions import Reacted
from selloff.engine.state import DUST, State
from selloff.engine.ticks import Tick
from selloff.model.fed import FedState, rate_next
from selloff.model.retaliation import expected_loss, intensity
from selloff.model.sums import add_up


class Done(eqx.Module):
    """What a step brought, as everybody else sees it."""

    served: Float[Array, " c"]
    """Face each reactor sold [USD bn]."""
    cash: Float[Array, ""]
    """What they were paid [USD bn]."""
    defence: Float[Array, ""]
    """The part of it that the Ministry of Finance exchanges for yen [USD bn]."""
    placed: Float[Array, " a"]
    """What they turned it into [USD bn]."""
    bought: Float[Array, " b"]
    """Face the Federal Reserve's rule bought, less what it let go [USD bn]."""
    dislocation: Float[Array, ""]
    closed: Float[Array, ""]
    carry_closed: Float[Array, ""]
    rises: Float[Array, "2"]
    """10-year yields of dollar and yen less baseline [decimal]."""
    yen: Float[Array, "2"]
    """Log dollar in yen: as it is, and in the baseline [log]."""
    sales: Float[Array, " s"]
    """Face each seller sold [USD bn]."""
    left: Float[Array, " s"]
    """Value of what each seller still has [USD bn]."""
    left_face: Float[Array, " s"]
    """Its face [USD bn]."""


def remember(
    state: State, tick: Tick, wish: Desired, done: Done, *, inputs: Inputs, draw: Draws
) -> Reacted:
    """Bring everybody else's accounts up to date."""
    last, rules = state.reacted, draw.reactions
    kept = jnp.exp(-rules.mof.trend_speed * tick.years)
    return Reacted(
        dislocation=done.dislocation,
        rises=done.rises,
        yen=done.yen,
        trend=done.yen + (last.trend - done.yen) * kept,
        sold=last.sold + done.served,
        proceeds=last.proceeds + done.cash,
        assets=last.assets + done.placed,
        closed=done.closed,
        carry_closed=done.carry_closed,
        fed=FedState(wish.fed.open_days, wish.fed.shut_days, wish.fed.held + done.bought),
        rates=_rates(state, tick, done, inputs=inputs, draw=draw),
        jgbs=last.jgbs + wish.jgbs,
        intervened=last.intervened + wish.dollars + done.defence,
        **_retaliate(state, tick, done, inputs=inputs, draw=draw),
        several=jnp.maximum(last.several, wish.several),
    )


def _rates(
    state: State, tick: Tick, done: Done, *, inputs: Inputs, draw: Draws
) -> Float[Array, "2"]:
    """Both policy rates answer what the step did to long yields and to the yen."""
    last, rules, floor = state.reacted.rates, draw.reactions, -inputs.conditions.short
    stronger = done.yen[1] - done.yen[0]
    dollar = rate_next(
        last[0], done.rises[0], floor=floor[0], years=tick.years, rule=rules.fed_rate
    )
    yen = rate_next(last[1], stronger, floor=floor[1], years=tick.years, rule=rules.boj_rate)
    return inputs.switches.policy_rates * jnp.stack([dollar, yen])


def _retaliate(
    state: State, tick: Tick, done: Done, *, inputs: Inputs, draw: Draws
) -> dict[str, Float[Array, " s"]]:
    """Count the hazard of retaliation on, as if nothing came of it: a chance is no coin flip.

    A seller that is frozen would have gone on at the pace of its latest sales; what it would
    hold is valued like what it holds.
    """
    last, rule, sale = state.reacted, draw.reactions.retaliation, inputs.sale
    month = inputs.clock.lengths[1]
    is_frozen = last.frozen > 0.5
    real = add_up(state.sold.to_come, 1) - done.sales
    now = done.sales * month / tick.years
    pace = jnp.where(is_frozen | (done.sales <= DUST), last.pace, now)
    shadow = jnp.maximum(last.planned - last.pace * tick.years / month, 0.0)
    planned = jnp.where(is_frozen, shadow, real)
    so_far = add_up(sale.programme, 1) - planned
    seen = jnp.where(is_frozen, pace, now)
    rate = intensity(so_far, seen, hostility=sale.hostility, alignment=sale.ties, rule=rule)
    # Whoever is done has nothing left that could be stopped.
    exposed = jnp.where(planned > DUST, rate, 0.0) * tick.years
    more = inputs.switches.retaliation * exposed
    hazard = last.hazard + more
    held = done.left * (1.0 - (real - planned) / jnp.maximum(done.left_face, DUST))
    loss = expected_loss(last.hazard, more, left=jnp.maximum(held, 0.0), rule=rule)
    return {
        "hazard": hazard,
        "planned": planned,
        "pace": pace,
        "frozen": jnp.where(hazard > tick.patience, 1.0, last.frozen),
        "sanction_loss": last.sanction_loss + loss,
    }
