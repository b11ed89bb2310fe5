"""The scan over steps and the batch over draws."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

from selloff.engine.closing import IDENTITIES, net_purchases
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.moment import reports
from selloff.engine.record import Record
from selloff.engine.shocks import Luck, Paths, follow_luck
from selloff.engine.state import Others, Outcome, Seen, Sold, State, opening
from selloff.engine.step import step
from selloff.engine.ticks import fades, tick_at
from selloff.model.arrays import Numbers
from selloff.model.sums import DUST, add_up


class Trajectory(eqx.Module):
    """Simulated paths, one row a draw."""

    prices: Float[Numbers, "*d t o"]
    base_ten_year: Float[Numbers, "*d t j"]
    base_log_fx: Float[Numbers, "*d t k"]
    sold: Float[Numbers, "*d t"]
    unsold: Float[Numbers, "*d t"]
    dealers: Float[Numbers, "*d t"]
    levered: Float[Numbers, "*d t"]
    use: Float[Numbers, "*d t"]
    waiting: Float[Numbers, "*d t"]
    """Face put up for sale in the step for which there was no room [USD bn]."""
    absorbed: Float[Numbers, "*d t q"]
    fed: Float[Numbers, "*d t"]
    followed: Float[Numbers, "*d t"]
    """Face others sold of their own accord in the step, the Ministry of Finance apart [USD bn]."""
    stress: Float[Numbers, "*d t 2"]
    sold_by: Float[Numbers, "*d t s"]
    """Face each seller sold in the step [USD bn]."""
    placed: Float[Numbers, "*d t a"]
    placed_by_others: Float[Numbers, "*d t a"]
    reported: dict[str, Numbers]
    """What mechanisms show at every step, by name."""
    bought: Float[Numbers, "*d q b"]
    """Face each row but the sellers' has bought by the horizon [USD bn]."""
    account: Sold
    seen: Seen
    others: Others
    ended: dict[str, Numbers]
    """What mechanisms show at the horizon, by name."""
    holdings: Float[Numbers, "*d r b"]
    residuals: Float[Numbers, "*d i"]
    outcome: Int[Numbers, "*d"]


class Standing(eqx.Module):
    """Where a batch of draws stands between two stretches of steps."""

    state: State
    absorbed: Float[Array, "d q"]
    """Face each row but the sellers' has bought so far [USD bn]."""
    worst: Float[Array, "d i"]
    """Largest residual of each identity so far [USD bn]."""
    is_priced: Bool[Array, " d"]
    """Whether all prices so far are finite [flag]."""


class Ends(eqx.Module):
    """How a batch of draws ends."""

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
    end, kept, _ = walk(depart(inputs, draws), inputs, paths, draws)
    return joined(kept, arrive(end, inputs, draws))


def trace(inputs: Inputs, paths: Paths, draws: Draws) -> tuple[Trajectory, Record]:
    """Run an arm and keep everything every step leaves behind too, for a few draws."""
    n_books = draws.speed.shape[0]
    end, kept, books = walk(depart(inputs, draws), inputs, paths, draws, n_books=n_books)
    return joined(kept, arrive(end, inputs, draws)), books


def depart(inputs: Inputs, draws: Draws) -> Standing:
    """Open the books of a batch of draws."""
    if not jax.config.read("jax_enable_x64"):
        raise RuntimeError("set jax.config.update('jax_enable_x64', True) before simulating")
    n, n_rows = draws.speed.shape[0], inputs.books.holdings.shape[0]
    n_s = inputs.sale.programme.shape[0]
    return Standing(
        state=jax.vmap(lambda draw: opening(inputs, draw))(draws),
        absorbed=jnp.zeros((n, n_rows - n_s)),
        worst=jnp.zeros((n, len(IDENTITIES))),
        is_priced=jnp.ones(n, bool),
    )


def proceed(
    at: tuple[Standing, Luck],
    inputs: Inputs,
    normals: Float[Array, "d t f_and_1"],
    draws: Draws,
    *,
    n_left: Int[Array, ""],
    n_books: int,
) -> tuple[tuple[Standing, Luck], dict[str, Any], Record]:
    """Carry a batch of draws over one stretch, of which `n_left` steps count."""

    def follow(luck: Luck, normal: Array, draw: Draws) -> tuple[Luck, Paths]:
        return follow_luck(luck, normal, inputs.clock, market=inputs.market, draw=draw)

    luck, paths = jax.vmap(follow)(at[1], normals, draws)
    end, kept, books = walk(at[0], inputs, paths, draws, n_books=n_books, n_left=n_left)
    return (end, luck), kept, books


