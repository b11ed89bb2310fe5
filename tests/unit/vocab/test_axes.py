"""Axes have names, and prices lie where the layout says."""

import pytest

from selloff.vocab import AXES, BUCKETS, FOREIGN, PRICES, TENORS, Axis


def test_a_label_is_found_and_a_stranger_is_not() -> None:
    assert TENORS[TENORS.at("10Y")] == "10Y"
    with pytest.raises(ValueError, match="not in"):
        TENORS.at("11Y")


def test_an_axis_is_the_tuple_of_its_labels() -> None:
    assert Axis("a", "b") == ("a", "b")


def test_no_two_axes_have_the_same_labels() -> None:
    assert len({frozenset(axis) for axis in AXES}) == len(AXES)


def test_prices_are_laid_out_without_gap_or_overlap() -> None:
    axes = (TENORS, BUCKETS, FOREIGN, FOREIGN)
    places = [range(PRICES.size)[part] for part in PRICES]
    assert [len(part) for part in places] == [len(axis) for axis in axes]
    assert [place for part in places for place in part] == list(range(PRICES.size))
