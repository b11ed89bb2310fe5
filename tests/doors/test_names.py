"""One name for one thing, and one way to do it."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{file.relative_to(ROOT)}:{node.lineno}")
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert len(places) > 100
    assert twice == {}


def test_tables_of_the_package_are_read_by_one_function() -> None:
    """Snapshots lie in folders of the user too, and are read where they are found."""
    room = ROOT / "src" / "selloff"
    texts = {file: file.read_text(encoding="utf-8") for file in room.rglob("*.py")}
    found = {
        str(file.relative_to(room))
        for file, text in texts.items()
        if "DictReader(" in text and "import files" in text
    }
    assert found == {"data/tables.py", "vocab/rows.py"}
