"""Values of the controls, as a query or JSON gives them."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from selloff.apps.room._controls import ALL, ASSET_WORDS, SWITCH, Control
from selloff.vocab import PCT, near_miss

_SLACK: Final = 1e-6
_MIX: Final = "Give one word, or shares such as jpy:40,eur:30,gold:30."


class ValueRefusedError(Exception):
    """A value that a control does not take: what is allowed, and what to do."""

    def __init__(self, allowed: str, remedy: str) -> None:
        super().__init__(allowed)
        self.allowed, self.remedy = allowed, remedy


def value_of(control: Control, given: Any) -> Any:
    """Read the value of a control."""
    return _READERS[control.kind](control, given)


def _text(control: Control, given: Any) -> str:
    if not isinstance(given, str) or not given:
        raise ValueRefusedError("a word", f"Give {control.name} as text.")
    return given


def _number(control: Control, given: Any) -> float:
    least, most = float(control.least), float(control.most)
    try:
        found = math.nan if isinstance(given, bool) else float(given)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not least <= found <= most:
        unit = f" {control.unit}" if control.unit else ""
        raise ValueRefusedError(
            f"a number from {least:g} to {most:g}{unit}", "Give a number in that range."
        )
    return found


def _amount(control: Control, given: Any) -> float | str:
    if given == ALL:
        return ALL
    try:
        return _number(control, given)
    except ValueRefusedError as refused:
        raise ValueRefusedError(f"{ALL}, or {refused.allowed}", refused.remedy) from None


def _percent(control: Control, given: Any) -> float:
    return _number(control, given) * PCT


def _days(control: Control, given: Any) -> int:
    found = _number(control, given)
    if found != int(found):
        raise ValueRefusedError("a whole number of business days", f"Give {round(found)}.")
    return int(found)


def _switch(control: Control, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if not isinstance(given, str) or given not in SWITCH:
        raise ValueRefusedError(", ".join(SWITCH), f"Give {control.name}=on or {control.name}=off.")
    return SWITCH[given]


def _assets(control: Control, given: Any) -> dict[str, float]:
    """Read one word, or shares in percent."""
    del control
    if isinstance(given, str):
        parts = [one.partition(":") for one in given.split(",", maxsplit=len(ASSET_WORDS))]
        given = {word: share if mark else 100.0 for word, mark, share in parts}
    if not isinstance(given, Mapping):
        raise ValueRefusedError(", ".join(ASSET_WORDS), _MIX)
    for word in given:
        if word not in ASSET_WORDS:
            raise ValueRefusedError(
                ", ".join(ASSET_WORDS), near_miss(str(word), tuple(ASSET_WORDS))
            )
    return {ASSET_WORDS[word]: share for word, share in _shares(given).items() if share}


def _shares(given: Mapping[str, Any]) -> dict[str, float]:
    """Bring percent to shares that sum to one."""
    try:
        shares = {word: float(share) * PCT for word, share in given.items()}
    except (TypeError, ValueError, OverflowError):
        shares = {}
    total = sum(shares.values())
    if not abs(total - 1.0) <= _SLACK or min(shares.values()) < 0.0:
        raise ValueRefusedError("shares in percent that sum to 100", _MIX)
    return {word: share / total for word, share in shares.items()}


_READERS: Final[Mapping[str, Callable[[Control, Any], Any]]] = {
    "seller": _text, "amount": _amount, "days": _days, "assets": _assets, "percent": _percent,
    "switch": _switch, "size": _number, "month": _text, "years": _number,
}  # fmt: skip
"""How each kind of control reads its value."""
