"""Sobol indices against closed forms."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from selloff.studies.sensitivity.indices import Index, sobol

Array = NDArray[np.float64]
POINTS = 1024


def reckoned(f: Callable[[Array], Array], a: Array, b: Array) -> dict[str, tuple[Index, Index]]:
    swapped = {}
    for at in range(a.shape[1]):
        mixed = a.copy()
        mixed[:, at] = b[:, at]
        swapped[f"x{at}"] = f(mixed)
    return sobol(f(a), f(b), swapped, seed=1)


def within(index: Index, wanted: float) -> bool:
    """A band that holds 90% has the truth nearly always once it is doubled."""
    width = index.high - index.low + 1e-9
    return index.low - 0.5 * width <= wanted <= index.high + 0.5 * width


def test_ishigami() -> None:
    """S1 = 0.3139, 0.4424, 0; ST = 0.5576, 0.4424, 0.2437 at a = 7, b = 0.1 (Ishigami 1990)."""

    def f(x: Array) -> Array:
        return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    a, b = np.random.default_rng(0).uniform(-np.pi, np.pi, (2, POINTS, 3))
    found = reckoned(f, a, b)
    wanted = {"x0": (0.3139, 0.5576), "x1": (0.4424, 0.4424), "x2": (0.0, 0.2437)}
    for name, (first, total) in wanted.items():
        assert within(found[name][0], first), name
        assert within(found[name][1], total), name
        assert found[name][0].value == pytest.approx(first, abs=0.1)
        assert found[name][1].value == pytest.approx(total, abs=0.06)


def test_a_linear_model_has_the_squares_of_its_slopes() -> None:
    slopes = np.array([3.0, 2.0, 1.0, 0.0])
    a, b = np.random.default_rng(1).standard_normal((2, POINTS, 4))
    found = reckoned(lambda x: x @ slopes + 100.0, a, b)
    for index, wanted in zip(found.values(), slopes**2 / np.sum(slopes**2), strict=True):
        for one in index:
            assert within(one, wanted)
            assert one.value == pytest.approx(wanted, abs=0.08)
    # Nothing works together with anything: alone and in all are the same, and add up to one.
    assert sum(first.value for first, _ in found.values()) == pytest.approx(1.0, abs=0.1)
    assert sum(total.value for _, total in found.values()) == pytest.approx(1.0, abs=0.1)


def test_first_orders_add_up_to_less_than_one_where_inputs_work_together() -> None:
    a, b = np.random.default_rng(2).standard_normal((2, POINTS, 2))
    found = reckoned(lambda x: x[:, 0] * x[:, 1] + 0.1 * x[:, 0], a, b)
    assert sum(first.value for first, _ in found.values()) < 0.2
    assert sum(total.value for _, total in found.values()) > 1.5


def test_an_input_that_is_not_used_has_nothing() -> None:
    a, b = np.random.default_rng(3).standard_normal((2, 256, 2))
    _, unused = reckoned(lambda x: np.exp(x[:, 0]), a, b).values()
    assert [(each.low, each.value, each.high) for each in unused] == [(0.0, 0.0, 0.0)] * 2


def test_points_without_an_answer_are_left_out() -> None:
    a, b = np.random.default_rng(4).standard_normal((2, 1024, 2))
    slopes = np.array([1.0, 1.0])

    def f(x: Array) -> Array:
        return np.where(x[:, 0] > 3.0, np.nan, x @ slopes)

    for first, total in reckoned(f, a, b).values():
        assert first.value == pytest.approx(0.5, abs=0.12)
        assert total.value == pytest.approx(0.5, abs=0.12)


def test_what_never_moves_has_no_indices() -> None:
    found = sobol(np.ones(8), np.ones(8), {"x": np.ones(8)}, seed=0)
    assert found == {"x": (Index(0.0, 0.0, 0.0), Index(0.0, 0.0, 0.0))}
