"""What loads what."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIGHT = (
    "",
    "vocab",
    "scenario",
    "data",
    "evidence",
    "results",
    "report",
    "feeds",
    "apps.room",
)


def test_light_rooms_load_no_jax() -> None:
    rooms = ", ".join(f"selloff.{room}" if room else "selloff" for room in LIGHT)
    code = f"import sys, {rooms}; heavy = {{'jax', 'jaxlib', 'equinox', 'optimistix', 'lineax'}}; "
    code += "print(sorted(heavy & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_front_door_loads_nothing_heavy() -> None:
    code = "import sys, selloff; heavy = {'jax', 'numpy', 'pandas', 'xarray', 'pydantic'}; "
    code += "print(sorted(heavy & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rooms_import_only_rooms_below_them() -> None:
    code = "import sys; from importlinter.cli import lint_imports_command; "
    code += "sys.argv = ['lint-imports', '--no-cache']; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if "No module named" in done.stderr:
        pytest.fail("import-linter is not installed; `make test` installs it")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
