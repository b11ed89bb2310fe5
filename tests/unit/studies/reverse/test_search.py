"""The search: first crossing from mild to harsh, kinks seen and said."""

from collections.abc import Callable, Sequence

import pytest

from selloff.studies.reverse.asking import Point, Tried
from selloff.studies.reverse.search import Searched, search

N = 1000


def looked(
    chance: Callable[[float], float], *, wanted: float = 0.5, near: float = 0.01
) -> Searched:
    def ask(points: Sequence[Point]) -> list[Tried]:
        return [Tried(x, None, round(N * chance(x)), N) for x, _ in points]

    def between(mild: Point, harsh: Point) -> Point | None:
        if harsh[0] - mild[0] <= near:
            return None
        return (mild[0] + harsh[0]) / 2, None

    return search(ask, [(float(at), None) for at in range(9)], between, wanted=wanted)


@pytest.mark.parametrize("crossing", [0.003, 1.0, 3.7, 7.999])
def test_a_chance_that_rises_is_crossed_where_it_is(crossing: float) -> None:
    found = looked(lambda x: 1.0 if x >= crossing else 0.4 * x / 8.0)
    assert found.found is not None
    assert crossing <= found.found.sale_usd_bn <= crossing + 0.01
    assert found.falls == ()
    amounts = [each.sale_usd_bn for each in found.tried]
    assert amounts == sorted(amounts)


def test_what_holds_without_a_sale_needs_none() -> None:
    found = looked(lambda _: 1.0)
    assert found.found is not None
    assert found.found.sale_usd_bn == 0.0
    assert len(found.tried) == 9


def test_nothing_found_gives_the_largest_chance_and_where() -> None:
    found = looked(lambda x: 0.03 * x)
    assert found.found is None
    assert (found.best.sale_usd_bn, found.best.chance) == (8.0, 0.24)


def test_a_hump_between_the_points_of_the_grid_is_found_and_the_fall_is_said() -> None:
    """Coarse points reach 0.45 only; the hump between two of them reaches more."""

    def hump(x: float) -> float:
        return max(0.0, 0.6 - 0.3 * abs(x - 3.5))

    found = looked(hump)
    assert found.found is not None
    assert found.found.sale_usd_bn == pytest.approx(3.5 - 1 / 3, abs=0.011)
    assert [(mild.sale_usd_bn, harsh.sale_usd_bn) for mild, harsh in found.falls] == [
        (4.0, 5.0),
        (5.0, 6.0),
    ]


def test_an_early_hump_is_not_missed_where_the_chance_falls_again() -> None:
    """From 7 on it comes surely; a hump about 1.5 comes first, and a fall shows that to look."""
    found = looked(lambda x: 1.0 if x >= 7 else max(0.0, 0.7 - 0.6 * abs(x - 1.5)))
    assert found.found is not None
    assert found.found.sale_usd_bn == pytest.approx(1.5 - 1 / 3, abs=0.011)


def test_a_fall_within_the_slack_is_none() -> None:
    assert looked(lambda x: 0.3 + 0.001 * (x % 2)).falls == ()


def test_a_single_draw_is_no_fall() -> None:
    def ask(points: Sequence[Point]) -> list[Tried]:
        return [Tried(x, None, 3 - int(x) % 2, 10) for x, _ in points]

    grid: list[Point] = [(0.0, None), (1.0, None), (2.0, None)]
    assert search(ask, grid, lambda *_: None, wanted=0.5).falls == ()
