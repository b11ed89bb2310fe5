"""Scores over all episodes: by variable and together, beside the forecasts to beat."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from selloff.studies.backtest.events import events, window_of
from selloff.studies.samples import LEVELS, share_range
from selloff.vocab import EPISODE_ABROAD, EPISODE_VARIABLES, RIVALS

_N_BOOTSTRAP: Final = 1000
Cases = Sequence[dict[str, Any]]


def aggregate(cases: Cases, *, rows: str = "rows") -> dict[str, Any]:
    """Sum up the scores of many episodes; markets abroad, of few outcomes, stand by themselves."""
    seen = {row["variable"] for row in _known(cases, rows)}
    flowing = [case for case in cases if case["flows"]]
    return {
        "variables": {
            name: _variable(cases, name, rows)
            for name in EPISODE_VARIABLES
            if name not in EPISODE_ABROAD or name in seen
        },
        "all": _overall(cases, rows),
        "with_flows": _overall(flowing, rows),
    }


def _variable(cases: Cases, name: str, rows: str) -> dict[str, Any]:
    known = [row for row in _known(cases, rows) if row["variable"] == name]
    return _summary(known) | {
        f"against_{rival}": _ratio(known, f"crps_{rival}") for rival in RIVALS
    }


def _overall(cases: Cases, rows: str) -> dict[str, Any]:
    again = _drawn_again(cases)
    found = _summary(_at_home(cases, rows))
    # Rows of one event share their news: Wilson's range, of so many chances, would be too narrow.
    found["coverage_range"] = _range_of([_coverage(_at_home(each, rows)) for each in again], 3)
    for rival in RIVALS:
        name, base = f"against_{rival}", f"crps_{rival}"
        found[name] = _skill(cases, rows, base)
        found[f"{name}_range"] = _range_of([_skill(each, rows, base) for each in again], 4)
    return found | {"episodes": len(cases)}


def _range_of(values: Sequence[float | None], places: int) -> list[float]:
    known = [each for each in values if each is not None]
    ends = np.quantile(known, (LEVELS[0], LEVELS[-1])) if known else np.empty(0)
    return [float(each) for each in ends.round(places)]


def _coverage(known: list[dict[str, Any]]) -> float | None:
    return _share(sum(row["inside"] for row in known), len(known))


def _drawn_again(cases: Cases) -> list[list[dict[str, Any]]]:
    """Draw events again, each with all its episodes."""
    numbers = events([window_of(case) for case in cases])
    by_event: dict[int, list[dict[str, Any]]] = {}
    for number, case in zip(numbers, cases, strict=True):
        by_event.setdefault(number, []).append(case)
    groups = list(by_event.values())
    rng = np.random.default_rng(0)
    picks = [rng.integers(0, len(groups), len(groups)) for _ in range(_N_BOOTSTRAP if cases else 0)]
    return [[case for i in pick for case in groups[i]] for pick in picks]


def _summary(known: list[dict[str, Any]]) -> dict[str, Any]:
    inside = sum(row["inside"] for row in known)
    claimed = [row["sign_hit"] for row in known if row["sign_hit"] is not None]
    ordinary = sum(row["inside_ordinary"] for row in known)
    return {
        "n": len(known),
        "coverage": _coverage(known),
        "coverage_range": [round(x, 3) for x in share_range(inside, len(known))],
        "coverage_ordinary_noise": _share(ordinary, len(known)),
        "signs_right": int(sum(claimed)),
        "signs_claimed": len(claimed),
    }


def _skill(cases: Cases, rows: str, base: str) -> float | None:
    """Mean over variables of the ratio of mean scores: units differ, so variables weigh alike."""
    known = _at_home(cases, rows)
    ratios = [
        _ratio([row for row in known if row["variable"] == name], base)
        for name in EPISODE_VARIABLES
    ]
    seen = [each for each in ratios if each is not None]
    return round(float(np.mean(seen)), 4) if seen else None


def _ratio(known: list[dict[str, Any]], base: str) -> float | None:
    total = sum(row[base] for row in known)
    return round(sum(row["crps"] for row in known) / total, 4) if total else None


def _share(hits: int, n: int) -> float | None:
    return round(hits / n, 4) if n else None


def _known(cases: Cases, rows: str) -> list[dict[str, Any]]:
    return [row for case in cases for row in case[rows] if row["observed"] is not None]


def _at_home(cases: Cases, rows: str) -> list[dict[str, Any]]:
    return [row for row in _known(cases, rows) if row["variable"] not in EPISODE_ABROAD]
