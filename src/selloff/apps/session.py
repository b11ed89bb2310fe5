"""The door for Python: ask a question, look at the answer, keep it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import xarray as xr

from selloff import pipeline, report, results
from selloff.apps._loading import load_checked
from selloff.scenario import Scenario, Settings, Source, check_settings
from selloff.vocab import Content, InputError, Problem, ScenarioError, shown, write_set

Progress = Callable[[int, int], None]
DEFAULT_DRAWS = 2000


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """One question, answered."""

    prepared: pipeline.Prepared
    dataset: xr.Dataset
    """Everything, by draw and step; meets the schema of results."""
    books: xr.Dataset
    """Books of every named holder in the first draws."""

    def __repr__(self) -> str:
        attrs, found = self.dataset.attrs, self.summary["metrics"]
        bp, percent = (found[name]["p50"] for name in ("us_10y_peak_bp", "usdjpy_trough_pct"))
        return (
            f"<Run '{attrs['title']}', books of {attrs['vintage']}, {int(attrs['draws']):,} draws: "
            f"US 10-year yield {bp:+.0f} bp at its peak, USD/JPY {percent:+.1f}% at its lowest>"
        )

    def _repr_html_(self) -> str:
        """Show the answer in a notebook."""
        return report.card([(self.dataset, self.summary)])

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Medians with 5-95% ranges, outcomes and identities, as saved in `summary.json`."""
        return results.summarise(self.dataset)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know before using the numbers."""
        return tuple(json.loads(self.dataset.attrs["warnings"]))

    def ledger(self, draws: Sequence[int]) -> xr.Dataset:
        """Write out the books of every named holder for any draws.

        Arguments:
            draws: numbers of the draws [index].

        Returns:
            Stocks and flows by draw, step, holder and bucket.
        """
        return pipeline.ledger(self.prepared, list(draws))

    def plot(self, name: str = "us_10y") -> dict[str, Any]:
        """Draw one figure of the report.

        Arguments:
            name: a figure; `Run.figures()` lists them [text].

        Returns:
            A plotly figure as a plain dict; `plotly.io.show` takes it as it is.

        Raises:
            InputError: there is no such figure.
        """
        figures = self.figures()
        if name not in figures:
            allowed = ", ".join(figures) or "none: nothing was sold"
            raise InputError(
                [Problem(where="plot", given=f"'{name}'", allowed=allowed, remedy="Pick one.")]
            )
        return figures[name]

    def figures(self) -> dict[str, dict[str, Any]]:
        """Draw all figures of the report.

        Returns:
            Plotly figures as plain dicts, by name.
        """
        return report.figures(self.dataset)

    def report(self, file: Path | str) -> Path:
        """Write the report of this run alone.

        Arguments:
            file: HTML file to write.

        Returns:
            The file.

        Raises:
            OutputError: it cannot be written.
        """
        report.write_report([self.dataset], [self.summary], Path(file))
        return Path(file)

    def save(self, folder: Path | str, *, small: bool = False) -> list[Path]:
        """Write result, summary, books of the first draws and report, all of them or none.

        Arguments:
            folder: where to; made if it is not there.
            small: round paths and pack everything: half the size, more time [flag].

        Returns:
            The files.

        Raises:
            OutputError: the folder cannot be written.
        """
        return write_set(Path(folder), self._contents(small=small))

    def _contents(self, *, small: bool) -> Iterator[tuple[str, Content]]:
        yield from _contents(self, small=small)
        yield "report.html", report.render([self.dataset], [self.summary])


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Two questions answered with the same chance, draw by draw."""

    runs: tuple[Run, Run]

    def __repr__(self) -> str:
        return "<Comparison of\n  {!r}\n  {!r}>".format(*self.runs)

    def _repr_html_(self) -> str:
        """Show both answers in a notebook."""
        return report.card([(each.dataset, each.summary) for each in self.runs])

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Both summaries, and the second less the first draw by draw."""
        first, second = self.runs
        return {
            "runs": [first.summary, second.summary],
            "difference": results.difference(first.dataset, second.dataset),
        }

    def report(self, file: Path | str) -> Path:
        """Write one report with the second run beside the first.

        Arguments:
            file: HTML file to write.

        Returns:
            The file.

        Raises:
            OutputError: it cannot be written.
        """
        report.write_report(
            [each.dataset for each in self.runs], [each.summary for each in self.runs], Path(file)
        )
        return Path(file)

    def save(self, folder: Path | str, *, small: bool = False) -> list[Path]:
        """Write both runs in folders of their own, the comparison and one report; all or none.

        Arguments:
            folder: where to; made if it is not there.
            small: round paths and pack everything: half the size, more time [flag].

        Returns:
            The files.

        Raises:
            OutputError: the folder cannot be written.
        """
        return write_set(Path(folder), self._contents(small=small))

    def _contents(self, *, small: bool) -> Iterator[tuple[str, Content]]:
        names = [each.dataset.attrs["scenario_name"] for each in self.runs]
        if names[0] == names[1]:
            names = [f"{names[0]}-1", f"{names[1]}-2"]
        for run, name in zip(self.runs, names, strict=True):
            yield from _contents(run, f"{name}/", small=small)
        yield "summary.json", results.as_json(self.summary)
        datasets, summaries = zip(
            *((each.dataset, each.summary) for each in self.runs), strict=True
        )
        yield "report.html", report.render(datasets, summaries)


def run(
    scenario: Source,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    horizon_years: float | None = None,
    vintage: str | None = None,
    attribution: bool | int = True,
    progress: Progress | None = None,
) -> Run:
    """Ask one question.

    Threads that ask at once take turns; a fork of a process that has asked is refused. JAX is in
    double precision for the time of the call, and as it was after it.

    Arguments:
        scenario: a preset, a file, plain values or a scenario.
        draws: random draws [count].
        seed: of the random numbers [integer].
        horizon_years: horizon instead of the scenario's own [years].
        vintage: opening date instead of the scenario's own [year-month].
        attribution: also split headline numbers by mechanism, in the first 400 draws or in as many
            as given [flag or count].
        progress: called with the number of draws done, and of how many.

    Returns:
        The answer.

    Raises:
        InputError: with everything that is wrong with the question.
    """
    settings = {"draws": draws, "seed": seed, "attribution": attribution}
    (question,), how = _checked([scenario], horizon_years, vintage, progress, **settings)
    return _answer(question, how, progress=progress)


def compare(
    first: Source,
    second: Source,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    horizon_years: float | None = None,
    vintage: str | None = None,
    attribution: bool | int = True,
    progress: Progress | None = None,
) -> Comparison:
    """Ask two questions with the same chance.

    Arguments:
        first: a preset, a file, plain values or a scenario.
        second: another.
        draws: random draws [count].
        seed: of the random numbers [integer].
        horizon_years: horizon instead of the scenarios' own [years].
        vintage: opening date instead of the scenarios' own [year-month].
        attribution: also split headline numbers by mechanism, as in `run` [flag or count].
        progress: called with the number of draws done, and of how many.

    Returns:
        Both answers and their difference.

    Raises:
        InputError: with everything that is wrong with the questions.
    """
    settings = {"draws": draws, "seed": seed, "attribution": attribution}
    (one, two), how = _checked([first, second], horizon_years, vintage, progress, **settings)

    def part(at: int) -> Progress | None:
        return None if progress is None else lambda done, n: progress(at * n + done, 2 * n)

    answers = (
        _answer(one, how, progress=part(0)),
        _answer(two, how, progress=part(1)),
    )
    return Comparison(answers)


def _checked(
    sources: Sequence[Source],
    horizon_years: float | None,
    vintage: str | None,
    progress: Progress | None,
    **settings: Any,
) -> tuple[list[Scenario], Settings]:
    """Check questions and how they are to be run, and name all that is wrong at once."""
    problems: list[Problem] = []
    if progress is not None and not callable(progress):
        allowed, remedy = "a function of two numbers, done and in all", "Leave it out."
        problems.append(
            Problem(where="progress", given=shown(progress), allowed=allowed, remedy=remedy)
        )
    try:
        how = check_settings(**settings)
    except InputError as error:
        problems += error.problems
    try:
        questions = load_checked(sources, horizon_years=horizon_years, vintage=vintage)
    except InputError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return questions, how


def _answer(question: Scenario, how: Settings, *, progress: Progress | None) -> Run:
    ready = pipeline.prepare(question, seed=how.seed)
    ds, books = pipeline.answer(
        ready, n_draws=how.draws, attribution=how.attribution, progress=progress
    )
    held = {"draws": books.sizes["draw"], "residuals": results.ledger_residuals(books)}
    return Run(ready, ds.assign_attrs(ledger_identities=json.dumps(held)), books)


def _contents(answer: Run, folder: str = "", *, small: bool) -> Iterator[tuple[str, Content]]:
    """Make one file after another, so that one at a time is in memory."""
    yield f"{folder}result.nc", results.as_netcdf(answer.dataset, small=small)
    yield f"{folder}ledger.nc", results.as_netcdf(answer.books)
    yield f"{folder}summary.json", results.as_json(answer.summary)
