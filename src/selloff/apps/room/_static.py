"""Files of the page: read once at the start; whatever is not in the list is not there."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from selloff import charts

TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
"""What is handed out, by ending."""
START: Final = "index.html"


@dataclass(frozen=True)
class Shown:
    """One file in memory."""

    content: bytes
    kind: str
    tag: str


def shown_files() -> dict[str, Shown]:
    """Read all files of the page, by address."""
    room = files("selloff.apps.room").joinpath("static")
    found = {
        f"{prefix}/{name}": _shown(name, file)
        for prefix, folder in (("/static", room), ("/charts", charts.folder()))
        for name, file in _within(folder, "")
    }
    return found | {"/": found[f"/static/{START}"]}


def respond(request: Request, held: Mapping[str, Shown]) -> Response | None:
    """Hand out a file; one that the browser has is not sent again."""
    file = held.get(request.url.path)
    if file is None:
        return None
    headers = {"ETag": file.tag, "Cache-Control": "no-cache"}
    if file.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.kind)


def _within(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        name = f"{above}{each.name}"
        if each.is_dir():
            yield from _within(each, f"{name}/")
        elif any(name.endswith(ending) for ending in TYPES):
            yield name, each


def _shown(name: str, file: Traversable) -> Shown:
    content = file.read_bytes()
    kind = next(kind for ending, kind in TYPES.items() if name.endswith(ending))
    return Shown(content, kind, f'"{hashlib.sha256(content).hexdigest()[:20]}"')
