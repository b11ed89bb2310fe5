"""A stand-in for the server of the room: its files under a strict policy, recorded answers."""

import http.server
import json
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

RECORDED = Path(__file__).parent / "recorded"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
NOTES_VIOLATIONS = (
    "window.broken = []; document.addEventListener('securitypolicyviolation', "
    "(event) => window.broken.push(event.violatedDirective + ' ' + event.blockedURI))"
)
Json = dict[str, Any]


def recorded(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


class Files(http.server.BaseHTTPRequestHandler):
    """Hand out the files of the room and of the charts under a strict policy."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = _file(urlsplit(self.path).path.lstrip("/"))
        body = b"" if file is None else file.read_bytes()
        kind = "text/html" if file is None else mimetypes.guess_type(file.name)[0] or "text/plain"
        self.send_response(404 if file is None else 200)
        for name, value in (_headers(kind) | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served_files() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


class RoomDouble:
    """Answers as the server does, from recordings, and notes what it was asked."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[Json] = []
        self.ran: list[Json] = []
        self.sockets: list[Any] = []
        self.complaints: list[str] = []
        self.is_down = False
        self.problems: list[Json] = []
        self.reach: list[float] | None = None
        """Ends of the axis that drafts ask for, where not those recorded."""
        self.replies: dict[str, Callable[[Any], Any]] = {
            "api/schema": lambda _: recorded("schema"),
            "api/story": lambda _: recorded("story"),
            "api/parameters": lambda _: {"parameters": recorded("parameters")},
            "api/monitor": lambda _: recorded("monitor"),
            "api/check": self._check,
            "api/run": self._run,
        }
        page.add_init_script(NOTES_VIOLATIONS)
        page.on("console", lambda said: self._complain(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.route("**/api/*", self._reply)
        page.route_web_socket("**/ws", self._talk)

    def open(self, query: str = "") -> Any:
        self.page.goto(self.address + query)
        self.page.wait_for_selector("#view svg.picture")
        return self.page

    @property
    def broken(self) -> list[str]:
        return list(self.page.evaluate("window.broken"))

    def _complain(self, text: str) -> None:
        if not self.is_down:
            self.complaints.append(text)

    def _reply(self, route: Any) -> None:
        place = urlsplit(route.request.url).path.lstrip("/")
        given = route.request.post_data_json if route.request.method == "POST" else None
        body = self.replies[place](given)
        status, body = body if isinstance(body, tuple) else (200, body)
        route.fulfill(status=status, json=body)

    def _talk(self, socket: Any) -> None:
        self.sockets.append(socket)
        if self.is_down:
            socket.close(code=1012)
            return
        socket.on_message(lambda text: self._answer(socket, json.loads(text)))
        socket.send(json.dumps({"type": "hello", "version": "0.5.0", "state": "ready"}))

    def _answer(self, socket: Any, said: Json) -> None:
        self.asked.append(said)
        if self.problems:
            refused = {"type": "refused", "id": said["id"], "status": 422, "title": "No"}
            socket.send(json.dumps(refused | {"problems": self.problems}))
            return
        stages = ("draft", "full") if said["full"] else ("draft",)
        for stage in stages:
            body = recorded(name_of(said["question"], stage))
            if stage == "draft" and self.reach is not None:
                body["views"][0]["charts"][0]["domain"] = self.reach
            socket.send(json.dumps(body | {"type": "answer", "id": said["id"], "stage": stage}))

    def _check(self, given: Any) -> Any:
        text = given["question"]["yaml"]
        lines = text.splitlines()
        wrong = [at for at, line in enumerate(lines, 1) if "horizon_years: ten" in line]
        if not wrong:
            return {"asked": {}, "query": "", "title": "Own", "yaml": text}
        problem = {
            "where": "horizon_years", "given": "'ten'", "allowed": "a number from 0.25 to 50",
            "remedy": "Write 10, a bare number.", "field": "years", "line": wrong[0],
        }  # fmt: skip
        return 422, {"title": "This cannot be asked", "status": 422, "problems": [problem]}

    def _run(self, given: Any) -> Any:
        self.ran.append(given["question"])
        draft = recorded("draft")
        factor = float(given["question"].get("days", 1))
        numbers = [one | {"p50": (one["p50"] or 0.0) / factor} for one in draft["numbers"]]
        return {"numbers": numbers}


def name_of(question: Json, stage: str) -> str:
    is_slow = float(question.get("days") or 1) > 252
    return "draft" if stage == "draft" else "slow" if is_slow else "full"


def _headers(kind: str) -> dict[str, str]:
    return {
        "Content-Type": kind,
        "Content-Security-Policy": POLICY,
        "Cache-Control": "max-age=3600",
    }


def _file(place: str) -> Any:
    room, _, name = place.partition("/")
    folders = {"static": "selloff.apps.room", "charts": "selloff.charts"}
    if not place:
        return files("selloff.apps.room").joinpath("static/index.html")
    if room not in folders:
        return None
    found = files(folders[room]).joinpath("static", name)
    return found if found.is_file() else None
