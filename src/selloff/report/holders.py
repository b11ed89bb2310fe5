"""Holders and groups of the dataset by name, and what they bought."""

from typing import Final

import numpy as np
import xarray as xr

from selloff.report.estimate import from_draws
from selloff.report.section import Table

GROUP_NAMES: Final = {
    "fed": "the Federal Reserve",
    "dealers": "US dealers",
    "levered": "levered funds",
    "foreign_official": "foreign official holders",
    "foreign_private": "foreign private holders",
    "usa_bank": "US banks",
    "usa_mmf": "US money funds",
    "usa_mutual_fund": "US mutual funds",
    "usa_pension": "US pension funds",
    "usa_insurer": "US insurers",
    "usa_household": "US households",
    "usa_other": "other US holders",
}
"""Names of the groups of the clearing loop, as inside a sentence."""
SECTOR_NAMES: Final = {
    "official": "officials",
    "private": "private holders",
    "hedge funds": "hedge funds",
}
"""Sectors behind the comma of a holder's name, as inside a sentence."""
WITH_ARTICLE: Final = (
    "Bahamas", "Cayman Islands", "Federal Reserve", "Netherlands", "Philippines",
    "United Arab Emirates", "United Kingdom",
)  # fmt: skip


def group_name(group: str) -> str:
    """Name a group for a reader.

    Source: assumption; plain words for the group ids.
    """
    return GROUP_NAMES.get(group, group.replace("_", " "))


def seller_books(dataset: xr.Dataset, seller: str) -> list[str]:
    """Find the books a seller stands for."""
    ids = [str(one) for one in dataset.variables["holder"].values]
    if seller in GROUP_NAMES and "group_of" in dataset.coords:
        groups = [str(one) for one in dataset.variables["group_of"].values]
        return [one for one, group in zip(ids, groups, strict=True) if group == seller]
    return [one for one in ids if one == seller or one.startswith(f"{seller}_")]


def holder_name(dataset: xr.Dataset, holder: str) -> str:
    """Name a holder, or a country that stands for all its books."""
    books = seller_books(dataset, holder)
    if holder in GROUP_NAMES and len(books) != 1:
        return group_name(holder)
    if "holder_name" not in dataset.coords or not books:
        return holder
    ids, words = (dataset.variables[each].values for each in ("holder", "holder_name"))
    named = dict(zip(ids, words, strict=True))
    names = [str(named[one]) for one in books]
    if len(names) == 1:
        return names[0]
    shared = names[0]
    for name in names[1:]:
        while not name.startswith(shared):
            shared = shared[:-1]
    return shared.strip(" ,:;(-–") or holder.upper()


def owner_name(dataset: xr.Dataset, holder: str) -> str:
    """Name a holder inside a sentence: officials in Japan, not Japan, official."""
    name = holder_name(dataset, holder)
    place, _, sector = name.partition(", ")
    who = SECTOR_NAMES.get(sector)
    return f"{who} in {_in_sentence(place)}" if who else _in_sentence(name)


def _in_sentence(name: str) -> str:
    """Give a place the article that it has inside a sentence."""
    if name.startswith("Rest of"):
        return f"the r{name[1:]}"
    return f"the {name}" if name in WITH_ARTICLE else name


def buyers(dataset: xr.Dataset) -> Table:
    """List the named holders that bought, the largest first, sellers left out."""
    bought = dataset["absorbed_by_holder"].transpose("draw", "holder")
    amounts = np.asarray(bought.to_numpy(), dtype=np.float64)
    found = [
        (holder_name(dataset, str(holder)), from_draws(amounts[:, at], "USD bn"))
        for at, holder in enumerate(bought["holder"].to_numpy())
    ]
    found = [one for one in found if one[1].is_known and one[1].p95 > 0.0]
    found.sort(key=lambda one: (-one[1].p50, one[0]))
    rows = tuple((name, one.middle, one.ends) for name, one in found)
    fold = f"Every named holder that bought by the end ({len(rows)})"
    return Table(head=("Holder", "Median", "5–95%"), rows=rows, fold=fold, is_sorted=True)
