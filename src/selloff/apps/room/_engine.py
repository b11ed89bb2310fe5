"""The engine behind the desk; this file is opened in the engine's thread, since it loads JAX."""

import json
import time
from typing import Any, Final

import xarray as xr

from selloff import __version__, export, pipeline, report, results
from selloff.apps import backtesting
from selloff.apps.room import _works
from selloff.apps.room._desk import Early, Watch, unheard
from selloff.apps.room._lab import Wanted
from selloff.apps.room._orders import Order
from selloff.apps.room._settings import DRAFT
from selloff.evidence import load_bank
from selloff.pipeline import Pool
from selloff.scenario import preset_names, to_yaml

Plain = dict[str, Any]
CHUNK: Final = pipeline.side_by_side(DRAFT)
"""Draws of a draft simulated together, so that every core has its part [count]."""


def answer(order: Order, watch: Watch, early: Early = unheard) -> bytes:
    """Work out the payload of an answer, as JSON; what `watch` raises between two chunks of draws
    ends it. `early` hears a whole answer before its numbers are split by mechanism."""
    return _whole(order, watch, early) if order.is_whole else _draft(order, watch)


def _draft(order: Order, watch: Watch) -> bytes:
    began = time.perf_counter()
    dataset, each = pipeline.sketch(
        order.question.scenario,
        n_draws=order.draws,
        seed=order.question.seed,
        wanted=report.FIRST_VIEW,
        chunk=CHUNK if order.draws >= DRAFT else None,
        progress=watch,
    )
    return _told(order, dataset, results.brief(dataset, each), each, began=began)


def _whole(order: Order, watch: Watch, early: Early) -> bytes:
    """Tell an answer twice: what takes longest, the split by mechanism, stands in few places."""
    began, n_draws = time.perf_counter(), order.draws
    each: results.ByDraw = {}
    summary: Plain = {}

    def hear(dataset: xr.Dataset) -> None:
        nonlocal each, summary
        each = results.by_draw(dataset)
        summary = results.summarise(dataset, each)
        early(_told(order, dataset, summary, each, began=began))

    dataset = _run(order, _in_two(watch, n_draws), early=hear)
    summary = {**summary, "attribution": results.attribution(dataset)}
    return _told(order, dataset, summary, each, began=began)


def _in_two(watch: Watch, n_draws: int) -> Watch:
    """Tell how far the draws are, and then how far their split is."""

    def two(done: int, of: int) -> None:
        watch(*((done, n_draws) if done <= n_draws else (done - n_draws, of - n_draws)))

    return two


def _told(
    order: Order, dataset: xr.Dataset, summary: Plain, each: results.ByDraw, *, began: float
) -> bytes:
    question, simulated = order.question, time.perf_counter()
    known = results.OfKind(each, "metric")
    told = report.tell(dataset, summary, is_whole=order.is_whole, known=known)
    seconds = {"engine": simulated - began, "telling": time.perf_counter() - simulated}
    payload = {
        "result": order.key,
        "version": __version__,
        "seconds": {name: round(each, 3) for name, each in seconds.items()},
        "asked": question.asked,
        "query": question.query,
        "copy": _copies(order, told.pop("command")),
        **told,
    }
    return json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def workbook(order: Order, watch: Watch) -> bytes:
    """Work out a question for banks: their tables as a workbook."""
    return export.scenario_workbook(_run(order, watch, attribution=False))


def page(order: Order, watch: Watch) -> bytes:
    """Work out the report of a question, as HTML."""
    dataset = _run(order, watch)
    return report.render([dataset], [results.summarise(dataset)]).encode()


def _run(
    order: Order,
    watch: Watch,
    *,
    attribution: bool = True,
    early: pipeline.Early | None = None,
) -> xr.Dataset:
    return pipeline.run(
        pipeline.prepare(order.question.scenario, seed=order.question.seed),
        n_draws=order.draws,
        attribution=attribution,
        progress=watch,
        early=early,
    )


def parameters() -> Plain:
    """List the parameters with their ranges in the bank."""
    return {"parameters": pipeline.parameter_rows(load_bank())}


def backtest(episode: str, draws: int) -> Plain:
    """Play an episode of the past again."""
    return backtesting.backtest(episode, draws=draws).summary


def study(wanted: Wanted, pool: Pool) -> Plain:
    """Work out a study of the lab."""
    return _works.study(wanted, pool)


def _copies(order: Order, command: str) -> dict[str, str]:
    """The question as a file, as a program and as a command, which for most needs the file."""
    values = order.question.scenario.model_dump(mode="json", exclude_none=True)
    how = f"draws={order.draws}, seed={order.question.seed}"
    python = f"import selloff as so\n\nanswer = so.run(\n    {values!r},\n    {how},\n)\n"
    name = order.question.scenario.name
    if name not in preset_names():
        command = command.replace(f" {name} ", f" {name}.yaml ", 1)
    return {"yaml": to_yaml(order.question.scenario), "python": python, "command": command}
