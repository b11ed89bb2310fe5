"""The door for Python: ask a question, look at the answer, keep it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from selloff import pipeline, report, results
from selloff.apps._loading import load_checked
from selloff.scenario import Scenario, Source
from selloff.vocab import InputError, Problem

Progress = Callable[[int, int], None]
DEFAULT_DRAWS = 2000


@dataclass(frozen=True, eq=False)
class Run:
    """One question, answered."""

    prepared: pipeline.Prepared
    dataset: xr.Dataset
    """Everything, by draw and step; meets the schema of results."""
    books: xr.Dataset
    """Books of every named holder in the first draws."""

    @property
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

        Source: the same seed, simulated again.
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

        Source: the report's figures.
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

        Source: the report's figures.
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

        Source: the report room.
        """
        report.write_report([self.dataset], [self.summary], Path(file))
        return Path(file)

    def save(self, folder: Path | str) -> list[Path]:
        """Write result, summary, books of the first draws and report.

        Arguments:
            folder: where to; made if it is not there.

        Returns:
            The files.

        Raises:
            OutputError: the folder cannot be written.

        Source: HOUSE; each file is written whole or not at all.
        """
        place = Path(folder)
        return [*_save_data(self, place), self.report(place / "report.html")]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two questions answered with the same chance, draw by draw."""

    runs: tuple[Run, Run]

    @property
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

        Source: the report room.
        """
        report.write_report(
            [each.dataset for each in self.runs], [each.summary for each in self.runs], Path(file)
        )
        return Path(file)

    def save(self, folder: Path | str) -> list[Path]:
        """Write both runs in folders of their own, the comparison and one report.

        Arguments:
            folder: where to; made if it is not there.

        Returns:
            The files.

        Raises:
            OutputError: the folder cannot be written.

        Source: HOUSE; each file is written whole or not at all.
        """
        place = Path(folder)
        names = [each.dataset.attrs["scenario_name"] for each in self.runs]
        if names[0] == names[1]:
            names = [f"{names[0]}-1", f"{names[1]}-2"]
        files = [
            file
            for run, name in zip(self.runs, names, strict=True)
            for file in _save_data(run, place / name)
        ]
        summary = results.save_summary(self.summary, place / "summary.json")
        return [*files, summary, self.report(place / "report.html")]


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

    Arguments:
        scenario: a preset, a file, plain values or a scenario.
        draws: random draws [count].
        seed: of the random numbers [integer].
        horizon_years: horizon instead of the scenario's own [years].
        vintage: opening date instead of the scenario's own [year-month].
        attribution: also split headline numbers by mechanism, which takes four more runs [flag].
        progress: told how many draws are done, of how many.

    Returns:
        The answer.

    Raises:
        InputError: with everything that is wrong with the question.

    Source: HOUSE, one scenario end to end.
    """
    (question,) = load_checked([scenario], horizon_years=horizon_years, vintage=vintage)
    return _answer(question, draws, seed, attribution=attribution, progress=progress)


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
        attribution: also split headline numbers by mechanism [flag].
        progress: told how many draws are done, of how many.

    Returns:
        Both answers and their difference.

    Raises:
        InputError: with everything that is wrong with the questions.

    Source: common random numbers.
    """
    one, two = load_checked([first, second], horizon_years=horizon_years, vintage=vintage)

    def part(at: int) -> Progress | None:
        return None if progress is None else lambda done, n: progress(at * n + done, 2 * n)

    answers = (
        _answer(one, draws, seed, attribution=attribution, progress=part(0)),
        _answer(two, draws, seed, attribution=attribution, progress=part(1)),
    )
    return Comparison(answers)


def _answer(
    question: Scenario, draws: int, seed: int, *, attribution: bool | int, progress: Progress | None
) -> Run:
    _check_count("draws", draws, 1)
    _check_count("seed", seed, 0)
    ready = pipeline.prepare(question, seed=seed)
    ds, books = pipeline.answer(ready, n_draws=draws, attribution=attribution, progress=progress)
    held = {"draws": books.sizes["draw"], "residuals": results.ledger_residuals(books)}
    return Run(ready, ds.assign_attrs(ledger_identities=json.dumps(held)), books)


def _check_count(name: str, given: int, least: int) -> None:
    if isinstance(given, bool) or not isinstance(given, int) or given < least:
        allowed = f"a whole number from {least} up"
        raise InputError(
            [Problem(where=name, given=repr(given), allowed=allowed, remedy="Change it.")]
        )


def _save_data(answer: Run, folder: Path) -> list[Path]:
    return [
        results.save(answer.dataset, folder / "result.nc"),
        results.save(answer.books, folder / "ledger.nc"),
        results.save_summary(answer.summary, folder / "summary.json"),
    ]
