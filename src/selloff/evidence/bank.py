"""The bank: joint parameter draws with the solved pricing core, and their birth certificate."""

import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.evidence.parameters import ECONOMY, REACTION, Parameter, parameters
from selloff.evidence.sampling import sample, sample_with
from selloff.evidence.stored import BANK_FOLDER, stored
from selloff.vocab.errors import OutputError
from selloff.vocab.files import write_set

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bank:
    """Joint draws of every parameter, one row a draw."""

    draws: Mapping[str, Array]
    """Parameters by name, first axis the draw."""
    certificate: Mapping[str, Any]
    """Method, seed, targets met, acceptance, versions."""

    @property
    def n_draws(self) -> int:
        """Number of joint draws [count]."""
        return int(next(iter(self.draws.values())).shape[0])


def load_bank() -> Bank:
    """Read the bank shipped with the package, with priors of the answers and the economy."""
    return _shipped()


def forget_bank() -> None:
    """Read the shipped files again next time."""
    _shipped.cache_clear()


@cache
def _shipped() -> Bank:
    draws = _read(BANK_FOLDER / "draws.npz")
    draws |= _answers(next(iter(draws.values())).shape[0])
    for array in draws.values():
        array.setflags(write=False)
    return Bank(draws, stored("certificate"))


def _read(file: Path) -> dict[str, Array]:
    try:
        with file.open("rb") as opened, np.load(opened) as archive:
            return {name: archive[name] for name in archive.files}
    except Exception as error:  # a damaged archive raises anything
        raise OutputError(f"{file}: cannot be read ({error}). Install Selloff again.") from error


def _answers(n_draws: int) -> dict[str, Array]:
    """Draw what nothing in the bank was fitted to: everybody else's answers, and the economy."""

    def draw(row: Parameter) -> Array:
        rng = np.random.default_rng(zlib.crc32(row.name.encode()))
        if not row.drawn_with:
            return sample(row, n_draws, rng)
        return sample_with(row, draw(rows[row.drawn_with]), rng)

    rows = parameters()
    return {
        name: draw(row)
        for name, row in rows.items()
        if row.mechanism.startswith((REACTION, ECONOMY))
    }


def fix(bank: Bank, values: Mapping[str, float]) -> Bank:
    """Give some parameters one value in every draw."""
    if not values:
        return bank
    fixed = {name: np.full(bank.n_draws, value) for name, value in values.items()}
    return replace(bank, draws={**bank.draws, **fixed})


@lru_cache(maxsize=4)
def few_of(bank: Bank, rows: tuple[int, ...]) -> Bank:
    """Take some rows of a bank."""
    return replace(bank, draws={name: array[list(rows)] for name, array in bank.draws.items()})


def save_bank(bank: Bank, folder: Path) -> list[Path]:
    """Write the draws of a bank and their certificate."""
    draws = io.BytesIO()
    np.savez_compressed(draws, allow_pickle=False, **dict(bank.draws))
    certificate = json.dumps(bank.certificate, indent=2, sort_keys=True) + "\n"
    return write_set(folder, [("draws.npz", draws.getvalue()), ("certificate.json", certificate)])
