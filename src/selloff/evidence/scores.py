"""Scores of the shipped bank against the shipped episodes."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from selloff.vocab.files import read_json

_WHOLE: Final = ("nobody", "everybody")
"""Arms that stand ahead of those that leave one mechanism out."""
_TOLD: Final = ("us_10y_bp", "usdjpy_pct")


@cache
def load_scores() -> Mapping[str, Any]:
    """Read the backtest shipped with the package."""
    folder = files("selloff.evidence").joinpath("bank")
    found: Mapping[str, Any] = read_json(folder.joinpath("backtest.json"))
    return found


@cache
def load_mechanisms() -> Mapping[str, Any]:
    """Read the scores with and without each mechanism, shipped with the package."""
    folder = files("selloff.evidence").joinpath("bank")
    found = read_json(folder.joinpath("mechanisms.json"))
    arms = {name: found["arms"].pop(name) for name in _WHOLE}
    return {**found, "arms": arms | found["arms"]}


def scores_in_short() -> dict[str, Any]:
    """Keep of the shipped backtest what a report shows."""
    found = load_scores()
    kept = ("variable", "model", "effect", "observed", "verdict")
    episodes = [
        {key: case[key] for key in ("name", "title", "start", "end")}
        | {"has_flows": bool(case["flows"])}
        | {
            "rows": [
                {key: row[key] for key in kept} for row in case["rows"] if row["variable"] in _TOLD
            ]
        }
        for case in found["episodes"]
    ]
    return {"scores": found["scores"], "episodes": episodes}
