"""Tables that a tool keeps current between its marks in papers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from selloff.vocab import write_file


@dataclass(frozen=True)
class Marks:
    """The marks of one tool: `<!-- made by TOOL: NAME -->`, a table, `<!-- end -->`."""

    tool: str
    folder: Path
    tables: Mapping[str, Callable[[], str]]

    def page(self, text: str) -> str:
        """Put the current tables between the marks of a page."""
        return self._mark.sub(self._made, text)

    def pages(self) -> list[Path]:
        """List the pages with such marks."""
        files = sorted(self.folder.rglob("*.md"))
        return [file for file in files if self._mark.search(file.read_text(encoding="utf-8"))]

    def write(self) -> None:
        """Make all pages current."""
        for file in self.pages():
            write_file(file, self.page(file.read_text(encoding="utf-8")))

    @property
    def _mark(self) -> re.Pattern[str]:
        begin = re.escape(f"<!-- made by {self.tool}: ")
        return re.compile(rf"({begin}(?P<name>\w+) -->\n).*?<!-- end -->\n", re.DOTALL)

    def _made(self, found: re.Match[str]) -> str:
        return f"{found[1]}\n{self.tables[found['name']]()}\n\n<!-- end -->\n"
