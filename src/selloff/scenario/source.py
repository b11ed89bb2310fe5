"""The text of a scenario, fetched without trust in what the name stands for."""

import stat
from importlib.resources import files
from pathlib import Path
from typing import Final

from selloff.scenario.form import Form
from selloff.scenario.problems import shown
from selloff.vocab.errors import Problem, ScenarioError, near_miss

MAX_BYTES: Final = 1_000_000
_SUFFIXES: Final = (".yaml", ".yml", ".json")


def shipped_names(form: Form) -> tuple[str, ...]:
    """List the files of a kind that come with Selloff."""
    folder = files("selloff.scenario").joinpath(form.folder)
    names = (each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return tuple(sorted(each.removesuffix(".yaml") for each in names))


def text_of(source: str | Path, form: Form) -> tuple[str, str]:
    """Fetch the text of a file, or of one that comes with Selloff.

    Source: assumption; nothing is read before its kind and its size are known.
    """
    names = shipped_names(form)
    if isinstance(source, str) and source in names:
        preset = files("selloff.scenario").joinpath(form.folder, f"{source}.yaml")
        return f"{source}.yaml", preset.read_text(encoding="utf-8")
    if isinstance(source, str) and not _looks_like_file(source):
        raise refused(
            form.noun,
            given=shown(source),
            allowed=f"{form.shipped} ({', '.join(names)}) or a YAML file",
            remedy=near_miss(source, names) if source else f"Name {form.shipped} or a file.",
        )
    return str(source), _decoded(str(source), _bytes(Path(source), str(source), form))


def _looks_like_file(source: str) -> bool:
    if "/" in source or "\\" in source or source.endswith(_SUFFIXES):
        return True
    try:
        return bool(source) and Path(source).exists()
    except (OSError, ValueError):
        return False


def _bytes(file: Path, name: str, form: Form) -> bytes:
    allowed = f"a readable YAML file of at most {MAX_BYTES:,} bytes"
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refused(name, "a folder", allowed=allowed, remedy="Name a file inside it.")
        if not stat.S_ISREG(status.st_mode):
            raise refused(
                name, "a pipe or a device", allowed=allowed, remedy="Save it as a file first."
            )
        if status.st_size > MAX_BYTES:
            raise refused(
                name,
                f"{status.st_size:,} bytes",
                allowed=allowed,
                remedy=f"{form.noun.capitalize()}s are a page of text: is this the right file?",
            )
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES)
    except FileNotFoundError:
        near = sorted(each.name for each in _siblings(file))
        raise refused(
            name,
            "a file that does not exist",
            allowed=allowed,
            remedy=near_miss(file.name, near).replace("allowed values", "files in its folder")
            if near
            else "Check the name and the folder.",
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused(
            name,
            f"a file that cannot be read ({reason.lower()})",
            allowed=allowed,
            remedy="Check the name and its permissions.",
        ) from None


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
        raise refused(
            f"{name}:{line}",
            f"bytes that are not UTF-8 text (byte {error.start})",
            allowed="UTF-8 text",
            remedy="Is this the right file? If so, save it as UTF-8.",
        ) from None


def refused(where: str, given: str, *, allowed: str, remedy: str) -> ScenarioError:
    """Make an error of a single problem.

    Source: assumption; problems that hide all others come alone.
    """
    return ScenarioError([Problem(where=where, given=given, allowed=allowed, remedy=remedy)])
