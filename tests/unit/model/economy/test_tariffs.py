"""Tariffs reach trade, prices and output on both sides."""

from types import SimpleNamespace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.model.economy.tariffs import TariffRules, TariffWorld, tariff_paths
from twin import tariffs_numpy as twin

RULES = {
    "rate": 0.14,
    "store": 0.6,
    "output": 0.8,
    "customs": 0.5,
    "trade": 2.7,
    "kept": 0.6,
    "speed": 2.8,
}
WORLD = {"imports": [0.015, 0.005], "japan": [0.0, 0.035]}
STRUCK = np.array([[0.0, 0.0], [0.0, 0.5], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
working = jax.jit(tariff_paths)


def paths(struck: np.ndarray) -> np.ndarray:
    world = TariffWorld(**{name: jnp.asarray(value) for name, value in WORLD.items()})
    rules = TariffRules(**{name: jnp.asarray(value) for name, value in RULES.items()})
    found = working(jnp.asarray(struck), world, rules)
    names = ("us_gdp", "us_prices", "us_customs", "japan_exports", "japan_gdp")
    return np.stack([np.asarray(getattr(found, name)) for name in names], axis=1)


def test_paths_equal_the_twin() -> None:
    world, rules = SimpleNamespace(**WORLD), SimpleNamespace(**RULES)
    np.testing.assert_allclose(paths(STRUCK), twin.paths(STRUCK, world, rules), rtol=1e-12)


def test_nobody_struck_and_nothing_moves() -> None:
    assert np.all(paths(0.0 * STRUCK) == 0.0)


def test_both_sides_lose_output_and_america_pays_the_bill() -> None:
    gdp, prices, customs, exports, japan = paths(np.ones((40, 2)))[-1]
    assert gdp == pytest.approx(-0.8 * 0.14 * 0.02, rel=1e-6)
    assert prices == pytest.approx(0.6 * 0.14 * 0.02, rel=1e-6)
    assert customs == pytest.approx(0.5 * 0.14 * 0.02, rel=1e-6)
    assert exports == pytest.approx(-0.035 * (1.0 - np.exp(-0.378)), rel=1e-6)
    assert japan == pytest.approx(0.6 * exports)


def test_struck_draws_alone_carry_tariffs() -> None:
    struck = np.asarray(questions.answer("hostile").reported["struck"])[:, -1]
    assert struck.any()
    assert not struck.all()
    world = questions.economy("hostile").setting.tariffs
    assert np.all(np.asarray(world.imports) > 0.0)
    assert np.count_nonzero(np.asarray(world.japan)) == 1
