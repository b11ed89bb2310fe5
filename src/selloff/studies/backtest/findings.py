"""What the tests of the backtest show, in sentences: by rule, never typed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from selloff.studies.backtest.trials import LEVEL
from selloff.vocab import RIVALS

_GOOD_POWER: Final = 0.8
"""Power from which a test that finds nothing says something."""


def findings(tests: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say of each group whether the effect is seen, who does better, and whether ranges fit."""
    return [
        f"{test['group']}: {_effect(test['effects']['model'])} {_scores(test['scores'])} "
        f"{_ranges(test['uniform'])}"
        for test in tests
    ]


def _effect(found: Mapping[str, float]) -> str:
    slope, error = found["slope"], found["error"]
    text = f"moved {slope:.2f} ({error:.2f}) per 1 predicted, p {found['p']:.3f}"
    if found["p"] < LEVEL:
        return text + (", so the effect is seen." if slope > 0.0 else ", the wrong way.")
    if found["power"] < _GOOD_POWER:
        return (
            f"{text}: the record cannot tell (a right model would be told from none in "
            f"{found['power']:.0%} of such histories)."
        )
    return (
        f"{text}: no effect is seen, though {found['power']:.0%} of such histories would show it."
    )


def _scores(found: Mapping[str, Mapping[str, float]]) -> str:
    parts = []
    for rival, name in RIVALS.items():
        each = found[rival]
        word = "better than" if each["difference"] < 0.0 else "worse than"
        told = "proven" if each["p"] < LEVEL else "not proven"
        power = f"p {each['p']:.3f}, power {each['power']:.0%}"
        parts.append(f"{word} the {name} ({told}: {power})")
    return "The model scores " + ", ".join(parts) + "."


def _ranges(found: Mapping[str, Any]) -> str:
    fit = "fit" if found["p"] >= LEVEL else "do not fit"
    return f"Its ranges {fit} what happened (ranks uniform: p {found['p']:.2f})."
