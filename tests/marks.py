"""Cases of an oracle: a few that every `make test` runs, and the slow ones for `make test-all`."""

from collections.abc import Iterable
from typing import Any

import pytest


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
