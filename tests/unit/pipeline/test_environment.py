"""JAX is set for the time of a call, whatever the user has set, and set back after it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.pipeline import environment
from selloff.pipeline.environment import cache_folder, jax_settings, thread_settings
from selloff.vocab import InputError

CACHE = "jax_compilation_cache_dir"
SECONDS = "jax_persistent_cache_min_compile_time_secs"


def python(code: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(
        command, env=os.environ | settings, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def no_cache() -> Iterator[None]:
    before = {name: getattr(jax.config, name) for name in (CACHE, SECONDS)}
    environment._set({CACHE: None, SECONDS: 7.0})
    yield
    environment._set(before)


def test_double_precision_lasts_for_the_call() -> None:
    with jax.enable_x64(False), jax_settings():
        assert jnp.zeros(()).dtype == jnp.float64


def test_a_thread_that_helps_has_the_settings_too() -> None:
    found: list[np.dtype] = []

    @thread_settings()
    def help_out() -> None:
        found.append(jnp.zeros(()).dtype)

    helper = threading.Thread(target=help_out)
    helper.start()
    helper.join()
    assert found == [np.float64]


def test_programs_are_kept_for_the_call(
    no_cache: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "selloff" / "jax"

    @jax_settings()
    def compiled() -> None:
        assert (getattr(jax.config, CACHE), getattr(jax.config, SECONDS)) == (str(folder), 0.0)
        jax.jit(lambda x: 3.0 * x + 41.0)(jnp.ones(17))

    compiled()
    n_kept = len(list(folder.iterdir()))
    assert n_kept > 0
    assert (getattr(jax.config, CACHE), getattr(jax.config, SECONDS)) == (None, 7.0)
    jax.jit(lambda x: 5.0 * x + 43.0)(jnp.ones(19))
    assert len(list(folder.iterdir())) == n_kept


def test_the_users_own_cache_stays(
    no_cache: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    environment._set({CACHE: str(tmp_path / "own")})
    with jax_settings():
        assert (getattr(jax.config, CACHE), getattr(jax.config, SECONDS)) == (
            str(tmp_path / "own"),
            7.0,
        )
    assert not (tmp_path / "xdg").exists()


@pytest.mark.parametrize("given", ["", "relative", "./here"])
def test_a_cache_folder_that_is_not_absolute_is_passed_over(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "selloff" / "jax"
    assert [each.name for each in tmp_path.iterdir()] == ["home"]
    monkeypatch.setenv("HOME", "nearby")
    assert cache_folder() is None
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_without_a_home_or_a_folder_to_write_to_there_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cache_folder() is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda folder, mode: False)
    assert cache_folder() is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", nobody)
    assert cache_folder() is None
    with jax_settings():
        assert jnp.zeros(()).dtype == jnp.float64


def test_without_compiled_programs_nothing_runs() -> None:
    with (
        jax.disable_jit(),
        pytest.raises(InputError, match="Unset JAX_DISABLE_JIT"),
        jax_settings(),
    ):
        pass


@pytest.mark.parametrize("flags", ["--xla_no_such_flag=1", "no-such-file"])
def test_flags_xla_does_not_know_are_told(flags: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLA_FLAGS", flags)
    with pytest.raises(InputError, match=f"XLA_FLAGS: got .*{flags}.*Unset XLA_FLAGS"):
        jax_settings().__enter__()


def test_flags_xla_knows_are_the_users_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLA_FLAGS", "--xla_force_host_platform_device_count=2")
    with jax_settings():
        assert jnp.zeros(()).dtype == jnp.float64


@pytest.mark.parametrize("name", ["cuda", "no-such-thing"])
def test_a_platform_that_is_not_there_is_told(name: str) -> None:
    code = "from selloff.pipeline import jax_settings; jax_settings().__enter__()"
    found = python(code, JAX_PLATFORMS=name)
    last = found.stderr.splitlines()[-1]
    assert f"InputError: JAX_PLATFORMS: got '{name}'; allowed: cpu" in last


def test_a_fork_of_a_process_that_has_run_is_told() -> None:
    """A spawned process, or a fork before any run, is fine."""
    code = """import os, warnings
from selloff.pipeline import jax_settings
from selloff.vocab import InputError
def child():
    try:
        with jax_settings():
            os._exit(0)
    except InputError as error:
        os._exit(7 if "spawn" in str(error) else 8)
def fork():
    warnings.simplefilter("ignore")
    return os.waitstatus_to_exitcode(os.waitpid(os.fork() or child(), 0)[1])
before = fork()
with jax_settings():
    pass
print(before, fork())
"""
    assert python(code).stdout == "0 7\n"


def test_threads_take_turns() -> None:
    inside = most = 0

    @jax_settings()
    def run() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.02)
        inside -= 1

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert most == 1


@pytest.mark.slow
def test_two_threads_run_under_strict_settings_of_the_user() -> None:
    code = """import threading
import jax
import selloff as so
answers = {}
def ask(name):
    found = so.run(name, draws=4, attribution=False, horizon_years=0.5)
    answers[name] = found.summary["metrics"]["us_10y_peak_bp"]["p50"]
threads = [threading.Thread(target=ask, args=(each,)) for each in ("japan-dump", "no-sale")]
for each in threads: each.start()
for each in threads: each.join()
assert not jax.config.jax_enable_x64
print(sorted(answers), answers["japan-dump"] > 50.0, answers["no-sale"] == 0.0)
"""
    strict = {
        "JAX_PLATFORM_NAME": "gpu",
        "JAX_ENABLE_X64": "0",
        "JAX_DEBUG_NANS": "1",
        "JAX_DEBUG_INFS": "1",
        "JAX_NUMPY_DTYPE_PROMOTION": "strict",
        "JAX_NUMPY_RANK_PROMOTION": "raise",
        "JAX_TRANSFER_GUARD": "disallow",
    }
    found = python(code, **strict)
    assert found.stdout == "['japan-dump', 'no-sale'] True True\n", found.stderr
