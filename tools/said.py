"""Run the commands that papers show again, and put in what they print: python tools/said.py

A block `console said` shows what its command prints. After `said` may stand what of it is shown:
paragraphs by number, lines by a word in them. A block `yaml NAME.yaml` is the file of that name.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from selloff.vocab import write_file

ROOT: Final = Path(__file__).resolve().parents[1]
_BLOCK: Final = re.compile(
    r"^```(?P<kind>yaml (?P<file>[\w-]+\.yaml)|console said(?P<shown>[^\n]*))\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DRAWN: Final = re.compile("[▁-█]+")
_VARIES: Final = "Time:"
"""How a line begins that differs from run to run."""


def pages() -> list[Path]:
    """Every paper with such a block."""
    files = sorted((ROOT / "docs").rglob("*.md"))
    return [file for file in files if "```console said" in file.read_text(encoding="utf-8")]


def page(text: str) -> str:
    """Run all of a paper in an empty folder, and return it with what was printed."""
    with tempfile.TemporaryDirectory() as folder:
        return _BLOCK.sub(lambda found: _again(found, Path(folder)), text)


def differences(told: str, found: str, *, allowed: float = 0.05) -> list[str]:
    """Lines that say something else; numbers may differ a little, as processors do."""
    pairs = zip(told.splitlines(), found.splitlines(), strict=False)
    lines = [f"{a}\n{b}" for a, b in pairs if not _is_same(a, b, allowed)]
    if len(told.splitlines()) != len(found.splitlines()):
        lines.append(f"{len(told.splitlines())} lines told, {len(found.splitlines())} found")
    return lines


def _again(found: re.Match[str], folder: Path) -> str:
    if found["file"]:
        (folder / found["file"]).write_text(found["body"], encoding="utf-8")
        return found[0]
    (command,) = [line for line in found["body"].splitlines() if line.startswith("$ ")]
    program, *words = shlex.split(command.removeprefix("$ "))
    assert program == "selloff", command
    done = subprocess.run(
        [sys.executable, "-m", "selloff", *words],
        cwd=folder,
        env=os.environ | {"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command}\n{done.stdout}{done.stderr}")
    shown = "\n".join(_shown(done.stdout, shlex.split(found["shown"])))
    return f"```{found['kind']}\n{command}\n{shown}\n```"


def _shown(text: str, wanted: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs and lines asked for; three dots where something is left out."""
    is_out = False
    for number, paragraph in enumerate(text.rstrip().split("\n\n"), start=1):
        lines = [line for line in paragraph.splitlines() if not line.startswith(_VARIES)]
        is_whole = not wanted or str(number) in wanted
        words = [word for word in wanted if not word.isdigit()]
        keeps = False
        if is_whole and number > 1 and not is_out:
            yield ""
        for line in lines:
            is_part = line.startswith("  ")
            keeps = is_whole or (keeps if is_part else any(word in line for word in words))
            if not keeps:
                is_out = True
                continue
            if is_out:
                yield "..."
                is_out = False
            yield line
    if is_out:
        yield "..."


def _is_same(told: str, found: str, allowed: float) -> bool:
    told, found = (_DRAWN.sub("", each) for each in (told, found))
    if " ".join(_NUMBER.sub("#", told).split()) != " ".join(_NUMBER.sub("#", found).split()):
        return False
    return all(
        _near(a, b, allowed)
        for a, b in zip(_NUMBER.findall(told), _NUMBER.findall(found), strict=True)
    )


def _near(told: str, found: str, allowed: float) -> bool:
    a, b = (float(each.replace(",", "")) for each in (told, found))
    last = 10.0 ** -len(told.partition(".")[2])
    return abs(a - b) <= max(1.01 * last, allowed * abs(a))


if __name__ == "__main__":
    for file in pages():
        write_file(file, page(file.read_text(encoding="utf-8")))
