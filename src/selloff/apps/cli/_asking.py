"""Put one scenario to the model, or two on the same draws."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selloff.apps.cli._console import remark, say, say_json, say_written
from selloff.apps.cli._places import check_room
from selloff.apps.cli._progress import SAVING, progress
from selloff.apps.cli._tables import show_answers


def ask(
    sources: Sequence[str],
    *,
    out: Path | None,
    is_json: bool,
    everything: bool,
    levels: bool,
    small: bool,
    horizon_years: float | None,
    vintage: str | None,
    **options: Any,
) -> None:
    """Run, save and print; everything that can be refused is refused before the run."""
    from selloff.apps.cli._app import BEGAN

    with progress(", ".join(sources), is_quiet=is_json) as work:
        from selloff.apps import session
        from selloff.apps._loading import load_checked

        asked = load_checked(sources, horizon_years=horizon_years, vintage=vintage)
        folder = out or Path("out", "-vs-".join(each.name for each in asked))
        longest = max(each.horizon_years for each in asked)
        check_room(folder, draws=options["draws"], horizon_years=longest, runs=len(asked))
        work.now("compiling")
        door: Any = session.run if len(asked) == 1 else session.compare
        answer = door(*asked, progress=work.count, **options)
        work.now(SAVING)
        files = answer.save(folder, small=small)
        runs = getattr(answer, "runs", (answer,))
        if levels:
            files += _write_levels(runs, files)
    if is_json:
        say_json(answer.summary)
        return
    summaries = [each.summary for each in runs]
    datasets = [each.dataset for each in runs]
    show_answers(list(zip(datasets, summaries, strict=True)), everything=everything)
    engine = sum(each["wall_seconds"]["engine"] for each in summaries)
    say(f"Time: {time.perf_counter() - BEGAN:.1f} s, of which engine {engine:.1f} s")
    say_written(files)
    for text in dict.fromkeys(text for each in runs for text in each.warnings):
        remark(f"Note: {text}")


def _write_levels(runs: Sequence[Any], files: Sequence[Path]) -> list[Path]:
    """Write levels by quarter beside each saved result."""
    from selloff.export import write_levels

    places = [each.parent for each in files if each.name == "result.nc"]
    pairs = zip(runs, places, strict=True)
    return [file for run, place in pairs for file in write_levels(run.dataset, place)]
