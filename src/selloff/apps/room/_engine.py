"""The engine behind the desk; this file is opened in the engine's thread, since it loads JAX."""

import json
import time
from typing import Any, Final

import xarray as xr

from selloff import __version__, export, pipeline, report, results
from selloff.apps import backtesting
from selloff.apps.room import _works
from selloff.apps.room._desk import Watch
from selloff.apps.room._lab import Wanted
from selloff.apps.room._orders import Order
from selloff.apps.room._settings import DRAFT
from selloff.evidence import load_bank
from selloff.pipeline import Pool
from selloff.scenario import preset_names, to_yaml

Plain = dict[str, Any]
CHUNK: Final = pipeline.side_by_side(DRAFT)
"""Draws simulated together, one size for all answers so that one program serves them [count]."""


def compute(order: Order, watch: Watch) -> tuple[xr.Dataset, Plain, results.ByDraw]:
    """Simulate a question, summarise it, and hand on the numbers of each draw; what `watch` raises
    between two chunks of draws ends it."""
    if order.is_whole:
        dataset = _run(order, watch)
        each: results.ByDraw = results.by_draw(dataset)
        return dataset, results.summarise(dataset, each), each
    dataset, each = pipeline.sketch(
        order.question.scenario,
        n_draws=order.draws,
        seed=order.question.seed,
        wanted=report.FIRST_VIEW,
        chunk=_chunk(order),
        progress=watch,
    )
    return dataset, results.brief(dataset, each), each


def answer(order: Order, watch: Watch) -> bytes:
    """Work out the payload of an answer, as JSON."""
    question, began = order.question, time.perf_counter()
    dataset, summary, each = compute(order, watch)
    simulated = time.perf_counter()
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


def _run(order: Order, watch: Watch, *, attribution: bool = True) -> xr.Dataset:
    return pipeline.run(
        pipeline.prepare(order.question.scenario, seed=order.question.seed),
        n_draws=order.draws,
        attribution=attribution,
        chunk=_chunk(order),
        progress=watch,
    )


def _chunk(order: Order) -> int | None:
    """Fewer draws than a draft has come from tests and the lab: they take a run's program."""
    return CHUNK if order.draws >= DRAFT else None


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
