"""One room for the tests of a file, with an engine that answers at once."""

from collections.abc import Iterator

import httpx
import pytest

from selloff.apps.room import _rates
from served import Clock, Served, Stub, served


@pytest.fixture(scope="module")
def stub() -> Stub:
    return Stub()


@pytest.fixture(scope="module")
def room(stub: Stub) -> Iterator[Served]:
    with served(stub) as found:
        found.until_ready()
        yield found


@pytest.fixture
def page(room: Served) -> Iterator[httpx.Client]:
    with room.page() as found:
        yield found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """By which clients are slowed down."""
    found = Clock()
    monkeypatch.setattr(_rates, "time", found)
    return found
