"""Who may come in, from where, with how much: the list of what must not get through."""

import os
import socket as sockets
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from selloff.apps.room import _server
from selloff.apps.room._keys import Keys, lasting_secret
from selloff.apps.room._rates import Rates
from selloff.apps.room._settings import RoomSettings
from served import BEARER, Clock, Served, Stub, served


def test_the_start_address_is_exchanged_once(room: Served) -> None:
    token = room.keys.new_token()
    with room.client() as browser:
        assert browser.get("/").status_code == 401
        first = browser.get("/", params={"token": token, "who": "chn", "into": "jpy:40,eur:60"})
        assert (first.status_code, first.headers["location"]) == (
            303,
            "./?who=chn&into=jpy:40,eur:60",
        )
        cookie = first.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert browser.get("/api/vintages").status_code == 200
        again = browser.get("/", params={"token": "whatever"})
        assert (again.status_code, again.headers["location"]) == (303, "./")
        assert "set-cookie" not in again.headers
    with room.client() as other:
        assert other.get("/", params={"token": token}).status_code == 401


def test_without_a_key_nothing_but_health_is_told(room: Served) -> None:
    with room.client(Origin=room.origin) as stranger:
        for path in (
            "/",
            "/api/schema",
            "/api/openapi.json",
            "/static/page.js",
            "/charts/index.js",
        ):
            assert stranger.get(path).status_code == 401, path
        assert stranger.post("/api/run", json={}).status_code == 401
        assert stranger.get("/healthz").status_code == 200
        assert "selloff_room_requests_total" in stranger.get("/metrics").text
    for cookie in ("", "nobody.0", f"{room.settings.cookie}=a.b", f"{room.settings.cookie}=é.é"):
        with pytest.raises(InvalidStatus) as refused:
            room.socket(cookie=cookie)
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
def test_a_page_of_another_origin_is_refused(room: Served, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        room.socket(origin=origin)
    assert refused.value.response.status_code == 403
    headers = {"Origin": origin} if origin else {}
    with room.client(Cookie=room.cookie(), **headers) as page:
        found = page.post("/api/run", json={"question": {}})
    assert found.status_code == 403
    assert found.json()["problems"][0]["where"] == "Origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_of_the_server_is_refused(room: Served, host: str) -> None:
    with room.client(Host=host, Cookie=room.cookie()) as page:
        assert page.get("/healthz").status_code in (400, 421)


def test_programs_bring_a_bearer(room: Served) -> None:
    with room.client(Authorization=f"Bearer {BEARER}") as program:
        assert program.post("/api/run", json={"question": {"usd": 9}}).status_code == 200
    for wrong in ("Bearer x", "Basic x", "Bearer", f"Basic {BEARER}"):
        with room.client(Authorization=wrong) as program:
            assert program.get("/api/schema").status_code == 401, wrong
    assert not Keys(b"", bearer="").is_program("Bearer ")


def test_answers_carry_the_headers_of_safety(page: httpx.Client) -> None:
    for path in ("/charts/index.js", "/api/vintages", "/nope", "/healthz"):
        headers = page.get(path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_files_are_those_listed_at_the_start(page: httpx.Client) -> None:
    found = page.get("/charts/index.js")
    assert found.headers["content-type"].startswith("text/javascript")
    again = page.get("/charts/index.js", headers={"If-None-Match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert page.get("/charts/kinds/fan.js").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/charts/../__init__.py", "/charts/%2e%2e/__init__.py", "/charts/..%2f__init__.py",
        "/charts/kinds", "/charts/", "/charts//etc/passwd", "/static/..%5c..%5c_app.py",
        "/static/%00", "/charts/vendor/README.md", "//charts/index.js", "/charts/index.js%00",
        "/api/result/..%2f..%2fetc%2fpasswd", "/api/result/",
    ],
)  # fmt: skip
def test_tricks_with_paths_lead_nowhere(room: Served, path: str) -> None:
    """By hand, since a client would tidy the path up."""
    lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{room.settings.port}")
    found = raw(room, *lines, f"Cookie: {room.cookie()}")
    assert found.startswith(b"HTTP/1.1 404"), found[:80]


def raw(room: Served, *lines: str) -> bytes:
    with sockets.create_connection(("127.0.0.1", room.settings.port), timeout=20) as line:
        line.sendall("\r\n".join((*lines, "Connection: close", "", "")).encode())
        parts = []
        while part := line.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def test_odd_requests_are_refused_and_the_room_lives(room: Served, page: httpx.Client) -> None:
    host = f"Host: 127.0.0.1:{room.settings.port}"
    assert raw(room, "GARBAGE").startswith(b"HTTP/1.1 400")
    assert raw(room, "GET / HTTP/1.1", host, f"X: {'y' * 70_000}").startswith(b"HTTP/1.1 4")
    assert raw(room, "TRACE /api/run HTTP/1.1", host, f"Cookie: {room.cookie()}")[9:10] == b"4"
    assert page.put("/api/run").status_code == 405
    assert page.get("/api/vintages").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b'{"draws": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b'{"question": {"usd": NaN}}', "application/json", 422),
        (b'{"question": {"usd": 1e999}}', "application/json", 422),
        (b'{"draws": NaN}', "application/json", 422),
        (b'{"draws": 1000000}', "application/json", 422),
        (b'{"nope": 1}', "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"question": ' + b'{"yaml":' * 15 + b"1" + b"}" * 15 + b"}", "application/json", 422),
        (b'"' + b"x" * 300_001 + b'"', "application/json", 413),
    ],
)
def test_bad_bodies_are_refused(page: httpx.Client, body: bytes, kind: str, status: int) -> None:
    found = page.post("/api/run", content=body, headers={"Content-Type": kind})
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/problem+json"
    assert set(found.json()["problems"][0]) >= {"where", "given", "allowed", "remedy"}


