"""A study has one door; nobody else opens its inner files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from marks import every

ROOT = Path(__file__).parents[2]
STUDIES = ROOT / "src" / "selloff" / "studies"
PACKAGES = sorted(each.parent.name for each in STUDIES.glob("*/__init__.py"))
ELSEWHERE = [
    file for room in ("src", "tools", "benchmarks") for file in sorted((ROOT / room).rglob("*.py"))
]


def imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def inner_files(text: str, packages: tuple[str, ...]) -> list[str]:
    """What a text imports from behind a door of one of the packages."""
    inside = {
        f"selloff.studies.{package}.{file.stem}"
        for package in packages
        for file in (STUDIES / package).glob("*.py")
    }
    return [name for name in imported(text) if name in inside or name.rpartition(".")[0] in inside]


@every(ELSEWHERE)
def test_a_study_is_entered_by_its_door(file: Path) -> None:
    others = tuple(package for package in PACKAGES if file.parent != STUDIES / package)
    assert inner_files(file.read_text(encoding="utf-8"), others) == []


def test_a_way_round_the_door_is_found() -> None:
    assert inner_files("from selloff.studies.backtest.scores import crps", ("backtest",))
    assert inner_files("from selloff.studies.backtest import scores", ("backtest",))
    assert not inner_files("from selloff.studies.backtest import aggregate", ("backtest",))


@every([each for each in ELSEWHERE if STUDIES in each.parents])
def test_a_study_names_fields_and_not_options(file: Path) -> None:
    assert 'where="-' not in file.read_text(encoding="utf-8")


def test_doors_load_no_jax() -> None:
    assert PACKAGES
    doors = ", ".join(f"selloff.studies.{package}" for package in PACKAGES)
    code = f"import sys, {doors}; print(sorted({{'jax', 'numpy', 'pandas'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_exported_name_is_the_name_of_a_file(package: str) -> None:
    """A name that a file bears too would change its meaning once the file is open."""
    door = ast.parse((STUDIES / package / "__init__.py").read_text(encoding="utf-8"))
    names = next(
        ast.literal_eval(node.value)
        for node in door.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert not set(names) & {file.stem for file in (STUDIES / package).glob("*.py")}
