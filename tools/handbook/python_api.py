"""What a program may import, from signatures and docstrings."""

import inspect
import re
from importlib import import_module
from typing import Any, Final

DOORS: Final = (
    "selloff",
    "selloff.scenario",
    "selloff.data",
    "selloff.pipeline",
    "selloff.results",
    "selloff.export",
    "selloff.charts",
)
"""Rooms whose front doors are meant for others' programs."""
_LISTED: Final = re.compile(r" {4}(\w+): (.*)")


def page() -> str:
    """Every exported name of every door."""
    parts = [
        "# Python\n",
        "Made from the code. Each room is entered by its door, as written here.\n",
    ]
    for door in DOORS:
        module = import_module(door)
        parts += [f"## {door}\n", f"{_first(module)}\n"]
        for name in sorted(module.__all__, key=str.lower):
            if not name.startswith("_"):
                parts += _thing(name, getattr(module, name))
    return "\n".join(parts)


def _thing(name: str, thing: Any) -> list[str]:
    if inspect.isclass(thing) or inspect.isfunction(inspect.unwrap(thing)):
        shown = [f"### {name}\n", f"```python\n{name}{_arguments(thing)}\n```\n", _doc(thing)]
        return shown + (_methods(thing) if inspect.isclass(thing) else [])
    said = " ".join(repr(thing).split())
    return [f"### {name}\n", f"```python\n{name} = {_cut(said)}\n```\n"]


def _methods(thing: Any) -> list[str]:
    """What a class itself defines, inherited names left out."""
    found = []
    for name, member in vars(thing).items():
        inner = getattr(member, "fget", None) or getattr(member, "func", None) or member
        inner = getattr(inner, "__func__", inner)
        if not name.startswith("_") and inspect.isfunction(inner):
            found.append(f"- `{name}{_arguments(inner)}`: {_first(inner)}")
    return ["\n".join(found) + "\n"] if found else []


def _arguments(thing: Any) -> str:
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):  # built in another language
        return "(...)"
    plain = [
        each.replace(annotation=inspect.Parameter.empty)
        for each in found.parameters.values()
        if each.name not in ("self", "cls")
    ]
    return _cut(str(found.replace(parameters=plain, return_annotation=inspect.Signature.empty)))


def _doc(thing: Any) -> str:
    """Return the docstring; what is indented under a word becomes a list."""
    lines = []
    for line in (inspect.getdoc(thing) or "").splitlines():
        found = _LISTED.match(line)
        lines.append(f"\n- `{found[1]}`: {found[2]}" if found else line)
    return "\n".join(lines) + "\n"


def _first(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _cut(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else f"{text[:longest]} ..."
