"""`selloff COMMAND --help`: types and limits in words."""

import re
from typing import Any, Final

from typer.core import TyperCommand

_WORDS: Final = {"str": "TEXT", "int": "N", "float": "NUMBER", "list[float]": "NUMBER"}
"""Kinds of values, as the names of metavars are written."""
_KIND: Final = re.compile(r" <([^>]*?)(?: range)?>")
_LIMITS: Final = re.compile(r"([\d.]+)<=x<=([\d.]+)|x>=([\d.]+)|x<=([\d.]+)")
_ENDLESS: Final = 10.0**12
"""From here on an upper limit is none to a reader [count]."""


class InWords(TyperCommand):
    """A command whose page of help says what a person needs, and no types of Python."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Write the usage line: what may be left out is in brackets."""
        return [each.strip("{}") for each in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            records = (
                each.get_help_record(ctx)
                for each in self.get_params(ctx)
                if each.param_type_name == kind
            )
            if rows := [
                (_named(name, kind), _limited(text)) for name, text in filter(None, records)
            ]:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _named(name: str, kind: str) -> str:
    """An argument has a name, and needs no kind."""
    return _KIND.sub(lambda it: "" if kind == "argument" else f" {_WORDS[it[1]]}", name)


def _limited(text: str) -> str:
    return _LIMITS.sub(_in_words, text).replace("[required]", "").rstrip()


def _in_words(found: re.Match[str]) -> str:
    least, most = found[1] or found[3], found[2] or found[4]
    if most is None or float(most) > _ENDLESS:
        return f"{float(least):,g} or more"
    high = f"{float(most):,.12g}"
    return f"at most {high}" if least is None else f"{float(least):,.12g} to {high}"
