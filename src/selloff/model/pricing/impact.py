"""The impact operator: what a sale does to every curve and exchange rate, in closed form."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.pricing.equilibrium import Equilibrium, fx_loadings, integrated_decay
from selloff.model.pricing.habitat import Economy, MaturityGrid, habitat_shape


class Impact(eqx.Module):
    """Log-price loadings on supply factors, one column a supply.

    Source: MODEL section 1; a supply factor without variance leaves the fixed point as it is.
    """

    bonds: Float[Array, "m j s"]
    """-d log P_j(tau) per unit of supply [1/USD bn]."""
    currencies: Float[Array, "k s"]
    """-d log e_k per unit of supply [1/USD bn]."""


def bond_supply(
    equilibrium: Equilibrium, grid: MaturityGrid, profiles: Float[Array, "s m"], currency: int
) -> Float[Array, "n s"]:
    """Turn bond sales into exposure, int A_m(tau) s(tau) dtau.

    Arguments:
        equilibrium: the solved economy.
        grid: maturities [years].
        profiles: market value sold at each grid maturity, one row a sale [USD bn].
        currency: the market m [index].

    Returns:
        Exposure to the risk factors, one column a sale [USD bn].

    Source: MODEL section 1.
    """
    loadings = integrated_decay(equilibrium.dynamics, grid, currency + 1)[:, :, currency]
    return jnp.einsum("mn,sm->ns", loadings, profiles)


def fx_supply(equilibrium: Equilibrium, n_currencies: int) -> Float[Array, "n k"]:
    """Exposure handed over when one USD bn of each foreign currency is sold for dollars.

    Arguments:
        equilibrium: the solved economy.
        n_currencies: J [count].

    Returns:
        Exposure to the risk factors, one column a currency [USD bn].

    Source: MODEL section 1: an FX flow is a bond sale with int A_m s dtau replaced by A_ek.
    """
    return fx_loadings(equilibrium.dynamics, n_currencies)


def impact_operator(
    economy: Economy,
    equilibrium: Equilibrium,
    grid: MaturityGrid,
    *,
    exposure: Float[Array, "n s"],
    decay: Float[Array, ""],
) -> Impact:
    """Price supplies that die away at one rate.

    (I + a [sum_j int alpha_j A_j K_j' + (1/k) sum_k alpha_ek A_ek A_ek'] SS') v = exposure;
    A_j,x(tau) = a K_j(tau)' SS' v;  A_ek,x = (a/k) A_ek' SS' v.

    Arguments:
        economy: structural parameters.
        equilibrium: its fixed point.
        grid: maturities [years].
        exposure: what arbitrageurs are handed, one column a supply [USD bn].
        decay: rate k at which the supply dies away, up to 2,000; small means permanent [1/year].

    Returns:
        Loadings of every bond and currency per unit of each supply.

    Source: MODEL section 1.
    """
    n_j = economy.n_currencies
    bonds, sums = _discounted(equilibrium.dynamics, grid, decay, n_j)
    currencies = fx_loadings(equilibrium.dynamics, n_j)
    density = habitat_shape(economy.habitat_scale, grid) * grid.weights
    pushback = jnp.einsum("m,maj,mbj,j->ab", density, bonds, sums, economy.bond_slope)
    pushback = pushback + (currencies * economy.fx_slope) @ currencies.T / decay
    eye = jnp.eye(economy.n_states, dtype=decay.dtype)
    priced = economy.risk_aversion * economy.variance
    borne = priced @ jnp.linalg.solve(eye + pushback @ priced, exposure)
    return Impact(jnp.einsum("mnj,ns->mjs", sums, borne), currencies.T @ borne / decay)


def _discounted(
    dynamics: Float[Array, "n n"], grid: MaturityGrid, decay: Float[Array, ""], n_j: int
) -> tuple[Float[Array, "m n j"], Float[Array, "m n j"]]:
    """A_j(tau) and K_j(tau) = int_0^tau exp(-k (tau - u)) A_j(u) du on the grid."""
    n = dynamics.shape[0]
    eye, zero = jnp.eye(n, dtype=dynamics.dtype), jnp.zeros((n, n), dynamics.dtype)
    chain = jnp.block([[dynamics, zero], [-eye, decay * eye]])
    both = integrated_decay(chain, grid, n_j)
    return both[:, :n], both[:, n:]
