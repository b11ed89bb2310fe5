"""Units and labels on the way out."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

import questions
from marks import every
from selloff.bridge import Answer
from selloff.bridge.arrays import put
from selloff.bridge.derived import CapacityOutcome, Sources
from selloff.bridge.rows import ABSORBING
from selloff.data import short_rate_pct
from selloff.engine import IDENTITIES, Outcome, Transmitted
from selloff.results import check_identities, check_schema, metric_draws
from selloff.results.schema import REQUIRED_ATTRS
from selloff.vocab import (
    ASSET_CURRENCY,
    ASSETS,
    BOND_MARKETS,
    BUCKETS,
    CURRENCIES,
    FOREIGN,
    PARTS,
    PRICES,
    TENOR_YEARS,
    TENORS,
    holders,
    variables,
)


def lifted(name: str, *, n_draws: int = questions.N_DRAWS) -> xr.Dataset:
    answer = Answer(questions.lowered(name), questions.economy(name), questions.world(), n_draws)
    answer.add(0, questions.answer(name), questions.transmitted(name))
    answer.attribute({PARTS[-1]: metric_draws(answer.dataset({}))})
    return answer.dataset(dict.fromkeys(REQUIRED_ATTRS, json.dumps({})))


@pytest.fixture(scope="module")
def dump() -> xr.Dataset:
    return lifted("dump")


ANSWERED = ["dump answered", "squeeze", "everything", "hostile", "weak yen"]


@pytest.mark.parametrize("name", ["nothing", "dump", "two sellers", "too slow", *ANSWERED])
def test_meets_schema_and_identities(name: str) -> None:
    found = check_identities(check_schema(lifted(name)))
    assert set(IDENTITIES) < set(found["identity"].values)


def test_opening_rates_are_those_of_the_vintage_and_a_mortgage_stands_above_the_bond(
    dump: xr.Dataset,
) -> None:
    on, rates = questions.world().date, dump["opening_policy_rate"]
    for economy, currency in (("USA", "USD"), ("JPN", "JPY")):
        assert float(rates.sel(economy=economy)) == short_rate_pct(currency, on) > 0.0
    bond = float(dump["curve_par_yield"].sel(tenor="10Y"))
    assert 1.7 < float(dump["opening_mortgage_rate"]) - bond < 2.3


def test_decimals_become_bp_and_percent(dump: xr.Dataset) -> None:
    found = questions.answer("dump")
    prices = np.asarray(found.prices)
    paid = np.minimum(np.array(TENOR_YEARS) / 10.0, 1.0)
    premium = np.asarray(questions.transmitted("dump").premium)[:, :, None] * paid
    np.testing.assert_allclose(
        dump["delta_par_yield"].isel(step=slice(1, None)),
        (prices[:, :, : len(TENORS)] + premium) * 1e4,
        atol=1e-9,
    )
    assert np.abs(premium[:, -1, -1]).max() > 1e-6
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


def test_every_draw_says_what_became_of_full_books() -> None:
    """Where dealers are above capacity, or orders found no room, the outcome says so."""
    found = lifted("everything")
    code, use = found["capacity_outcome"].values, found["dealer_use"].values.max(axis=1)
    waited = found["waiting_face"].values.max(axis=1) > 1e-6
    np.testing.assert_array_equal(code == CapacityOutcome.beyond_capacity, use > 1.0 + 1e-6)
    np.testing.assert_array_equal(
        (code > CapacityOutcome.room_for_all), waited | (use > 1.0 + 1e-6)
    )
    assert waited.any()


def test_money_is_the_sellers_account() -> None:
    ds, account = lifted("two sellers"), questions.answer("two sellers").account
    proceeds = np.asarray(account.proceeds).sum(axis=1)
    np.testing.assert_allclose(ds["seller_proceeds"], proceeds)
    loss = np.asarray(account.at_baseline).sum(axis=1) - proceeds
    np.testing.assert_allclose(ds["seller_execution_loss"], loss)
    assert list(ds["asset"].values) == list(ASSETS)
    np.testing.assert_allclose(ds["counter_asset"].sum("asset"), proceeds, rtol=1e-12)


def test_days_are_not_counted_where_the_sale_was_stopped() -> None:
    frozen = np.asarray(questions.answer("hostile").outcome) == Outcome.frozen
    assert frozen.any()
    assert np.all(np.isnan(lifted("hostile")["days_to_complete"].values[frozen]))


def test_what_others_did_comes_out_in_its_units() -> None:
    ds, found = lifted("everything"), questions.answer("everything")
    later = ds.isel(step=slice(1, None))
    for name, series in (
        ("followed_face", "followed"),
        ("forced_face", "forced"),
        ("mof_intervention", "intervened"),
    ):
        shown = found.reported.get(series, getattr(found, series, None))
        wanted = np.asarray(shown)
        assert np.abs(wanted).max() > 1.0, name
        np.testing.assert_array_equal(later[name], wanted, err_msg=name)
        assert np.all(ds[name].isel(step=0) == 0.0)
    jgbs = np.asarray(found.reported["foreign_bonds"])[..., BOND_MARKETS.index("JPY")]
    assert jgbs.max() > 1.0
    np.testing.assert_array_equal(later["boj_purchases"], jgbs)
    rates = np.asarray(found.reported["rates"])
    assert np.abs(rates).max() > 1e-4
    np.testing.assert_allclose(later["delta_policy_rate"], rates * 1e4)
    hazard = np.asarray(found.ended["hazard_by_seller"]).sum(axis=1)
    np.testing.assert_allclose(ds["sanction_prob"], 1.0 - np.exp(-hazard))
    assert 0.01 < float(ds["sanction_prob"].max()) <= 1.0
    loss = np.asarray(found.ended["sanction_loss"]).sum(axis=1)
    np.testing.assert_allclose(ds["seller_sanction_loss"], loss)


def test_the_ministry_is_no_follower() -> None:
    """What it sells for yen counts as intervention, not as following."""
    ds, record = lifted("weak yen"), questions.record("weak yen")
    seats = np.asarray(questions.lowered("weak yen").inputs.bystanders.intervenes)
    sold = np.asarray(record.followed).sum(axis=3)
    assert (sold @ seats).sum() > 1.0
    np.testing.assert_allclose(
        ds["followed_face"].isel(step=slice(1, None)), sold @ (1.0 - seats), atol=1e-9
    )


def test_the_broad_dollar_is_the_weighted_fall_of_the_others() -> None:
    """The four at their weights, and the rest of the basket with them, draw by draw."""
    ds, draws = lifted("everything"), questions.bank().draws
    names = [currency.lower() for currency in CURRENCIES[1:]]
    weights, rest = (
        np.stack([draws[f"usd_{kind}_{name}"] for name in names], axis=1)
        for kind in ("broad", "rest")
    )
    effective = weights + (1.0 - weights.sum(axis=1, keepdims=True)) * rest
    logs = np.log1p(ds["delta_fx"].sel(currency=list(CURRENCIES[1:])).values / 100.0)
    wanted = 100.0 * np.expm1(-np.einsum("dtk,dk->dt", logs, effective))
    np.testing.assert_allclose(ds["delta_usd_broad"], wanted, atol=1e-9)
    assert float(abs(ds["delta_usd_broad"]).max()) > 1.0


def test_who_sells_of_its_own_accord_sells_out_of_its_own_book() -> None:
    ds, ready = lifted("squeeze"), questions.lowered("squeeze")
    sold = np.asarray(questions.answer("squeeze").others.sold).sum(axis=2)
    bought = ds["absorbed_by_holder"].sum("holder")
    np.testing.assert_allclose(bought, 0.0, atol=1e-8)
    world, by_holder = questions.world(), ds["absorbed_by_holder"]
    seats = {
        world.holders[seat[0]]: c for c, seat in enumerate(ready.rows.bystanders) if len(seat) == 1
    }
    # Two officials of one group, with unlike habits: what else they bought is in proportion.
    group = [h for h in seats if holders()[h].group == "foreign_official" and h != "jpn_official"]
    net = {h: by_holder.sel(holder=h).values + sold[:, seats[h]] for h in group}
    books = {h: world.books[world.holders.index(h)] for h in group}
    big, other = sorted(group, key=lambda h: -books[h].sum())[:2]
    assert sold[:, seats[big]].max() > 1.0
    ratio = net[other] / net[big]
    assert np.all((ratio > 0.05) & (ratio < 20.0))
    assert not np.allclose(sold[:, seats[other]] / sold[:, seats[big]], ratio, rtol=0.05)


def test_a_part_that_was_not_run_adds_nothing() -> None:
    answer = Answer(
        questions.lowered("dump"), questions.economy("dump"), questions.world(), questions.N_DRAWS
    )
    answer.add(0, questions.answer("dump"), questions.transmitted("dump"))
    numbers = metric_draws(answer.dataset({}))
    first = {name: np.full(questions.N_DRAWS, 1.0) for name in numbers}
    answer.attribute({"seller": first, "policy": numbers})
    levels = answer.dataset({})["attribution_level"]
    for part in ("seller", "followers", "levered_funds"):
        assert np.all(levels.sel(part=part) == 1.0)
    for part in ("policy", "haven"):
        for name in numbers:
            np.testing.assert_array_equal(levels.sel(part=part, metric=name), numbers[name])


def test_without_arms_only_the_last_level_is_known() -> None:
    levels = lifted("dump")["attribution_level"]
    assert np.all(np.isnan(levels.isel(part=slice(None, -1))))
    assert not np.isnan(levels.isel(part=-1).sel(metric="us_10y_peak_bp")).any()


Reader = Callable[[Transmitted], Any]
PERCENT: dict[str, Reader] = {
    "delta_us_unemployment": lambda t: t.us.unemployment,
    "delta_us_inflation": lambda t: t.us.inflation,
    "us_debt_ratio": lambda t: t.us.debt_ratio,
    "us_debt_ratio_base": lambda t: t.us.debt_ratio_base,
    "us_interest_to_revenue": lambda t: t.us.interest_to_revenue,
    "us_interest_to_revenue_base": lambda t: t.us.interest_to_revenue_base,
    "exporter_profit": lambda t: t.japan.profits,
    "em_flow_loss": lambda t: t.emerging.flow_loss,
    "em_reserve_mark": lambda t: t.emerging.mark,
    "reserve_share": lambda t: t.reserves.share,
    "reserve_share_base": lambda t: t.reserves.share_base,
    "em_reserve_defence": lambda t: t.emerging.defended,
    "reserve_share_part": lambda t: t.reserves.parts,
    "reserve_price_fast": lambda t: t.price_fast,
    "reserve_price_slow": lambda t: t.price_slow,
}
LOGS: dict[str, Reader] = {
    "delta_us_gdp": lambda t: t.us.gdp,
    "delta_japan_cpi": lambda t: t.japan.cpi,
    "delta_japan_gdp": lambda t: t.japan.gdp,
    "delta_japan_exports": lambda t: t.japan.exports,
}
POINTS: dict[str, Reader] = {
    "delta_us_policy_rate": lambda t: t.policy_rate,
    "delta_us_10y_quarter": lambda t: t.ten_year,
    "fiscal_premium": lambda t: t.us.premium,
}
TRILLIONS: dict[str, Reader] = {
    "japan_reserve_loss": lambda t: t.japan.reserve_loss,
    "boj_assets": lambda t: t.japan.boj_assets,
}
AS_IT_IS: dict[str, Reader] = {
    "federal_interest": lambda t: t.us.interest,
    "federal_deficit": lambda t: t.us.deficit,
    "federal_debt": lambda t: t.us.debt,
    "federal_interest_base": lambda t: t.us.interest_base,
    "downgrade_prob": lambda t: t.downgrade,
    "downgrade_prob_base": lambda t: t.downgrade_base,
    "mortgage_payment": lambda t: t.borrowers.payment,
    "corporate_refinancing": lambda t: t.borrowers.refinancing,
    "japan_branch": lambda t: t.japan.branch,
    "insurer_hedge_bill": lambda t: t.japan.hedge_bill,
    "em_crisis_prob": lambda t: t.emerging.crisis_prob,
    "em_crisis_prob_base": lambda t: t.emerging.crisis_prob_base,
    "reserve_tipped": lambda t: t.reserves.tipped,
}
STEPS: dict[str, Callable[[Transmitted], Any]] = {
    "delta_usd_broad": lambda t: 100.0 * (np.exp(np.asarray(t.broad)) - 1.0),
    "defence_face": lambda t: np.asarray(t.defended),
    "delta_volatility": lambda t: np.asarray(t.markets.volatility),
    "delta_borrowing_rate": lambda t: np.asarray(t.markets.rates) * 1e4,
    "delta_asset_price": lambda t: 100.0 * (np.exp(np.asarray(t.markets.assets)) - 1.0),
}


@cache
def economy() -> tuple[Transmitted, Mapping[str, Any]]:
    """What was found, and the first three draws of it in the units of the table."""
    ready = questions.lowered("everything"), questions.economy("everything"), questions.world()
    answer, found = Answer(*ready, n_draws=3), questions.transmitted("everything")
    answer.add(0, questions.answer("everything"), found)
    return found, answer.arrays


def test_every_variable_of_the_economy_is_converted_here() -> None:
    known = {*PERCENT, *LOGS, *POINTS, *TRILLIONS, *AS_IT_IS, *STEPS}
    assert known == {n for n, row in variables().items() if row.source.startswith("economy.")}


@every([*PERCENT, *LOGS, *POINTS, *TRILLIONS, *AS_IT_IS])
def test_units(name: str) -> None:
    found, given = economy()
    readers = PERCENT | LOGS | POINTS | TRILLIONS | AS_IT_IS
    plain = np.asarray(readers[name](found), dtype=float)[:3]
    factor = (
        100.0 if name in PERCENT else 1e4 if name in POINTS else 1e-3 if name in TRILLIONS else 1.0
    )
    wanted = 100.0 * (np.exp(plain) - 1.0) if name in LOGS else factor * plain
    np.testing.assert_allclose(given[name], wanted, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", STEPS)
def test_steps_open_at_nothing(name: str) -> None:
    found, given = economy()
    np.testing.assert_array_equal(given[name][:, 0], 0.0)
    np.testing.assert_allclose(given[name][:, 1:], STEPS[name](found)[:3], rtol=1e-9, atol=1e-12)


def test_every_variable_but_the_attribution_comes_from_somewhere() -> None:
    assert [n for n, row in variables().items() if not row.source] == ["attribution_level"]
    assert set(lifted("everything").data_vars) == set(variables())


def test_constants_are_those_of_the_countries(dump: xr.Dataset) -> None:
    asked = questions.economy("dump")
    wanted = [each.current_account_pct_gdp for each in asked.countries]
    np.testing.assert_array_equal(dump["em_current_account"], wanted)
    np.testing.assert_array_equal(
        dump["reserve_capacity"].sel(reserve_asset="gold"), asked.capacity["gold"]
    )
    opening = np.asarray(questions.world().curves["USD"].par_yield_pct)
    assert opening.min() - 0.1 < float(dump["curve_par_yield"].min())
    assert float(dump["curve_par_yield"].max()) < opening.max() + 0.1


def test_a_path_that_leads_nowhere_raises() -> None:
    known = Sources(questions.lowered("dump"), questions.economy("dump"), questions.world())
    with pytest.raises(AttributeError):
        known.read("world.boks")


WAITING = ("as held", "bills of two", "two sellers")


def sources(name: str, flow: float = 0.0) -> Sources:
    """A question answered; a flow of yen on day 10 is only told to whoever does the sums."""
    ready = questions.lowered(name)
    currency = np.zeros((ready.steps.days.size, len(FOREIGN)))
    currency[9, FOREIGN.index("JPY")] = flow
    outside = replace(ready.inputs.outside, currency=put(currency))
    ready = replace(ready, inputs=replace(ready.inputs, outside=outside))
    return Sources(ready, questions.economy(name), questions.world(), run=questions.answer(name))


@pytest.mark.parametrize("name", WAITING)
def test_what_was_paid_lost_and_taken_comes_to_the_opening_value(name: str) -> None:
    """Bonds priced by hand, coupon by coupon."""
    given = sources(name)
    inputs, run = given.asked.inputs, given.run
    assert run is not None
    price = [
        sum(0.5 * coupon / (1.0 + 0.5 * ytm) ** n for n in range(1, round(2.0 * years) + 1))
        + (1.0 + 0.5 * ytm) ** -round(2.0 * years)
        for coupon, ytm, years in zip(
            *map(
                np.asarray,
                (inputs.books.coupon, inputs.market.bucket_yield, inputs.books.years),
            ),
            strict=True,
        )
    ]
    gone = np.asarray(inputs.sale.programme) - run.account.to_come + run.account.refilled
    opening = (gone.sum(axis=1) * np.array(price)).sum(axis=1)
    told = given.read("proceeds") + given.read("execution_loss") + given.read("bond_waiting_loss")
    assert np.all(gone.sum(axis=(1, 2)) > 1.0)
    assert np.std(given.read("bond_waiting_loss")) > 0.0
    np.testing.assert_allclose(told, opening, rtol=2e-3)


@pytest.mark.parametrize("name", WAITING)
def test_dollars_wait_until_they_are_changed(name: str) -> None:
    given = sources(name, flow=7.0)
    assert given.run is not None
    opening = np.asarray(given.asked.inputs.market.log_fx)
    placed, base = np.asarray(given.run.placed), np.asarray(given.run.base_log_fx)
    lost = np.zeros(questions.N_DRAWS)
    for d in range(questions.N_DRAWS):
        before = np.zeros(len(ASSETS))
        for t in range(placed.shape[1]):
            for a, asset in enumerate(ASSETS):
                if ASSET_CURRENCY[asset] in FOREIGN:
                    k = FOREIGN.index(ASSET_CURRENCY[asset])
                    changed = placed[d, t, a] - before[a]
                    rise = base[d, t, k] - opening[k]
                    lost[d] += changed * (1.0 - math.exp(-rise))
            before = placed[d, t]
        k = FOREIGN.index("JPY")
        lost[d] += 7.0 * (1.0 - math.exp(opening[k] - base[d, 9, k]))
    np.testing.assert_allclose(given.read("currency_waiting_loss"), lost, rtol=1e-9)


def test_a_flow_of_currency_pays_half_way_through_its_step() -> None:
    given = sources("as held", flow=7.0)
    assert given.run is not None
    yen = PRICES.fx.start + FOREIGN.index("JPY")
    rise = np.asarray(given.run.prices[:, :, yen])
    lost = 7.0 * (1.0 - np.exp(-0.5 * (rise[:, 8] + rise[:, 9])))
    assert np.all(lost > 0.0)
    np.testing.assert_allclose(given.read("currency_flow_loss"), lost, rtol=1e-12)
    assert np.all(sources("as held").read("currency_flow_loss") == 0.0)
