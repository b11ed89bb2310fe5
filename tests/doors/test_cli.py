"""The command line as a program: what it loads, prints and returns."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from selloff import __version__
from selloff.apps import cli

PYTHON = (sys.executable, "-W", "error")
CLI = (*PYTHON, "-m", "selloff")
HEAVY = ("jax", "jaxlib", "pandas", "xarray", "numpy", "equinox", "h5netcdf", "rich.progress")

SLOW_RUN = """
import signal, sys, time, types
# Shells start jobs in the background with Ctrl-C switched off.
signal.signal(signal.SIGINT, signal.default_int_handler)
import selloff.apps
fake = types.ModuleType("selloff.apps.session")
def run(scenario, **options):
    print("running", file=sys.stderr, flush=True)
    time.sleep(60)
fake.run = run
sys.modules["selloff.apps.session"] = selloff.apps.session = fake
sys.argv = ["selloff", "run", "no-sale"]
from selloff.apps.cli import main
main()
"""


def selloff(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CLI, *arguments], capture_output=True, text=True, cwd=cwd, timeout=120, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["-V"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    found = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "selloff", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip() for line in found.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded.intersection(HEAVY)


def test_every_file_is_a_command_with_its_line_of_help() -> None:
    text = selloff("--help").stdout
    folder = Path(cli.__file__).parent
    names = {each.stem for each in folder.glob("*.py") if not each.stem.startswith("_")}
    assert len(names) >= 20
    for name in names:
        (line,) = re.findall(rf"^  {name} .*", text, re.MULTILINE)
        assert line.endswith("."), line
        assert not line.endswith("..."), line


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_the_version_is_printed(flag: str) -> None:
    found = selloff(flag)
    assert (found.returncode, found.stdout) == (0, f"{__version__}\n")


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("--help >/dev/full", 3, "the disk is full"),
        ("world --detail >/dev/full", 3, "the disk is full"),
        ("presets >&-", 3, "standard output is closed"),
        ("--help >&-", 3, "standard output is closed"),
        ("run no-sale >&-", 3, "standard output is closed"),
        ("presets 2>&-", 0, ""),
        ("presets --show x 2>&-", 2, ""),
        ("presets --show x 2>/dev/full", 2, ""),
        ("presets >&- 2>&-", 3, ""),
        ("--help | true", 141, ""),
    ],
)
def test_an_output_that_cannot_be_written_ends_in_words(
    tmp_path: Path, command: str, code: int, words: str
) -> None:
    found = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shlex.join(CLI)} {command}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert found.returncode == code
    assert words in found.stderr
    assert len(found.stderr.splitlines()) == bool(words)
    assert list(tmp_path.iterdir()) == []


def test_no_command_and_no_scenario_are_usage_errors() -> None:
    assert selloff().returncode == 2
    found = selloff("run")
    assert (found.returncode, found.stdout) == (2, "")
    assert "Missing argument 'SCENARIO' (or --from-monitor HOLDER)." in found.stderr


def test_a_misspelt_command_is_offered_its_near_miss() -> None:
    found = selloff("comapre", "a", "b")
    assert found.returncode == 2
    assert "Did you mean 'compare'" in found.stderr


def test_input_errors_come_on_standard_error_with_exit_code_two(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema_version: 1\nnam: x\n", encoding="utf-8")
    found = selloff("validate", "bad.yaml", cwd=tmp_path)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.splitlines()[0] == "selloff: 4 problems"
    assert "bad.yaml:2 nam: got the unknown key 'nam'" in found.stderr
    assert "Traceback" not in found.stderr


def test_schema_is_json_and_loads_no_jax() -> None:
    found = selloff("schema")
    assert json.loads(found.stdout)["title"] == "Selloff scenario"
    assert found.stderr == ""


def test_interrupting_a_run_writes_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PYTHON, "-c", SLOW_RUN],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "running\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err) == ("", "selloff: interrupted while compiling; nothing was written\n")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_early_causes_no_noise() -> None:
    read_end, write_end = os.pipe()
    with subprocess.Popen(
        [*CLI, "world", "--detail"], stdout=write_end, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(write_end)
        os.close(read_end)
        _, err = process.communicate(timeout=120)
    assert err == ""
    assert process.returncode == 141
