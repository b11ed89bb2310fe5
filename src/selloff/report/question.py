"""The scenario in words: who sells how much, how fast and into what."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import nan
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.report.estimate import digits
from selloff.report.holders import owner_name, seller_books
from selloff.results import read_path
from selloff.vocab import ASSET_LABELS, span

WHOLE: Final = 0.999
"""Share of a book above which a sale is called the whole book: rounding of published figures."""
NOTHING: Final = 1e-9
"""Face below which nothing is sold [USD bn]; far under the tolerance of the identities."""


def scenario(dataset: xr.Dataset) -> dict[str, Any]:
    """Read the scenario a dataset answers."""
    read = json.loads(str(dataset.attrs.get("scenario", "{}")))
    return read if isinstance(read, dict) else {}


def listed(dataset: xr.Dataset, name: str) -> list[Any]:
    """Read an attribute that holds a JSON list."""
    read = json.loads(str(dataset.attrs.get(name, "[]")))
    return read if isinstance(read, list) else []


def title(dataset: xr.Dataset) -> str:
    """Name the scenario for a heading."""
    attrs = dataset.attrs
    return str(attrs.get("title") or attrs.get("scenario_name") or "Untitled scenario")


def planned_face(dataset: xr.Dataset) -> float:
    """Work out the face the sellers mean to sell."""
    sold, left = (read_path(dataset, one) for one in ("sold_face", "unsold_face"))
    total = sold.sum(axis=1) + left[:, -1]
    alive = total[np.isfinite(total)]
    return float(np.median(alive)) if alive.size else nan


def is_nothing_sold(dataset: xr.Dataset) -> bool:
    """Say whether the scenario sells nothing."""
    return not scenario(dataset).get("sellers") or planned_face(dataset) <= NOTHING


def sale_clause(dataset: xr.Dataset) -> str:
    """Put the question in words that can open a sentence."""
    sellers = scenario(dataset)["sellers"]
    face = planned_face(dataset)
    amount = f"${digits(face, 0 if face >= 10 else 1)}bn"
    ids = [str(seller["holder"]) for seller in sellers]
    owners = spoken_list(list(dict.fromkeys(owner_name(dataset, one) for one in ids)))
    is_whole = face >= WHOLE * _books_face(dataset, ids) > 0.0
    books = "books" if len(ids) > 1 else "book"
    what = (
        f"the whole {amount} Treasury {books} of {owners}"
        if is_whole
        else f"{amount} of US Treasuries held by {owners}"
    )
    paces = list(dict.fromkeys(pace_phrase(seller) for seller in sellers))
    pace = f" {paces[0]}" if len(paces) == 1 else ", each at its own pace"
    into = proceeds_words(sellers)
    return f"Selling {what}{pace}" + (f", into {into}" if into else "")


def pace_phrase(seller: Mapping[str, Any]) -> str:
    """Say how fast a seller means to sell."""
    pace = seller.get("pace") or {}
    kind = pace.get("kind", "block")
    cap = seller.get("participation_cap_frac")
    limit = f", at most {100 * float(cap):g}% of a day's turnover" if cap else ""
    if kind == "linear":
        return f"over {span(float(pace['years']))}{limit}"
    if kind == "exponential":
        return f"with a half-life of {span(float(pace['half_life_years']))}{limit}"
    if kind == "custom":
        return f"on a set timetable{limit}"
    return f"as fast as the market takes it{limit}"


def asset_name(asset: str) -> str:
    """Name an asset for a reader."""
    return ASSET_LABELS.get(asset, asset.replace("_", " "))


def upper(words: str) -> str:
    """Open a sentence with words."""
    return f"{words[:1].upper()}{words[1:]}"


def month_name(month: str) -> str:
    """Write a month, 2026-07, as July 2026; what is no month stays as it is."""
    try:
        return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
    except ValueError:
        return month


def spoken_list(words: Sequence[str]) -> str:
    """Join words as a speaker would."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def proceeds_words(sellers: Sequence[Mapping[str, Any]]) -> str:
    """Name what the proceeds are turned into."""
    assets = [
        asset_name(str(asset))
        for seller in sellers
        for asset, weight in (seller.get("proceeds") or {}).items()
        if weight
    ]
    return spoken_list(list(dict.fromkeys(assets))) if assets else ""


def _books_face(dataset: xr.Dataset, sellers: Sequence[str]) -> float:
    books = list(dict.fromkeys(one for seller in sellers for one in seller_books(dataset, seller)))
    return float(dataset["holdings_face"].sel(holder=books).sum()) if books else 0.0
