"""Freeze the reference runs anew, with their birth certificate.

Run it when numbers are meant to move, and say in the changelog by how much and why:

    python tests/reference/regenerate.py
"""

import json
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference import golden
from selloff.evidence import load_bank
from selloff.results import as_json, ledger_residuals, max_residual
from selloff.vocab import write_file

HERE = Path(__file__).parent
PACKAGES = ("selloff", "jax", "jaxlib", "numpy", "xarray")


def main() -> None:
    checks: dict[str, dict[str, float]] = {}
    for scenario in golden.SCENARIOS:
        answer = golden.run(scenario)
        write_file(HERE / f"{scenario}.json", as_json(golden.freeze(answer)))
        residuals = ledger_residuals(answer.ledger([0, 1]))
        checks[scenario] = {"identities": max_residual(answer.dataset), **residuals}
        vintage = answer.dataset.attrs["vintage"]
    info = {
        "what": "preset runs, one also with nobody reacting; tests compare to 1e-6 relative",
        "method": "selloff.run, the whole road from preset to summary",
        "scenarios": list(golden.SCENARIOS),
        "seed": golden.SEED,
        "draws": golden.DRAWS,
        "vintage": vintage,
        "bank": {
            key: load_bank().certificate[key] for key in ("seed", "n_draws", "candidates_by_round")
        },
        "versions": {name: version(name) for name in PACKAGES}
        | {"python": platform.python_version()},
        "machine": platform.machine(),
        "checks_made": {
            "largest_residual_usd_bn": checks,
            "twin": "the engine equals plain NumPy loops to 1e-9 (tests/twin/test_engine.py)",
        },
        "made_on": datetime.now(UTC).date().isoformat(),
        "made_by": "tests/reference/regenerate.py",
    }
    (HERE / "info.json").write_text(json.dumps(info, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
