"""docs/room.md says what the room does."""

import re
from pathlib import Path

from selloff.apps.cli.serve import PORT
from selloff.apps.room import _questions, _server
from selloff.apps.room._api import WAYS
from selloff.apps.room._controls import controls
from selloff.apps.room._settings import RoomSettings

TEXT = (Path(__file__).parents[4] / "docs" / "room.md").read_text(encoding="utf-8")
NUMBER = re.compile(r"\d[\d,]*")
ROWS = dict(re.findall(r"^\| ([^|`]+) \| ([^|]+) \|$", TEXT, re.MULTILINE))


def test_every_control_and_its_default_stand_there() -> None:
    table = TEXT[TEXT.index("| key |") : TEXT.index("In JSON a question")]
    for name, control in controls().items():
        rows = [line.split("|") for line in table.splitlines() if line]
        (row,) = (row for row in rows if f"`{name}`" in row[1])
        assert not control.default or control.default in row[3], name


def test_every_address_stands_there() -> None:
    for way in WAYS:
        path = way.path.replace("{result}", "ID").replace("{study}", "ID")
        assert path in TEXT, path


def test_limits_are_those_of_the_server() -> None:
    held = RoomSettings(port=PORT)
    numbers = {
        key: [float(one.replace(",", "")) for one in NUMBER.findall(row)]
        for key, row in ROWS.items()
    }
    assert numbers["body, frame"] == [
        held.most_body, held.body_seconds, _server.HEAD_SECONDS, _server.MOST_HEAD // 1024,
    ]  # fmt: skip
    assert numbers["requests of a client"] == [
        held.per_second, held.burst, held.asks_per_second, held.asks_burst,
    ]  # fmt: skip
    assert numbers["pages"] == [held.most_clients, held.most_pages]
    assert numbers["waiting for the engine"] == [held.most_waiting, held.most_each]
    assert numbers["questions"] == [_questions.MOST_SELLERS, _questions.MOST_YEARS]
    assert numbers["answers kept"] == [held.most_kept / 1e6]
    assert numbers["a page that does not read"] == [held.send_seconds]
    assert f"{held.draft_draws} draws and the first view" in TEXT
    assert f"{held.full_draws:,} draws, all" in TEXT
    assert f":{PORT}/?token=" in TEXT
