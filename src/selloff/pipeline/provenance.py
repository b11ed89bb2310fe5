"""What a result says of where it comes from."""

import json
import platform
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import numpy as np

from selloff import __version__
from selloff.data import Vintage, economy_figures, provenance
from selloff.evidence import (
    Bank,
    limits,
    load_factcheck,
    parameters,
    scores_in_short,
    support,
)
from selloff.pipeline.machine import Prepared


def attributes(ready: Prepared, n_draws: int) -> dict[str, Any]:
    """Write down what was asked, of which world, with which parameters and limits."""
    scenario = ready.scenario
    return {
        "title": scenario.title,
        "scenario_name": scenario.name,
        "scenario": scenario.model_dump_json(),
        "vintage": f"{ready.world.date:%Y-%m}",
        "seed": ready.seed,
        "draws": n_draws,
        "horizon_years": scenario.horizon_years,
        **_behind(ready.world, ready.bank),
        "warnings": json.dumps([]),
        "wall_seconds": json.dumps({}),
    }


@lru_cache(maxsize=2)
def _behind(world: Vintage, bank: Bank) -> dict[str, str]:
    """What every question to a world rests on, kept for the next one."""
    found = {
        "versions": _versions(),
        "data": _data(world),
        "sources": _sources(world),
        "parameters": parameter_rows(bank),
        "limits": limits(),
        "records": [asdict(row) for row in support().values()],
        "backtest": scores_in_short(),
        "factcheck": load_factcheck(),
    }
    return {name: json.dumps(values) for name, values in found.items()}


def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in ("jax", "jaxlib", "numpy", "xarray")}
    return {"selloff": __version__} | libraries | {"python": platform.python_version()}


def _data(world: Vintage) -> dict[str, Any]:
    """Name the tables of a world: the user's, if any, and the hash of all of them."""
    snapshot = world.snapshot
    return {"user_vintage": snapshot.name or None, "sha256": snapshot.digest}


def _sources(world: Vintage) -> list[dict[str, str]]:
    tables = [
        {
            "what": row.table,
            "publisher": row.publisher,
            "series": row.series_ids,
            "as_of": f"to {row.last_date}",
            "standing": "data",
        }
        for row in provenance(world.snapshot)
    ]
    seen = {
        (figure.name, figure.source): figure
        for figure in world.figures
        if figure.standing == "assumption"
    }
    # What the economy rests on beside its tables; holdings of these are listed by holder.
    basis = [figure for figure in economy_figures(world) if figure.standing != "derived"]
    listed = [
        {
            "what": " ".join(filter(None, (figure.holder, figure.name))),
            "publisher": figure.source,
            "series": figure.note,
            "as_of": str(figure.as_of),
            "standing": figure.standing,
        }
        for figure in (*basis, *seen.values())
    ]
    return tables + listed


def parameter_rows(bank: Bank) -> list[dict[str, Any]]:
    """Every parameter with the range its draws have in the bank, or its row's where fixed."""
    rows = []
    for name, row in parameters().items():
        low, mid, high = row.p05, row.p50, row.p95
        if name in bank.draws and bank.draws[name].ndim == 1 and row.distribution != "constant":
            low, mid, high = (float(x) for x in np.percentile(bank.draws[name], [5, 50, 95]))
        spread = {"p05": low, "p50": mid, "p95": high}
        source = row.reason if row.source == "none" else f"{row.source}. {row.reason}"
        rows.append(row.as_row() | spread | {"source": source})
    return rows
