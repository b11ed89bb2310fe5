"""The chosen numbers of the data room: each row has a value, a range and a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from selloff.data.records import Array
from selloff.vocab.axes import BUCKETS, TENORS, Axis
from selloff.vocab.rows import rows_of


@dataclass(frozen=True)
class Assumption:
    """A chosen number with its range."""

    key: str
    value: float
    low: float
    high: float
    reason: str
    file: str
    label: str = ""
    """A second key: the bucket of a profile, or the name a country has in the source."""

    @property
    def source(self) -> str:
        """Say that it is an assumption, and where its range and reason stand."""
        return f"assumption: {self.file}"


def _rows(name: str, key: str, label: str | None = None) -> tuple[Assumption, ...]:
    table = f"assumptions/{name}"
    return tuple(
        Assumption(
            key=row[key],
            value=float(row["value"]),
            low=float(row["low"]),
            high=float(row["high"]),
            reason=row["reason"],
            file=f"{table}.csv",
            label=row[label] if label else "",
        )
        for row in rows_of("data", table)
    )


def _profiles(
    name: str, key: str, *, along: str = "bucket", axis: Axis = BUCKETS
) -> dict[str, Array]:
    profiles: dict[str, Array] = {}
    for row in _rows(name, key, along):
        profiles.setdefault(row.key, np.zeros(len(axis)))[axis.at(row.label)] = row.value
    for profile in profiles.values():
        profile.setflags(write=False)
    return profiles


@cache
def scalars() -> Mapping[str, Assumption]:
    """Read single numbers by name."""
    return {row.key: row for row in _rows("scalars", "name")}


@cache
def class_maturity() -> Mapping[str, Array]:
    """Read the spread of each class of security over buckets, shares summing to one."""
    return _profiles("class_maturity", "security")


@cache
def bucket_mean_years() -> Mapping[str, Array]:
    """Read the mean remaining life in each bucket, bills and coupons apart [years]."""
    return _profiles("bucket_mean_years", "security")


@cache
def auction_mix() -> Mapping[str, Array]:
    """Read how each class is spread over tenors at auction, shares summing to one."""
    return _profiles("auction_mix", "security", along="tenor", axis=TENORS)


@cache
def holder_maturity() -> Mapping[str, Array]:
    """Read the prior spread of each sector's book over buckets, shares summing to one."""
    return _profiles("holder_maturity", "sector")


@cache
def official_shares() -> tuple[Assumption, ...]:
    """Read the official share of each country's line; the label is the name in the source."""
    return _rows("official_shares", "iso3", "tic_name")


@cache
def short_term_shares() -> Mapping[str, Assumption]:
    """Read the short-term share of books, by country or by official and private."""
    return {row.key: row for row in _rows("short_term_shares", "holder")}


@cache
def japan_numbers() -> Mapping[str, Assumption]:
    """Read the chosen numbers about Japan by name."""
    return {row.key: row for row in _rows("japan", "name")}
