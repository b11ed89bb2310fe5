"""Where shares of reserves come to rest, and what it takes to move the dollar from its place."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

from selloff.model.sums import add_up, once
from selloff.vocab import RESERVE_ASSETS

USD, EUR, JPY, GBP, CNY, GOLD, OTHER = map(
    RESERVE_ASSETS.at, ("USD", "EUR", "JPY", "GBP", "CNY", "gold", "other")
)
RIVALS = (EUR, JPY, GBP, CNY)
"""Currencies that could take the dollar's place; other is a basket of small ones."""
_SETTLING_STEPS = 200
_HALVINGS = 50
_STRONGEST = 20.0
"""Pull beyond which a search gives up [log]."""


def tilted(share: Float[Array, " 7"], by: Float[Array, " 7"]) -> Float[Array, " 7"]:
    """Change log shares and let them add up again.

    s_k exp(z_k) / sum_j s_j exp(z_j) x sum_j s_j

    Arguments:
        share: shares [fraction].
        by: change of each log share [log].

    Returns:
        Shares with the same sum [fraction].

    Source: multinomial logit; written so that no change gives back the very same shares: what is
    added up and what is scaled are rounded alike.
    """
    raw = once(share * jnp.exp(by))
    return once(raw * (add_up(share) / add_up(raw)))


def network_pull(
    share: Float[Array, " 7"], base: Float[Array, " 7"], network: Float[Array, " 7"]
) -> Float[Array, " 7"]:
    """Say what a currency gains because others hold it.

    kappa_k (f_k - f_bk),  f_k = s_k / (1 - s_gold)

    Arguments:
        share: shares [fraction].
        base: shares in the baseline [fraction].
        network: kappa, attraction per unit of share among currencies [log].

    Returns:
        Change of long-run log shares before they are made to add up [log].

    Source: network effects as in Eichengreen, Chitu and Mehl (2016), form an assumption; among
    currencies, so that a rise of the gold price is no loss of network.
    """
    return network * (share / (1.0 - share[GOLD]) - base / (1.0 - base[GOLD]))


def settle(
    base: Float[Array, " 7"],
    shift: Float[Array, " 7"],
    *,
    start: Float[Array, " 7"],
    network: Float[Array, " 7"],
) -> Float[Array, " 7"]:
    """Find where shares come to rest once nothing new happens.

    u <- (u + kappa (f - f_b)) / 2,  s ~ b exp(shift + u),  two hundred times over

    Arguments:
        base: shares of the baseline, from then on unchanged [fraction].
        shift: change of log shares that stays [log].
        start: taste u to begin with [log].
        network: kappa, attraction per unit of share among currencies [log].

    Returns:
        Shares at rest [fraction].

    Source: resting points of the model's own equation do not depend on its speed, so a faster
    one is taken.
    """

    def step(_: Int[Array, ""], taste: Float[Array, " 7"]) -> Float[Array, " 7"]:
        return 0.5 * (taste + network_pull(tilted(base, shift + taste), base, network))

    return tilted(base, shift + jax.lax.fori_loop(0, _SETTLING_STEPS, step, start))


def leads(share: Float[Array, " 7"]) -> Bool[Array, ""]:
    """Say whether the dollar is the largest of the single currencies.

    Arguments:
        share: shares [fraction].

    Returns:
        True while it is [flag].

    Source: definition; gold is no currency and other is a basket.
    """
    return share[USD] >= jnp.max(share[jnp.array(RIVALS)])


def critical_network(base: Float[Array, " 7"], networked: Float[Array, " 7"]) -> Float[Array, ""]:
    """Find how strong feedback must be for the smallest loss to feed on itself.

    1 / (largest eigenvalue of d f / d u over the currencies with a network)

    Arguments:
        base: shares of the baseline [fraction].
        networked: one for currencies with a network [flag].

    Returns:
        kappa at which the baseline ceases to heal [log].

    Source: linear algebra; d f_k / d u_j = f_k (1{j = k} - f_j).
    """
    among = base / (1.0 - base[GOLD])
    slope = jnp.diag(among) - among[:, None] * among[None, :]
    return 1.0 / jnp.linalg.eigvalsh(networked[:, None] * slope * networked[None, :])[-1]


