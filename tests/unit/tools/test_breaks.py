"""The deliberate breaks can still be made: their lines stand in the package, their tests exist."""

from pathlib import Path

import pytest
from breaks import ROOT, Break, is_caught, table

from marks import every

TABLE = table()


def test_there_are_enough() -> None:
    assert len(TABLE) >= 30
    assert len({each.old for each in TABLE}) == len(TABLE)


@every(TABLE, lambda each: each.new[:40])
def test_a_break_can_be_made_and_has_tests(each: Break) -> None:
    assert each.file(ROOT / "src" / "selloff").suffix == ".py"
    assert each.new != each.old
    assert each.tests
    assert all((ROOT / test).is_file() for test in each.tests)


@pytest.mark.parametrize(("body", "caught"), [("assert x.ONE == 1", True), ("assert x.ONE", False)])
def test_a_break_is_made_tried_and_mended(tmp_path: Path, body: str, caught: bool) -> None:
    package, test = tmp_path / "selloff", tmp_path / "test_x.py"
    package.mkdir()
    (package / "x.py").write_text("ONE = 1\n")
    test.write_text(f"import sys\n\nsys.path.insert(0, {str(package)!r})\nimport x\n\n\n"
                    f"def test_x():\n    {body}\n")  # fmt: skip
    assert is_caught(Break("ONE = 1", "ONE = 2", (str(test),)), package) is caught
    assert (package / "x.py").read_text() == "ONE = 1\n"


def test_a_line_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("a = 1\na = 1\n")
    with pytest.raises(ValueError, match="a = 1"):
        Break("a = 1", "a = 2", ()).file(tmp_path)
