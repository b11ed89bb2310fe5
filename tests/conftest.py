"""Run every test in double precision, with the shapes and types of the equations checked."""

import os
import sys
from pathlib import Path

# Workers of pytest share the cores; threads of their own make small matrices crawl.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import jax
from jaxtyping import install_import_hook

jax.config.update("jax_enable_x64", True)
install_import_hook(["selloff.model", "selloff.engine"], "beartype.beartype")
sys.path.insert(0, str(Path(__file__).parent))
