"""Names in equations: Greek letters, signs, and what is a word."""

import re
from html import escape
from typing import Final

_SPELT: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "final_sigma sigma tau upsilon phi chi psi omega"
)
"""In the order of the alphabet of signs; no name of the papers has the sign of a last sigma."""
GREEK: Final = {
    style(name): chr(first + at)
    for first, style in ((0x391, str.capitalize), (0x3B1, str.lower))
    for at, name in enumerate(_SPELT.split(" "))
}
FUNCTIONS: Final = ("exp", "ln", "log", "min", "max", "clip", "sign", "logit", "sqrt")
SIGNS: Final = {
    "sum": "∑",
    "int": "∫",
    "-": "−",
    "<=": "≤",
    ">=": "≥",
    "~": "∼",
    ".": "·",
    "x": "×",
    "'": "′",
    "*": "∗",
}
_FIXED: Final = {
    **{name: f"<mi>{sign}</mi>" for name, sign in GREEK.items()},
    **{name: f"<mo>{SIGNS[name]}</mo>" for name in ("sum", "int")},
    "qbar": "<mover><mi>q</mi><mo>¯</mo></mover>",
}
_CHANGE: Final = re.compile(r"d(y|Q|m|t|B|q|u|s|i|tau|i10)")
_NUMBERED: Final = re.compile(r"([A-Za-z])(\d+)")


def letters(text: str) -> str:
    """Set a name without its subscripts."""
    if text in _FIXED:
        return _FIXED[text]
    if found := _CHANGE.fullmatch(text):
        return f'<mrow><mi mathvariant="normal">d</mi>{letters(found[1])}</mrow>'
    if found := _NUMBERED.fullmatch(text):
        return f"<msub><mi>{found[1]}</mi><mn>{found[2]}</mn></msub>"
    if len(text) == 2 and text.islower() and text not in FUNCTIONS:
        return f"<mrow><mi>{text[0]}</mi><mi>{text[1]}</mi></mrow>"
    kind = "mn" if text.isdigit() else "mi"
    return f"<{kind}>{escape(text)}</{kind}>"


def is_word(text: str) -> bool:
    """Say whether it is a word, and no name of a quantity."""
    is_name = text in _FIXED or text in FUNCTIONS or "_" in text or _CHANGE.fullmatch(text)
    return not is_name and bool(re.search(r"[A-Za-z]{2}|\dY", text))
