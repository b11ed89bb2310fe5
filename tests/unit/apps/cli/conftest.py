"""A command line whose runs are instant."""

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import selloff.apps
from exported import result
from selloff import results
from selloff.apps.cli._app import answer
from selloff.scenario import Scenario

METRICS = {
    "us_10y_peak_bp": ("bp", -1.2, 120.4, 1400.7),
    "us_10y_max_5d_bp": ("bp", 10.0, 60.0, 98.0),
    "usdjpy_trough_pct": ("percent", -20.0, -9.96, -0.01),
    "days_to_complete": ("business days", 9.0, 12.0, float("inf")),
}


_made_up = cache(result)


@pytest.fixture(scope="session")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up result as it is saved; who changes it takes a copy."""
    return results.save(_made_up(), tmp_path_factory.mktemp("whole") / "result.nc")


@pytest.fixture(scope="session")
def other_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same numbers as another program might leave them, without a word on what they are."""
    file = tmp_path_factory.mktemp("other") / "other.nc"
    _made_up().drop_attrs().to_netcdf(file, engine="h5netcdf")
    return file


class FakeRun:
    """A run that is over before it began."""

    def __init__(self, scenario: Scenario, *, draws: int, seed: int) -> None:
        self.dataset = _made_up()
        self.warnings = ("the order takes 12 days",)
        self.summary: dict[str, Any] = {
            "scenario": scenario.name,
            "vintage": scenario.vintage or "2026-07",
            "draws": draws,
            "parameter_rows": draws,
            "worlds": {},
            "seed": seed,
            "horizon_years": 10.0,
            "wall_seconds": {"total": 3.0, "compile": 1.0, "engine": 1.5},
            "metrics": {
                name: {"unit": unit, "p05": low, "p50": mid, "p95": high, "mean": mid}
                for name, (unit, low, mid, high) in METRICS.items()
            },
            "absorbed_by": {"usa_mmf": 300.0, "usa_bank": 400.0},
            "buyers": {
                "peak": {"dealers": 200.0},
                "end": {"usa_bank": 400.0, "usa_mmf": 300.0},
                "most": {"fed": 936.0},
                "most_on_day": {"fed": 63.0},
            },
            "outcomes": {"completed": draws},
            "capacity": {"room_for_all": draws},
            "identities": {"max_abs_residual_usd_bn": 1e-9},
        }

    def save(self, folder: Path, *, small: bool = False) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "summary.json"
        file.write_text(json.dumps(self.summary), encoding="utf-8")
        result = folder / "result.nc"
        result.write_bytes(b"small" if small else b"")
        return [result, file]


class FakeComparison:
    """Two of them."""

    def __init__(self, runs: tuple[FakeRun, FakeRun]) -> None:
        self.runs = runs
        self.summary = {"runs": [each.summary for each in runs], "difference": {}}

    def save(self, folder: Path, *, small: bool = False) -> list[Path]:
        return [
            file for run in self.runs for file in run.save(folder / str(run.summary["scenario"]))
        ]


class FakeSession(ModuleType):
    """Stands in for the module that runs the model; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__("selloff.apps.session")
        self.asked: list[tuple[Scenario, dict[str, Any]]] = []
        self.failure: BaseException | None = None

    def run(self, scenario: Scenario, **options: Any) -> FakeRun:
        self.asked.append((scenario, options))
        if self.failure is not None:
            raise self.failure
        return FakeRun(scenario, draws=options["draws"], seed=options["seed"])

    def compare(self, first: Scenario, second: Scenario, **options: Any) -> FakeComparison:
        return FakeComparison((self.run(first, **options), self.run(second, **options)))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> FakeSession:
    fake = FakeSession()
    monkeypatch.setitem(sys.modules, "selloff.apps.session", fake)
    monkeypatch.setattr(selloff.apps, "session", fake, raising=False)
    return fake


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    exit_code: int
    stdout: str
    stderr: str


Invoke = Callable[..., Answer]


@pytest.fixture
def selloff_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Answer:
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            exit_code = answer(arguments)
        return Answer(exit_code, out.getvalue(), err.getvalue())

    return invoke