def test_a_billion_laughs_are_not_laughed(page: httpx.Client) -> None:
    laughs = 'a: &a ["lol"]\n' + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = page.post("/api/check", json={"question": {"yaml": laughs}})
    assert found.status_code == 422
    assert "alias" in found.text


def test_who_asks_too_often_is_slowed_down(stub: Stub, clock: Clock) -> None:
    """Of a client that does not wait all but the first few hundred are told to."""
    rates = Rates(per_second=50.0, burst=300.0)
    assert sum(not rates.wait_for("one") for _ in range(1_000)) == 300
    assert rates.wait_for("one") == pytest.approx(0.02)
    assert rates.wait_for("another") == 0.0
    clock.now += 2.0
    assert sum(not rates.wait_for("one") for _ in range(1_000)) == 100
    with served(stub, per_second=1.0, burst=20.0) as room:
        with room.page() as page:
            found = [page.get("/api/vintages") for _ in range(40)]
        assert [one.status_code for one in found] == [200] * 20 + [429] * 20
        assert int(found[-1].headers["retry-after"]) >= 1
        with room.page() as other:
            assert other.get("/api/vintages").status_code == 200


def test_a_head_that_does_not_end_is_let_go(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(stub) as room:
        monkeypatch.setattr(_server, "HEAD_SECONDS", 0.05)
        with sockets.create_connection(("127.0.0.1", room.settings.port), timeout=20) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nX: ")
            assert slow.recv(100) == b""


def test_a_page_that_talks_is_waited_for_no_more(
    room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[_server.Patient] = []
    wait = _server.Patient._wait
    monkeypatch.setattr(_server.Patient, "_wait", lambda one: (met.append(one), wait(one)))
    with room.socket() as page:
        page.send('{"type": "ping"}')
        assert page.recv(timeout=20)
        assert [one._late for one in met] == [None]


def test_a_body_that_does_not_end_is_refused(stub: Stub) -> None:
    with served(stub, body_seconds=0.05) as room:
        head = (
            f"POST /api/run HTTP/1.1\r\nHost: 127.0.0.1:{room.settings.port}\r\n"
            f"Cookie: {room.cookie()}\r\nOrigin: {room.origin}\r\nContent-Length: 9\r\n"
            "Content-Type: application/json\r\n\r\n{"
        )
        with sockets.create_connection(("127.0.0.1", room.settings.port), timeout=20) as slow:
            slow.sendall(head.encode())
            assert slow.recv(100).startswith(b"HTTP/1.1 408")


def test_a_proxy_may_show_it_under_its_own_name() -> None:
    settings = RoomSettings(port=1, extra_origins=("https://room.example.org",))
    assert "room.example.org" in settings.hosts
    assert "https://room.example.org" in settings.origins
    assert settings.is_secure
    assert not RoomSettings(port=1).is_secure
    with served(Stub(), extra_origins=("https://room.example.org",)) as room:
        room.keys.is_open = True
        with room.client(Host="room.example.org") as visitor:
            first = visitor.get("/")
            assert first.status_code == 303
            assert "Secure" in first.headers["set-cookie"]


def test_the_secret_of_cookies_outlives_a_restart(tmp_path: Path) -> None:
    first, again = lasting_secret(tmp_path), lasting_secret(tmp_path)
    assert first == again
    assert os.stat(tmp_path / "room.key").st_mode & 0o077 == 0
    cookie = Keys(first, bearer="").new_cookie()
    assert Keys(again, bearer="").client_of(cookie) == cookie.partition(".")[0]
    assert Keys(b"other", bearer="").client_of(cookie) is None
    (tmp_path / "file").write_text("")
    assert len(lasting_secret(tmp_path / "file")) == 32
