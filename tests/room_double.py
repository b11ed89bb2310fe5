"""A stand-in for the server of the room: its files under a strict policy, recorded answers."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selloff.apps.room._guard import POLICY
from selloff.apps.room._static import Shown, shown_files

RECORDED = Path(__file__).parent / "recorded"
NOTES_VIOLATIONS = (
    "window.broken = []; document.addEventListener('securitypolicyviolation', "
    "(event) => window.broken.push(event.violatedDirective + ' ' + event.blockedURI))"
)
Json = dict[str, Any]


def recorded(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def first_view(question: Json) -> Json:
    """The recorded answer to a question, with the view that a snapshot shows."""
    found = recorded(name_of(question, "full"))
    return dict(found) | {"views": [one for one in found["views"] if one["id"] == "answer"]}


class Files(http.server.BaseHTTPRequestHandler):
    """Hand out the files of the room and of the charts under the policy of the room."""

    protocol_version = "HTTP/1.1"
    held = shown_files()
    nothing = Shown(b"", "text/html", "")

    def do_GET(self) -> None:
        file = self.held.get(urlsplit(self.path).path)
        self.send_response(404 if file is None else 200)
        for name, value in _headers(file or self.nothing).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write((file or self.nothing).content)

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
        self.studies: list[Json] = []
        self.study_state = "running"
        self.sockets: list[Any] = []
        self.complaints: list[str] = []
        self.is_down = False
        self.problems: list[Json] = []
        self.holds_split = False
        """Whether a full answer comes without its split by mechanism, which follows."""
        self.reach: list[float] | None = None
        """Ends of the axis that drafts ask for, where not those recorded."""
        self.replies: dict[str, Callable[[Any], Any]] = {
            "api/schema": lambda _: recorded("schema"),
            "api/story": lambda _: recorded("story"),
            "api/parameters": lambda _: {"parameters": recorded("parameters")},
            "api/monitor": lambda _: recorded("monitor"),
            "api/check": self._check,
            "api/run": self._run,
            "api/study/reverse": self._study,
            "api/study/one": lambda _: self._studied(),
            "DELETE api/study/one": lambda _: self._stop(),
        }
        page.add_init_script(NOTES_VIOLATIONS)
        page.on("console", lambda said: self._complain(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.route("**/api/**", self._reply)
        page.route_web_socket("**/ws", self._talk)

    def open(self, query: str = "") -> Any:
        self.page.goto(self.address + query)
        self.page.wait_for_selector("#view .full svg.picture")
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
        method = "DELETE " if route.request.method == "DELETE" else ""
        body = self.replies[f"{method}{place}"](given)
        status, body = body if isinstance(body, tuple) else (200, body)
        if isinstance(body, bytes):
            route.fulfill(status=status, body=body)
        else:
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
            if stage == "full" and self.holds_split:
                first = body["views"][0]
                first["charts"] = [one for one in first["charts"] if one["kind"] != "waterfall"]
                body["more"] = True
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

    def _study(self, given: Any) -> Any:
        self.studies.append(given)
        if ">=" in given["event"]:
            self.study_state = "running"
            return self._studied()
        problem = {
            "where": "event", "given": f"'{given['event']}'", "allowed": "METRIC >= NUMBER",
            "remedy": "Such as us_10y_peak_bp >= 100.", "field": None, "line": None,
        }  # fmt: skip
        return 422, {"title": "This cannot be asked", "status": 422, "problems": [problem]}

    def _studied(self) -> Json:
        head = {"id": "one", "study": "reverse", "state": self.study_state, "turns": 7}
        found = recorded("study") if self.study_state == "done" else {}
        return head | {"usual_turns": 18} | found

    def _stop(self) -> Json:
        self.study_state = "dropped"
        return self._studied()

    def _run(self, given: Any) -> Any:
        self.ran.append(given["question"])
        draft = recorded("draft")
        factor = float(given["question"].get("days", 1))
        numbers = [one | {"p50": (one["p50"] or 0.0) / factor} for one in draft["numbers"]]
        return {"numbers": numbers}


def name_of(question: Json, stage: str) -> str:
    is_slow = float(question.get("days") or 1) > 252
    return "draft" if stage == "draft" else "slow" if is_slow else "full"


def _headers(file: Shown) -> dict[str, str]:
    return {
        "Content-Type": file.kind,
        "Content-Length": str(len(file.content)),
        "Content-Security-Policy": POLICY,
        "Cache-Control": "max-age=3600",
    }
