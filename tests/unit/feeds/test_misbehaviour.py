"""Whatever a host does: a clear message, and the last vintage untouched."""

import hashlib
import re
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from papers import ROOT
from selloff import data
from selloff.apps.cli._app import answer
from selloff.feeds import (
    Feed,
    Harvester,
    Network,
    RawFolder,
    UpdateReport,
    asking,
    feeds,
    raw,
    update,
)
from selloff.vocab.errors import FeedError
from selloff.vocab.files import user_data_folder
from unfriendly import Handler, Host, unfriendly

FILE = (Path(__file__).parent / "files" / "WMTSECL1.csv").read_bytes()
MOMENT = datetime(2026, 9, 4, 12, tzinfo=UTC)
TABLE = "fed_custody_weekly"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with unfriendly(FILE) as found:
        yield found


class Waits:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def clock(self) -> float:
        return sum(self.slept)


class Hurries(Waits):
    """A clock on which ten minutes pass between two looks."""

    def clock(self) -> float:
        self.sleep(600.0)
        return super().clock()


def custody(url: str) -> Feed:
    (fred,) = feeds(("fred_h41",))
    one = next(each for each in fred.documents(MOMENT.date()) if each.name == "WMTSECL1.csv")
    return replace(fred, documents=lambda _: (replace(one, url=url),))


def fetch(url: str, waits: Waits | None = None) -> UpdateReport:
    waits = waits or Waits()
    archive = RawFolder(user_data_folder() / "raw")
    network = Network(archive=archive, moment=MOMENT, sleep=waits.sleep, clock=waits.clock)
    return update([custody(url)], Harvester(place=network, archive=archive, moment=MOMENT))


