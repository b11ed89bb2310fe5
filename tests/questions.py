"""Small questions that several tests put to the engine; all of one shape, compiled once."""

from dataclasses import replace
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge import Lowered, lower
from selloff.data import DEFAULT_VINTAGE, Vintage, vintage
from selloff.engine import (
    Draws,
    Inputs,
    Outside,
    Paths,
    Record,
    Trajectory,
    draw_normals,
    draw_paths,
    simulate,
    trace,
)
from selloff.evidence import Bank, load_bank
from selloff.pipeline import set_up_jax
from selloff.scenario import Scenario, parse

set_up_jax()
N_DRAWS = 8
HORIZON_YEARS = 1.5
IDLE = {"holder": "chn_official", "sale_frac": 0.0}
"""Fills the second seat where a question has one seller."""
SELLERS: dict[str, tuple[dict[str, Any], ...]] = {
    "nothing": (IDLE, {"holder": "jpn", "sale_frac": 0.0}),
    "dump": (IDLE, {"holder": "jpn", "sale_frac": 1.0, "proceeds": {"jpy_cash": 1.0}}),
    "small": (IDLE, {"holder": "jpn", "sale_usd_bn": 20.0, "proceeds": {"jpy_cash": 1.0}}),
    "smaller": (IDLE, {"holder": "jpn", "sale_usd_bn": 10.0, "proceeds": {"jpy_cash": 1.0}}),
    "for dollars": (IDLE, {"holder": "jpn", "sale_usd_bn": 300.0}),
    "ordered": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.9,
            "buckets": "short_first",
            "proceeds": {"jpy_cash": 0.5, "usd_cash": 0.5},
        },
    ),
    "ordered slowly": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.9,
            "buckets": "long_first",
            "pace": {"kind": "linear", "years": 1.0},
        },
    ),
    "stealth": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.4,
            "pace": {"kind": "linear", "years": 1.0},
            "proceeds": {"jpy_cash": 1.0},
        },
    ),
    "announced": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.4,
            "pace": {"kind": "linear", "years": 1.0},
            "proceeds": {"jpy_cash": 1.0},
            "announced_frac": 1.0,
        },
    ),
    "two sellers": (
        {
            "holder": "chn",
            "sale_usd_bn": 300.0,
            "buckets": "long_first",
            "participation_cap_frac": 0.02,
            "proceeds": {"cny_cash": 0.6, "gold": 0.4},
            "announced_frac": 0.5,
            "start_day": 30,
        },
        {
            "holder": "jpn_official",
            "sale_frac": 0.5,
            "pace": {"kind": "exponential", "half_life_years": 0.3},
            "proceeds": {"jgb": 0.4, "eur_cash": 0.3, "usd_cash": 0.3},
        },
    ),
    "capped": (
        IDLE,
        {"holder": "jpn", "sale_usd_bn": 200.0, "participation_cap_frac": 0.005},
    ),
    "too slow": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 1.0,
            "pace": {"kind": "linear", "years": 3.0},
            "proceeds": {"jpy_cash": 1.0},
        },
    ),
}


PURCHASES: dict[str, tuple[str, float, float, float]] = {
    "bank buys": ("dump", 900.0, 0.0, 40.0),
    "bank promises": ("announced", 600.0, 0.8, -15.0),
}
"""A question, what the central bank buys evenly over the first year [USD bn], the share of it
that is announced, and yen bought on the tenth day [USD bn]."""


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
    return ask(*SELLERS[name])


def ask(*sellers: dict[str, Any], horizon_years: float = HORIZON_YEARS) -> Scenario:
    return parse(
        {
            "schema_version": 1,
            "name": "question",
            "title": "A question",
            "horizon_years": horizon_years,
            "sellers": list(sellers),
        }
    )


@cache
def lowered(name: str) -> Lowered:
    if name not in PURCHASES:
        return lower(scenario(name), world(), bank())
    question, face, announced, yen = PURCHASES[name]
    ready = lowered(question)
    clock = ready.inputs.clock
    mix = world().outstanding / world().outstanding.sum()
    even = (np.cumsum(clock.years) <= 1.0 + 1e-9).astype(float)
    outside = Outside(
        purchases=jnp.asarray(np.outer(even / even.sum(), face * mix)),
        programme=jnp.asarray(face * mix),
        announced=jnp.full(mix.size, announced),
        currency=jnp.zeros((clock.years.size, ready.inputs.gdp.size)).at[9, 0].set(yen),
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
def record(name: str) -> Record:
    ready = lowered(name)
    return follow(ready.inputs, paths(), ready.draws)


@jax.jit
def _paths(given: jax.Array, inputs: Inputs, draws: Draws) -> Paths:
    def one(row: jax.Array, draw: Draws) -> Paths:
        return draw_paths(row, inputs.clock, market=inputs.market, draw=draw)

    return jax.vmap(one)(given, draws)


solve = jax.jit(simulate)
follow = jax.jit(trace)
