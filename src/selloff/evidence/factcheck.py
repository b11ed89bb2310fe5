"""The fact-check of the founding essay that ships with the package."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from selloff.vocab.errors import OutputError
from selloff.vocab.files import read_json, write_file

SHIPPED: Final = Path(str(files("selloff.evidence").joinpath("bank"))) / "factcheck.json"


def has_factcheck() -> bool:
    """Whether a fact-check ships."""
    return SHIPPED.is_file()


@cache
def load_factcheck() -> Mapping[str, Any]:
    """Read the fact-check that ships with the package."""
    return read_factcheck(SHIPPED)


def read_factcheck(file: Path) -> Mapping[str, Any]:
    """Read a fact-check from a file."""
    remedy = f"Make it with: selloff factcheck --out {file}"
    try:
        found = read_json(file)
    except OutputError as error:
        raise OutputError(f"there is no fact-check: {error} {remedy}") from error
    if not isinstance(found, dict) or not {"made", "thresholds", "claims"} <= found.keys():
        raise OutputError(f"{file}: this is no fact-check. {remedy}")
    return found


def save_factcheck(found: Mapping[str, Any], file: Path = SHIPPED) -> Path:
    """Write a fact-check as JSON."""
    write_file(file, json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    if file == SHIPPED:
        load_factcheck.cache_clear()
    return file
