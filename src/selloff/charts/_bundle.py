"""The modules of the browser: as files for a server, as one script for a report without network."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from posixpath import join, normpath
from typing import Final

from selloff.charts._kinds import AnyChart

ENTRY: Final = "page.js"
IMPORT: Final = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.[^"]+)";\n', re.MULTILINE)
EXPORT: Final = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.MULTILINE)
AGAIN: Final = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
ENDING: Final = re.compile(r"export\{([^}]*)\};?\s*$")
"""How a vendored module ends; one without is a plain script."""
Read = Callable[[str], str]


def folder() -> Traversable:
    """The folder a server hands out whole: modules, stylesheet, vendored parts, outlines."""
    return files("selloff.charts").joinpath("static")


@cache
def stylesheet() -> str:
    """The one stylesheet."""
    return _read("charts.css")


@cache
def outlines_json() -> str:
    """Outlines of the countries, for the element `chart-outlines` of a page with a map."""
    return _safe(json.dumps(json.loads(_read("outlines.json")), separators=(",", ":")))


def charts_json(charts: Iterable[AnyChart]) -> str:
    """Charts for the element `charts` of a page; what is not set is left out."""
    plain = [one.model_dump(mode="json", exclude_none=True) for one in charts]
    return _safe(json.dumps(plain, allow_nan=False, separators=(",", ":")))


@cache
def script() -> str:
    """All modules as one plain script, each before those that import it."""
    return joined(ENTRY, _read)


def joined(entry: str, read: Read) -> str:
    """Modules as one plain script, from the one that begins and a way to read one by its name."""
    order: list[str] = []
    _visit(entry, order, (), read)
    return '"use strict";\n' + "".join(_wrapped(name, read(name)) for name in order)


def csp_hash(text: str) -> str:
    """Name an inline script or style in a content policy."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _visit(name: str, order: list[str], above: tuple[str, ...], read: Read) -> None:
    if name in above:
        raise ValueError(f"{name}: imports itself by way of {', '.join(above)}. Cut the circle.")
    if name in order:
        return
    for found in IMPORT.finditer(read(name)):
        _visit(_place(name, found[2]), order, (*above, name), read)
    order.append(name)


def _wrapped(name: str, text: str) -> str:
    """A module as a function that is called once; vendored scripts stay as they are."""
    if "vendor/" in name:
        ending = ENDING.search(text)
        if ending is None:
            return f"{text.rstrip()}\n"
        pairs = (one.split(" as ") for one in _list(ending[1]))
        named = ", ".join(f"{pair[-1]}: {pair[0]}" for pair in pairs)
        inner = f"{ENDING.sub('', text)};\nreturn {{ {named} }};"
        return f"const {_variable(name)} = (() => {{\n{inner}\n}})();\n"
    given = [*EXPORT.findall(text), *(one for names in AGAIN.findall(text) for one in _list(names))]
    needs = "".join(
        f"const {{ {', '.join(_list(found[1]))} }} = {_variable(_place(name, found[2]))};\n"
        for found in IMPORT.finditer(text)
        if found[1]
    )
    body = AGAIN.sub("", IMPORT.sub("", text))
    body = re.sub(r"^export ", "", body, flags=re.MULTILINE)
    closing = f"return {{ {', '.join(given)} }};"
    return f"const {_variable(name)} = (() => {{\n{needs}{body}{closing}\n}})();\n"


def _list(names: str) -> list[str]:
    return [one.strip() for one in names.split(",") if one.strip()]


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _place(of: str, address: str) -> str:
    return normpath(join(of, "..", address))


def _read(name: str) -> str:
    return folder().joinpath(name).read_text(encoding="utf-8")


def _safe(text: str) -> str:
    """Inside a script element only these three can end it or open a comment."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
