"""The words of Selloff: axes, holders, variables, units and errors."""

from selloff.vocab.axes import (
    ASSET_CURRENCY,
    ASSETS,
    BUCKET_EDGES,
    BUCKETS,
    BUSINESS_DAYS_PER_MONTH,
    BUSINESS_DAYS_PER_YEAR,
    CURRENCIES,
    EPISODE_LABELS,
    EPISODE_VARIABLES,
    TENOR_YEARS,
    TENORS,
)
from selloff.vocab.errors import (
    IdentityError,
    InputError,
    NoEquilibriumError,
    OutputError,
    Problem,
    ScenarioError,
    SelloffError,
    VintageError,
    near_miss,
)
from selloff.vocab.holders import FOREIGN_GROUPS, Holder, books_of, country_books, holders
from selloff.vocab.units import BP, PCT
from selloff.vocab.variables import Variable, variables

__all__ = [
    "ASSETS",
    "ASSET_CURRENCY",
    "BP",
    "BUCKETS",
    "BUCKET_EDGES",
    "BUSINESS_DAYS_PER_MONTH",
    "BUSINESS_DAYS_PER_YEAR",
    "CURRENCIES",
    "EPISODE_LABELS",
    "EPISODE_VARIABLES",
    "FOREIGN_GROUPS",
    "PCT",
    "TENORS",
    "TENOR_YEARS",
    "Holder",
    "IdentityError",
    "InputError",
    "NoEquilibriumError",
    "OutputError",
    "Problem",
    "ScenarioError",
    "SelloffError",
    "Variable",
    "VintageError",
    "books_of",
    "country_books",
    "holders",
    "near_miss",
    "variables",
]
