"""Texts refer to what is in the repository, and to nothing else."""

import re
from pathlib import Path

import pytest

from marks import every

ROOT = Path(__file__).parents[2]
KINDS = {".py", ".md", ".csv", ".html", ".txt", ".yaml", ".toml"}
ELSEWHERE = re.compile(
    r"\bMODEL(?:_REVIEW)?(?:\.md)?,? sections? \d|\bMODEL_REVIEW|\bHOUSE\b|\bTELLING\b|\bLIVE\b"
    r"|\b[Ee]vidence synthesis|\b[Tt]ransmission note"
)
"""Names of documents that lie elsewhere."""
NAMED = re.compile(r"(?<![\w./-])(?:docs|src|tools|tests|benchmarks)/[\w./-]+\.(?:md|py|csv)\b")
TOUR = ROOT / "docs" / "extending.md"
"""Names files that its reader is going to make."""
FILES = [
    file
    for room in ("src", "docs", "tools", "benchmarks", "examples")
    for file in sorted((ROOT / room).rglob("*"))
    if file.suffix in KINDS and "vendor" not in file.parts
] + [file for file in sorted(ROOT.glob("*.md")) if file.name != "CHANGELOG.md"]


@every(FILES)
def test_a_text_refers_to_what_is_here(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [found.group() for found in ELSEWHERE.finditer(text)] == []
    if file != TOUR:
        assert [name for name in NAMED.findall(text) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("text", ["MODEL section 7", "HOUSE identity", "the evidence synthesis"])
def test_a_reference_to_a_document_elsewhere_is_found(text: str) -> None:
    assert ELSEWHERE.search(text)


def test_a_file_that_is_gone_is_found() -> None:
    assert NAMED.findall("`src/selloff/nowhere.py`, see docs/model/fed.md.") == [
        "src/selloff/nowhere.py",
        "docs/model/fed.md",
    ]
