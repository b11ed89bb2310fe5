"""Verdicts come by rule."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from selloff.studies.essay.claims import rules
from selloff.studies.essay.verdicts import (
    is_close,
    of_chance,
    opposed,
    possible,
    together,
)


def test_thresholds_decide() -> None:
    likely, even, unlikely = (rules()[name].value for name in ("likely", "even", "unlikely"))
    assert 0.0 < unlikely < even < likely < 1.0
    for chance, will, may in (
        (0.0, "unsupported", "unsupported"),
        (unlikely, "unsupported", "unsupported"),
        (unlikely + 1e-9, "contested", "contested"),
        (even, "contested", "supported"),
        (likely - 1e-9, "contested", "supported"),
        (likely, "supported", "supported"),
        (1.0, "supported", "supported"),
    ):
        assert of_chance(chance, is_possibility=False) == will
        assert of_chance(chance, is_possibility=True) == may


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.booleans())
def test_a_higher_chance_never_makes_a_worse_verdict(one: float, two: float, may: bool) -> None:
    order = ["unsupported", "contested", "supported"]
    low, high = sorted((one, two))
    worse, better = (order.index(of_chance(x, is_possibility=may)) for x in (low, high))
    assert worse <= better


def test_verdicts_are_joined() -> None:
    assert together(["supported"]) == "supported"
    assert together(["unsupported", "unsupported"]) == "unsupported"
    assert together(["supported", "unsupported"]) == "contested"
    assert together(["supported", "contested"]) == "contested"
    assert together(["supported", "out of date"]) == "out of date"
    assert together(["out of date", "inconsistent", "supported"]) == "inconsistent"


def test_other_seeds_could_say_what_lies_within_two_standard_errors() -> None:
    flags = np.repeat([1.0, 0.0], [66, 34])
    error = 2.0 * np.sqrt(0.66 * 0.34 / 100)
    either = {"contested", "supported"}
    assert possible(0.66, flags, is_possibility=False) == either
    assert possible(0.66 + 0.99 * error, flags, is_possibility=False) == either
    assert possible(0.66 + 1.01 * error, flags, is_possibility=False) == {"supported"}
    assert possible(0.66, flags, is_possibility=True) == {"supported"}
    assert possible(1.0, np.ones(100), is_possibility=False) == {"supported"}


def test_a_joint_verdict_is_close_only_where_it_could_change() -> None:
    either = {"contested", "supported"}
    assert is_close("supported", [either])
    assert is_close("contested", [{"supported"}, either])
    # Another scenario disagrees whatever the first one says.
    assert not is_close("contested", [{"unsupported"}, either])
    assert not is_close("supported", [{"supported"}, {"supported"}])


def test_links_that_each_happen_and_never_together_are_opposed() -> None:
    yes, no = np.ones(100, dtype=bool), np.zeros(100, dtype=bool)
    half = np.arange(100) < 50
    # The second happens elsewhere only, where the first does not.
    assert opposed([[yes, no], [no, yes]]) == (0, 1)
    assert opposed([[half], [half], [~half]]) == (0, 2)
    # What never happens anywhere opposes nothing; what happens together neither.
    assert opposed([[yes], [no]]) is None
    assert opposed([[yes, no], [half, yes]]) is None
    # One draw in ten together is still very unlikely, more is not.
    assert opposed([[yes], [np.arange(100) < 11]]) is None
    assert opposed([[half], [np.arange(100) >= 45]]) == (0, 1)
    assert opposed([[half], [np.arange(100) >= 44]]) is None
