"""Raw bytes as they came, under their sha256, with where and when they were fetched."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from selloff.vocab import read_json, write_set
from selloff.vocab.errors import OutputError

INDEX: Final = "index.json"
_SECRET: Final = re.compile(r"([?&][^=&]*(?:key|token)[^=&]*=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Print:
    """One fetch of one file."""

    url: str
    sha256: str
    fetched: str
    """UTC, as 2026-11-27T15:00:00Z."""
    size: int
    etag: str = ""
    last_modified: str = ""


class Archive(Protocol):
    """Where raw bytes are kept."""

    def last(self, url: str) -> Print | None:
        """Find the last fetch of an address."""

    def read(self, found: Print) -> bytes | None:
        """Read its bytes, if they are still what they were."""

    def keep(self, content: bytes, moment: datetime, url: str, headers: Mapping[str, str]) -> Print:
        """Keep what was fetched."""


def without_secrets(url: str) -> str:
    """Write an address without the keys in it."""
    return _SECRET.sub(r"\1...", url)


@dataclass(frozen=True)
class RawFolder:
    """Raw files in a folder; its index is written whole, after the bytes it names."""

    folder: Path
    _prints: dict[str, list[Print]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        file = self.folder / INDEX
        if file.is_file():
            self._prints.update(_read_index(file))

    def last(self, url: str) -> Print | None:
        """Find the last fetch of an address."""
        return next(reversed(self._prints.get(without_secrets(url), [])), None)

    def read(self, found: Print) -> bytes | None:
        """Read its bytes, if they are still what they were."""
        try:
            content = (self.folder / found.sha256).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == found.sha256 else None

    def keep(self, content: bytes, moment: datetime, url: str, headers: Mapping[str, str]) -> Print:
        """Keep what was fetched; bytes already kept are not kept twice."""
        new = print_of(content, moment, url, headers)
        prints = self._prints.setdefault(new.url, [])
        if prints and prints[-1].sha256 == new.sha256:
            prints.pop()
        prints.append(new)
        index = {url: [asdict(each) for each in prints] for url, prints in self._prints.items()}
        text = json.dumps(index, indent=1)
        write_set(self.folder, [(new.sha256, content), (INDEX, text)])
        return new


class NoArchive:
    """For a trial: nothing is kept."""

    def last(self, url: str) -> Print | None:
        """Nothing was fetched before."""

    def read(self, found: Print) -> bytes | None:
        """Nothing can be read."""

    def keep(self, content: bytes, moment: datetime, url: str, headers: Mapping[str, str]) -> Print:
        """Describe what was fetched, and forget it."""
        return print_of(content, moment, url, headers)


def print_of(content: bytes, moment: datetime, url: str, headers: Mapping[str, str]) -> Print:
    """Describe one fetch."""
    return Print(
        url=without_secrets(url),
        sha256=hashlib.sha256(content).hexdigest(),
        fetched=f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        size=len(content),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )


def _read_index(file: Path) -> dict[str, list[Print]]:
    try:
        return {url: [Print(**each) for each in prints] for url, prints in read_json(file).items()}
    except (AttributeError, TypeError, OutputError) as error:
        remedy = "Move it away: the raw files stay, and the next update begins a new index."
        raise OutputError(f"{file}: is not an index of raw files. {remedy}") from error
