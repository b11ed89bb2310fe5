"""Numbers of the reference runs move only on purpose."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from marks import slow_but
from reference import golden
from selloff.data import DEFAULT_VINTAGE
from selloff.evidence import load_bank
from selloff.results import max_residual

HERE = Path(__file__).parent
REMEDY = "if this is meant, run tests/reference/regenerate.py and say why in the changelog"


def read(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def compare(given: Any, wanted: Any, where: str) -> None:
    if isinstance(wanted, dict):
        assert set(given) == set(wanted), f"{where}: {REMEDY}"
        for key, value in wanted.items():
            compare(given[key], value, f"{where}.{key}")
    elif isinstance(wanted, str):
        assert given == wanted, where
    elif isinstance(wanted, list) and wanted and isinstance(wanted[0], str):
        assert list(given) == wanted, where
    elif wanted is None:
        assert not np.isfinite(given), where
    else:
        message = f"{where}: {REMEDY}"
        np.testing.assert_allclose(given, wanted, rtol=1e-6, atol=1e-9, err_msg=message)


@pytest.mark.parametrize("scenario", slow_but(["japan-dump"], golden.SCENARIOS))
def test_a_reference_run_gives_its_frozen_numbers(scenario: str) -> None:
    answer = golden.run(scenario)
    compare(golden.freeze(answer), read(scenario), scenario)
    assert max_residual(answer.dataset) < 1e-6


def test_the_birth_certificate_fits() -> None:
    info = read("info")
    assert (info["seed"], info["draws"]) == (golden.SEED, golden.DRAWS)
    assert info["scenarios"] == list(golden.SCENARIOS)
    assert info["vintage"] == DEFAULT_VINTAGE
    assert info["bank"]["n_draws"] == load_bank().n_draws
    assert {"jax", "numpy", "selloff", "python"} <= set(info["versions"])
    residuals = info["checks_made"]["largest_residual_usd_bn"]
    assert set(residuals) == set(golden.SCENARIOS)
    assert all(each < 1e-6 for checks in residuals.values() for each in checks.values())
    assert info["made_on"]
