"""Build the site of the papers: python tools/make_docs.py --out FOLDER

Charts come from 100 draws of japan-dump, japan-slow beside them; --draws takes another number.
Nothing is fetched. Needs zensical, which `make docs` installs.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from handbook import Found, check, drawings, gather
from handbook.drawings import DRAWS

from selloff.charts import AnyChart

BUILD: Final = (sys.executable, "-m", "zensical", "build", "--strict", "--clean")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--draws", type=int, default=DRAWS, help="random draws of the charts (100)")
    asked = parser.parse_args()
    if not find_spec("zensical"):
        parser.exit(3, "zensical is not installed. Run: make docs\n")
    began = time.perf_counter()
    drawn = drawings(asked.draws)
    ran = time.perf_counter()
    found = build(asked.out, drawn)
    print(f"{asked.out / 'site' / 'index.html'}: {found.pages} pages, {found.links} links")
    print(f"run of the charts {ran - began:.0f} s, site {time.perf_counter() - ran:.0f} s")
    if found.broken or found.foreign:
        parser.exit(1, "\n".join(["Broken:", *found.broken, "Foreign:", *found.foreign, ""]))


def build(out: Path, drawn: Mapping[str, AnyChart]) -> Found:
    """Gather, build and check."""
    gather(out, drawn)
    done = subprocess.run(BUILD, cwd=out, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")
    return check(out / "site")


if __name__ == "__main__":
    main()
