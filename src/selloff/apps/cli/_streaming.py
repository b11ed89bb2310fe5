"""Put one scenario to the model with more draws than memory holds."""

import time
from functools import partial
from pathlib import Path
from typing import Any

from selloff.apps.cli._console import remark, say, say_json, say_written
from selloff.apps.cli._options import MOST_DRAWS
from selloff.apps.cli._places import check_stream_room
from selloff.apps.cli._progress import SAVING, progress
from selloff.apps.cli._tables import show_streamed

_BATCHES = "batches"
"""Folder of finished batches beside the files to come, unless `--resume` names one."""
_DRAWS = "draws.zarr"


def ask_streamed(
    source: str,
    *,
    out: Path | None,
    horizon_years: float | None,
    vintage: str | None,
    draws: int,
    workers: str | None,
    keeps: bool,
    resume: Path | None,
    is_asked: bool,
    everything: bool,
    is_json: bool,
    **options: Any,
) -> None:
    """Run batch by batch, save and print; what is finished when it is stopped is not lost."""
    from selloff.apps.cli._app import BEGAN

    if not is_asked:
        remark(f"Note: more than {MOST_DRAWS:,} draws are streamed, as with --stream.")
    with progress(source, is_quiet=is_json) as work:
        from selloff.apps._loading import load_checked
        from selloff.pipeline import Streaming, pool_for, stream
        from selloff.scenario import check_settings

        check_settings(draws=1, **options)
        (asked,) = load_checked([source], horizon_years=horizon_years, vintage=vintage)
        folder = out or Path("out", asked.name)
        check_stream_room(folder, draws=draws, keeps=keeps, horizon_years=asked.horizon_years)
        work.now("compiling")
        with pool_for(workers) as pool:
            kept = folder / _DRAWS if keeps else None
            batches = resume or folder / _BATCHES
            work.kept = partial(left_in, batches)
            how = Streaming(batches, resume=resume is not None, keep=kept, pool=pool)
            answer = stream(asked, how, n_draws=draws, progress=work.count, **options)
        work.now(SAVING)
        files = [*answer.save(folder), *([kept] if kept else [])]
    if n := answer.batches.n_unsound:
        batches_were = "batch was" if n == 1 else "batches were"
        remark(f"Note: {n} {batches_were} damaged or not of this run, and worked out again.")
    if is_json:
        say_json(answer.summary)
        return
    for text in answer.warnings:
        remark(f"Note: {text}")
    show_streamed(answer.dataset, answer.summary, everything=everything)
    say(f"Time: {time.perf_counter() - BEGAN:.1f} s")
    say_written(files)


def left_in(batches: Path) -> str:
    """Say which batches are left of a run that is stopped before its end."""
    n = sum(1 for _ in batches.glob("*.batch"))
    finished = "1 finished batch is" if n == 1 else f"{n} finished batches are"
    goes_on = f"{finished} in {batches}, and --resume {batches} goes on from there"
    return goes_on if n else "no batch was finished"
