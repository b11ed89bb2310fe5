"""Holders and groups of the dataset by name, and what they bought."""

from typing import Final

import numpy as np
import xarray as xr

from selloff.report.estimate import Estimate, from_draws
from selloff.results import holdings

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


def group_name(group: str) -> str:
    """Name a group for a reader.

    Source: assumption; plain words for the group ids.
    """
    return GROUP_NAMES.get(group, group.replace("_", " "))


def seller_books(dataset: xr.Dataset, seller: str) -> list[str]:
    """Find the books a seller stands for."""
    ids = [str(one) for one in dataset["holder"].to_numpy()]
    if seller in GROUP_NAMES and "group_of" in dataset.coords:
        groups = [str(one) for one in dataset["group_of"].to_numpy()]
        return [one for one, group in zip(ids, groups, strict=True) if group == seller]
    return [one for one in ids if one == seller or one.startswith(f"{seller}_")]


def holder_name(dataset: xr.Dataset, holder: str) -> str:
    """Name a holder, or a country that stands for all its books."""
    books = seller_books(dataset, holder)
    if holder in GROUP_NAMES and len(books) != 1:
        return group_name(holder)
    if "holder_name" not in dataset.coords or not books:
        return holder
    names = [str(dataset["holder_name"].sel(holder=one).item()) for one in books]
    if len(names) == 1:
        return names[0]
    shared = names[0]
    for name in names[1:]:
        while not name.startswith(shared):
            shared = shared[:-1]
    return shared.strip(" ,:;(-–") or holder.upper()


def buyers_by_group(dataset: xr.Dataset, moment: str = "end") -> list[tuple[str, Estimate]]:
    """Sum up what each group holds of the sale at a moment of the relay, largest first."""
    amounts = holdings(dataset).get(moment)
    if amounts is None:
        return []
    rows = [
        (group_name(str(group)), from_draws(amounts[:, at], "USD bn"))
        for at, group in enumerate(dataset["group"].to_numpy())
    ]
    return _largest_first(rows)


def buyers_by_name(dataset: xr.Dataset) -> list[tuple[str, Estimate]]:
    """List the named holders that bought, sellers left out."""
    bought = dataset["absorbed_by_holder"].transpose("draw", "holder")
    amounts = np.asarray(bought.to_numpy(), dtype=np.float64)
    rows = []
    for at, holder in enumerate(bought["holder"].to_numpy()):
        amount = from_draws(amounts[:, at], "USD bn")
        if amount.is_known and amount.p95 > 0.0:
            rows.append((holder_name(dataset, str(holder)), amount))
    return _largest_first(rows)


def _largest_first(rows: list[tuple[str, Estimate]]) -> list[tuple[str, Estimate]]:
    return sorted(rows, key=lambda row: (-row[1].p50 if row[1].is_known else np.inf, row[0]))
