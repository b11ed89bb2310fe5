"""The addresses for programs: one function each, and the table of them that OpenAPI is made of."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from selloff.apps.room import _facts as facts
from selloff.apps.room._bodies import BacktestBody, CheckBody, RunBody
from selloff.apps.room._jobs import Job
from selloff.apps.room._lab import LAB, LabStudy, read_study
from selloff.apps.room._orders import Order
from selloff.apps.room._printed import browser_here, printed
from selloff.apps.room._problems import refuse
from selloff.apps.room._reading import JSON, body_in, checked, read
from selloff.apps.room._story import cards
from selloff.results import as_json
from selloff.scenario import to_yaml

if TYPE_CHECKING:
    from selloff.apps.room._room import Room

Handler = Callable[["Room", Request], Awaitable[Response]]
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"


@dataclass(frozen=True)
class Way:
    """One address."""

    method: str
    path: str
    handle: Handler
    summary: str
    body: type[BaseModel] | None = None
    query: tuple[tuple[str, str], ...] = ()
    """Names and meanings of what may stand behind the question mark."""

    @property
    def name(self) -> str:
        """Name it in the OpenAPI document; addresses of one handler differ by their last part."""
        plain = self.handle.func if isinstance(self.handle, partial) else self.handle
        last = f"_{self.path.rpartition('/')[2]}" if isinstance(self.handle, partial) else ""
        return f"{plain.__name__}{last}"


async def get_schema(room: "Room", request: Request) -> Response:
    """What the page is made of: controls, sellers, presets, months, pages, limits."""
    month = request.query_params.get("m")
    return JSONResponse(await checked(lambda: facts.schema(month), room))


async def get_presets(room: "Room", request: Request) -> Response:
    """Scenarios that come with Selloff."""
    del request
    return JSONResponse(await checked(facts.presets, room))


async def get_vintages(room: "Room", request: Request) -> Response:
    """Months for which there are books."""
    del request
    return JSONResponse(await checked(facts.months, room))


async def get_parameters(room: "Room", request: Request) -> Response:
    """Every parameter with its range, standing and source."""
    return await _worked(room, request, "parameters", lambda: room.engine.parameters())


async def get_monitor(room: "Room", request: Request) -> Response:
    """Whether a holder is selling quietly, from public data."""
    day = await checked(lambda: facts.day_of(request.query_params.get("as_of")), room)
    return await _worked(room, request, f"monitor {day}", partial(facts.monitor, day))


async def get_backtest(room: "Room", request: Request) -> Response:
    """The record that comes with Selloff, in short."""
    del request
    return JSONResponse(await checked(facts.record, room))


async def get_story(room: "Room", request: Request) -> Response:
    """The claims of the essay as cards, with their verdicts."""
    del request
    return JSONResponse(await checked(cards, room))


async def get_result(room: "Room", request: Request) -> Response:
    """An answer that is still kept."""
    held = room.desk.kept.get(request.path_params["result"])
    if held is None:
        raise refuse(
            HTTPStatus.NOT_FOUND, "result", f"'{request.path_params['result'][:60]}'",
            allowed="the result of an answer that is still kept", remedy="Ask the question again.",
        )  # fmt: skip
    return Response(held, media_type=JSON)


async def get_openapi(room: "Room", request: Request) -> Response:
    """This document."""
    del request
    return JSONResponse(room.openapi)


async def post_check(room: "Room", request: Request) -> Response:
    """Check a question without running it."""
    body = await body_in(room, request, CheckBody)
    asked = await read(room, body.question)
    found = {"asked": asked.asked, "query": asked.query, "title": asked.scenario.title}
    return JSONResponse(found | {"yaml": to_yaml(asked.scenario)})


async def post_run(room: "Room", request: Request) -> Response:
    """Answer a question."""
    body = await body_in(room, request, RunBody)
    order = room.order(await read(room, body.question), is_whole=body.full)
    if body.draws is not None:
        order = replace(order, draws=body.draws)
    held, is_cached = await room.answer(_client(request), order)
    if body.only is None and not is_cached:
        return Response(held, media_type=JSON, headers=_place(order.key))
    found = json.loads(held)
    if body.only is not None:
        found = {name: found[name] for name in ("result", "asked", *body.only)}
    return JSONResponse(found | {"cached": is_cached}, headers=_place(order.key))


async def post_workbook(room: "Room", request: Request) -> Response:
    """The tables of a question for banks, as Excel reads them."""
    order = await _whole(room, request)
    held = await room.work(
        _client(request), f"workbook {order.key}", lambda watch: room.engine.workbook(order, watch)
    )
    return Response(held, media_type=EXCEL, headers=_saved_as("what-if.xlsx"))


async def post_pdf(room: "Room", request: Request) -> Response:
    """The report of a question, printed."""
    browser = await checked(browser_here, room)
    order = await _whole(room, request)
    held = room.desk.kept.get(f"pdf {order.key}")
    if held is None:
        page = await room.work(
            _client(request), f"page {order.key}", lambda watch: room.engine.page(order, watch)
        )
        held = await checked(lambda: printed(page, browser), room)
        room.desk.kept.put(f"pdf {order.key}", held)
    return Response(held, media_type=PDF, headers=_saved_as("what-if.pdf"))


async def post_backtest(room: "Room", request: Request) -> Response:
    """Play an episode of the past again."""
    body = await body_in(room, request, BacktestBody)
    key = f"backtest {body.episode} {body.draws}"
    return await _worked(room, request, key, lambda: room.engine.backtest(body.episode, body.draws))


async def post_study(room: "Room", request: Request, *, study: LabStudy) -> Response:
    """Begin a study of the lab."""
    body = await body_in(room, request, study.body)
    wanted = await checked(lambda: read_study(study, body), room)
    return JSONResponse(room.jobs.start(wanted, request.scope["client_name"]).told())


async def get_study(room: "Room", request: Request) -> Response:
    """How far a study is, and what it found."""
    return _told(_job(room, request))


async def delete_study(room: "Room", request: Request) -> Response:
    """End a study."""
    job = _job(room, request)
    job.drop()
    return _told(job)


async def _whole(room: "Room", request: Request) -> Order:
    body = await body_in(room, request, CheckBody)
    return room.order(await read(room, body.question), is_whole=True)


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _job(room: "Room", request: Request) -> Job:
    return room.jobs.look(request.path_params["study"], request.scope["client_name"])


def _told(job: Job) -> Response:
    return Response(as_json(job.told()), media_type=JSON)


def _place(key: str) -> dict[str, str]:
    return {"Location": f"api/result/{key}"}


async def _worked(room: "Room", request: Request, key: str, work: Callable[[], Any]) -> Response:
    """Have the engine's thread work something out, once."""
    held = await room.work(_client(request), key, lambda _: as_json(work()).encode())
    return Response(held, media_type=JSON)


