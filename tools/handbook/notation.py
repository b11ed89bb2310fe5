"""A line in the notation of the papers, read from left to right into pieces of MathML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from handbook.names import SIGNS, is_word, letters

THIN: Final = '<mspace width="0.17em"></mspace>'
WIDE: Final = '<mspace width="0.3em"></mspace>'
CLOSED_BY: Final = {"(": ")", "[": "]", "{": "}"}
_TOKEN: Final = re.compile(
    r"s\.e\.(?:_\w+)?|\|\w+\|"
    r"|[A-Za-z]+'s\b|[A-Za-z]{3,}s'(?= [a-z]{3})|\w+(?:-[A-Za-z]{2,})+"  # words with a mark inside
    r"|[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+(?:,[A-Za-z]+)*)*"
    r"|\d+(?:,\d{3})*(?:\.\d+)?(?:%|Y\b)?|<=|>=|\+=|\S"
)


@dataclass(frozen=True)
class Token:
    """A piece of a line: what stands there, and whether a space stands before it."""

    text: str
    is_spaced: bool


@dataclass(frozen=True)
class Node:
    """A piece of MathML: `atom`, `word` or `sign`; without its brackets where it has some."""

    kind: str
    html: str
    inner: str = ""


class Line:
    """A line on its way from tokens to nodes."""

    def __init__(self, text: str) -> None:
        self._left = [
            Token(each[0], text[: each.start()].endswith(" ")) for each in _TOKEN.finditer(text)
        ][::-1]

    def nodes(self, end: str = "") -> list[Node]:
        """Read until a closing bracket, or to the end."""
        found: list[Node] = []
        while self._left and self._left[-1].text != end:
            token = self._left.pop()
            if token.text == "/" and token.is_spaced and self._is_fraction(found):
                below = self._scripted(self._left.pop())
                above = found.pop()
                parts = (f"<mrow>{each.inner or each.html}</mrow>" for each in (above, below))
                found.append(Node("atom", f"<mfrac>{''.join(parts)}</mfrac>"))
            else:
                found.append(self._one(token, found))
        if self._left:
            self._left.pop()
        return found

    def _is_fraction(self, before: Sequence[Node]) -> bool:
        """Whether what follows is one thing alone: `a / b c` could be read in two ways."""
        words = [each.kind == "word" for each in before[-2:]]
        if not before or before[-1].kind == "sign" or words == [True, True]:
            return False
        rest = Line("")
        rest._left = list(self._left)
        first = rest._scripted(rest._left.pop()) if rest._left else None
        after = rest._left[-1].text if rest._left else ""
        return first is not None and first.kind != "sign" and not re.match(r"[\w({\[|]", after)

    def _one(self, token: Token, before: Sequence[Node]) -> Node:
        if token.text == "x" and token.is_spaced and before and before[-1].kind != "sign":
            after = self._left[-1] if self._left else Token(")", False)
            if after.is_spaced and (after.text[0].isalnum() or after.text in "([|"):
                return _sign("x")
        if token.text in ("a", "sum") and self._left and is_word(self._left[-1].text):
            return _word(token.text)
        return self._scripted(token)

    def _scripted(self, token: Token) -> Node:
        """Read a thing with all that hangs on it: arguments, subscripts, superscripts."""
        node = self._bare(token)
        while (
            (node.kind != "sign" or token.text == "sum")
            and self._left
            and not self._left[-1].is_spaced
        ):
            mark = self._left[-1].text
            if mark not in ("(", "[", "^", "'", "*", "_"):
                break
            self._left.pop()
            if mark in "'*":
                node = _script("sup", node, f"<mo>{SIGNS[mark]}</mo>")
            elif mark == "^":
                node = _script("sup", node, self._exponent())
            elif mark == "_":
                below = self._left.pop().text
                inner = joined(self.nodes("}")) if below == "{" else letters(below)
                node = _script("sub", node, f"<mrow>{inner}</mrow>")
            elif mark == "[":
                node = _script("sub", node, f"<mrow>{joined(self.nodes(']'))}</mrow>")
            else:
                node = _applied(token.text, node, joined(self.nodes(")")))
        return node

    def _exponent(self) -> str:
        token = self._left.pop()
        minus = "<mo>−</mo>" if token.text == "-" else ""
        node = self._scripted(self._left.pop() if minus else token)
        return f"<mrow>{minus}{node.inner or node.html}</mrow>"

    def _bare(self, token: Token) -> Node:
        text = token.text
        if text in CLOSED_BY and text != "{":
            inner = joined(self.nodes(CLOSED_BY[text]))
            return Node("atom", _bracketed(text, inner), inner)
        if len(text) > 1 and text[0] == "|":
            return Node("atom", f"<mrow><mo>|</mo>{letters(text[1:-1])}<mo>|</mo></mrow>")
        if text == "ln" and self._left and self._left[-1].text.isdigit():
            number = self._left.pop().text
            return Node("atom", f"<mrow>{_name('ln').html}{THIN}<mn>{number}</mn></mrow>")
        if text[0].isdigit() and not is_word(text):
            return Node("atom", f"<mn>{escape(text)}</mn>")
        return _name(text) if text[0].isalnum() else _sign(text)


def _name(text: str) -> Node:
    base, *subs = text.split("_") if re.fullmatch(r"[\w.,]+", text) else [text]
    if not subs and is_word(text):
        return _word(text)
    html = letters(base)
    for sub in reversed(subs[1:]):
        subs[0] = f"{subs[0]}_{sub}"
    if subs:
        first, *deeper = subs[0].split("_")
        below = f"<msub>{letters(first)}{letters(deeper[0])}</msub>" if deeper else ""
        html = f"<msub>{html}{below or letters(first)}</msub>"
    return Node("sign" if base in ("sum", "int") and not subs else "atom", html)


def _word(text: str) -> Node:
    return Node("word", f"<mtext>{escape(text, quote=False)}</mtext>")


def _sign(text: str) -> Node:
    return Node("sign", f"<mo>{escape(SIGNS.get(text, text))}</mo>")


def _script(kind: str, node: Node, html: str) -> Node:
    return Node("atom", f"<m{kind}>{node.html}{html}</m{kind}>")


def _applied(name: str, node: Node, inner: str) -> Node:
    if name == "sqrt":
        return Node("atom", f"<msqrt>{inner}</msqrt>")
    return Node("atom", f"<mrow>{node.html}{_bracketed('(', inner)}</mrow>")


def _bracketed(sign: str, inner: str) -> str:
    size = "" if "mfrac" in inner else ' stretchy="false"'
    return f"<mrow><mo{size}>{sign}</mo>{inner}<mo{size}>{CLOSED_BY[sign]}</mo></mrow>"


def joined(nodes: Sequence[Node]) -> str:
    """Put nodes side by side: a thin space where two are multiplied, a wide one at words."""
    html = ""
    for at, node in enumerate(nodes):
        kinds = {nodes[at - 1].kind, node.kind} if at else {"sign"}
        if "sign" not in kinds:
            html += WIDE if "word" in kinds else THIN
        html += f" {node.html}"  # the space is for those who search
    return html