def lasting_pull(
    base: Float[Array, " 7"], direction: Float[Array, " 7"], network: Float[Array, " 7"]
) -> Float[Array, ""]:
    """Find the weakest lasting pull under which the dollar ends up behind another currency.

    Arguments:
        base: shares of the baseline [fraction].
        direction: change of long-run log shares per unit of pull [log].
        network: kappa, attraction per unit of share among currencies [log].

    Returns:
        Multiple of the direction, infinite where none was found [log].

    Source: bisection on `settle`.
    """

    def holds(pull: Float[Array, ""]) -> Bool[Array, ""]:
        return leads(settle(base, pull * direction, start=jnp.zeros_like(base), network=network))

    return _least(holds, _STRONGEST)


def passing_pull(
    base: Float[Array, " 7"],
    direction: Float[Array, " 7"],
    *,
    years: int,
    persistence: Float[Array, ""],
    network: Float[Array, " 7"],
) -> Float[Array, ""]:
    """Find the weakest pull that, gone after some years, leaves the dollar behind for good.

    Arguments:
        base: shares of the baseline [fraction].
        direction: change of long-run log shares per unit of pull [log].
        years: how long it lasts [count].
        persistence: rho, weight of last year [fraction].
        network: kappa, attraction per unit of share among currencies [log].

    Returns:
        Multiple of the direction, infinite where none was found [log].

    Source: bisection; years by the equation of `reserve_paths`, then `settle`.
    """

    def holds(pull: Float[Array, ""]) -> Bool[Array, ""]:
        def year(_: Int[Array, ""], taste: Float[Array, " 7"]) -> Float[Array, " 7"]:
            following = network_pull(tilted(base, taste), base, network)
            return persistence * taste + (1.0 - persistence) * (pull * direction + following)

        taste = jax.lax.fori_loop(0, years, year, jnp.zeros_like(base))
        return leads(settle(base, jnp.zeros_like(base), start=taste, network=network))

    return _least(holds, _STRONGEST)


def moved_share(
    base: Float[Array, " 7"], into: int, network: Float[Array, " 7"]
) -> Float[Array, ""]:
    """Find how much of all reserves must leave the dollar for one currency, never to return.

    Arguments:
        base: shares of the baseline [fraction].
        into: where it goes [index].
        network: kappa, attraction per unit of share among currencies [log].

    Returns:
        Part of all reserves after which the dollar ends up behind that currency [fraction].

    Source: bisection on `settle`.
    """

    def holds(moved: Float[Array, ""]) -> Bool[Array, ""]:
        amounts = jnp.zeros_like(base).at[USD].set(-moved).at[into].set(moved)
        shift = jnp.log1p(amounts / base)
        return leads(settle(base, shift, start=jnp.zeros_like(base), network=network))

    return _least(holds, base[USD])


def _least(
    holds: Callable[[Float[Array, ""]], Bool[Array, ""]], most: Float[Array, ""] | float
) -> Float[Array, ""]:
    """Halve the way to where something ceases to hold."""

    def halve(
        _: Int[Array, ""], ends: tuple[Float[Array, ""], Float[Array, ""]]
    ) -> tuple[Float[Array, ""], Float[Array, ""]]:
        low, high = ends
        middle = 0.5 * (low + high)
        is_held = holds(middle)
        return jnp.where(is_held, middle, low), jnp.where(is_held, high, middle)

    begin = (jnp.asarray(0.0), jnp.asarray(most, dtype=jnp.float64))
    low, high = jax.lax.fori_loop(0, _HALVINGS, halve, begin)
    return jnp.where(high < most, 0.5 * (low + high), jnp.inf)