def _client(request: Request) -> str:
    return f"api {request.scope['client_name']}"


WAYS: Final = (
    Way("GET", "/api/schema", get_schema, "What the page is made of", query=(
        ("m", "Month of the books, as YYYY-MM."),)),
    Way("GET", "/api/presets", get_presets, "Scenarios that come with Selloff"),
    Way("GET", "/api/vintages", get_vintages, "Months for which there are books"),
    Way("GET", "/api/parameters", get_parameters, "Parameters with ranges and sources"),
    Way("GET", "/api/monitor", get_monitor, "Who sells quietly", query=(
        ("as_of", "Only what was out on this day, as YYYY-MM-DD."),)),
    Way("GET", "/api/backtest", get_backtest, "The shipped record in short"),
    Way("GET", "/api/story", get_story, "The claims of the essay, judged"),
    Way("GET", "/api/result/{result}", get_result, "An answer that is still kept"),
    Way("GET", "/api/openapi.json", get_openapi, "This document"),
    Way("POST", "/api/check", post_check, "Check a question", CheckBody),
    Way("POST", "/api/run", post_run, "Answer a question", RunBody),
    *(
        Way("POST", f"/api/study/{one.name}", partial(post_study, study=one), one.label, one.body)
        for one in LAB.values()
    ),
    Way("GET", "/api/study/{study}", get_study, "How far a study is, and what it found"),
    Way("DELETE", "/api/study/{study}", delete_study, "End a study"),
    Way("POST", "/api/workbook", post_workbook, "Tables for banks, as Excel", CheckBody),
    Way("POST", "/api/pdf", post_pdf, "The report, printed", CheckBody),
    Way("POST", "/api/backtest", post_backtest, "Play an episode again", BacktestBody),
)  # fmt: skip
"""All addresses for programs."""
