"""The report on paper, by the browser on the server's machine."""

from http import HTTPStatus
from typing import Final

from selloff.apps.printing import CHOICE, find_browser, print_page
from selloff.apps.room._problems import RefusedError, refuse
from selloff.vocab import OutputError

_BY_HAND: Final = "or download the question as YAML, run it with selloff and print its report"


def browser_here() -> str:
    """Find the browser that prints."""
    try:
        return find_browser()
    except OutputError:
        raise _none("no Chromium and no Chrome on the server's machine") from None


def printed(page: bytes, browser: str) -> bytes:
    """Print a page."""
    try:
        return print_page(page.decode(), browser)
    except OutputError:
        raise _none("a browser that printed nothing") from None


def _none(given: str) -> RefusedError:
    return refuse(
        HTTPStatus.NOT_IMPLEMENTED, "browser", given,
        allowed=f"one of them, on its path or named by {CHOICE}",
        remedy=f"Install one there, {_BY_HAND}.",
    )  # fmt: skip
