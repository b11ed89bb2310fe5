"""What a script is told holds: every exit code, every command that prints JSON, and its names."""

import io
import json
import re
import sys
from typing import Any

import pytest
from ruamel.yaml import YAML

from papers import ROOT, section, snippets, table_rows
from selloff.apps.cli._app import answer, command_line
from selloff.apps.cli._failures import EXIT_CODES
from selloff.scenario import load

PAGE = ROOT / "docs" / "scripting.md"
FILLED = {
    "EPISODE": "",
    "SERIES": "us_yields_daily.10Y",
    "PARAMETER": "transient_impact",
    "HOLDER": "japan",
}
QUICK = (
    "carry",
    "data",
    "evidence",
    "explain",
    "fit",
    "meta",
    "monitor",
    "presets",
    "vintages",
    "world",
)
"""Commands that answer without a run."""


def rows() -> dict[str, list[str]]:
    found = table_rows(section(PAGE, "What `--json` prints"))[2:]
    return {command.strip("`"): re.findall(r"`([^`]+)`", names) for command, names in found}


def printed(command: str, capsys: pytest.CaptureFixture[str]) -> Any:
    words = [FILLED.get(word, word) for word in command.split()[1:]]
    assert answer([*words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_every_exit_code_is_told() -> None:
    told = table_rows(section(PAGE, "Exit codes"))[2:]
    assert [int(code) for code, *_ in told] == list(EXIT_CODES)
    assert all(all(row) for row in told)


def test_every_command_that_prints_json_is_told() -> None:
    commands = command_line().commands.values()
    able = {each.name for each in commands if any("--json" in one.opts for one in each.params)}
    assert {command.split()[1] for command in rows()} == able


def test_the_example_asks_what_can_be_asked() -> None:
    (shown,) = [each.body for each in snippets() if each.file == PAGE and each.language == "python"]
    names: dict[str, Any] = {}
    exec(shown.split("done =")[0], names)
    assert load(names["asked"]).name == "half"


def test_a_scenario_comes_through_a_pipe_also_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(["presets", "--show", "no-sale"]) == 0
    shown = capsys.readouterr().out
    for text in (shown, json.dumps(YAML(typ="safe").load(shown))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert answer(["validate", "-"]) == 0
        assert "no-sale" in capsys.readouterr().out


@pytest.mark.parametrize("command", [each for each in rows() if each.split()[1] in QUICK])
def test_the_names_are_those_that_come(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    found, names = printed(command, capsys), rows()[command]
    if names[0] == "[]":
        assert set(names[1:]) <= set(found[0])
    else:
        assert set(names) <= set(found)
        assert isinstance(found, dict)
