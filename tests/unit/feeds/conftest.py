"""A home of the user's own, and files as the publishers serve them."""

from pathlib import Path

import pytest

FILES = Path(__file__).with_name("files")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "selloff"
