"""Conditions are read and asked of every draw."""

import numpy as np
import pytest

from selloff.evidence import parameters
from selloff.studies.essay.conditions import Condition, Term, read_condition


def test_a_condition_is_read() -> None:
    least = parameters()["claim_pct"].p50
    assert read_condition("a >= 50") == Condition((Term("a", ">=", 50.0),))
    assert read_condition("a <= -claim_pct").terms[0].bound == -least
    both = read_condition("never a > 1 and b < claim_pct")
    assert both == Condition((Term("a", ">", 1.0), Term("b", "<", least)), is_never=True)
    assert both.quantities == ("a", "b")
    for wrong in ("a 50", "a = 50", "a >= much", ""):
        with pytest.raises(ValueError, match=r"cannot read|could not convert"):
            read_condition(wrong)


def test_a_condition_is_asked_of_every_draw() -> None:
    values = {"a": np.array([0.0, 1.0, 2.0]), "b": np.array([5.0, 5.0, 0.0])}
    for text, wanted_ in (
        ("a >= 1", [False, True, True]),
        ("a > 1", [False, False, True]),
        ("a <= 1 and b >= 5", [True, True, False]),
        ("never a >= 1 and b >= 5", [True, False, True]),
        ("a < 0", [False, False, False]),
    ):
        assert read_condition(text).holds(values.__getitem__).tolist() == wanted_
