"""The chosen numbers of the data room: each row has a value, a range and a reason."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from selloff.data.records import Array
from selloff.vocab.axes import BUCKETS, TENORS


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
    file = f"assumptions/{name}.csv"
    text = files("selloff.data").joinpath(file).read_text(encoding="utf-8")
    return tuple(
        Assumption(
            key=row[key],
            value=float(row["value"]),
            low=float(row["low"]),
            high=float(row["high"]),
            reason=row["reason"],
            file=file,
            label=row[label] if label else "",
        )
        for row in csv.DictReader(text.splitlines())
    )


def _profiles(name: str, key: str) -> dict[str, Array]:
    profiles: dict[str, Array] = {}
    for row in _rows(name, key, "bucket"):
        profile = profiles.setdefault(row.key, np.zeros(len(BUCKETS)))
        profile[BUCKETS.index(row.label)] = row.value
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
    mixes: dict[str, Array] = {}
    for row in _rows("auction_mix", "security", "tenor"):
        mixes.setdefault(row.key, np.zeros(len(TENORS)))[TENORS.index(row.label)] = row.value
    for mix in mixes.values():
        mix.setflags(write=False)
    return mixes


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
