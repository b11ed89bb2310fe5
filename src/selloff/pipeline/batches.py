"""Batches of draws on the disk: whoever is stopped goes on from those that are whole."""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.results import Counts
from selloff.vocab import OutputError, write_file

_SEAL: Final = 32
"""End of a file of a batch: the hash of the question, its number and what it holds [bytes]."""
_DIGITS: Final = 6
_ENDING: Final = ".batch"


@dataclass(frozen=True, eq=False)
class Batch:
    """What a number of draws, one after the other, came to."""

    numbers: NDArray[np.float64]
    """By name and draw."""
    counts: Counts
    """By number with a fan and by bin."""
    mark: bytes
    """Hash of the edges between which it counts."""


class Batches(Mapping[str, NDArray[np.float64]]):
    """Batches of one question in a folder; as a mapping, numbers by draw, one name at a time."""

    def __init__(self, folder: Path, question: str, names: Sequence[str], n_batches: int) -> None:
        self.folder, self.question, self.n_batches = folder, question, n_batches
        self.rows = {name: row for row, name in enumerate(names)}
        self.n_unsound = 0
        """Batches that were there, damaged or of another question or version [count]."""

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        row = self.rows[name]
        return np.concatenate([np.load(file, mmap_mode="r")[row] for file in self._files()])

    def __contains__(self, name: object) -> bool:
        return name in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def left(self, *, resume: bool) -> list[int]:
        """Number the batches to be worked out; refuse to begin anew over some that are there."""
        found = {file for file in self._files() if file.exists()}
        if found and not resume:
            raise OutputError(
                f"{self.folder}: holds {len(found)} batches of a run that has not ended. "
                f"Add --resume {self.folder} to go on from them, or delete the folder."
            )
        missing = [at for at, file in enumerate(self._files()) if not self._is_sound(at, file)]
        self.n_unsound = sum(self._file(at) in found for at in missing)
        return missing

    def put(self, number: int, batch: Batch) -> None:
        """Write a batch, whole or not at all."""
        written = io.BytesIO()
        for array in (
            batch.numbers,
            batch.counts.astype(np.uint16),
            np.frombuffer(batch.mark, "u1"),
        ):
            np.save(written, array)
        content = written.getvalue()
        write_file(self._file(number), content + self._seal(number, content))

    def counts(self, mark: bytes) -> Counts:
        """Add up the counts of all batches, which have the edges of this mark."""
        total: Counts | None = None
        for file in self._files():
            with file.open("rb") as stream:
                _, counts, found = (np.load(stream) for _ in range(3))
            if found.tobytes() != mark:
                raise OutputError(
                    f"{file}: counts between other edges: processors of another kind made it. "
                    "Delete it and go on with --resume, on processors of one kind."
                )
            total = counts.astype(np.int64) if total is None else total + counts
        assert total is not None
        return total

    def clear(self) -> None:
        """Take the batches away, once their run has ended, and the folder if nothing else is in it.

        The folder is the user's to name: it may hold the answer, or anything else.
        """
        with suppress(OSError):
            for file in self.folder.glob(f"{'[0-9]' * _DIGITS}{_ENDING}"):
                file.unlink()
            self.folder.rmdir()

    def _is_sound(self, number: int, file: Path) -> bool:
        """Ask whether a batch is there, of this question and as it was written."""
        if not file.is_file():
            return False
        content = memoryview(file.read_bytes())
        return self._seal(number, content[:-_SEAL]) == content[-_SEAL:]

    def _seal(self, number: int, content: bytes | memoryview) -> bytes:
        seal = hashlib.sha256(f"{self.question} {number} ".encode())
        seal.update(content)
        return seal.digest()

    def _files(self) -> list[Path]:
        return [self._file(number) for number in range(self.n_batches)]

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:0{_DIGITS}d}{_ENDING}"
