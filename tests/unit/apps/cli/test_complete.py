"""Shells complete commands, presets, episodes and parameters."""

import subprocess
import sys
from pathlib import Path

import pytest

from selloff.apps.cli._app import answer, command_names
from selloff.apps.cli._completing import SHELLS, VARIABLE
from selloff.evidence import parameters
from selloff.scenario import episode_names, preset_names

ASKED = {
    "bash": {"COMP_WORDS": "{}", "COMP_CWORD": "{n}"},
    "zsh": {"_TYPER_COMPLETE_ARGS": "{}"},
    "fish": {"_TYPER_COMPLETE_ARGS": "{}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}
"""What the script of each shell writes for what was typed so far."""


def ask(shell: str, typed: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv(VARIABLE, f"complete_{shell}")
    for name, form in ASKED[shell].items():
        monkeypatch.setenv(name, form.format(typed, n=len(typed.split()) - typed[-1:].isalnum()))
    return answer([])


@pytest.mark.parametrize("shell", ASKED)
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("selloff ", command_names()),
        ("selloff ex", ["explain", "export"]),
        ("selloff run ", preset_names()),
        ("selloff validate japan-d", ["japan-dump"]),
        ("selloff compare japan-dump ", preset_names()),
        ("selloff backtest ", [*episode_names(), "all", "mechanisms"]),
        ("selloff explain elasticity_usa_b", ["elasticity_usa_bank"]),
        ("selloff run --dra", ["--draws"]),
    ],
)
def test_what_can_follow_is_offered(
    shell: str,
    typed: str,
    wanted: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask(shell, typed, monkeypatch) == 0
    text = capsys.readouterr().out.replace("_arguments '*: :((", "")
    offered = [line.split("\t")[0].split(":")[0].strip("\")'") for line in text.splitlines()]
    assert sorted(offered) == sorted(wanted)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["complete", shell]) == 0
    script = capsys.readouterr().out
    assert f"complete_{shell}" in script
    assert VARIABLE in script


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["complete", "tcsh"]) == 2
    assert "allowed: bash, zsh, fish, powershell" in capsys.readouterr().err


def test_bash_itself_completes_a_preset(tmp_path: Path) -> None:
    program = tmp_path / "selloff"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m selloff "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    lines = (
        f"source <({program} complete bash)",
        "COMP_WORDS=(selloff run japan-d) COMP_CWORD=2",
        f"_selloff_completion {program}",
        'echo "${COMPREPLY[@]}"',
    )
    found = subprocess.run(
        ["bash", "--norc", "-ec", "\n".join(lines)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert (found.stdout, found.stderr) == ("japan-dump\n", "")


def test_every_parameter_can_be_completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask("fish", "selloff explain ", monkeypatch)
    assert capsys.readouterr().out.split() == sorted(parameters())
