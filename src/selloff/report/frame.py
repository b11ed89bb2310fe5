"""What every page is made with: templates, packaged files, and hashes for its policy."""

import base64
import hashlib
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


def script_hash(script: str) -> str:
    """Name a script in the policy of a page."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _unbroken(words: Any) -> Markup:
    """Keep each range in brackets, and money below zero, on one line."""
    if hasattr(words, "__html__"):
        return Markup(words)
    return Markup(RANGE.sub(r'<span class="range">\1</span>', str(escape(words))))
