"""The text of a scenario, fetched without trust in what the name stands for."""

import stat
import sys
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from selloff.vocab.errors import ScenarioError, near_miss, shown

MAX_BYTES: Final = 250_000
STANDARD_INPUT: Final = "-"
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_unread: Final = partial(ScenarioError.of, is_file=True)
_ALLOWED: Final = f"a readable YAML or JSON file of at most {MAX_BYTES:,} bytes"


@dataclass(frozen=True)
class Form:
    """A kind of file that people write: scenarios and episodes are read in the same way."""

    noun: str
    """What one is called in messages."""
    model: type[BaseModel]
    folder: str
    """Where those that come with Selloff are kept."""
    shipped: str
    """What one that comes with Selloff is called."""
    first_step: str
    """What to do who has nothing yet."""


def shipped_names(form: Form) -> tuple[str, ...]:
    """List the files of a kind that come with Selloff."""
    folder = files("selloff.scenario").joinpath(form.folder)
    names = (each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return tuple(sorted(each.removesuffix(".yaml") for each in names))


def text_of(source: Any, form: Form) -> tuple[str, str]:
    """Fetch name and text of a file, a stream, or one that comes with Selloff."""
    if hasattr(source, "read"):
        return _stream(source)
    if not isinstance(source, (str, Path)):
        raise ScenarioError.of(
            form.noun,
            shown(source),
            allowed=f"{form.shipped}, a YAML or JSON file, a stream, plain values or a "
            f"{form.model.__name__}",
            remedy=form.first_step,
        )
    names = shipped_names(form)
    if source == STANDARD_INPUT:
        return _stream(getattr(sys.stdin, "buffer", sys.stdin))
    if isinstance(source, str) and source in names:
        preset = files("selloff.scenario").joinpath(form.folder, f"{source}.yaml")
        return f"{source}.yaml", preset.read_text(encoding="utf-8")
    if isinstance(source, str) and not _looks_like_file(source):
        raise ScenarioError.of(
            form.noun,
            shown(source),
            allowed=f"{form.shipped} ({', '.join(names)}) or a YAML or JSON file",
            remedy=near_miss(source, names) if source else f"Name {form.shipped} or a file.",
        )
    name = str(source)
    return name, _decoded(name, _bytes(Path(source), name, form))


def _looks_like_file(source: str) -> bool:
    if "/" in source or "\\" in source or source.endswith(_SUFFIXES):
        return True
    try:
        return bool(source) and Path(source).exists()
    except (OSError, ValueError):
        return False


def _stream(stream: Any) -> tuple[str, str]:
    name = "standard input" if stream in (sys.stdin, getattr(sys.stdin, "buffer", None)) else "text"
    try:
        found = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise _unreadable(name, error) from None
    if not isinstance(found, (str, bytes)):
        raise _unread(name, shown(found), allowed="text", remedy="Open the file as text.")
    if len(found) > MAX_BYTES:
        remedy = "Is this the right input?"
        raise _unread(name, f"more than {MAX_BYTES:,} bytes", allowed=_ALLOWED, remedy=remedy)
    return name, found if isinstance(found, str) else _decoded(name, found)


def _bytes(file: Path, name: str, form: Form) -> bytes:
    given, remedy = "", "Name a file inside it."
    try:
        file = file.expanduser()
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            given = "a folder"
        elif not stat.S_ISREG(status.st_mode):
            given, remedy = "a pipe or a device", "Save it as a file, or give - and pipe it in."
        elif status.st_size > MAX_BYTES:
            given = f"{status.st_size:,} bytes"
            remedy = f"{form.noun.capitalize()}s are a page of text: is this the right file?"
        else:
            with file.open("rb") as stream:
                return stream.read(MAX_BYTES)
    except FileNotFoundError:
        given = "a file that does not exist"
        near = near_miss(file.name, sorted(each.name for each in _siblings(file)))
        remedy = near if near.startswith("Did") else "Check the name and the folder."
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(name, error) from None
    raise _unread(name, given, allowed=_ALLOWED, remedy=remedy)


def _unreadable(name: str, error: Exception) -> Exception:
    reason = getattr(error, "strerror", None) or str(error)
    return _unread(
        name,
        f"a file that cannot be read ({reason.lower()})",
        allowed=_ALLOWED,
        remedy="Check the name and its permissions.",
    )


def _siblings(file: Path) -> list[Path]:
    try:
        return [each for each in file.parent.iterdir() if each.suffix in _SUFFIXES]
    except OSError:
        return []


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unread(
            f"{name}:{line}",
            f"bytes that are not UTF-8 text (byte {error.start})",
            allowed="UTF-8 text",
            remedy="Is this the right file? If so, save it as UTF-8.",
        ) from None
