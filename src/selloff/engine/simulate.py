"""The scan over steps and the batch over draws."""

from collections.abc import Callable
from typing import TypeVar

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from selloff.engine.closing import IDENTITIES
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.shocks import Paths
from selloff.engine.state import DUST, Outcome, Sold, State, opening
from selloff.engine.step import Record, step
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
    absorbed: Float[Array, "*d t g"]
    fed: Float[Array, "*d t"]
    bought: Float[Array, "*d g b"]
    """Face of the sale each group holds at the horizon [USD bn]."""
    account: Sold
    holdings: Float[Array, "*d r b"]
    residuals: Float[Array, "*d i"]
    outcome: Int[Array, "*d"]


def simulate(inputs: Inputs, paths: Paths, draws: Draws) -> Trajectory:
    """Run one arm for a batch of draws.

    Arguments:
        inputs: the arm, the same for all draws.
        paths: chance of each draw.
        draws: parameters of each draw.

    Returns:
        Trajectories with an outcome code per draw.

    Raises:
        RuntimeError: JAX is in single precision; set `jax_enable_x64` before any array is made.

    Source: MODEL section 0.
    """
    _check_precision()
    return jax.vmap(lambda p, d: _simulate_one(inputs, p, d))(paths, draws)


def trace(inputs: Inputs, paths: Paths, draws: Draws) -> Record:
    """Run an arm and keep everything every step leaves behind, for a few draws.

    Arguments:
        inputs: the arm.
        paths: chance of each draw.
        draws: parameters of each draw.

    Returns:
        Records, draw by step.

    Source: the same steps as `simulate`.
    """
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
    start = (opening(inputs, draw.speed.shape[0]), jnp.zeros(len(IDENTITIES)))
    (end, worst), kept = jax.lax.scan(body, start, jnp.arange(inputs.clock.years.shape[0]))
    return end, worst, kept


def _simulate_one(inputs: Inputs, paths: Paths, draw: Draws) -> Trajectory:
    end, worst, kept = _scan(inputs, paths, draw, _thin)
    sold = jnp.sum(inputs.sale.programme - end.sold.to_come, axis=0)
    net = sold - (inputs.outside.programme - end.bought.to_come)
    return Trajectory(
        **kept,
        bought=draw.shares * net - end.gaps,
        account=end.sold,
        holdings=end.holdings,
        residuals=worst,
        outcome=_outcome(end.sold, kept["prices"], inputs),
    )


def _thin(record: Record) -> dict[str, Array]:
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
        "absorbed": add_up(record.bought, 1),
        "fed": record.fed,
    }


def _outcome(account: Sold, prices: Float[Array, "t o"], inputs: Inputs) -> Int[Array, ""]:
    left = jnp.sum(account.to_come)
    # A month is the finest clock of the later years, so lateness within one is not seen.
    is_late = account.last_day > inputs.sale.due + 0.5
    done = jnp.where(is_late, Outcome.completed_late, Outcome.completed)
    code = jnp.where(left > DUST, Outcome.unfinished, done)
    code = jnp.where(jnp.sum(inputs.sale.programme) > 0.0, code, Outcome.nothing_to_sell)
    return jnp.where(jnp.all(jnp.isfinite(prices)), code, Outcome.no_equilibrium)
