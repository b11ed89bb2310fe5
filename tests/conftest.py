"""Run every test in double precision, with the shapes and types of the equations checked."""

import os
import sys
from pathlib import Path

# Workers of pytest share the cores; threads of their own make small matrices crawl.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import jax
import pytest
from jaxtyping import install_import_hook

jax.config.update("jax_enable_x64", True)
install_import_hook(["selloff.model", "selloff.engine"], "beartype.beartype")
sys.path.insert(0, str(Path(__file__).parent))


def pytest_configure(config: pytest.Config) -> None:
    """Workers and commands share compiled programs; they see nothing that the user has fetched."""
    cache = config.rootpath / ".pytest_cache" / "programs"
    os.environ["XDG_CACHE_HOME"] = str(cache)
    os.environ["XDG_DATA_HOME"] = str(config.rootpath / ".pytest_cache" / "fetched-nothing")
    jax.config.update("jax_compilation_cache_dir", str(cache / "selloff" / "jax"))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
