"""Equations of the papers, from the plain notation they are written in to MathML.

A line is an equation and what is said beside it, two spaces apart or more. `x` between two things
is times, `a_b` and `a[t]` have subscripts, `a^b` and `a'` superscripts, Greek letters are spelt,
words stay words.
"""

import re

from handbook.notation import Line, Node, joined


def equations(block: str) -> str:
    """Set a block of lines as a table: left side, right side, what is said beside it."""
    rows = "".join(_row(line) for line in block.splitlines() if line.strip())
    table = f'<table class="set" role="presentation">{rows}</table>'
    return f'<div class="equations" tabindex="0">{table}</div>'


def math(text: str) -> str:
    """Set one line; between two words it may be broken."""
    parts: list[list[Node]] = [[]]
    for node in Line(text).nodes():
        if parts[-1] and parts[-1][-1].kind == node.kind == "word":
            parts.append([])
        parts[-1].append(node)
    return " ".join(f'<math displaystyle="true">{joined(part)}</math>' for part in parts)


def _row(line: str) -> str:
    first, *rest = re.split(r" {2,}(?![ =~])", line.strip())
    left, sign, right = _halves("" if line.startswith(" ") else first)
    if line.startswith(" "):
        right = first
    said = "".join(f"<span>{math(each)}</span>" for each in rest)
    if left and not sign:
        return f'<tr><td colspan="3">{math(left)}{said}</td></tr>'
    whole = f"{sign} {right}".strip()
    return f"<tr><td>{math(left)}</td><td>{math(whole)}</td><td>{said}</td></tr>"


def _halves(text: str) -> tuple[str, str, str]:
    """Cut at the first sign that stands in no bracket."""
    depth = 0
    for found in re.finditer(r"[(\[{]|[)\]}]| \+?[=~] ", text):
        if found[0] in "([{":
            depth += 1
        elif found[0] in ")]}":
            depth -= 1
        elif not depth:
            return text[: found.start()], found[0].strip(), text[found.end() :]
    return text, "", ""
