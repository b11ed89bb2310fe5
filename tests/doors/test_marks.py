"""A test of many small cases fails with all that are wrong, and is no test without a case."""

import pytest

from marks import every


def test_all_that_fail_are_told_and_none_that_holds() -> None:
    @every([1, 2, 3, 4], lambda n: f"number {n}")
    def check(n: int) -> None:
        """Even."""
        assert n % 2 == 0, "odd"

    assert (check.__name__, check.__doc__) == ("check", "Even.")
    with pytest.raises(AssertionError, match=r"(?s)2 of 4 cases\nnumber 1: odd.*\nnumber 3: odd"):
        check()


def test_no_case_at_all_is_refused() -> None:
    with pytest.raises(AssertionError, match="no case to check"):
        every([])