def walk(
    standing: Standing,
    inputs: Inputs,
    paths: Paths,
    draws: Draws,
    *,
    n_books: int = 0,
    n_left: Int[Array, ""] | None = None,
) -> tuple[Standing, dict[str, Any], Record]:
    """Step through time; keep totals of every draw and all that the first ones leave behind."""
    over = jax.vmap(fades, (None, 0))(inputs, draws)

    def body(now: Standing, at: Array) -> tuple[Standing, tuple[dict[str, Any], Record]]:
        ticks = jax.vmap(lambda path, fade: tick_at(inputs, path, fade, at))(paths, over)
        state, record = jax.vmap(step, (0, 0, None, 0))(now.state, ticks, inputs, draws)
        kept = jax.vmap(lambda each: _thin(each, inputs))(record)
        kept["absorbed"] = now.absorbed + kept["absorbed"]
        new = Standing(
            state=state,
            absorbed=kept["absorbed"],
            worst=jnp.maximum(now.worst, record.residuals),
            is_priced=now.is_priced & jnp.all(jnp.isfinite(record.prices), axis=1),
        )
        return new, (kept, jax.tree.map(lambda leaf: leaf[:n_books], record))

    length = inputs.clock.years.shape[0]
    if n_left is None:
        end, found = jax.lax.scan(body, standing, jnp.arange(length))
    else:
        end, found = _first_steps(body, standing, n_left, length)
    kept, books = jax.tree.map(lambda leaf: jnp.moveaxis(leaf, 0, 1), found)
    return end, kept, books


def _first_steps(
    body: Callable[[Standing, Array], tuple[Standing, Any]],
    standing: Standing,
    n_left: Int[Array, ""],
    length: int,
) -> tuple[Standing, Any]:
    """Take the first steps of a stretch alone; there is room for all, and the rest stays zero."""

    def go(at: Array, so_far: tuple[Standing, Any]) -> tuple[Standing, Any]:
        now, kept = so_far
        new, found = body(now, at)
        put = jax.lax.dynamic_update_index_in_dim
        return new, jax.tree.map(lambda room, leaf: put(room, leaf, at, 0), kept, found)

    shapes = jax.eval_shape(body, standing, jnp.zeros((), int))[1]
    room = jax.tree.map(lambda each: jnp.zeros((length, *each.shape), each.dtype), shapes)
    return jax.lax.fori_loop(0, n_left, go, (standing, room))


def arrive(end: Standing, inputs: Inputs, draws: Draws) -> Ends:
    """Tell how a batch of draws ends."""
    state = end.state
    shown = jax.vmap(lambda draw, answers: reports(draw.mechanisms, answers).ending)(
        draws, state.answers
    )
    given = state, end.is_priced, shown["frozen"], inputs
    outcome = jax.vmap(_outcome, (0, 0, 0, None))(*given)
    return Ends(
        bought=jax.vmap(lambda s, draw: net_purchases(s, inputs, draw))(state, draws),
        account=state.sold,
        seen=state.seen,
        others=state.others,
        ended=shown,
        holdings=state.holdings,
        residuals=end.worst,
        outcome=outcome,
    )


def joined(kept: Mapping[str, Any], ends: Ends) -> Trajectory:
    """Join what was kept of the steps and how the draws end."""
    return Trajectory(**kept, **{each.name: getattr(ends, each.name) for each in fields(ends)})


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
        "waiting": record.waiting,
        "absorbed": add_up(record.trades, 1)[: -record.sold.shape[0] or None],
        "fed": record.fed,
        "followed": add_up((1.0 - inputs.bystanders.intervenes) * add_up(record.followed, 1)),
        "stress": record.stress,
        "sold_by": add_up(record.sold, 1),
        "placed": record.placed,
        "placed_by_others": record.placed_by_others,
        "reported": record.reported,
    }


def _outcome(
    end: State, is_priced: Bool[Array, ""], frozen: Float[Array, " s"], inputs: Inputs
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
    return jnp.where(is_priced, code, Outcome.no_equilibrium)
