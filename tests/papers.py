"""The papers and what stands in them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_FENCE: Final = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Snippet:
    """A fenced block of a paper."""

    file: Path
    line: int
    language: str
    is_runnable: bool
    body: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}"


def papers() -> list[Path]:
    """Every Markdown file a reader is meant to open."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def snippets() -> list[Snippet]:
    """Every fenced block of every paper."""
    found = []
    for file in papers():
        text = file.read_text(encoding="utf-8")
        for match in _FENCE.finditer(text):
            words = match["info"].split()
            line = text.count("\n", 0, match.start()) + 1
            language = words[0] if words else ""
            found.append(Snippet(file, line, language, "runnable" in words, match["body"]))
    return found


def prose(file: Path) -> str:
    """A paper without its fenced blocks."""
    return _FENCE.sub("", file.read_text(encoding="utf-8"))


def section(file: Path, title: str) -> str:
    """The part of a paper under one second-level heading."""
    parts = re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (found,) = [part for part in parts if part.splitlines()[0].strip() == title]
    return found


def promised(command: str) -> set[str]:
    """What a command's JSON holds, by the page for scripts; not what an option adds."""
    told = table_rows(section(ROOT / "docs" / "scripting.md", "What `--json` prints"))[2:]
    (names,) = [names for words, names in told if words.split()[1].strip("`") == command]
    return set(re.findall(r"`(\w+)`", names.split(", with ")[0]))


def table_rows(text: str) -> list[list[str]]:
    """Cells of the rows of all Markdown tables in a text, headings and rules included."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
