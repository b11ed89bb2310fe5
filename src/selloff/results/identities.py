"""Identities: bonds and money neither appear nor vanish."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.metrics import metric_draws
from selloff.results.schema import is_priced
from selloff.vocab import IdentityError, metrics

TOLERANCE_USD_BN: Final = 1e-6
"""Largest residual that counts as rounding [USD bn]."""
_SINGLE: Final = 1e-3
"""What saving price paths in single precision can cost a headline number [bp or percent]."""
_BONDS: Final = "USD bn"
_ATTRIBUTION: Final = "attribution_adds_up"
_OTHER_UNITS: Final = {
    _ATTRIBUTION: "bp or percent",
    "shares_are_whole": "percentage points",
    "share_parts_add_up": "percentage points",
}
"""Units of identities that are not of bonds or money."""


def check_identities(ds: xr.Dataset) -> xr.Dataset:
    """Check a result from the numbers it holds, beside what the engine checked step by step."""
    sold = ds["sold_face"].cumsum("step")
    found = {
        "sold_is_bought": _worst(sold - ds["absorbed_face"].sum("group")),
        "sold_and_unsold": _worst(sold + ds["unsold_face"] - ds["unsold_face"].isel(step=0)),
        "holders_cancel": _worst(ds["absorbed_by_holder"].sum("holder")),
        "counter_assets": _worst(ds["counter_asset"].sum("asset") - ds["seller_proceeds"]),
        _ATTRIBUTION: _attribution_gaps(ds).max("metric", skipna=False),
        "deficits_are_debt": _worst(ds["federal_deficit"].cumsum("quarter") - ds["federal_debt"]),
        "shares_are_whole": _worst(ds["reserve_share"].sum("reserve_asset") - 100.0),
        "share_parts_add_up": _worst(
            ds["reserve_share_part"].sum("share_part")
            - ds["reserve_share"]
            + ds["reserve_share_base"]
        ),
        "opening_books": _worst(
            ds["holdings_face"].sum() - ds.attrs["outstanding_usd_bn"] + 0.0 * ds["outcome"]
        ),
    }
    inside = ds["identity_residual"]
    inside = inside.sel(identity=[i for i in inside["identity"].values if i not in found])
    outside = xr.concat(list(found.values()), dim="identity").assign_coords(identity=list(found))
    joined = xr.concat([inside, outside.transpose("draw", "identity")], dim="identity")
    joined.attrs = dict(ds["identity_residual"].attrs)
    _refuse(joined, ds)
    kept = ds.drop_vars(["identity_residual", "identity"])
    return kept.assign(identity_residual=joined)


def ledger_residuals(ledger: xr.Dataset) -> dict[str, float]:
    """Check the books of every named holder, step by step and bucket by bucket.

    The opening has no step before it: only what adds up over holders is checked there.
    """
    flows = (
        ledger["net_purchases_face"]
        + ledger["primary_awards_face"]
        - ledger["redemptions_face"]
        + ledger["rolldown_face"]
    )
    before, price_before = ledger["stock_face"].shift(step=1), ledger["price"].shift(step=1)
    revaluation = before * (ledger["price"] - price_before)
    value = ledger["stock_mv"]
    moved = value - value.shift(step=1) - flows * ledger["price"] - revaluation
    found = {
        "stock_flow_face": (ledger["stock_face"] - before - flows).isel(step=slice(1, None)),
        "stock_flow_value": moved.isel(step=slice(1, None)),
        "holders_add_up": ledger["stock_face"].sum("holder") - ledger["outstanding_face"],
        "trades_cancel": ledger["net_purchases_face"].sum("holder"),
    }
    worst = {name: float(np.max(np.abs(each.values))) for name, each in found.items()}
    for name, residual in worst.items():
        if not residual <= TOLERANCE_USD_BN:
            raise IdentityError(f"{name}: residual {residual:.3g} USD bn in the ledger of holders")
    return worst


def max_residual(ds: xr.Dataset) -> float:
    """Find the largest residual of bonds and money [USD bn]."""
    return residuals_by_unit(ds).get(_BONDS, 0.0)


def residuals_by_unit(ds: xr.Dataset) -> dict[str, float]:
    """Find the largest residual of a result, for each unit that its identities have."""
    values = ds["identity_residual"].transpose("identity", "draw").values
    named = dict(zip(ds["identity"].values.tolist(), values, strict=True))
    return worst_by_unit(named, is_priced(ds))


def check_streamed(ds: xr.Dataset) -> dict[str, float]:
    """Check the largest residual that each identity had in any draw of a streamed run, and find
    the largest for each unit."""
    worst = dict(zip(ds["identity"].values.tolist(), ds["identity_residual"].values, strict=True))
    for name, residual in worst.items():
        if not residual <= TOLERANCE_USD_BN:
            unit = _OTHER_UNITS.get(name, _BONDS)
            raise IdentityError(f"identity '{name}': residual {residual:.3g} {unit} in some draw")
    everyone = np.ones(1, bool)
    return worst_by_unit({name: np.array([x]) for name, x in worst.items()}, everyone)


def worst_by_unit(
    residuals: Mapping[str, NDArray[np.float64]], priced: NDArray[np.bool_]
) -> dict[str, float]:
    """Find the largest of some residuals by draw, for each unit; zero where no draw has prices."""
    found: dict[str, float] = {}
    for name, values in residuals.items():
        unit = _OTHER_UNITS.get(name, _BONDS)
        found[unit] = float(np.max(values[priced], initial=found.get(unit, 0.0)))
    return found


def _attribution_gaps(ds: xr.Dataset) -> xr.DataArray:
    """The last level of every headline number against the number itself, beyond rounding."""
    last = ds["attribution_level"].isel(part=-1)
    numbers = metric_draws(ds)
    found = np.stack([numbers[name] for name in last["metric"].values.tolist()], axis=1)
    # A number a draw does not have, such as days of a sale that never ends, has no parts, and
    # draws beyond the first few hundred are not split.
    neither = np.isnan(last.values) & np.isnan(found)
    is_split = ds["draw"].values[:, None] < ds.attrs.get("attribution_draws", ds.sizes["draw"])
    gaps = np.where(neither | ~is_split, 0.0, np.abs(last.values - found))
    return last.copy(data=np.maximum(gaps - _SINGLE, 0.0)).drop_vars("part", errors="ignore")


def _worst(residual: xr.DataArray) -> xr.DataArray:
    other = [dim for dim in residual.dims if dim != "draw"]
    return abs(residual).max(other) if other else abs(residual)


def _refuse(residuals: xr.DataArray, ds: xr.Dataset) -> None:
    values = residuals.values
    broken = ~(values <= TOLERANCE_USD_BN) & is_priced(ds)[:, None]
    if not broken.any():
        return
    draw, identity = np.argwhere(broken)[0]
    name = str(residuals["identity"].values[identity])
    unit, whose = _OTHER_UNITS.get(name, _BONDS), ""
    if name == _ATTRIBUTION:
        metric = str(_attribution_gaps(ds).isel(draw=draw).fillna(np.inf).idxmax("metric").item())
        unit, whose = metrics()[metric].unit, f" of {metric}"
    raise IdentityError(
        f"identity '{name}'{whose}: residual {values[draw, identity]:.3g} {unit} in draw "
        f"{residuals['draw'].values[draw]}; allowed: {TOLERANCE_USD_BN:g}. "
        "Something appeared or vanished: report it."
    )
