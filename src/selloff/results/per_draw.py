"""One number a draw under each name: what a summary needs of paths, and small enough to keep."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.buyers import holdings, most_on_day
from selloff.results.economy import debt_rises
from selloff.results.metrics import metric_draws, variables_of_metrics
from selloff.results.worlds import NOTICED_USD_BN, fed_buys

Array = NDArray[np.float64]
ByDraw = Mapping[str, Array]
"""Numbers draw by draw, by name; a part before a colon says of what kind they are."""
_IN_DRAFTS = ("outcome", "capacity_outcome", "squeeze_peak", "doubt_peak")
_IN_RUNS = ("parameter_row", "japan_branch", "reserve_tipped")
_ANSWERS = (
    "absorbed_face",
    "followed_face",
    "forced_face",
    "mof_intervention",
    "boj_purchases",
    "several_equilibria",
)
"""What `_answered` reads."""


def by_draw(ds: xr.Dataset) -> dict[str, Array]:
    """Take from every path the numbers that its summary needs."""
    return in_brief(ds) | _as_numbers(_beside(ds))


def in_brief(ds: xr.Dataset) -> dict[str, Array]:
    """Take those that the summary of a draft needs."""
    return _as_numbers(_told(ds))


def variables_in_brief(years: float) -> frozenset[str]:
    """Name the variables that these rest on."""
    return variables_of_metrics(years).union(_IN_DRAFTS, _ANSWERS)


class OfKind(Mapping[str, Array]):
    """The numbers of one kind, read when they are asked for."""

    def __init__(self, each: ByDraw, kind: str) -> None:
        self.each, self.kind = each, f"{kind}:"

    def __getitem__(self, name: str) -> Array:
        return self.each[self.kind + name]

    def __contains__(self, name: object) -> bool:
        return f"{self.kind}{name}" in self.each

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self.kind) for name in self.each if name.startswith(self.kind))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _as_numbers(found: Iterable[tuple[str, NDArray[np.generic]]]) -> dict[str, Array]:
    return {name: np.asarray(values, dtype=np.float64) for name, values in found}


def _told(ds: xr.Dataset) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for name in _IN_DRAFTS:
        yield name, ds.variables[name].values
    yield "fed_buys", fed_buys(ds)
    for name, values in metric_draws(ds).items():
        yield f"metric:{name}", values
    for name, flags in _answered(ds).items():
        yield f"answered:{name}", flags


def _beside(ds: xr.Dataset) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for name in _IN_RUNS:
        yield name, ds[name].values
    for holder, values in zip(ds["holder"].values, ds["absorbed_by_holder"].values.T, strict=True):
        yield f"holder:{holder}", values
    groups = [str(group) for group in ds["group"].values]
    for moment, amounts in (holdings(ds) | {"most_on_day": most_on_day(ds)}).items():
        for at, group in enumerate(groups):
            yield f"bought:{moment}:{group}", amounts[:, at]
    for name, shares in zip(("baseline", "sale"), debt_rises(ds) or (), strict=False):
        yield f"debt_rises:{name}", shares
    residuals = ds["identity_residual"].transpose("identity", "draw").values
    for name, values in zip(ds["identity"].values, residuals, strict=True):
        yield f"identity:{name}", values


def _answered(ds: xr.Dataset) -> dict[str, NDArray[np.bool_]]:
    """Whether others answered at all."""
    return {
        "followers_sold": ds["followed_face"].values.sum(axis=1) > NOTICED_USD_BN,
        "funds_forced": ds["forced_face"].values.max(axis=1) > NOTICED_USD_BN,
        "fed_bought": fed_buys(ds),
        "mof_intervened": np.abs(ds["mof_intervention"].values).max(axis=1) > NOTICED_USD_BN,
        "boj_bought": ds["boj_purchases"].values.max(axis=1) > NOTICED_USD_BN,
        "several_equilibria": ds["several_equilibria"].values > 0.0,
    }
