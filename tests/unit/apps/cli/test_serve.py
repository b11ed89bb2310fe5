"""`selloff serve`."""

import sys
from typing import Any

import pytest

from selloff.apps import room
from selloff.apps.cli._app import answer
from selloff.apps.room._server import listen_on
from selloff.vocab import OutputError


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(room, "serve_room", found.append, raising=False)
    return found


def test_it_is_for_this_machine_alone_unless_told_otherwise(started: list[Any]) -> None:
    assert answer(["serve", "--no-browser"]) == 0
    (start,) = started
    assert (start.host, start.port, start.origins) == ("127.0.0.1", 8765, [])
    assert (start.is_open, start.has_browser, start.is_quiet) == (False, False, False)


def test_a_proxy_is_named_by_its_address(started: list[Any]) -> None:
    asked = ["--origin", "https://room.example.org/x", "--public", "--port", "0", "--quiet"]
    assert answer(["serve", *asked]) == 0
    (start,) = started
    assert start.origins == ["https://room.example.org"]
    assert (start.is_open, start.port, start.is_quiet) == (True, 0, True)


@pytest.mark.parametrize("origin", ["room.example.org", "ftp://x", "https://"])
def test_what_is_no_address_is_refused(
    origin: str, started: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["serve", "--origin", origin]) == 2
    assert "--origin: got" in capsys.readouterr().err
    assert started == []


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("_server", "_app"):
        monkeypatch.delitem(sys.modules, f"selloff.apps.room.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert answer(["serve"]) == 2
    assert "pip install 'selloff[web]'" in capsys.readouterr().err


def test_a_taken_port_is_said_in_words() -> None:
    with listen_on("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=f"{port}: cannot be listened on .* --port"):
            listen_on("127.0.0.1", port)
