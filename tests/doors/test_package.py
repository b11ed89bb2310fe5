"""The package as it is built and installed: what is in it, what it asks for, and that it runs."""

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

from papers import ROOT
from selloff import __version__

SOURCE = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MOST_BYTES = 8_000_000
IMPORT = re.compile(r"""^\s*(?:import|from) (\w+)|import_module\("(\w+)|ws="(\w+)""", re.MULTILINE)
"""A library is imported, or named to one that imports it."""
EXTRAS = PROJECT["optional-dependencies"]
TO_INSTALL = re.compile(r"""without\(.+extra="(\w+)"|selloff\[(\w+)\]""")
"""How the package names an extra to whoever lacks it."""


def test_whatever_lies_in_the_package_goes_into_the_wheel() -> None:
    """Data, pages and templates too; a rule of .gitignore leaves none of them out."""
    packed = {each.distribution_path for each in WheelBuilder(str(ROOT)).recurse_included_files()}
    on_disk = {
        str(file.relative_to(SOURCE))
        for file in (SOURCE / "selloff").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert packed == on_disk
    assert {Path(name).suffix for name in packed} >= {".csv", ".json", ".yaml", ".js", ".html"}
    assert "selloff/py.typed" in packed


@cache
def used() -> set[str]:
    """Libraries that the package names where it loads them."""
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    return {name.lower() for text in texts for each in IMPORT.findall(text) for name in each}


@pytest.mark.parametrize("library", [Requirement(each).name for e in EXTRAS.values() for each in e])
def test_a_library_of_an_extra_is_used(library: str) -> None:
    assert library.lower() in used()


def test_whoever_lacks_an_extra_is_told_of_one_that_there_is() -> None:
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    told = {name for text in texts for each in TO_INSTALL.findall(text) for name in each if name}
    assert told == set(EXTRAS)


def test_the_versions_of_python_that_are_claimed_are_tried() -> None:
    said = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    (tried,) = re.findall(r"python: \[(.*)\]", workflow)
    assert set(said) <= set(re.findall(r"3\.\d+", tried))
    assert PROJECT["requires-python"] == f">={said[0]}"


def needed(name: str, seen: set[str]) -> Iterator[str]:
    """Name a distribution and all that it asks for here, without extras."""
    if name in seen:
        return
    seen.add(name)
    yield name
    for text in distribution(name).requires or ():
        asked = Requirement(text)
        if asked.marker is None or asked.marker.evaluate({"extra": ""}):
            yield from needed(asked.name, seen)


def bare(place: Path, *wanted: str) -> Path:
    """Make an environment that has what some distributions ask for, and nothing else."""
    venv.create(place, with_pip=False, symlinks=True)
    (room,) = place.glob("lib/python*/site-packages")
    seen = {"selloff"}
    asked = {Requirement(each).name for each in PROJECT["dependencies"]} | set(wanted)
    for name in {found for each in asked for found in needed(each, seen)}:
        held = distribution(name)
        tops = {each.parts[0] for each in held.files or () if each.parts[0] != ".."}
        for top in tops - {"__pycache__"}:
            if not (room / top).exists():
                (room / top).symlink_to(str(held.locate_file(top)))
    return place / "bin"


def call(*words: str | Path, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [*map(str, words)],
        cwd=cwd,
        env=kept | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == code, f"{words}\n{done.stdout}\n{done.stderr}"
    return done


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, the wheel that it makes, and in `direct` the wheel that the sources make."""
    folder = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--no-isolation", ROOT, "-o")
    call(*build, folder, cwd=folder)
    call(*build, folder / "direct", "--wheel", cwd=folder)
    return folder


@pytest.mark.slow
@pytest.mark.nightly
def test_the_sdist_makes_the_wheel_of_the_sources(built: Path) -> None:
    (wheel,), (direct,) = built.glob("*.whl"), built.glob("direct/*.whl")
    assert contents(wheel) == contents(direct)
    assert wheel.stat().st_size < MOST_BYTES


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("form", ["*.whl", "*.tar.gz"])
def test_it_runs_from_a_bare_environment_and_any_folder(
    built: Path, tmp_path: Path, form: str
) -> None:
    binaries = bare(tmp_path / "env", *(["hatchling"] if form == "*.tar.gz" else []))
    (package,) = built.glob(form)
    install = ("install", "--no-deps", "--no-index", "--no-build-isolation", package)
    call(sys.executable, "-m", "pip", "--python", binaries / "python", *install, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program, module = (binaries / "selloff",), (binaries / "python", "-m", "selloff")
    where = call(*module[:1], "-c", "import selloff; print(selloff.__file__)", cwd=elsewhere)
    assert Path(where.stdout).is_relative_to(tmp_path)
    for words in (program, module):
        assert call(*words, "--version", cwd=elsewhere).stdout.strip() == __version__
    assert "japan-dump" in call(*program, "presets", cwd=elsewhere).stdout
    few = ("--draws", "4", "--no-attribution", "--json")
    answer = json.loads(call(*program, "run", "japan-dump", *few, cwd=elsewhere).stdout)
    assert answer["metrics"]["us_10y_peak_bp"]["p50"] > 0.0
    assert (elsewhere / "out" / "japan-dump" / "report.html").is_file()
    refused = call(*program, "serve", cwd=elsewhere, code=2)
    assert "pip install 'selloff[web]'" in refused.stderr
