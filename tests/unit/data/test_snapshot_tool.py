import hashlib
import importlib
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

TOOLS = Path(__file__).resolve().parents[3] / "tools"
SOURCE_FIELDS = (
    "publisher",
    "series_ids",
    "unit",
    "frequency",
    "licence",
    "obtained_from",
    "checks",
    "note",
)


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    module = importlib.import_module("snapshot")
    row = {"table": "toy", **dict.fromkeys(SOURCE_FIELDS, "x")}
    sources = tmp_path / "sources.csv"
    pd.DataFrame([row]).to_csv(sources, index=False)
    monkeypatch.setattr(module, "SOURCES", sources)
    monkeypatch.setattr(module, "makers", lambda: {"toy": toy})
    return module


def toy(raw: Path) -> pd.DataFrame:
    return pd.read_csv(raw / "toy.csv")


def test_building_twice_gives_the_same_bytes(tool: ModuleType, tmp_path: Path) -> None:
    raw, target = tmp_path / "raw", tmp_path / "out" / "snapshot"
    raw.mkdir()
    (raw / "toy.csv").write_text("name,date,usd_bn\nb,2020-01-31,0.1\na,2020-01-31,3\n")
    tool.build(raw, target)
    first = {file.name: file.read_bytes() for file in target.iterdir()}
    (raw / "toy.csv").write_text("name,date,usd_bn\na,2020-01-31,3\nb,2020-01-31,0.1\n")
    tool.build(raw, target)
    assert {file.name: file.read_bytes() for file in target.iterdir()} == first
    assert first["toy.csv"] == b"date,name,usd_bn\n2020-01-31,a,3\n2020-01-31,b,0.1\n"
    assert hashlib.sha256(first["toy.csv"]).hexdigest() in first["provenance.csv"].decode()
    assert [item.name for item in target.parent.iterdir()] == ["snapshot"]


def test_tables_that_are_no_longer_built_are_removed(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "toy.csv").write_text("date,usd_bn\n2020-01-31,1.5\n")
    target = tmp_path / "snapshot"
    target.mkdir()
    (target / "old.csv").write_text("date\n")
    tool.build(tmp_path, target)
    assert sorted(file.name for file in target.iterdir()) == ["provenance.csv", "toy.csv"]


def test_a_failed_build_leaves_the_old_snapshot(tool: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "snapshot"
    target.mkdir()
    (target / "toy.csv").write_text("kept")
    with pytest.raises(FileNotFoundError):
        tool.build(tmp_path / "nowhere", target)
    assert (target / "toy.csv").read_text() == "kept"
    assert [item.name for item in target.iterdir()] == ["toy.csv"]


def test_a_table_without_a_licence_row_is_refused(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "makers", lambda: {"toy": toy, "secret": toy})
    with pytest.raises(ValueError, match="secret"):
        tool.build(tmp_path, tmp_path / "snapshot")


def test_the_command_wants_one_folder(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([]) == 2
    assert "RAW_FOLDER" in capsys.readouterr().err
