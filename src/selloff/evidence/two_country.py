"""The two-country special case beside published numbers."""

from dataclasses import dataclass
from functools import cache

from selloff.vocab.rows import read_as, rows_of


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
    return read_as(Published, rows_of("evidence", "grv_moments"))
