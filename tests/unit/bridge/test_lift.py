"""Units and labels on the way out."""

import json

import numpy as np
import pytest
import xarray as xr

import questions
from selloff.bridge import Answer
from selloff.bridge.rows import ABSORBING
from selloff.engine import IDENTITIES, Outcome
from selloff.results import check_identities, check_schema
from selloff.results.schema import REQUIRED_ATTRS
from selloff.vocab import ASSETS, BUCKETS, CURRENCIES, TENORS


def lifted(name: str, *, n_draws: int = questions.N_DRAWS) -> xr.Dataset:
    answer = Answer(questions.lowered(name), questions.world(), n_draws)
    answer.add(0, questions.answer(name))
    return answer.dataset(dict.fromkeys(REQUIRED_ATTRS, json.dumps({})))


@pytest.fixture(scope="module")
def dump() -> xr.Dataset:
    return lifted("dump")


@pytest.mark.parametrize("name", ["nothing", "dump", "two sellers", "too slow"])
def test_meets_schema_and_identities(name: str) -> None:
    found = check_identities(check_schema(lifted(name)))
    assert set(IDENTITIES) < set(found["identity"].values)


def test_decimals_become_bp_and_percent(dump: xr.Dataset) -> None:
    found = questions.answer("dump")
    prices = np.asarray(found.prices)
    np.testing.assert_allclose(
        dump["delta_par_yield"].isel(step=slice(1, None)), prices[:, :, : len(TENORS)] * 1e4
    )
    jgb = prices[:, :, len(TENORS) + len(BUCKETS)] * 1e4
    np.testing.assert_allclose(
        dump["delta_par_yield_10y"].sel(currency="JPY").isel(step=slice(1, None)), jgb
    )
    yen = 100.0 * (np.exp(prices[:, :, -(len(CURRENCIES) - 1)]) - 1.0)
    np.testing.assert_allclose(
        dump["delta_fx"].sel(currency="JPY").isel(step=slice(1, None)), yen, rtol=1e-10
    )
    np.testing.assert_array_equal(dump["delta_fx"].sel(currency="USD"), 0.0)
    np.testing.assert_allclose(
        dump["delta_par_yield_10y"].sel(currency="USD"), dump["delta_par_yield"].sel(tenor="10Y")
    )


def test_step_zero_is_the_opening(dump: xr.Dataset) -> None:
    first, world = dump.isel(step=0), questions.world()
    for name in ("delta_par_yield", "delta_par_yield_10y", "delta_fx", "sold_face", "dealer_use"):
        assert np.all(first[name].values == 0.0)
    np.testing.assert_allclose(first["unsold_face"], world.book("jpn"))
    for currency in CURRENCIES:
        level = first["baseline_fx"].sel(currency=currency).values
        np.testing.assert_allclose(level, world.fx_usd_per_lc[currency])
    assert dump.sizes["step"] == questions.lowered("dump").steps.days.size + 1
    assert str(first["date"].values)[:10] == str(world.date)


def test_padding_behind_the_last_draw_is_dropped() -> None:
    short = lifted("dump", n_draws=5)
    assert short.sizes["draw"] == 5
    np.testing.assert_array_equal(
        short["delta_par_yield"], lifted("dump")["delta_par_yield"].isel(draw=slice(5))
    )


def test_sellers_sell_and_everybody_else_buys(dump: xr.Dataset) -> None:
    by_holder = dump["absorbed_by_holder"]
    sold = np.asarray(questions.record("dump").sold).sum(axis=(1, 2, 3))
    assert sold.max() == pytest.approx(questions.world().book("jpn"))
    japan = by_holder.sel(holder=["jpn_official", "jpn_private"]).sum("holder")
    np.testing.assert_allclose(japan, -sold, rtol=1e-9)
    others = by_holder.drop_sel(holder=["jpn_official", "jpn_private"])
    assert float(others.min()) >= -1e-9
    np.testing.assert_allclose(by_holder.sum("holder"), 0.0, atol=1e-8)


def test_groups_are_the_sum_of_their_holders(dump: xr.Dataset) -> None:
    by_holder, last = dump["absorbed_by_holder"], dump["absorbed_face"].isel(step=-1)
    for group in (*ABSORBING, "dealers", "levered", "fed"):
        members = [
            h
            for h, g in zip(dump["holder"].values, dump["group_of"].values, strict=True)
            if g == group and not h.startswith("jpn") and h != "chn_official"
        ]
        given = by_holder.sel(holder=members).sum("holder")
        np.testing.assert_allclose(given, last.sel(group=group), atol=1e-8, err_msg=group)


def test_days_to_complete() -> None:
    nothing, late, never = lifted("nothing"), lifted("dump"), lifted("too slow")
    np.testing.assert_array_equal(nothing["days_to_complete"], 0.0)
    account = questions.answer("dump").account
    is_done = np.asarray(questions.answer("dump").unsold)[:, -1] < 1e-6
    assert is_done.sum() >= 4
    days = np.where(is_done, account.last_day, np.nan)
    np.testing.assert_array_equal(late["days_to_complete"], days)
    assert np.all(np.isnan(never["days_to_complete"]))


def test_outcomes_carry_their_names(dump: xr.Dataset) -> None:
    attrs = dump["outcome"].attrs
    assert attrs["flag_values"] == [int(code) for code in Outcome]
    assert attrs["flag_meanings"].split() == [code.name for code in Outcome]


def test_money_is_the_sellers_account() -> None:
    ds, account = lifted("two sellers"), questions.answer("two sellers").account
    proceeds = np.asarray(account.proceeds).sum(axis=1)
    np.testing.assert_allclose(ds["seller_proceeds"], proceeds)
    loss = np.asarray(account.at_baseline).sum(axis=1) - proceeds
    np.testing.assert_allclose(ds["seller_execution_loss"], loss)
    assert list(ds["asset"].values) == list(ASSETS)
    np.testing.assert_allclose(ds["counter_asset"].sum("asset"), proceeds, rtol=1e-12)
