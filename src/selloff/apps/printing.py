"""A page printed as PDF by the Chromium that is there."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from selloff.vocab import OutputError

CHOICE: Final = "CHROMIUM"
"""Variable of the environment that names the browser."""
BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
_OPTIONS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--virtual-time-budget=20000",
)
"""No window, no network, no header of the browser's own, and time for scripts to draw."""
_PATIENCE: Final = 120.0
"""How long a browser may take [seconds]."""


def find_browser() -> str:
    """Find the browser that can print."""
    named = os.environ.get(CHOICE)
    for name in (named,) if named else BROWSERS:
        place = shutil.which(name)
        if place:
            return place
    given = f"'{named}', which is no program" if named else "no Chromium and no Chrome"
    raise OutputError(
        f"--pdf: got {given}; allowed: Chromium or Chrome, on the path or named by {CHOICE}. "
        "Install one, or open the report without --pdf in any browser and print it from there."
    )


def print_page(page: str, browser: str) -> bytes:
    """Print a page, on paper as its style sheet asks for."""
    with tempfile.TemporaryDirectory(prefix="selloff-pdf-") as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        # Chromium refuses to start its sandbox as root, as in a container.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [browser, *_OPTIONS, *(["--no-sandbox"] if is_root else [])]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        said = _run([*command, source.as_uri()])
        if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF-"):
            raise OutputError(
                f"--pdf: {browser} printed nothing ({said or 'without a word'}). "
                "Open the report without --pdf in any browser and print it from there."
            )
        return printed.read_bytes()


def _run(command: list[str]) -> str:
    """Run a browser to its end; return its last words."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {_PATIENCE:.0f} seconds"
    return "".join(done.stderr.strip().splitlines()[-1:])
