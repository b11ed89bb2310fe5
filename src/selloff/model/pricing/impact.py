"""The impact operator: what a sale does to every curve and exchange rate, in closed form."""

import equinox as eqx
from jaxtyping import Float

from selloff.model.arrays import Numbers, library
from selloff.model.pricing.equilibrium import Equilibrium, fx_loadings, integrated_decay
from selloff.model.pricing.habitat import Economy, MaturityGrid, habitat_shape


class Impact(eqx.Module):
    """Log-price loadings on supply factors, one column a supply.

    Source: Gourinchas, Ray and Vayanos (2025), docs/model/pricing.md; a supply
    factor without variance leaves the fixed point as it is.
    """

    bonds: Float[Numbers, "*d m j s"]
    """-d log P_j(tau) per unit of supply [1/USD bn]."""
    currencies: Float[Numbers, "*d k s"]
    """-d log e_k per unit of supply [1/USD bn]."""


def bond_supply(
    equilibrium: Equilibrium, grid: MaturityGrid, profiles: Float[Numbers, "s m"], *currencies: int
) -> Float[Numbers, "*d n sold"]:
    """Turn bond sales into exposure, int A_m(tau) s(tau) dtau.

    Arguments:
        equilibrium: the solved economy.
        grid: maturities [years].
        profiles: market value sold at each grid maturity, one row a sale [USD bn].
        currencies: the markets m, in each of which all are sold [index].

    Returns:
        Exposure to the risk factors, one column a sale, market after market [USD bn].

    Source: Gourinchas, Ray and Vayanos (2025), docs/model/pricing.md.
    """
    loadings = integrated_decay(equilibrium.dynamics, grid, max(currencies) + 1)
    sold = [loadings[..., currency].mT @ profiles.T for currency in currencies]
    return library(loadings).concatenate(sold, -1)


def fx_supply(equilibrium: Equilibrium, n_currencies: int) -> Float[Numbers, "*d n k"]:
    """Exposure handed over when one USD bn of each foreign currency is sold for dollars.

    Arguments:
        equilibrium: the solved economy.
        n_currencies: J [count].

    Returns:
        Exposure to the risk factors, one column a currency [USD bn].

    Source: Gourinchas, Ray and Vayanos (2025), docs/model/pricing.md: an FX flow is a
    bond sale with int A_m s dtau replaced by A_ek.
    """
    return fx_loadings(equilibrium.dynamics, n_currencies)


def impact_operator(
    economy: Economy,
    equilibrium: Equilibrium,
    grid: MaturityGrid,
    *,
    exposure: Float[Numbers, "*d n s"],
    decay: Float[Numbers, "*d"],
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

    Source: Gourinchas, Ray and Vayanos (2025), docs/model/pricing.md.
    """
    xp, n_j, n = library(exposure), economy.n_currencies, economy.n_states
    bonds, sums = _discounted(equilibrium.dynamics, grid, decay, n_j)
    currencies = fx_loadings(equilibrium.dynamics, n_j)
    density = habitat_shape(economy.habitat_scale, grid) * grid.weights
    slope = density[..., None, :, None] * economy.bond_slope[..., None, None, :]
    pushback = _flat(slope * bonds) @ _flat(sums).mT
    traded = currencies * economy.fx_slope[..., None, :]
    pushback = pushback + traded @ currencies.mT / decay[..., None, None]
    priced = economy.risk_aversion[..., None, None] * economy.variance
    borne = priced @ xp.linalg.solve(xp.eye(n, dtype=decay.dtype) + pushback @ priced, exposure)
    moved = (_flat(sums).mT @ borne).reshape(*decay.shape, -1, n_j, exposure.shape[-1])
    return Impact(moved, currencies.mT @ borne / decay[..., None, None])


def _discounted(
    dynamics: Float[Numbers, "*d n n"], grid: MaturityGrid, decay: Float[Numbers, "*d"], n_j: int
) -> tuple[Float[Numbers, "*d n m j"], Float[Numbers, "*d n m j"]]:
    """A_j(tau) and K_j(tau) = int_0^tau exp(-k (tau - u)) A_j(u) du on the grid."""
    xp, n = library(dynamics), dynamics.shape[-1]
    eye = xp.broadcast_to(xp.eye(n, dtype=dynamics.dtype), dynamics.shape)
    above = xp.concatenate([dynamics, xp.zeros_like(dynamics)], -1)
    below = xp.concatenate([-eye, decay[..., None, None] * eye], -1)
    both = xp.moveaxis(integrated_decay(xp.concatenate([above, below], -2), grid, n_j), -3, -2)
    return both[..., :n, :, :], both[..., n:, :, :]


def _flat(loadings: Float[Numbers, "*d n m j"]) -> Float[Numbers, "*d n mj"]:
    return loadings.reshape(*loadings.shape[:-2], -1)
