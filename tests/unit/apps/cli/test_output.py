"""The place for the result is looked at before the run, and left as it was."""

import shutil
import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

from selloff.apps.cli._output import bytes_per_draw, check_folder
from selloff.vocab.errors import InputError, OutputError

Usage = namedtuple("Usage", "total used free")


def test_a_good_folder_is_left_untouched(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b", draws=10, horizon_years=1)
    check_folder(tmp_path, draws=10, horizon_years=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["file", "file/below", "file/far/below"])
def test_a_file_in_the_way_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="a file in the way"):
        check_folder(tmp_path / folder, draws=10, horizon_years=1)


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError):
        check_folder(tmp_path / "link", draws=10, horizon_years=1)


def test_a_read_only_folder_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", denied)
    with pytest.raises(InputError, match=r"cannot be written to \(read-only file system\)"):
        check_folder(tmp_path, draws=10, horizon_years=1)


def test_a_disk_too_small_is_refused_with_both_sizes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, 30_000_000))
    check_folder(tmp_path, draws=10, horizon_years=1)
    with pytest.raises(OutputError, match="30 MB free on that disk"):
        check_folder(tmp_path, draws=10_000, horizon_years=10)


def test_the_room_asked_for_grows_with_the_horizon() -> None:
    one, ten, fifty = (bytes_per_draw(years) for years in (1, 10, 50))
    assert one < ten < fifty
    assert bytes_per_draw(0.25) == one
    assert (ten - one) * 40 == pytest.approx((fifty - ten) * 9)
