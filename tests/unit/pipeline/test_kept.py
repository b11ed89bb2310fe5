"""Compiled programs in the user's cache: the same programs, or none."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.pipeline import kept

Compiled = jax.stages.Compiled


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def made(wanted: Sequence[int], times: float = 2.0) -> Sequence[Compiled]:
    given = {"x": jax.ShapeDtypeStruct((3,), np.float64)}
    function = jax.jit(lambda tree: {"y": times * tree["x"], "z": (tree["x"],)})
    return [function.lower(given).compile() for _ in wanted]


def never(wanted: Sequence[int]) -> Sequence[Compiled]:
    raise AssertionError("compiled again")


def result(programs: Sequence[Compiled]) -> list[float]:
    found = programs[0]({"x": jnp.arange(3.0)})
    assert set(found) == {"y", "z"}
    return np.asarray(found["y"]).tolist()


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "selloff" / "programs").iterdir())


def test_what_was_compiled_once_is_loaded(tmp_path: Path) -> None:
    assert result(kept.kept_programs(["asked"], made)) == [0.0, 2.0, 4.0]
    assert result(kept.kept_programs(["asked"], never)) == [0.0, 2.0, 4.0]
    assert result(kept.kept_programs(["other"], partial(made, times=3.0))) == [0.0, 3.0, 6.0]
    assert len(files(tmp_path)) == 2


def test_only_what_is_missing_is_compiled() -> None:
    def tripled(wanted: Sequence[int]) -> Sequence[Compiled]:
        assert list(wanted) == [1]
        return made(wanted, 3.0)

    kept.kept_programs(["shared", "for ten years"], made)
    found = kept.kept_programs(["shared", "for fifty years"], tripled)
    assert [result([each]) for each in found] == [[0.0, 2.0, 4.0], [0.0, 3.0, 6.0]]


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b[:40] + b"?" + b[41:], lambda b: b""]
)
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    kept.kept_programs(["asked"], made)
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert result(kept.kept_programs(["asked"], made)) == [0.0, 2.0, 4.0]
    assert result(kept.kept_programs(["asked"], never)) == [0.0, 2.0, 4.0]


def test_other_code_other_flags_or_another_processor_compile_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept.kept_programs(["asked"], made)
    monkeypatch.setattr(kept, "_circumstances", lambda: "another day")
    assert result(kept.kept_programs(["asked"], partial(made, times=5.0))) == [0.0, 5.0, 10.0]


def test_circumstances_are_code_libraries_processor_and_flags(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = kept._circumstances.__wrapped__
    first = here()
    assert here() == first
    monkeypatch.setenv("XLA_FLAGS", "--xla_cpu_enable_fast_math=false")
    assert here() != first
    monkeypatch.delenv("XLA_FLAGS", raising=False)
    (file := tmp_path / "engine" / "one.py").parent.mkdir()
    file.write_text("x = 1")
    monkeypatch.setattr(kept, "_PACKAGE", tmp_path)
    one = here()
    file.write_text("x = 2")
    assert here() != one


def test_programs_rest_on_the_code_of_no_other_room() -> None:
    """What is traced imports nothing that lies outside of the rooms whose code counts."""
    rooms = {file.name for file in kept._PACKAGE.iterdir() if file.is_dir()} - set(kept._TRACED)
    for name in ("model", "engine"):
        for file in (kept._PACKAGE / name).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            assert not [room for room in rooms if f"from selloff.{room}" in text], file


def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    for n, name in enumerate("abc"):
        kept.kept_programs([name], made)
        newest = max(files(tmp_path), key=lambda each: each.stat().st_mtime_ns)
        os.utime(newest, (n, n))
    assert len(files(tmp_path)) == 2
    assert result(kept.kept_programs(["c"], never)) == [0.0, 2.0, 4.0]
    with pytest.raises(AssertionError):
        kept.kept_programs(["a"], never)


def test_without_a_cache_it_compiles_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "cache_folder", lambda: None)
    assert result(kept.kept_programs(["asked"], made)) == [0.0, 2.0, 4.0]
    with pytest.raises(AssertionError):
        kept.kept_programs(["asked"], never)
