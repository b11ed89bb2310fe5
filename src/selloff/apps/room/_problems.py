"""Refusals as problem+json (RFC 9457): where, what was given, what is allowed, what to do."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import Response

from selloff.apps.room._controls import controls
from selloff.vocab import InputError, Problem, SelloffError

TYPE: Final = "application/problem+json"
_LINE: Final = re.compile(r"^text:(\d+) ?")
"""Where a problem of a text stands: its line, and then the field."""
_ALSO: Final = {"sellers[0].sale_frac": "usd", "sellers[0]": "who"}
"""Fields that a control writes under another name."""


class RefusedError(Exception):
    """A request that is refused, with a status and what is wrong."""

    def __init__(self, status: int, problems: Iterable[Problem], *, wait_s: float = 0.0) -> None:
        self.status, self.problems, self.wait_s = status, tuple(problems), wait_s
        super().__init__(status)


def refuse(
    status: int, where: str, given: str, *, allowed: str, remedy: str, wait_s: float = 0.0
) -> RefusedError:
    """Make a refusal of one problem."""
    problem = Problem(where=where, given=given, allowed=allowed, remedy=remedy)
    return RefusedError(status, [problem], wait_s=wait_s)


def of_input(error: InputError) -> RefusedError:
    """Make a refusal of what is wrong with a question."""
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, error.problems)


def unanswered(error: SelloffError) -> RefusedError:
    """Make a refusal of a question that has no answer."""
    return refuse(
        HTTPStatus.UNPROCESSABLE_ENTITY, "question", str(error)[:300],
        allowed="a question that has an answer", remedy="Change the question.",
    )  # fmt: skip


def body_of(refused: RefusedError) -> dict[str, Any]:
    """Write a refusal as plain values."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "status": refused.status,
        "problems": [_plain(each) for each in refused.problems],
    }
    return body | ({"retry_after_s": refused.wait_s} if refused.wait_s else {})


def response_to(refused: RefusedError) -> Response:
    """Answer a request with a refusal."""
    wait = {"Retry-After": f"{max(1, round(refused.wait_s))}"} if refused.wait_s else {}
    content = json.dumps(body_of(refused), ensure_ascii=False)
    return Response(content, refused.status, headers=wait, media_type=TYPE)


def _plain(problem: Problem) -> dict[str, Any]:
    found = _LINE.match(problem.where)
    where = _LINE.sub("", problem.where)
    words = {key: getattr(problem, key) for key in ("given", "allowed", "remedy")}
    line = int(found[1]) if found else None
    return {"where": where, **words, "field": field_of(where), "line": line}


def field_of(where: str) -> str | None:
    """Find the control that writes a field of a scenario."""
    if where in controls():
        return where
    found = (name for place, name in _places().items() if _is_within(where, place))
    return next(found, None)


@cache
def _places() -> Mapping[str, str]:
    held = {
        ".".join(place).replace("sellers.0", "sellers[0]"): one.name
        for one in controls().values()
        for place in one.places
    }
    return held | _ALSO


def _is_within(where: str, place: str) -> bool:
    return where == place or where.startswith((f"{place}.", f"{place}["))
