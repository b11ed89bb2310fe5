"""The two-country special case beside published numbers."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from selloff.vocab.files import read_json


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
    return tuple(
        Published(
            name=row["name"],
            regression=row["regression"],
            country=int(row["country"]),
            years=float(row["years"]),
            published=float(row["published"]),
            standing=row["standing"],
            where_read=row["where_read"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def load_two_country() -> Mapping[str, Any]:
    """Read the two-country case shipped with the package."""
    folder = files("selloff.evidence").joinpath("bank")
    found: Mapping[str, Any] = read_json(folder.joinpath("two_country.json"))
    return found
