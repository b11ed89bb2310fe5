"""Where shares come to rest, and the least that dethrones the dollar, against closed forms."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.reserves.tipping import (
    EUR,
    GOLD,
    USD,
    critical_network,
    lasting_pull,
    leads,
    moved_share,
    network_pull,
    passing_pull,
    settle,
    tilted,
)

BASE = jnp.array([0.41, 0.15, 0.04, 0.03, 0.01, 0.28, 0.08])
NETWORKED = jnp.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
AWAY = jnp.zeros(7).at[USD].set(-1.0)
CALM = jnp.zeros(7)
weakest = jax.jit(lambda kappa: lasting_pull(BASE, AWAY, kappa * NETWORKED))
moving = jax.jit(lambda kappa: moved_share(BASE, EUR, kappa * NETWORKED))
resting = jax.jit(
    lambda shift, start, kappa: settle(BASE, shift, start=start, network=kappa * NETWORKED)
)


def passing(kappa: float, years: int, persistence: float = 0.93) -> float:
    return float(
        passing_pull(
            BASE,
            AWAY,
            years=years,
            persistence=jnp.asarray(persistence),
            network=kappa * NETWORKED,
        )
    )


def test_tilting_by_nothing_or_by_the_same_changes_nothing() -> None:
    np.testing.assert_array_equal(tilted(BASE, CALM), BASE)
    np.testing.assert_allclose(tilted(BASE, jnp.full(7, 0.7)), BASE, rtol=1e-15)


def test_log_ratios_move_by_the_tilt() -> None:
    by = jnp.array([0.3, -0.1, 0.2, 0.0, 1.0, -0.4, 0.05])
    ratio = np.log(np.asarray(tilted(BASE, by) / BASE))
    np.testing.assert_allclose(ratio - ratio[0], np.asarray(by) - 0.3, atol=1e-14)
    assert float(tilted(BASE, by).sum()) == pytest.approx(1.0)


def test_the_network_sees_shares_among_currencies() -> None:
    """More gold at the expense of all alike pulls nobody."""
    more_gold = tilted(BASE, CALM.at[GOLD].set(0.5))
    np.testing.assert_allclose(network_pull(more_gold, BASE, NETWORKED), 0.0, atol=1e-15)
    pulled = np.asarray(network_pull(tilted(BASE, CALM.at[USD].set(0.2)), BASE, 2.0 * NETWORKED))
    assert pulled[USD] > 0.0 > pulled[EUR]
    assert pulled[GOLD] == 0.0


def test_the_baseline_is_at_rest() -> None:
    np.testing.assert_allclose(resting(CALM, CALM, 2.0), BASE, rtol=1e-14)


@pytest.mark.parametrize("kappa", [0.0, 1.0, 2.0, 2.8])
def test_rest_solves_the_equation(kappa: float) -> None:
    """u = kappa (f(u) - f_b) once at rest."""
    shift = CALM.at[USD].set(-0.1).at[EUR].set(0.05)
    end = resting(shift, CALM, kappa)
    taste = np.log(np.asarray(end / BASE)) - np.asarray(shift)
    wanted = np.asarray(network_pull(end, BASE, kappa * NETWORKED))
    np.testing.assert_allclose(taste - taste[GOLD], wanted - wanted[GOLD], atol=1e-8)


def test_leading_is_over_single_currencies() -> None:
    assert leads(BASE)
    assert leads(jnp.array([0.2, 0.15, 0.04, 0.03, 0.01, 0.37, 0.2]))
    assert not leads(jnp.array([0.2, 0.21, 0.04, 0.03, 0.01, 0.31, 0.2]))


def test_without_feedback_the_euro_overtakes_at_the_log_ratio() -> None:
    assert float(weakest(0.0)) == pytest.approx(np.log(0.41 / 0.15), rel=1e-9)
    assert float(moving(0.0)) == pytest.approx(0.5 * (0.41 - 0.15), rel=1e-9)


def test_feedback_lowers_the_bar() -> None:
    pulls = [float(weakest(kappa)) for kappa in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)]
    parts = [float(moving(kappa)) for kappa in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)]
    assert (np.diff(pulls) < 0.0).all()
    assert (np.diff(parts) < 0.0).all()


def test_the_critical_strength_of_two_currencies_and_of_one() -> None:
    """Two: 1 / (2 f (1 - f)); one that alone has a network: 1 / (f (1 - f))."""
    two = jnp.array([0.42, 0.28, 0.0, 0.0, 0.0, 0.3, 0.0])
    both = jnp.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert float(critical_network(two, both)) == pytest.approx(1.0 / (2.0 * 0.6 * 0.4))
    alone = jnp.zeros(7).at[USD].set(1.0)
    assert float(critical_network(two, alone)) == pytest.approx(1.0 / (0.6 * 0.4))


@pytest.mark.parametrize(("ratio", "heals"), [(0.97, True), (1.03, False)])
def test_below_the_critical_strength_a_small_loss_heals_and_above_it_grows(
    ratio: float, *, heals: bool
) -> None:
    kappa = ratio * float(critical_network(BASE, NETWORKED))
    start = CALM.at[USD].set(-1e-6)
    end = resting(CALM, start, kappa)
    loss = float(jnp.log(end[USD] / end[EUR]) - jnp.log(BASE[USD] / BASE[EUR]))
    assert loss < 0.0
    assert (abs(loss) < 1e-6) == heals


def test_what_passes_heals_where_feedback_is_weak_and_not_where_it_is_strong() -> None:
    assert passing(1.0, 30) == np.inf
    strong = 0.99 * float(critical_network(BASE, NETWORKED))
    once = passing(strong, 10)
    longer = passing(strong, 30)
    assert 0.0 < longer < once < 5.0
    assert once > float(weakest(strong))


def test_a_search_that_finds_nothing_says_so() -> None:
    """A pull away from gold never puts the euro ahead."""
    gold = CALM.at[GOLD].set(-1.0)
    assert float(lasting_pull(BASE, gold, NETWORKED)) == np.inf
