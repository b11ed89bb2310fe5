"""A stand-in for the server of the room: its files under a strict policy, recorded answers."""

import json
import mimetypes
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ADDRESS = "http://room.test/"
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


class RoomDouble:
    """Answers as the server does, from recordings, and notes what it was asked."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.asked: list[Json] = []
        self.sockets: list[Any] = []
        self.complaints: list[str] = []
        self.is_down = False
        self.problems: list[Json] = []
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
        page.route("**/*", self._reply)
        page.route_web_socket("**/ws", self._talk)

    def open(self, query: str = "") -> Any:
        self.page.goto(ADDRESS + query)
        self.page.wait_for_selector(".view.full svg.picture")
        return self.page

    @property
    def broken(self) -> list[str]:
        return list(self.page.evaluate("window.broken"))

    def _complain(self, text: str) -> None:
        if not self.is_down:
            self.complaints.append(text)

    def _reply(self, route: Any) -> None:
        place = urlsplit(route.request.url).path.lstrip("/")
        if place in self.replies:
            given = route.request.post_data_json if route.request.method == "POST" else None
            status, body = 200, self.replies[place](given)
            if isinstance(body, tuple):
                status, body = body
            route.fulfill(status=status, json=body, headers=_headers("application/json"))
            return
        file = _file(place)
        if file is None:
            route.fulfill(status=404, body="")
            return
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        route.fulfill(body=file.read_bytes(), headers=_headers(kind))

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
        draft = recorded("draft")
        factor = float(given["question"].get("days", 1))
        numbers = [one | {"p50": (one["p50"] or 0.0) / factor} for one in draft["numbers"]]
        return {"numbers": numbers}


def name_of(question: Json, stage: str) -> str:
    is_slow = float(question.get("days") or 1) > 252
    return "draft" if stage == "draft" else "slow" if is_slow else "full"


def _headers(kind: str) -> dict[str, str]:
    return {"Content-Type": kind, "Content-Security-Policy": POLICY}


def _file(place: str) -> Any:
    room, _, name = place.partition("/")
    folders = {"static": "selloff.apps.room", "charts": "selloff.charts"}
    if not place:
        return files("selloff.apps.room").joinpath("static/index.html")
    if room not in folders:
        return None
    found = files(folders[room]).joinpath("static", name)
    return found if found.is_file() else None
