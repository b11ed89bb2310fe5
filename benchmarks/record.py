"""Keep what `pytest-benchmark` measured: ratios to the peer of each group, and a page of them.

python benchmarks/record.py MEASURED.json
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HISTORY = HERE / "history.csv"
PAGE = HERE.parent / "docs" / "speed.md"
COLUMNS = ("day", "commit", "python", "cores", "group", "ours", "peer", "ours_s", "peer_s", "ratio")
SHOWN = 6


def main(measured: Path) -> None:
    rows = [*read_history(), *read_measured(json.loads(measured.read_text("utf-8")))]
    with HISTORY.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *([*r.values()] for r in rows)])
    PAGE.write_text(page(rows), encoding="utf-8")


def read_history() -> list[dict[str, str]]:
    if not HISTORY.exists():
        return []
    with HISTORY.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_measured(measured: dict[str, Any]) -> list[dict[str, str]]:
    """The first of a group is ours; every other one is set beside it."""
    groups = defaultdict(list)
    for each in measured["benchmarks"]:
        seconds = each["stats"]["median"] * each["extra_info"].get("share", 1.0)
        groups[each["group"]].append((each["params"]["who"], seconds))
    machine, commit = measured["machine_info"], measured["commit_info"]["id"][:9]
    found = []
    for group, ((ours, ours_s), *peers) in groups.items():
        for peer, peer_s in peers:
            numbers = f"{ours_s:.4g}", f"{peer_s:.4g}", f"{ours_s / peer_s:.3g}"
            when = measured["datetime"][:10], commit, machine["python_version"]
            cores = str(machine["cpu"]["count"])
            row = (*when, cores, group, ours, peer, *numbers)
            found.append(dict(zip(COLUMNS, row, strict=True)))
    return found


def page(rows: list[dict[str, str]]) -> str:
    lines = [
        "# Speed",
        "",
        "`make bench` measures ours beside a peer in one process and adds a row to "
        "`benchmarks/history.csv`. Seconds are medians and belong to the machine; the ratio, ours "
        "over the peer, is what to watch. pyfrbus is no peer: it is on no package index and needs "
        "Python 3.9. Newest first.",
        "",
        "| what | ours | peer | ours, s | peer, s | ratio | day | commit | cores |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for group in dict.fromkeys(row["group"] for row in rows):
        for row in [each for each in rows if each["group"] == group][: -SHOWN - 1 : -1]:
            names = ("group", "ours", "peer", "ours_s", "peer_s", "ratio", "day", "commit", "cores")
            lines.append("| " + " | ".join(row[name] for name in names) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
