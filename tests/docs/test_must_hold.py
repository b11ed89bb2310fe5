"""The page of what must hold: every line has a test that exists, every number is within bounds."""

import ast
import importlib
from typing import Any

import pytest

from papers import ROOT


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("must_hold")


def numbers(tool: Any) -> list[str]:
    """Measured cells of the page, in order."""
    table = [line for line in tool.PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [line.strip("| ").split(" | ")[2] for line in table[1:]]


def test_the_page_has_every_line_and_no_other(tool: Any) -> None:
    page, claims = tool.PAGE.read_text("utf-8"), tool.claims()
    shown = numbers(tool)
    assert len(shown) == len(claims) > 30
    for one, cell in zip(claims, shown, strict=True):
        assert tool.row(one, float(cell) if one.bounds else None) in page, one.claim


def test_every_number_is_within_its_bounds(tool: Any) -> None:
    for one, cell in zip(tool.claims(), numbers(tool), strict=True):
        if one.bounds:
            assert one.bounds[0] <= float(cell) <= one.bounds[1], one.claim


def test_every_test_named_exists(tool: Any) -> None:
    for one in tool.claims():
        file, _, name = one.test.partition("::")
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, name
