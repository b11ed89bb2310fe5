"""Slow elastic sectors: who ends up with the bonds, and when."""

from jaxtyping import Array, Float

from selloff.model.arrays import Numbers
from selloff.model.pricing.fading import Fading


def absorption_shares(
    holdings: Float[Numbers, "g b"], elasticity: Float[Numbers, "*d g"]
) -> Float[Numbers, "*d g b"]:
    """Final share of a sale that each group buys, bucket by bucket.

    omega_gb = e_g H_gb / sum_g e_g H_gb

    Arguments:
        holdings: face held by each group that can buy [USD bn].
        elasticity: demand elasticity of each group relative to the average [ratio].

    Returns:
        Shares that sum to one over groups in every bucket [fraction].

    Source: assumption, docs/model/absorption.md; a proportional response to a common price change.
    """
    pull = elasticity[..., None] * holdings
    return pull / pull.sum(-2)[..., None, :]


def close_gaps(
    gaps: Float[Array, "g b"], wanted: Float[Array, "g b"], over: Fading
) -> Float[Array, "g b"]:
    """Carry each group's gap between what it will buy and what it has bought.

    g[t] = exp(-k h) g[t-1] + omega s (1 - exp(-k h)) / (k h)

    Arguments:
        gaps: face each group still has to buy at the start of the step [USD bn].
        wanted: its final share of the step's sale [USD bn].
        over: the step's fading, by group.

    Returns:
        Gaps at the end of the step [USD bn].

    Source: slow-moving capital, docs/model/absorption.md; exact discretisation.
    """
    return over.left[:, None] * gaps + over.kept[:, None] * wanted
