"""What the tests of the backtest show, in sentences: by rule, never typed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from selloff.studies.backtest.trials import LEVEL
from selloff.vocab import RIVALS

_GOOD_POWER: Final = 0.8
"""Power from which a test that finds nothing says something."""
_GOAL: Final = ("US yields", "Yen per dollar")
_TO_BEAT: Final = ("rule", "simple")


def findings(tests: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say of each group whether the effect is seen, who does better, and whether ranges fit."""
    told = [
        f"{test['group']}: {_effect(test['effects']['model'])} {_scores(test['scores'])} "
        f"{_ranges(test['uniform'])}"
        for test in tests
    ]
    return [*told, _goal(tests)]


def _effect(found: Mapping[str, float]) -> str:
    slope, error, power = found["slope"], found["error"], f"{found['power']:.0%}"
    text = f"moved {slope:.2f} ({error:.2f}) for 1 predicted, p {found['p']:.3f}"
    if found["p"] < LEVEL:
        seen = "the effect is seen" if slope > 0.0 else "the effect is seen the wrong way"
        if found["p_size"] < LEVEL:
            size = "less" if slope < 1.0 else "more"
            return f"{text}: {seen}, and is {size} than predicted (p {found['p_size']:.3f})."
        return f"{text}: {seen}."
    if found["power"] < _GOOD_POWER:
        return f"{text}: the record cannot tell; if the model is right, {power} of histories would."
    return f"{text}: no effect is seen, though {power} of histories by the model would show it."


def _scores(found: Mapping[str, Mapping[str, float]]) -> str:
    better = [name for rival, name in RIVALS.items() if found[rival]["difference"] < 0.0]
    worse = [name for rival, name in RIVALS.items() if found[rival]["difference"] > 0.0]
    proven = [RIVALS[rival] for rival, each in found.items() if each["p"] < LEVEL]
    alike = [name for name in RIVALS.values() if name not in (*better, *worse)]
    ways = (("better than", better), ("worse than", worse), ("that of", alike))
    parts = [f"{words} the {_listed(names)}" for words, names in ways if names]
    told = f"only against the {_listed(proven)} proven" if proven else "not proven"
    if len(proven) == len(RIVALS) - len(alike) > 0:
        told = "proven"
    return f"Its score is {', '.join(parts)} ({told})."


def _ranges(found: Mapping[str, Any]) -> str:
    fit = "fit" if found["p"] >= LEVEL else "do not fit"
    return f"Its ranges {fit} what happened (p {found['p']:.2f})."


def _goal(tests: Sequence[Mapping[str, Any]]) -> str:
    asked = [test for test in tests if test["group"] in _GOAL]
    trials = [(test["group"], rival, test["scores"][rival]) for test in asked for rival in _TO_BEAT]
    won = [
        f"{group} against the {RIVALS[rival]}"
        for group, rival, each in trials
        if each["difference"] < 0.0 and each["p"] < LEVEL
    ]
    power = max((each["power"] for _, _, each in trials), default=0.0)
    start = "Goal, a score proven better than both rules on yields and the yen: "
    if len(won) == len(trials):
        return f"{start}reached."
    reached = f"reached for {_listed(won)} only" if won else "not reached"
    return (
        f"{start}{reached}. Were the model right, the test that tells best would prove it in "
        f"{power:.0%} of histories like this one."
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
