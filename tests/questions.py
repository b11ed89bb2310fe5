"""Small questions that several tests put to the engine; all of one shape, compiled once."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from asked import ALONE, ANSWERED, PURCHASES, SELLERS
from selloff.bridge import Economics, Lowered, economics, lower
from selloff.data import DEFAULT_VINTAGE, Vintage, vintage
from selloff.engine import (
    Draws,
    Inputs,
    Outside,
    Paths,
    Record,
    Trajectory,
    Transmitted,
    draw_budget_normals,
    draw_normals,
    draw_paths,
    trace,
    transmit,
)
from selloff.evidence import Bank, load_bank
from selloff.model.mechanisms import named
from selloff.pipeline.environment import cache_folder
from selloff.scenario import Scenario, parse

if folder := cache_folder():
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
N_DRAWS = 8
HORIZON_YEARS = 1.5


def _of(name: str, field: str) -> Callable[[Draws], jax.Array]:
    """Where a field of a mechanism lies."""
    return lambda draws: attrgetter(field)(named(draws.mechanisms, name))


TWEAKS: dict[str, Callable[[Lowered], Lowered]] = {
    # Nobody runs without a sale, however little beliefs pin down.
    "nothing answered": lambda ready: _drawn(
        ready,
        _of("followers", "rule.private_noise"),
        lambda noise: 0.0 * noise + 1.0,
    ),
    # A run-off begins years after the purchases, and floors and limits are far: bring them near.
    "early gate": lambda ready: _drawn(
        ready,
        _of("fed_purchases", "rule.runoff_delay"),
        lambda delay: 0.0 * delay + 0.25,
    ),
    "bunds bought": lambda ready: _drawn(ready, _of("ecb", "rule.gate"), lambda g: 0.0 * g + 1e-4),
    "bills for bonds": lambda ready: _drawn(
        ready,
        _of("treasury", "rule.response"),
        lambda response: 20.0 * response,
    ),
    "at the floor": lambda ready: _drawn(
        _drawn(
            ready,
            _of("fed_rate", "floor"),
            lambda floor: 0.0 * floor - 0.001,
        ),
        _of("boj_rate", "floor"),
        lambda floor: 0.0 * floor - 0.0005,
    ),
}


def _drawn(
    ready: Lowered,
    where: Callable[[Draws], jax.Array],
    change: Callable[[jax.Array], jax.Array],
) -> Lowered:
    """The same question with one parameter changed in every draw."""
    return replace(ready, draws=eqx.tree_at(where, ready.draws, replace_fn=change))


@cache
def bank() -> Bank:
    """A few rows of the shipped bank, spread over it."""
    shipped = load_bank()
    rows = np.linspace(0, shipped.n_draws - 1, N_DRAWS).astype(int)
    return Bank({name: values[rows] for name, values in shipped.draws.items()}, {})


@cache
def world() -> Vintage:
    return vintage(DEFAULT_VINTAGE)


@cache
def scenario(name: str) -> Scenario:
    if name in SELLERS:
        return ask(*SELLERS[name])
    given = {"reactions": {}, **ANSWERED[name]}
    return ask(*given.pop("sellers"), **given)


def ask(
    *sellers: dict[str, Any],
    horizon_years: float = HORIZON_YEARS,
    reactions: dict[str, bool] = ALONE,
    **more: Any,
) -> Scenario:
    """Put a question; nobody reacts unless told to."""
    return parse(
        {
            "schema_version": 1,
            "name": "question",
            "title": "A question",
            "horizon_years": horizon_years,
            "sellers": list(sellers),
            "reactions": reactions,
            **more,
        }
    )


@cache
def lowered(name: str) -> Lowered:
    if name not in PURCHASES:
        ready = lower(scenario(name), world(), bank())
        return TWEAKS[name](ready) if name in TWEAKS else ready
    question, face, announced, yen = PURCHASES[name]
    ready = lowered(question)
    clock = ready.inputs.clock
    mix = world().outstanding / world().outstanding.sum()
    even = (np.cumsum(clock.years) <= 1.0 + 1e-9).astype(float)
    nothing = ready.inputs.outside.foreign_bonds
    outside = Outside(
        purchases=jnp.asarray(np.outer(even / even.sum(), face * mix)),
        programme=jnp.asarray(face * mix),
        announced=jnp.asarray(np.full(mix.size, announced)),
        currency=jnp.zeros((clock.years.size, ready.inputs.unit_flow.size)).at[9, 0].set(yen),
        foreign_bonds=nothing.at[9].set(yen),
        foreign_ahead=nothing.at[:9].set(yen),
    )
    return replace(ready, inputs=replace(ready.inputs, outside=outside))


def normals(seed: int = 0) -> NDArray[np.float64]:
    inputs = lowered("nothing").inputs
    n_steps, n_factors = inputs.clock.years.shape[0], inputs.market.shock.shape[-1]
    return draw_normals(seed, range(N_DRAWS), n_steps=n_steps, n_factors=n_factors)


@cache
def paths(name: str = "nothing", seed: int = 0) -> Paths:
    ready = lowered(name)
    return _paths(jnp.asarray(normals(seed)), ready.inputs, ready.draws)


@cache
def answer(name: str) -> Trajectory:
    ready = lowered(name)
    return solve(ready.inputs, paths(), ready.draws)


@cache
def economy(name: str) -> Economics:
    return economics(lowered(name), world(), bank())


@cache
def transmitted(name: str) -> Transmitted:
    asked = economy(name)
    return spread(answer(name), jnp.asarray(budget(asked)), asked.setting, asked.responses)


def budget(asked: Economics, seed: int = 0) -> NDArray[np.float64]:
    n_quarters = asked.setting.calendar.quarter_end.size
    return draw_budget_normals(seed, range(N_DRAWS), n_quarters=n_quarters)


@cache
def record(name: str) -> Record:
    ready = lowered(name)
    return follow(ready.inputs, paths(), ready.draws)[1]


@jax.jit
def _paths(given: jax.Array, inputs: Inputs, draws: Draws) -> Paths:
    def one(row: jax.Array, draw: Draws) -> Paths:
        return draw_paths(row, inputs.clock, market=inputs.market, draw=draw)

    return jax.vmap(one)(given, draws)


follow = jax.jit(trace)
spread = jax.jit(transmit)


def solve(inputs: Inputs, paths: Paths, draws: Draws) -> Trajectory:
    """The same program for those who need no records."""
    found: Trajectory = follow(inputs, paths, draws)[0]
    return found
