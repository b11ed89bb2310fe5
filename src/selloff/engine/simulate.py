"""The scan over steps and the batch over draws."""

from collections.abc import Callable
from typing import Any, TypeVar

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from selloff.engine.closing import IDENTITIES, net_purchases
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.moment import reports
from selloff.engine.record import Record
from selloff.engine.shocks import Paths
from selloff.engine.state import DUST, Others, Outcome, Seen, Sold, State, opening
from selloff.engine.step import step
from selloff.engine.ticks import fades, tick_at
from selloff.model.sums import add_up

T = TypeVar("T")


class Trajectory(eqx.Module):
    """Simulated paths, one row a draw."""

    prices: Float[Array, "*d t o"]
    base_ten_year: Float[Array, "*d t j"]
    base_log_fx: Float[Array, "*d t k"]
    sold: Float[Array, "*d t"]
    unsold: Float[Array, "*d t"]
    dealers: Float[Array, "*d t"]
    levered: Float[Array, "*d t"]
    use: Float[Array, "*d t"]
    absorbed: Float[Array, "*d t q"]
    fed: Float[Array, "*d t"]
    followed: Float[Array, "*d t"]
    """Face others sold of their own accord in the step, the Ministry of Finance apart [USD bn]."""
    stress: Float[Array, "*d t 2"]
    sold_by: Float[Array, "*d t s"]
    """Face each seller sold in the step [USD bn]."""
    placed: Float[Array, "*d t a"]
    placed_by_others: Float[Array, "*d t a"]
    reported: dict[str, Array]
    """What mechanisms show at every step, by name."""
    bought: Float[Array, "*d q b"]
    """Face each row but the sellers' has bought by the horizon [USD bn]."""
    account: Sold
    seen: Seen
    others: Others
    ended: dict[str, Array]
    """What mechanisms show at the horizon, by name."""
    holdings: Float[Array, "*d r b"]
    residuals: Float[Array, "*d i"]
    outcome: Int[Array, "*d"]


def simulate(inputs: Inputs, paths: Paths, draws: Draws) -> Trajectory:
    """Run one arm for a batch of draws."""
    _check_precision()
    return jax.vmap(lambda p, d: _simulate_one(inputs, p, d))(paths, draws)


def trace(inputs: Inputs, paths: Paths, draws: Draws) -> Record:
    """Run an arm and keep everything every step leaves behind, for a few draws."""
    _check_precision()
    return jax.vmap(lambda p, d: _scan(inputs, p, d, lambda record: record)[2])(paths, draws)


def _check_precision() -> None:
    if not jax.config.read("jax_enable_x64"):
        raise RuntimeError("set jax.config.update('jax_enable_x64', True) before simulating")


def _scan(
    inputs: Inputs, paths: Paths, draw: Draws, keep: Callable[[Record], T]
) -> tuple[State, Float[Array, " i"], T]:
    """Step through time; hand back the end, the worst residuals and what is kept."""

    def body(carry: tuple[State, Array], at: Int[Array, ""]) -> tuple[tuple[State, Array], T]:
        state, worst = carry
        new, record = step(state, tick_at(inputs, paths, over, at), inputs, draw)
        return (new, jnp.maximum(worst, record.residuals)), keep(record)

    over = fades(inputs, draw)
    start = (opening(inputs, draw), jnp.zeros(len(IDENTITIES)))
    (end, worst), kept = jax.lax.scan(body, start, jnp.arange(inputs.clock.years.shape[0]))
    return end, worst, kept


def _simulate_one(inputs: Inputs, paths: Paths, draw: Draws) -> Trajectory:
    end, worst, kept = _scan(inputs, paths, draw, lambda record: _thin(record, inputs))
    shown = reports(draw.mechanisms, end.answers).ending
    kept["absorbed"] = jnp.cumsum(kept["absorbed"], axis=0)
    return Trajectory(
        **kept,
        bought=net_purchases(end, inputs, draw),
        account=end.sold,
        seen=end.seen,
        others=end.others,
        ended=shown,
        holdings=end.holdings,
        residuals=worst,
        outcome=_outcome(end, kept["prices"], shown["frozen"], inputs),
    )


def _thin(record: Record, inputs: Inputs) -> dict[str, Any]:
    """Keep totals of the step; buckets and sellers stay inside the loop."""
    return {
        "prices": record.prices,
        "base_ten_year": record.base_ten_year,
        "base_log_fx": record.base_log_fx,
        "sold": add_up(record.sold),
        "unsold": record.unsold,
        "dealers": record.dealers,
        "levered": record.levered,
        "use": record.use,
        "absorbed": add_up(record.trades, 1)[: -record.sold.shape[0] or None],
        "fed": record.fed,
        "followed": add_up((1.0 - inputs.bystanders.intervenes) * record.followed),
        "stress": record.stress,
        "sold_by": add_up(record.sold, 1),
        "placed": record.placed,
        "placed_by_others": record.placed_by_others,
        "reported": record.reported,
    }


def _outcome(
    end: State, prices: Float[Array, "t o"], frozen: Float[Array, " s"], inputs: Inputs
) -> Int[Array, ""]:
    account = end.sold
    left = jnp.sum(account.to_come)
    # A month is the finest clock of the later years, so lateness within one is not seen.
    is_late = account.last_day > inputs.sale.due + 0.5
    done = jnp.where(is_late, Outcome.completed_late, Outcome.completed)
    is_frozen = jnp.sum(frozen * jnp.sum(account.to_come, axis=1)) > DUST
    short = jnp.where(is_frozen, Outcome.frozen, Outcome.unfinished)
    code = jnp.where(left > DUST, short, done)
    code = jnp.where(jnp.sum(inputs.sale.programme) > 0.0, code, Outcome.nothing_to_sell)
    return jnp.where(jnp.all(jnp.isfinite(prices)), code, Outcome.no_equilibrium)
