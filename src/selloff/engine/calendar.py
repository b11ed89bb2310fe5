"""How steps gather into quarters and years, and how quarters spread over steps again."""

from typing import TypeVar

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

Tree = TypeVar("Tree")


class Calendar(eqx.Module):
    """Which steps end which quarter and year; a quarter's edge is always a step's end."""

    years: Float[Array, " t"]
    """Length of each step [years]."""
    quarter_end: Int[Array, " q"]
    """Last step of each quarter [index]."""
    run_year_end: Int[Array, " n"]
    """Last step of each year the run reaches, in part or in full [index]."""
    year: Int[Array, " y"]
    """Year of the run that each year of the horizon of reserves repeats [index]."""
    is_run: Float[Array, " y"]
    """One for years the run reaches, zero beyond its horizon [flag]."""
    quarter: Int[Array, " t"]
    """Quarter in which each step ends [index]."""
    part: Float[Array, " t"]
    """How much of that quarter is over when it ends [fraction]."""

    @property
    def last_quarter(self) -> Int[Array, ""]:
        """The quarter in which the run ends [index]."""
        return jnp.searchsorted(self.quarter_end, self.quarter_end[-1])

    @property
    def year_end(self) -> Int[Array, " y"]:
        """Last step of each year, the run's last beyond its horizon [index]."""
        return self.run_year_end[self.year]


def by_quarter(paths: Tree, time: Calendar) -> Tree:
    """Average paths over quarters."""
    return jax.tree.map(lambda x: _means(x, time.quarter_end, time.years), paths)


def by_year(paths: Tree, time: Calendar) -> Tree:
    """Average paths over years; years beyond the horizon repeat the last."""
    return jax.tree.map(lambda x: _means(x, time.run_year_end, time.years)[time.year], paths)


def by_step(values: Float[Array, " q"], time: Calendar) -> Float[Array, " t"]:
    """Draw straight lines from nothing at the opening through the ends of quarters."""
    before = jnp.concatenate([jnp.zeros(1), values[:-1]])
    return before[time.quarter] + time.part * (values - before)[time.quarter]


def _means(path: Float[Array, "t *m"], ends: Int[Array, " n"], years: Array) -> Array:
    """Means over the stretches between ends, from sums so far: few operations for many steps.

    An end that comes again has the mean of the first time: quarters beyond a run repeat its last.
    """
    weight = jnp.expand_dims(years, tuple(range(1, path.ndim)))
    sums, lengths = (jnp.cumsum(x, axis=0)[ends] for x in (path * weight, weight))
    stretch = [jnp.diff(x, axis=0, prepend=jnp.zeros_like(x[:1])) for x in (sums, lengths)]
    means = stretch[0] / jnp.where(stretch[1] > 0.0, stretch[1], 1.0)
    return means[jnp.searchsorted(ends, ends)]
