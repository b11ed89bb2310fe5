"""The notebooks, run in a kernel as a reader would run them, with few draws."""

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MANY, FEW = "DRAWS = 500", "DRAWS = 24"


def opened(file: Path) -> Any:
    return nbformat.read(file, as_version=4)


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_notebooks_are_kept_without_outputs(file: Path) -> None:
    found = opened(file)
    nbformat.validate(found)
    cells = [cell for cell in found.cells if cell.cell_type == "code"]
    assert cells
    assert not any(cell.outputs or cell.execution_count for cell in cells)
    assert sum(MANY in cell.source for cell in cells) == 1
    assert len({cell.id for cell in found.cells}) == len(found.cells)


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_notebooks_run_and_show_the_answer(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src")]))
    found = opened(file)
    for cell in found.cells:
        cell.source = cell.source.replace(MANY, FEW)
    client = NotebookClient(found, timeout=500, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    shown = [
        output.data["text/html"]
        for cell in found.cells
        for output in cell.get("outputs", [])
        if output.output_type in ("execute_result", "display_data")
        and "text/html" in output.get("data", {})
    ]
    (card,) = [each for each in shown if "data:image/svg+xml" in each]
    assert "24 simulations" in card
    assert "<script" not in card
    assert "10-year yield" in card
    errors = [
        o for cell in found.cells for o in cell.get("outputs", []) if o.output_type == "error"
    ]
    assert not errors
