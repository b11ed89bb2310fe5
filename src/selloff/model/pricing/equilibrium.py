"""How prices load on the state, given the dynamics of the economy."""

import equinox as eqx
from jaxtyping import Bool, Float, Int

from selloff.model.arrays import Numbers, library
from selloff.model.pricing.habitat import MaturityGrid

_TAYLOR_ORDER = 8
_N_DOUBLINGS = 8


class Equilibrium(eqx.Module):
    """Risk-neutral dynamics and whether they are a fixed point.

    Source: Gourinchas, Ray and Vayanos (2025), Theorem 1 carried to N currencies.
    """

    dynamics: Float[Numbers, "*d n n"]
    """M: log prices solve A' = e - M A [1/year]."""
    positions: Float[Numbers, "*d n n"]
    """B: exposure of arbitrageurs to the risk factors, b = B q [USD bn]."""
    residual: Float[Numbers, "*d"]
    """Largest relative change of B in one more iteration [fraction]."""
    is_solved: Bool[Numbers, "*d"]
    """Whether the iteration met its tolerance [flag]."""
    n_iterations: Int[Numbers, "*d"]
    """Iterations used [count]."""


def integrated_decay(
    dynamics: Float[Numbers, "*d n n"], grid: MaturityGrid, n_columns: int
) -> Float[Numbers, "*d m n c"]:
    """Tabulate the leading columns of F(tau) = int_0^tau exp(-M u) du, the bond loadings.

    F(s + t) = F(t) + exp(-M t) F(s), doubled along the grid.

    Arguments:
        dynamics: M [1/year].
        grid: maturities [years].
        n_columns: how many columns are wanted; column i_j is A_j(tau) [count].

    Returns:
        F on the grid [years].

    Source: variation of constants; the first step by scaling and doubling a Taylor series.
    """
    xp = library(dynamics)
    decay, integral = _first_step(dynamics, grid.step)
    # Maturities beside columns: one product of matrices for all of them.
    wanted = integral[..., None, :n_columns]
    while wanted.shape[-2] < grid.n_steps:
        later = decay @ wanted.reshape(*wanted.shape[:-2], -1)
        wanted = xp.concatenate([wanted, wanted[..., -1:, :] + later.reshape(wanted.shape)], -2)
        decay = decay @ decay
    zero = xp.zeros_like(wanted[..., :1, :])
    whole = xp.concatenate([zero, wanted[..., : grid.n_steps, :]], -2)
    return xp.moveaxis(whole, -2, -3)


def fx_loadings(dynamics: Float[Numbers, "*d n n"], n_currencies: int) -> Float[Numbers, "*d n k"]:
    """Solve M A_ek = e_i,USD - e_i,k for the loadings of the exchange rates.

    Arguments:
        dynamics: M [1/year].
        n_currencies: J [count].

    Returns:
        A_ek in columns; log dollars per unit of k is -A_ek'q [log per unit of state].

    Source: Gourinchas, Ray and Vayanos (2025), the case of zero long-run drift.
    """
    xp = library(dynamics)
    eye = xp.eye(dynamics.shape[-1], dtype=dynamics.dtype)
    return xp.linalg.solve(dynamics, eye[:, :1] - eye[:, 1:n_currencies])


def _first_step(
    dynamics: Float[Numbers, "*d n n"], step: float
) -> tuple[Float[Numbers, "*d n n"], Float[Numbers, "*d n n"]]:
    """exp(-M h) and its integral: Taylor of order 8 on h / 2^8, then eight doublings."""
    eye = library(dynamics).eye(dynamics.shape[-1], dtype=dynamics.dtype)
    short = step / 2.0**_N_DOUBLINGS
    term = integral = short * eye
    for order in range(2, _TAYLOR_ORDER + 1):
        term = -(short / order) * dynamics @ term
        integral = integral + term
    decay = eye - dynamics @ integral
    for _ in range(_N_DOUBLINGS):
        integral = integral + decay @ integral
        decay = decay @ decay
    return decay, integral
