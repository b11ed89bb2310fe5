"""Two roads for Japan that exclude each other: a stronger yen, or doubt about its own bonds."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

from selloff.vocab import QUARTERS_PER_YEAR

NEITHER, DISINFLATION, DOMINANCE = 0, 1, 2
"""Codes of the branches."""


class BranchRule(eqx.Module):
    """When a branch is entered, and what doubt does to prices.

    Source: assumption; the rout of January 2026 was 15bp of the 10-year JGB in two days.
    """

    yen: Float[Array, "*d"]
    """Rise of the yen that opens the first branch, fall that the second needs [log]."""
    jgb: Float[Array, "*d"]
    """Rise of the 10-year JGB that the second needs [decimal]."""
    inflation: Float[Array, "*d"]
    """Inflation per unit of the JGB above that rise [ratio]."""


def branch_path(
    yen: Float[Array, " q"], jgb: Float[Array, " q"], rule: BranchRule
) -> Int[Array, " q"]:
    """Tell which branch the country is in, quarter by quarter.

    1 from the first quarter with yen >= Y, 2 from the first with jgb >= G and yen <= -Y,
    whichever comes first; 0 before either

    Arguments:
        yen: effective yen against baseline, positive when stronger [log].
        jgb: 10-year JGB less baseline [decimal].
        rule: where the branches begin.

    Returns:
        Code of the branch [index].

    Source: assumption; the two exclude each other (docs/model/japan-economy.md): a quarter cannot
    open both since the yen is on one side of its baseline.
    """
    up = _since(yen >= rule.yen)
    doubt = _since((jgb >= rule.jgb) & (yen <= -rule.yen))
    # A branch entered first keeps the other shut for good.
    first = jnp.where(_leads(up, doubt), DISINFLATION, DOMINANCE)
    return jnp.where(up | doubt, first, NEITHER)


def _since(is_true: Bool[Array, " q"]) -> Bool[Array, " q"]:
    return jax.lax.cummax(is_true.astype(jnp.int64)) > 0


def _leads(one: Bool[Array, " q"], other: Bool[Array, " q"]) -> Bool[Array, ""]:
    return jnp.sum(one) > jnp.sum(other)


def doubt_inflation(
    yen: Float[Array, " q"],
    jgb: Float[Array, " q"],
    branch: Int[Array, " q"],
    rule: BranchRule,
) -> Float[Array, " q"]:
    """Inflation that comes with doubt about the country's own debt.

    phi max(jgb - G, 0), in the second branch and while yen < 0

    Arguments:
        yen: effective yen against baseline [log].
        jgb: 10-year JGB less baseline [decimal].
        branch: code of the branch in each quarter [index].
        rule: what doubt does to prices.

    Returns:
        Inflation added [decimal a year].

    Source: assumption; a part of the rise of the yield is an inflation premium that comes true.
    """
    excess = rule.inflation * jnp.maximum(jgb - rule.jgb, 0.0)
    return jnp.where((branch == DOMINANCE) & (yen < 0.0), excess, 0.0)


class Chain(eqx.Module):
    """Whether a strong yen and high inflation were seen in one run."""

    together: Bool[Array, "*d"]
    """In one and the same quarter [flag]."""
    after: Bool[Array, "*d"]
    """Inflation in a quarter after one with a strong yen [flag]."""


def yen_up_and_inflation(
    yen: Float[Array, " q"],
    cpi: Float[Array, " q"],
    *,
    rise: Float[Array, ""],
    inflation: Float[Array, ""],
) -> Chain:
    """Test the claim that a strong yen ends in inflation.

    yen[t] >= rise and cpi[t] - cpi[t-4] >= threshold, with cpi = 0 before the opening

    Arguments:
        yen: of any measure, positive when stronger [log].
        cpi: log consumer prices against baseline [log].
        rise: what counts as a strong yen [log].
        inflation: what counts as inflation, over four quarters and less baseline [log].

    Returns:
        Whether both held.

    Source: the founding essay's chain of repatriation, deflation, printing, hyperinflation.
    """
    before = jnp.concatenate([jnp.zeros(QUARTERS_PER_YEAR), cpi])[: cpi.shape[0]]
    is_strong, is_inflation = yen >= rise, cpi - before >= inflation
    earlier = jnp.concatenate([jnp.zeros(1, dtype=bool), _since(is_strong)[:-1]])
    return Chain(jnp.any(is_strong & is_inflation), jnp.any(earlier & is_inflation))
