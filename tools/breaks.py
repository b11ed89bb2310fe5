"""Break the package on purpose, one equation at a time, and see whether the tests notice.

    python tools/breaks.py          all of breaks.toml
    python tools/breaks.py 3 17     the third and the seventeenth

Each break is made in a copy of the package, on which only the tests named beside it run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_PASSED, _FAILED = 0, 1
"""What pytest says when every test passed, and when one did not."""


@dataclass(frozen=True)
class Break:
    """One wrong line and the tests of which one must fail."""

    old: str
    new: str
    tests: tuple[str, ...]

    def file(self, package: Path) -> Path:
        """Find the one file in which the right line stands, once."""
        found = [f for f in sorted(package.rglob("*.py")) if self.old in f.read_text("utf-8")]
        if len(found) != 1 or found[0].read_text("utf-8").count(self.old) != 1:
            raise ValueError(f"stands in {len(found)} files, or twice: {self.old}")
        return found[0]


def table() -> list[Break]:
    """Read the breaks."""
    rows = tomllib.loads((ROOT / "tools" / "breaks.toml").read_text("utf-8"))["break"]
    return [Break(row["old"], row["new"], tuple(row["tests"])) for row in rows]


def is_caught(each: Break, package: Path) -> bool:
    """Make the break, run its tests one file after the other until one fails, and mend it."""
    file = each.file(package)
    right = file.read_text("utf-8")
    file.write_text(right.replace(each.old, each.new), "utf-8")
    try:
        return any(_run((test,), package) == _FAILED for test in each.tests)
    finally:
        file.write_text(right, "utf-8")


def _run(tests: Iterable[str], package: Path) -> int:
    python = [sys.executable, "-m", "pytest", "-n0", "-x", "-q", *tests]
    env = os.environ | {"PYTHONPATH": str(package.parent)}
    done = subprocess.run(python, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in (_PASSED, _FAILED):
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode


def main() -> int:
    """Try the breaks and say which escaped."""
    breaks = table()
    chosen = [int(word) for word in sys.argv[1:]] or range(1, len(breaks) + 1)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "selloff"
        shutil.copytree(ROOT / "src" / "selloff", package)
        named = sorted({test for number in chosen for test in breaks[number - 1].tests})
        if _run(named, package) != _PASSED:
            raise RuntimeError(f"fails before anything is broken: {', '.join(named)}")
        escaped = 0
        for number in chosen:
            caught = is_caught(breaks[number - 1], package)
            escaped += not caught
            print(number, "caught " if caught else "ESCAPED", breaks[number - 1].new, flush=True)
    return min(escaped, 1)


if __name__ == "__main__":
    sys.exit(main())
