"""Write the numbers of a comparison into the README's table."""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

README: Final = Path(__file__).resolve().parents[1] / "README.md"
_ROW: Final = re.compile(r"^\| `(?P<name>\w+)` \| (?P<words>[^|]+) \|.*\|$", re.MULTILINE)
_FINE: Final = ("percent", "percentage points", "count")
"""Units in which numbers below ten are given with a decimal."""
_SMALL: Final = 10.0


def fill(text: str, summary: dict[str, Any]) -> str:
    """Replace the cells of every row that begins with a metric."""

    def row(match: re.Match[str]) -> str:
        cells = [_cell(run["metrics"][match["name"]]) for run in summary["runs"]]
        return f"| `{match['name']}` | {match['words']} | {' | '.join(cells)} |"

    return _ROW.sub(row, text)


def _cell(metric: dict[str, Any]) -> str:
    values = [metric[level] for level in ("p50", "p05", "p95")]
    is_small = metric["unit"] in _FINE and max(abs(value) for value in values) < _SMALL
    digits = 1 if is_small else 0
    # Adding zero takes the minus off a zero.
    mid, low, high = (f"{round(value, digits) + 0.0:,.{digits}f}" for value in values)
    return f"{mid} ({low} to {high})"


if __name__ == "__main__":
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    README.write_text(fill(README.read_text(encoding="utf-8"), found), encoding="utf-8")
