"""The two-country special case beside published numbers."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Published:
    """A published regression coefficient."""

    name: str
    regression: str
    """`fama_bliss`, `campbell_shiller`, `long_parity`, or `not_compared` where its exact form was
    not retrieved."""
    country: int
    """Zero at home, one abroad [index]."""
    years: float
    """Maturity or horizon [years]."""
    published: float
    standing: str
    where_read: str


@cache
def published_coefficients() -> tuple[Published, ...]:
    """Read the published coefficients.

    Source: `evidence/grv_moments.csv`; Gourinchas, Ray and Vayanos (2025), sample 1986-2021.
    """
    text = files("selloff.evidence").joinpath("grv_moments.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    kinds: dict[str, Callable[[str], Any]] = {"country": int, "years": float, "published": float}
    return tuple(Published(**{key: kinds.get(key, str)(row[key]) for key in row}) for row in rows)
