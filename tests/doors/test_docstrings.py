"""Public functions say their units and their source; modules stay small."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from marks import every

SOURCE = Path(__file__).parents[2] / "src" / "selloff"
FILES = sorted(SOURCE.rglob("*.py"))
ROOMS = ("model",)
Function = ast.FunctionDef


SHAPE = SOURCE / "model" / "mechanisms" / "_abstract.py"


def methods_of(node: ast.ClassDef) -> set[str]:
    """Names that the parents of a mechanism explain for it."""
    shape = ast.parse(SHAPE.read_text(encoding="utf-8"))
    abstract = {each.name: each for each in shape.body if isinstance(each, ast.ClassDef)}
    parents = [abstract[name] for name in names_of(node.bases) if name in abstract]
    own = {each.name for parent in parents for each in parent.body if isinstance(each, Function)}
    return own.union(*map(methods_of, parents))


def names_of(bases: list[ast.expr]) -> list[str]:
    return [base.id for base in bases if isinstance(base, ast.Name)]


def functions() -> Iterator[tuple[str, Function]]:
    for room in ROOMS:
        for file in sorted((SOURCE / room).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    inherited = methods_of(node)
                    for method in node.body:
                        if not isinstance(method, Function) or method.name in inherited:
                            continue
                        if not method.name.startswith("_"):
                            yield f"{file.relative_to(SOURCE)}:{node.name}.{method.name}", method
                if isinstance(node, Function) and not node.name.startswith("_"):
                    yield f"{file.relative_to(SOURCE)}:{node.name}", node


PUBLIC = list(functions())


def is_property(node: Function) -> bool:
    return any(getattr(each, "id", "") == "property" for each in node.decorator_list)


def takes_numbers(annotation: ast.expr | None) -> bool:
    text = ast.unparse(annotation) if annotation else ""
    return bool(re.match(r"(Float|Int)\[|float$|int$", text))


@every(PUBLIC, lambda found: found[0])
def test_docstring(found: tuple[str, Function]) -> None:
    name, node = found
    text = ast.get_docstring(node) or ""
    assert text, f"{name}: no docstring"
    if is_property(node):
        assert re.search(r"\[.+\]", text), f"{name}: no unit"
        return
    assert "Source:" in text, f"{name}: no source"
    arguments = [
        each
        for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if each.arg not in ("self", "cls")
    ]
    if arguments:
        assert "Arguments:" in text, f"{name}: arguments are not explained"
    body = text.partition("Arguments:")[2]
    for each in arguments:
        found = re.search(rf"^\s+{each.arg}: (.+(?:\n\s{{8,}}.+)*)", body, re.MULTILINE)
        assert found, f"{name}: '{each.arg}' is not explained"
        if takes_numbers(each.annotation):
            line = found.group(1)
            has_unit = re.search(r"\[.+\]", line) or "unit" in line
            assert has_unit, f"{name}: '{each.arg}' has no unit"
    returns = ast.unparse(node.returns) if node.returns else "None"
    if returns != "None":
        assert "Returns:" in text, f"{name}: what it returns is not explained"


LONG_DOORS = ("__init__.py", "apps/session.py", "vocab/errors.py")
"""Front doors, where a user reads the whole docstring."""


@every(
    file
    for file in FILES
    if file.relative_to(SOURCE).parts[0] != "model"
    and str(file.relative_to(SOURCE)) not in LONG_DOORS
)
def test_a_docstring_outside_the_model_is_one_to_three_lines(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, kinds):
            lines = [line for line in (ast.get_docstring(node) or "").splitlines() if line.strip()]
            assert len(lines) <= 3, getattr(node, "name", file.name)


def test_there_is_something_to_check() -> None:
    assert len(PUBLIC) > 40


@every(FILES)
def test_modules_and_functions_are_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 110, node.name
