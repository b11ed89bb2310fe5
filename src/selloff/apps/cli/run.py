"""The commands that run the model."""

from dataclasses import dataclass
from pathlib import Path

from selloff.apps import session
from selloff.apps._loading import load_checked
from selloff.apps.cli._console import progress_bar, say, say_json
from selloff.apps.cli._output import check_folder
from selloff.apps.cli._tables import show_summaries, show_warnings
from selloff.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Options:
    """What `run` and `compare` have in common."""

    draws: int
    seed: int
    horizon_years: float | None
    vintage: str | None
    out: Path | None
    is_json: bool
    attribution: bool


def run_one(source: str, options: Options) -> None:
    """Run a scenario, save the result and print its summary.

    Source: assumption; everything that can be refused is refused before the run.
    """
    (scenario,) = _loaded([source], options)
    folder = options.out or Path("out") / scenario.name
    check_folder(folder, draws=options.draws, horizon_years=scenario.horizon_years)
    with progress_bar(scenario.name, is_quiet=options.is_json) as progress:
        answer = session.run(
            scenario,
            draws=options.draws,
            seed=options.seed,
            attribution=options.attribution,
            progress=progress,
        )
    files = answer.save(folder)
    if options.is_json:
        say_json(answer.summary)
        return
    show_summaries([answer.summary])
    _finish(answer.warnings, files)


def run_two(first: str, second: str, options: Options) -> None:
    """Run two scenarios on the same draws, save both and print them side by side.

    Source: assumption; everything that can be refused is refused before the run.
    """
    one, two = _loaded([first, second], options)
    folder = options.out or Path("out") / f"{one.name}-vs-{two.name}"
    longest = max(one.horizon_years, two.horizon_years)
    check_folder(folder, draws=options.draws, horizon_years=longest, runs=2)
    with progress_bar(f"{one.name}, {two.name}", is_quiet=options.is_json) as progress:
        answer = session.compare(
            one,
            two,
            draws=options.draws,
            seed=options.seed,
            attribution=options.attribution,
            progress=progress,
        )
    files = answer.save(folder)
    if options.is_json:
        say_json(answer.summary)
        return
    show_summaries([each.summary for each in answer.runs])
    _finish([text for each in answer.runs for text in each.warnings], files)


def _loaded(sources: list[str], options: Options) -> list[Scenario]:
    return load_checked(sources, horizon_years=options.horizon_years, vintage=options.vintage)


def _finish(warnings: tuple[str, ...] | list[str], files: list[Path]) -> None:
    show_warnings(warnings)
    say("")
    say("Written:")
    for file in files:
        say(f"  {file}")