def tree(folder: Path) -> dict[str, str]:
    files = [each for each in folder.rglob("*") if each.is_file() and "raw" not in each.parts]
    return {str(each): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def older(content: bytes) -> bytes:
    """The file before one of its numbers was revised."""
    assert b"2586171" in content
    return content.replace(b"2586171", b"2586000")


MESSAGES = {
    "silent": "no answer; allowed: one within",
    "elsewhere": "a redirect to http://localhost:9; allowed: 127.0.0.1",
    "nowhere": "a redirect to no address",
    "circle": "redirects in a circle",
    "busy-long": "429, wait 86400 seconds; allowed: up to 120 seconds",
    "broken": "got 500; allowed: 200. The host is busy or broken, after 3 tries",
    "gone": "got 404; allowed: 200. The file is not there any more",
    "packed-short": "gzip without its end",
    "packed-wrong": "damaged gzip",
    "packed-huge": "a larger file; allowed: at most 1 MB",
    "brotli": "br; allowed: gzip, or none",
    "page": "a web page; allowed: a table of numbers",
    "nothing": "content: got nothing",
    "short": "an answer that breaks off",
    "cut": "an end in mid-line",
    "huge": "a larger file; allowed: at most 1 MB",
    "utf16": "a byte that is not utf-8",
    "header": "header: got date,WMTSECL1; allowed: 'observation_date,WMTSECL1'",
    "other": "header: got observation_date,WMTSECL;",
    "thousandfold": "1e+03 times what was kept",
    "stopped": "last number: got 2026-08-12, out since 2026-08-13",
    "words": "line 13: got about 2601241; allowed: a number",
}


@pytest.mark.parametrize("path", MESSAGES)
def test_a_host_that_misbehaves_is_told_and_changes_nothing(
    host: Host, home: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (home / "vintages").mkdir(parents=True)
    (home / "vintages" / "kept.txt").write_text("as it was")
    monkeypatch.setattr(asking, "SIZE_LIMIT", 1_000_000)
    monkeypatch.setattr(asking, "TIMEOUT", 0.2 if path == "silent" else 60.0)
    before = tree(home)
    with pytest.raises(FeedError) as caught:
        fetch(f"{host.url}/{path}?api_key=hush")
    message = str(caught.value)
    assert message.startswith("fred"), message
    assert MESSAGES[path] in message
    assert "Traceback" not in message
    assert "hush" not in message
    assert tree(home) == before
    assert caught.value.exit_code == 6


def test_a_file_that_trickles_is_told(host: Host) -> None:
    with pytest.raises(FeedError, match="a file that trickles; allowed: the whole file within 300"):
        fetch(f"{host.url}/good", Hurries())


def test_a_dead_host_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(FeedError, match=r"no connection.*read a folder of files with --from"):
            fetch(f"http://127.0.0.1:{port}/good")


@pytest.mark.parametrize("path", ["good", "moved", "packed", "mark"])
def test_a_host_that_behaves_gives_a_vintage(host: Host, home: Path, path: str) -> None:
    host.content = older(FILE)
    try:
        report = fetch(f"{host.url}/{path}")
    finally:
        host.content = FILE
    assert report.written.vintage == "2026-09-04"
    assert report.passed[0].n_revised == 1
    table = data.table(TABLE, data.snapshot_of(report.written.vintage)).set_index("date")
    assert table.loc["2026-08-19", "usd_bn"] == 2586.0
    assert table.loc["2026-09-02", "usd_bn"] == 2601.241
    assert len(table) == len(data.table(TABLE))
    assert (home / "raw" / report.passed[0].harvest.prints[0].sha256).read_bytes()


@pytest.mark.parametrize(
    ("path", "waited"), [("busy-once", 7.0), ("busy-until", 11.0), ("broken", None)]
)
def test_waits_are_as_asked_and_requests_are_apart(
    host: Host, path: str, waited: float | None
) -> None:
    host.asked.clear()
    waits = Waits()
    if waited is None:
        with pytest.raises(FeedError):
            fetch(f"{host.url}/{path}", waits)
        assert waits.slept == [5.0, 10.0]
        assert host.times(f"/{path}") == 3
    else:
        fetch(f"{host.url}/{path}", waits)
        assert waits.slept == [waited]


def test_one_host_is_asked_once_in_a_second_or_more(host: Host) -> None:
    waits = Waits()
    fetch(f"{host.url}/moved", waits)
    assert waits.slept == [pytest.approx(1.2)]


def test_the_project_names_itself_and_no_key_is_kept(host: Host, home: Path) -> None:
    host.asked.clear()
    fetch(f"{host.url}/good?id=WMTSECL1&api_key=hush")
    (_, headers) = host.asked[0]
    assert headers["User-Agent"].startswith("selloff/")
    index = (home / "raw" / raw.INDEX).read_text()
    assert "hush" not in index
    assert "id=WMTSECL1&api_key=..." in index
    assert '"etag": "\\"one\\""' in index


def test_what_has_not_changed_is_not_sent_again(host: Host) -> None:
    host.asked.clear()
    first = fetch(f"{host.url}/tagged")
    again = fetch(f"{host.url}/tagged")
    assert host.asked[1][1]["If-None-Match"] == '"one"'
    assert first.passed[0].harvest.prints[0].sha256 == again.passed[0].harvest.prints[0].sha256
    assert not again.passed[0].n_new


def test_bytes_that_rotted_are_fetched_again(host: Host, home: Path) -> None:
    fetch(f"{host.url}/tagged")
    for file in (home / "raw").glob("[0-9a-f]*"):
        file.write_bytes(b"rotten")
    host.asked.clear()
    fetch(f"{host.url}/tagged")
    assert "If-None-Match" not in host.asked[0][1]


def test_a_refused_file_is_kept_and_asked_for_anew(host: Host, home: Path) -> None:
    host.content = FILE.replace(b"observation_date", b"date")
    host.asked.clear()
    try:
        for _ in range(2):
            with pytest.raises(FeedError, match="header"):
                fetch(f"{host.url}/tagged")
    finally:
        host.content = FILE
    assert "If-None-Match" not in host.asked[1][1]
    assert len(list((home / "raw").glob("[0-9a-f]*"))) == 1


def test_without_httpx_the_remedy_is_named_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    assert answer(["update", "--dry-run"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("Asking for ")
    assert "selloff: 1 problem" in err
    assert "pip install 'selloff[data]', or read a folder" in err


def test_the_papers_say_every_message() -> None:
    text = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
    for path, message in MESSAGES.items():
        words = max(re.findall(r"[A-Za-z ,]+", message), key=len).strip()
        assert words in text, path


def test_each_way_to_misbehave_is_tried() -> None:
    ways = {
        name.removeprefix("serve_").replace("_", "-") for name in vars(Handler) if "serve_" in name
    }
    tried = {*MESSAGES, "good", "moved", "packed", "mark", "busy-once", "busy-until", "tagged"}
    assert ways == tried
