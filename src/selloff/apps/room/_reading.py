"""What is sent is read within bounds: JSON without trust, by the rules of its model."""

import asyncio
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel
from starlette.requests import Request

from selloff.apps.room._problems import of_input, refuse
from selloff.apps.room._questions import Question, read_question
from selloff.scenario import check_values
from selloff.vocab import InputError

if TYPE_CHECKING:
    from selloff.apps.room._room import Room

Body = TypeVar("Body", bound=BaseModel)
Found = TypeVar("Found")
JSON: Final = "application/json"


async def read(room: "Room", given: Mapping[str, Any]) -> Question:
    """Check a question beside the loop: a long file takes a while."""
    return await checked(lambda: read_question(given), room)


async def checked(read_it: Callable[[], Found], room: "Room") -> Found:
    async with room.readers:
        try:
            return await asyncio.to_thread(read_it)
        except InputError as error:
            raise of_input(error) from None


async def body_in(room: "Room", request: Request, model: type[Body]) -> Body:
    if request.headers.get("content-type", "").partition(";")[0].strip() != JSON:
        given = f"'{request.headers.get('content-type', 'nothing')[:60]}'"
        raise refuse(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type", given, allowed=JSON,
            remedy=f"Send Content-Type: {JSON}.",
        )  # fmt: skip
    values = parsed(await _read_all(room, request))
    return await checked(lambda: check_values(model, values, noun="body"), room)


def parsed(text: bytes | str) -> Any:
    """Read JSON without trust in it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(
            HTTPStatus.BAD_REQUEST, "body", str(error)[:120], allowed="JSON in UTF-8",
            remedy="Check brackets and quotes.",
        ) from None  # fmt: skip


async def _read_all(room: "Room", request: Request) -> bytes:
    """Read a body within bounds of size and time."""
    most, found = room.settings.most_body, bytearray()
    try:
        async with asyncio.timeout(room.settings.body_seconds):
            async for part in request.stream():
                found += part
                if len(found) > most:
                    raise refuse(
                        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body", f"more than {most:,} bytes",
                        allowed=f"at most {most:,} bytes", remedy="Send less.",
                    )  # fmt: skip
    except TimeoutError:
        raise refuse(
            HTTPStatus.REQUEST_TIMEOUT, "body", "a body that does not end",
            allowed=f"all of it within {room.settings.body_seconds:g} seconds",
            remedy="Send it again.",
        ) from None  # fmt: skip
    return bytes(found)
