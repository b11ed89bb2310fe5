"""Tampering is found, identity by identity."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from selloff.results import (
    check_identities,
    ledger_residuals,
    max_residual,
    residuals_by_unit,
)
from selloff.vocab import IdentityError, metrics

Tamper = Callable[[xr.Dataset], object]


def add(name: str, where: tuple[int, ...], amount: float) -> Tamper:
    def go(ds: xr.Dataset) -> None:
        ds[name][where] = ds[name][where] + amount

    return go


TAMPERINGS = {
    "sold_is_bought": add("absorbed_face", (1, 5, 0), 1e-5),
    "sold_and_unsold": add("unsold_face", (1, 2), 1e-5),
    "holders_cancel": add("absorbed_by_holder", (1, 2), 1e-5),
    "counter_assets": add("counter_asset", (1, 1), -1e-5),
    "attribution_adds_up": add("attribution_level", (1, 2, -1), 1e-2),
    "deficits_are_debt": add("federal_debt", (1, 2), 1e-5),
    "shares_are_whole": add("reserve_share", (0, 1, 3), 1e-5),
    "share_parts_add_up": add("reserve_share_part", (0, 1, 3, 2), 1e-5),
    "opening_books": add("holdings_face", (2, 3), 1e-5),
    "holders_add_up": add("identity_residual", (1, 0), 1e-5),
}


def test_an_honest_result_passes_and_gains_its_residuals(tiny: xr.Dataset) -> None:
    checked = check_identities(tiny)
    assert set(checked["identity"].values) == set(TAMPERINGS)
    assert checked["identity_residual"].dims == ("draw", "identity")
    assert checked["identity_residual"].attrs == tiny["identity_residual"].attrs
    assert max_residual(checked) < 1e-9
    assert set(residuals_by_unit(checked)) == {"USD bn", "bp or percent", "percentage points"}
    again = check_identities(checked)
    assert sorted(again["identity"].values) == sorted(checked["identity"].values)


@pytest.mark.parametrize("name", list(TAMPERINGS))
def test_tampering_is_found(tiny: xr.Dataset, name: str) -> None:
    TAMPERINGS[name](tiny)
    with pytest.raises(IdentityError, match=f"identity '{name}'.*in draw [01]"):
        check_identities(tiny)


def test_a_gap_is_in_the_unit_of_what_it_is_in(tiny: xr.Dataset) -> None:
    metric = str(tiny["metric"].values[2])
    TAMPERINGS["attribution_adds_up"](tiny)
    with pytest.raises(
        IdentityError, match=f"of {metric}: residual 0.009 {metrics()[metric].unit} in"
    ):
        check_identities(tiny)


@pytest.mark.parametrize(
    ("name", "where", "unit"),
    [("reserve_share", (1, 1, 1), "percentage points"), ("federal_debt", (1, 1), "USD bn")],
)
def test_a_broken_sum_is_in_its_own_unit(
    tiny: xr.Dataset, name: str, where: tuple[int, ...], unit: str
) -> None:
    add(name, where, 1e-3)(tiny)
    with pytest.raises(IdentityError, match=f"residual 0.00[12] {unit} in draw 1"):
        check_identities(tiny)


def test_less_than_the_tolerance_is_rounding(tiny: xr.Dataset) -> None:
    add("absorbed_face", (1, 5, 0), 5e-7)(tiny)
    assert max_residual(check_identities(tiny)) == pytest.approx(5e-7, rel=1e-6)


def test_a_number_a_draw_lacks_has_no_parts(tiny: xr.Dataset) -> None:
    """Days of a sale that never ends; but parts of a number that is not there are refused."""
    assert np.isnan(tiny["days_to_complete"][2])
    check_identities(tiny)
    at = list(tiny["metric"].values).index("days_to_complete")
    tiny["attribution_level"][2, at, -1] = 7.0
    with pytest.raises(IdentityError, match="attribution_adds_up"):
        check_identities(tiny)


def test_single_precision_is_no_wrong_level(tiny: xr.Dataset) -> None:
    add("attribution_level", (1, 2, -1), 9e-4)(tiny)
    check_identities(tiny)


def test_a_residual_that_is_not_a_number_is_refused(tiny: xr.Dataset) -> None:
    add("counter_asset", (0, 0), np.nan)(tiny)
    tiny["seller_proceeds"][0] = np.nan
    with pytest.raises(IdentityError):
        check_identities(tiny)


def test_draws_without_prices_are_not_held_against_the_rest(tiny: xr.Dataset) -> None:
    tiny["outcome"][1] = 4
    tiny["seller_proceeds"][1] = np.nan
    check_identities(tiny)


@pytest.fixture
def ledger() -> xr.Dataset:
    """Two holders, two buckets, three steps: one sells to the other at a falling price."""
    dims = ("draw", "step", "holder", "bucket")
    bought = np.zeros((1, 3, 2, 2))
    bought[0, 1:, 0] = [[-1.0, -2.0], [-1.0, 0.0]]
    bought[0, 1:, 1] = -bought[0, 1:, 0]
    rolled = np.zeros_like(bought)
    rolled[0, 1:, :, 0], rolled[0, 1:, :, 1] = 0.5, -0.5
    repaid = np.zeros_like(bought)
    repaid[0, 1:, :, 0] = 0.25
    awards = np.zeros_like(bought)
    awards[0, 1:, 1, 1] = 2.0
    stock = 10.0 + (bought + rolled - repaid + awards).cumsum(axis=1)
    price = np.array([[[1.0, 1.0], [0.99, 0.9], [0.98, 0.8]]])
    return xr.Dataset(
        {
            "net_purchases_face": (dims, bought),
            "primary_awards_face": (dims, awards),
            "redemptions_face": (dims, repaid),
            "rolldown_face": (dims, rolled),
            "stock_face": (dims, stock),
            "stock_mv": (dims, stock * price[:, :, None, :]),
            "price": (("draw", "step", "bucket"), price),
            "outstanding_face": (("draw", "step", "bucket"), stock.sum(axis=2)),
        }
    )


LEDGER_TAMPERINGS = {
    "stock_flow_face": add("rolldown_face", (0, 2, 0, 1), 1e-5),
    "stock_flow_value": add("stock_mv", (0, 1, 1, 0), 1e-5),
    "holders_add_up": add("outstanding_face", (0, 2, 1), 1e-5),
    "stock_flow": add("redemptions_face", (0, 2, 0, 1), np.nan),
    "trades_cancel": lambda ds: (
        add("net_purchases_face", (0, 2, 0, 1), 1e-5)(ds),
        add("primary_awards_face", (0, 2, 0, 1), -1e-5)(ds),
    ),
}


def test_an_honest_ledger_passes(ledger: xr.Dataset) -> None:
    found = ledger_residuals(ledger)
    assert set(found) == {name for name in LEDGER_TAMPERINGS if name != "stock_flow"}
    assert max(found.values()) < 1e-12


@pytest.mark.parametrize("name", list(LEDGER_TAMPERINGS))
def test_a_cooked_ledger_is_found(ledger: xr.Dataset, name: str) -> None:
    LEDGER_TAMPERINGS[name](ledger)
    with pytest.raises(IdentityError, match=name):
        ledger_residuals(ledger)
