"""What every page is made with: templates and packaged files."""

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

RANGE: Final = re.compile(r"(\([−$¥€£0-9][^()<>&]{0,40}\)|−[$¥€£][0-9.,]*[0-9][a-z]*)")
"""A range in brackets, or money below zero, as `Estimate` writes them."""


@cache
def environment() -> Environment:
    """Set up templates once."""
    made = Environment(
        loader=PackageLoader("selloff.report", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["unbroken"] = _unbroken
    return made


@cache
def packaged(name: str) -> str:
    """Read a file of the room."""
    return files("selloff.report").joinpath(name).read_text(encoding="utf-8")


def _unbroken(words: Any) -> Markup:
    """Keep each range in brackets, and money below zero, on one line."""
    if hasattr(words, "__html__"):
        return Markup(words)
    return Markup(RANGE.sub(r'<span class="range">\1</span>', str(escape(words))))
