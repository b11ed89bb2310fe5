"""The tour of the code is true: its changes apply to a copy of the package, and work."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from papers import ROOT

TOUR = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(diff|python) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STOP = re.compile(r"^### (.+)$", re.MULTILINE)
ASKED = """
import selloff as so
from selloff.scenario import load

def run(**reactions):
    question = load("yen-defence").model_dump(mode="json")
    shocks = [{"kind": "squeeze", "size": 2.0}]
    sale = {"horizon_years": 1.0, "shocks": shocks, **reactions}
    return so.run(question | sale, draws=4, attribution=False)
"""
"""What every stop of the tour may call."""


def change(text: str, lines: list[str]) -> str:
    """Apply a block: what has a place goes there, what has none goes to the end."""
    at = len(text)
    for line in lines:
        sign, body = line[:1], f"{line[1:]}\n"
        if sign == "+":
            text = text[:at] + body + text[at:]
            at += len(body)
            continue
        found = text.find(body)
        assert found >= 0, f"the tour looks for {body!r}"
        if sign == "-":
            text = text[:found] + text[found + len(body) :]
            at = found
        else:
            at = found + len(body)
    return text


def test_the_tour_stops_where_people_want_to_add() -> None:
    stops = _STOP.findall(TOUR)
    for thing in (
        "metric",
        "market",
        "rule of a kind that exists",
        "rule of a new kind",
        "command",
    ):
        assert f"Add a {thing}" in stops
    assert len(_BLOCK.findall(TOUR)) > len(stops)


def test_a_change_goes_where_the_tour_says() -> None:
    assert change("a\nb\nc\n", [" a", "+x"]) == "a\nx\nb\nc\n"
    assert change("a\nb\nc\n", ["-b", "+x", "+y"]) == "a\nx\ny\nc\n"
    assert change("a\n", ["+x"]) == "a\nx\n"
    with pytest.raises(AssertionError, match="the tour looks for"):
        change("a\n", [" z", "+x"])


def walk(folder: Path) -> list[str]:
    """Copy the package, make all changes of the tour, and give what its reader runs."""
    shutil.copytree(
        ROOT / "src" / "selloff", folder / "selloff", ignore=shutil.ignore_patterns("__pycache__")
    )
    script = [ASKED]
    for kind, place, body in _BLOCK.findall(TOUR):
        if kind == "python":
            script.append(body)
            continue
        file = folder / Path(place).relative_to("src")
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(change(text, body.splitlines()), encoding="utf-8")
    return script


def test_every_change_of_the_tour_has_its_place(tmp_path: Path) -> None:
    """And leaves code that can be read; whether it works is a slow test's business."""
    for script in walk(tmp_path):
        ast.parse(script)
    for _, place, _ in (found for found in _BLOCK.findall(TOUR) if found[1].endswith(".py")):
        ast.parse((tmp_path / Path(place).relative_to("src")).read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_tour_can_be_followed(tmp_path: Path) -> None:
    script = walk(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(script)],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
