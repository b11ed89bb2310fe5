"""`selloff serve`."""

from typing import Annotated

import typer

from selloff.vocab.errors import InputError, Problem
from selloff.vocab.extras import without

PORT = 8765


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any.")] = PORT,
    origin: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Also reached as this, behind a proxy; may be repeated."),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Ask for no token: a proxy keeps the door.")
    ] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log only what goes wrong.")] = False,
) -> None:
    """Serve the what-if room: ask by hand and see the answer."""
    try:
        from selloff.apps.room import Start, serve_room
    except ModuleNotFoundError as missing:
        raise without("serve", missing.name, extra="web") from None
    serve_room(
        Start(
            host=host,
            port=port,
            origins=_origins(origin or []),
            is_open=public,
            has_browser=browser,
            is_quiet=quiet,
        )
    )


def _origins(given: list[str]) -> list[str]:
    from urllib.parse import urlsplit

    found = []
    for one in given:
        parts = urlsplit(one)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            allowed = "an address such as https://room.example.org"
            remedy = "Begin it with https:// and leave out what follows the name."
            raise InputError(
                [Problem(where="origin", given=f"'{one}'", allowed=allowed, remedy=remedy)]
            )
        found.append(f"{parts.scheme}://{parts.netloc}")
    return found
