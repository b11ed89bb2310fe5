"""What the papers show is run: Python, commands and scenarios."""

import ast
import importlib
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

import pytest

from marks import slow_but
from papers import ROOT, Snippet, snippets
from selloff.apps import session
from selloff.apps._loading import books_at
from selloff.apps.cli._app import answer
from selloff.data import vintage
from selloff.scenario import load, load_episode

DRAWS = {"run": 10, "compare": 10, "backtest": 64}
"""As many as other tests ask for: a program is compiled for each number."""
_ALL = snippets()
_ENGINE = re.compile(r"^\$ selloff (run|compare|backtest|triggers)\b", re.MULTILINE)
"""Commands that run the model."""
_PYTHON = [s for s in _ALL if s.language == "python" and s.is_runnable]
_CONSOLE = [s for s in _ALL if s.language == "console" and s.is_runnable]
_QUICK = [str(s) for s in _CONSOLE if not _ENGINE.search(s.body)]
_FILES = [s for s in _ALL if s.language == "yaml" and "schema_version" in s.body]
_EPISODES = [s for s in _FILES if "start:" in s.body]
_SCENARIOS = [s for s in _FILES if s not in _EPISODES]


def test_there_is_something_to_run() -> None:
    assert _PYTHON
    assert _CONSOLE
    assert _SCENARIOS
    assert _EPISODES
    assert not [str(s) for s in _ALL if s.is_runnable and s not in _PYTHON + _CONSOLE]


@pytest.mark.slow
@pytest.mark.parametrize("snippet", _PYTHON, ids=str)
def test_python_runs(snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("run", "compare"):
        monkeypatch.setattr(session, name, partial(getattr(session, name), draws=DRAWS[name]))
    exec(compile(snippet.body, str(snippet), "exec"), {"__name__": "snippet"})


def test_what_python_imports_is_there() -> None:
    """Also where it is not run; the tour imports what its reader is going to write."""
    texts = [s.body for s in _ALL if s.language == "python" and s.file.name != "extending.md"]
    asked = [
        n for text in texts for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)
    ]
    ours = [
        (n.module, a.name) for n in asked if n.module and "selloff" in n.module for a in n.names
    ]
    assert ours
    assert not [
        (room, name) for room, name in ours if not hasattr(importlib.import_module(room), name)
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("snippet", slow_but(_QUICK, _CONSOLE), ids=str)
def test_commands_run(snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: to start one a command takes longer than most of them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    lines = [line for line in snippet.body.splitlines() if line.startswith("$ ")]
    assert lines
    for line in lines:
        program, *words = shlex.split(line.removeprefix("$ "))
        assert program == "selloff", line
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            exit_code = answer(_with_few_draws(words))
        assert exit_code == 0, f"{line}\n{out.getvalue()}\n{err.getvalue()}"
        assert out.getvalue().strip(), line


@pytest.mark.parametrize("snippet", _SCENARIOS, ids=str)
def test_scenarios_are_valid(snippet: Snippet, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(snippet.body, encoding="utf-8")
    scenario = load(file)
    world = vintage(scenario.vintage) if scenario.vintage else vintage()
    assert load(file, limits=world.books_by_name()) == scenario


@pytest.mark.parametrize("snippet", _EPISODES, ids=str)
def test_episodes_are_valid(snippet: Snippet, tmp_path: Path) -> None:
    file = tmp_path / "episode.yaml"
    file.write_text(snippet.body, encoding="utf-8")
    assert load_episode(file, limits=books_at).flows


def _with_few_draws(words: list[str]) -> list[str]:
    if words[0] not in DRAWS:
        return words
    few = ["--draws", str(DRAWS[words[0]])]
    if "--draws" in words:
        at = words.index("--draws")
        return [*words[:at], *few, *words[at + 2 :]]
    return [*words, *few]
