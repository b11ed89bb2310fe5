"""Cases of a test: many small ones in one test, quick ones, slow ones and nightly ones."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

Check = Callable[..., None]


def slow_but(quick: Iterable[str], cases: Iterable[Any]) -> list[Any]:
    """All cases; those that are not quick are marked."""
    cases, quick = list(cases), set(quick)
    assert quick <= set(map(str, cases))
    slow = pytest.mark.slow
    return [case if str(case) in quick else pytest.param(case, marks=slow) for case in cases]


def nightly_but(some: Iterable[Any], every: Iterable[Any]) -> list[Any]:
    """All cases, of which every `make test-all` runs some."""
    kept = set(some)
    mark = pytest.mark.nightly
    return [each if each in kept else pytest.param(each, marks=mark) for each in every]


def every(cases: Iterable[Any], name: Callable[[Any], str] = str) -> Callable[[Check], Check]:
    """Have one test check many small cases, which as tests of their own would cost more than they
    check; it tells all that fail."""
    cases = list(cases)
    assert cases, "no case to check"

    def whole(check: Check) -> Check:
        def test() -> None:
            wrong = []
            for case in cases:
                try:
                    check(case)
                except AssertionError as error:
                    wrong.append(f"{name(case)}: {error}")
            assert not wrong, "\n".join([f"{len(wrong)} of {len(cases)} cases", *wrong])

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return whole
