"""Write the headline numbers of a comparison into the README's table."""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from selloff.vocab import Metric, metrics_at, write_file

README: Final = Path(__file__).resolve().parents[1] / "README.md"
_TABLE: Final = re.compile(r"(^\| metric \|.*\n\|[-|]+\n)(?:\| `\w+` \|.*\n)*", re.MULTILINE)
_FINE: Final = ("percent", "percentage points", "count")
"""Units in which numbers below ten are given with a decimal."""
_SMALL: Final = 10.0


def fill(text: str, summary: dict[str, Any]) -> str:
    """Replace the rows of the table by those of vocab/metrics.csv that the README shows."""
    runs = summary["runs"]
    years = [float(run["horizon_years"]) for run in runs]
    rows = "".join(
        _row(metric, years, [run["metrics"].get(name) for run in runs])
        for name, metric in metrics_at(*years, shown="readme").items()
    )
    return _TABLE.sub(lambda match: match[1] + rows, text)


def _row(metric: Metric, years: list[float], found: list[dict[str, Any] | None]) -> str:
    unit = "" if metric.unit == "count" else f", {metric.unit}"
    cells = ["-" if each is None else _cell(each, metric.unit) for each in found]
    return f"| `{metric.name}` | {metric.title(*years)}{unit} | {' | '.join(cells)} |\n"


def _cell(found: dict[str, Any], unit: str) -> str:
    values = [found[level] for level in ("p50", "p05", "p95")]
    is_small = unit in _FINE and max(abs(value) for value in values) < _SMALL
    digits = 1 if is_small else 0
    # Adding zero takes the minus off a zero.
    mid, low, high = (f"{round(value, digits) + 0.0:,.{digits}f}" for value in values)
    return f"{mid} ({low} to {high})"


if __name__ == "__main__":
    summary = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    write_file(README, fill(README.read_text(encoding="utf-8"), summary))
