"""What was estimated or scored once, kept as JSON beside the draws of the bank."""

import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from selloff.vocab.files import read_json, write_file

BANK_FOLDER: Final = Path(__file__).parent / "bank"
"""Where the shipped draws and everything fitted with them lie."""
_WHOLE: Final = ("nobody", "everybody")
"""Arms that stand ahead of those that leave one mechanism out."""
_SHOWN: Final = ("us_10y_bp", "usdjpy_pct")


@cache
def stored(name: str) -> dict[str, Any]:
    """Read a result shipped with the package."""
    found: dict[str, Any] = read_json(BANK_FOLDER / f"{name}.json")
    return found


def versions(*libraries: str) -> dict[str, str]:
    """Say by which versions of Selloff, of some libraries and of Python something was made."""
    found = {name: version(name) for name in ("selloff", *libraries)}
    return found | {"python": platform.python_version()}


def store(found: Mapping[str, Any], file: Path) -> Path:
    """Write a result; what is not a number is refused."""
    options: dict[str, Any] = {"indent": 1, "sort_keys": True, "ensure_ascii": False}
    return write_file(file, json.dumps(found, allow_nan=False, **options) + "\n")


def load_scores() -> Mapping[str, Any]:
    """Give the backtest."""
    return stored("backtest")


def load_mechanisms() -> Mapping[str, Any]:
    """Give the scores with and without each mechanism."""
    found = stored("mechanisms")
    return found | {"arms": {name: found["arms"][name] for name in _WHOLE} | found["arms"]}


def load_moves() -> Mapping[str, Any]:
    """Give the measured rank correlations of parameters with headline numbers."""
    return stored("moves")


def load_two_country() -> Mapping[str, Any]:
    """Give the two-country special case beside published numbers."""
    return stored("two_country")


def load_factcheck() -> Mapping[str, Any]:
    """Give the fact-check of the founding essay."""
    return stored("factcheck")


def scores_in_short() -> dict[str, Any]:
    """Keep of the backtest what a report shows."""
    kept = ("variable", "model", "effect", "observed", "verdict")
    episodes = [
        {key: case[key] for key in ("name", "title", "start", "end")}
        | {"has_flows": bool(case["flows"])}
        | {
            "rows": [
                {key: row[key] for key in kept} for row in case["rows"] if row["variable"] in _SHOWN
            ]
        }
        for case in load_scores()["episodes"]
    ]
    return {"scores": load_scores()["scores"], "episodes": episodes}
